using Plumbline.Prisma.Binding.Attributes;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Prisma.Syntax;

namespace Plumbline.Prisma.Binding.Configuration;

/// <summary>The properties of a datasource or generator while they are bound.</summary>
internal sealed class PropertyReader
{
    private readonly BindingContext _context;
    private readonly Declaration _declaration;
    private readonly Dictionary<string, PropertySyntax> _properties = new(StringComparer.Ordinal);

    public PropertyReader(BindingContext context, Declaration declaration)
    {
        _context = context;
        _declaration = declaration;
        foreach (var property in declaration.Syntax.Properties)
        {
            if (property.Value is null)
            {
                IsComplete = false;
                context.Error(
                    declaration.Source,
                    declaration.Syntax.Span,
                    $"Property {property.Name.Text} in {NameResolution.KindOf(declaration)} {declaration.Name} needs to be assigned a value");
                continue;
            }

            _properties[property.Name.Text] = property;
        }
    }

    /// <summary>Whether every property has a value; Prisma reads no block in which one has none.</summary>
    public bool IsComplete { get; } = true;

    /// <summary>What nobody took.</summary>
    public IEnumerable<PropertySyntax> Rest => _declaration.Syntax.Properties.Where(p => ReferenceEquals(_properties.GetValueOrDefault(p.Name.Text), p));

    /// <summary>Takes a property.</summary>
    public PropertySyntax? Take(string name) => _properties.Remove(name, out var property) ? property : null;

    /// <summary>Takes a property that is a string or an environment variable.</summary>
    public ConnectionUrl? TakeUrl(string name) => Take(name) is { } property ? ReadUrl(property.Value!) : null;

    /// <summary>Takes a property that is a list of strings.</summary>
    public (List<StringSyntax> Values, ExpressionSyntax Syntax)? TakeStrings(string name)
    {
        if (Take(name)?.Value is not { } value
            || Coerce.Array(value, v => Coerce.String(_context, _declaration.Source, v) is null ? null : (StringSyntax)v) is not { } values)
        {
            return null;
        }

        return (values, value);
    }

    private ConnectionUrl? ReadUrl(ExpressionSyntax value)
    {
        var location = _declaration.Source.LocationOf(value.Span);
        switch (value)
        {
            case StringSyntax text:
                return new ConnectionUrl(text.Value, null, location);
            case CallSyntax { Name.Text: "env", Arguments.Arguments: [{ Name: null, Value: StringSyntax variable }] }:
                return new ConnectionUrl(null, variable.Value, location);
            case CallSyntax { Name.Text: "env" }:
                _context.Error(_declaration.Source, value.Span, "The env function expects a singular, unnamed, string argument.");
                return null;
            default:
                Coerce.Mismatch<object>(_context, _declaration.Source, value, "string");
                return null;
        }
    }
}
