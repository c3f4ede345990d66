using Plumbline.Prisma.Binding.Attributes;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Prisma.Syntax;
using Plumbline.Schema.Text;

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

    /// <summary>What a value says of a URL; null where it is neither a string nor an environment variable.</summary>
    public static ConnectionUrl? UrlOf(SourceText source, ExpressionSyntax value) => value switch
    {
        StringSyntax text => new ConnectionUrl(text.Value, null, source.LocationOf(value.Span)),
        CallSyntax { Name.Text: "env", Arguments.Arguments: [{ Name: null, Value: StringSyntax variable }] } => new ConnectionUrl(null, variable.Value, source.LocationOf(value.Span)),
        _ => null,
    };

    private ConnectionUrl? ReadUrl(ExpressionSyntax value)
    {
        if (UrlOf(_declaration.Source, value) is { } url)
        {
            return url;
        }

        if (value is CallSyntax { Name.Text: "env" })
        {
            _context.Error(_declaration.Source, value.Span, "The env function expects a singular, unnamed, string argument.");
        }
        else
        {
            Coerce.Mismatch<object>(_context, _declaration.Source, value, "String");
        }

        return null;
    }
}
