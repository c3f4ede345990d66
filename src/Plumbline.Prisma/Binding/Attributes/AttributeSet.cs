using System.Collections.Immutable;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Prisma.Syntax;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Binding.Attributes;

/// <summary>
/// The attributes of one field, value or block while they are bound. Who understands an attribute takes it; what nobody took is unknown. So no attribute can be
/// overlooked, and that one stands twice is found in one place.
/// </summary>
internal sealed class AttributeSet(BindingContext context, SourceText source, ImmutableArray<AttributeSyntax> attributes)
{
    private readonly bool[] _taken = new bool[attributes.Length];

    /// <summary>Takes the attribute of a name that may stand once; null where there is none that can be used.</summary>
    public AttributeArguments? TakeSingle(string name)
    {
        var first = Find(name, 0);
        if (first < 0)
        {
            return null;
        }

        _taken[first] = true;
        if (Find(name, first + 1) < 0)
        {
            return AttributeArguments.Open(context, source, attributes[first]);
        }

        for (var i = first; i >= 0; i = Find(name, i + 1))
        {
            context.Error(source, attributes[i].Span, $"Attribute \"@{name}\" can only be defined once.");
            _taken[i] = true;
        }

        return null;
    }

    /// <summary>Takes all attributes of a name, in their order, that can be used.</summary>
    public IEnumerable<AttributeArguments> TakeAll(string name)
    {
        for (var i = Find(name, 0); i >= 0; i = Find(name, i + 1))
        {
            _taken[i] = true;
            if (AttributeArguments.Open(context, source, attributes[i]) is { } arguments)
            {
                yield return arguments;
            }
        }
    }

    /// <summary>Takes the attributes with a dotted name, which are native types; of several, the last.</summary>
    public NativeType? TakeNativeType()
    {
        NativeType? type = null;
        for (var i = 0; i < attributes.Length; i++)
        {
            var attribute = attributes[i];
            var dot = attribute.Name.Text.IndexOf('.');
            if (dot < 0)
            {
                continue;
            }

            _taken[i] = true;
            var scope = attribute.Name.Text[..dot];
            if (type is not null)
            {
                context.Error(source, attribute.Span, $"Attribute \"@{scope}\" can only be defined once.");
            }

            type = new NativeType(
                attribute.Name.Text[(dot + 1)..],
                [.. attribute.ArgumentsOrNone.Select(a => ExpressionText.Of(a.Value))],
                source.LocationOf(attribute.Span with { Length = source.Slice(attribute.Span).TrimEnd().Length }))
            {
                Scope = scope,
                Span = attribute.Span,
            };
        }

        return type;
    }

    /// <summary>Reports the attributes that nobody took.</summary>
    public void ReportUnknown()
    {
        for (var i = 0; i < attributes.Length; i++)
        {
            if (!_taken[i])
            {
                context.Error(source, attributes[i].Span, $"Attribute not known: \"@{attributes[i].Name.Text}\".");
            }
        }
    }

    /// <summary>The first attribute of a name from a place on; -1 where there is none.</summary>
    private int Find(string name, int start)
    {
        for (var i = start; i < attributes.Length; i++)
        {
            if (attributes[i].Name.Text == name)
            {
                return i;
            }
        }

        return -1;
    }
}
