using System.Collections.Immutable;
using Plumbline.Prisma.Syntax;
using Plumbline.Schema;

namespace Plumbline.Prisma.Binding;

/// <summary>
/// The attributes of one field, value or block while they are bound. Who understands an attribute takes it; what nobody took is unknown. So no attribute can be
/// overlooked, and that one stands twice is found in one place.
/// </summary>
internal sealed class AttributeSet(BindingContext context, SourceText source, ImmutableArray<AttributeSyntax> attributes)
{
    private readonly HashSet<AttributeSyntax> _untaken = new(attributes, ReferenceEqualityComparer.Instance);

    /// <summary>Takes the attribute of a name that may stand once; null where there is none that can be used.</summary>
    public AttributeArguments? TakeSingle(string name)
    {
        AttributeSyntax? first = null;
        var isRepeated = false;
        foreach (var attribute in attributes)
        {
            if (attribute.Name.Text == name)
            {
                isRepeated = first is not null;
                first ??= attribute;
                if (isRepeated)
                {
                    break;
                }
            }
        }

        if (first is null)
        {
            return null;
        }

        if (isRepeated)
        {
            foreach (var attribute in attributes.Where(a => a.Name.Text == name))
            {
                context.Error(source, attribute.Span, $"Attribute \"@{name}\" can only be defined once.");
                _untaken.Remove(attribute);
            }

            return null;
        }

        _untaken.Remove(first);
        return AttributeArguments.Open(context, source, first);
    }

    /// <summary>Takes all attributes of a name, in their order, that can be used.</summary>
    public IEnumerable<AttributeArguments> TakeAll(string name)
    {
        foreach (var attribute in attributes.Where(a => a.Name.Text == name))
        {
            _untaken.Remove(attribute);
            if (AttributeArguments.Open(context, source, attribute) is { } arguments)
            {
                yield return arguments;
            }
        }
    }

    /// <summary>Takes the attributes with a dotted name, which are native types; of several, the last.</summary>
    public NativeType? TakeNativeType()
    {
        NativeType? type = null;
        foreach (var attribute in attributes)
        {
            var dot = attribute.Name.Text.IndexOf('.');
            if (dot < 0)
            {
                continue;
            }

            _untaken.Remove(attribute);
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
        foreach (var attribute in attributes.Where(_untaken.Contains))
        {
            context.Error(source, attribute.Span, $"Attribute not known: \"@{attribute.Name.Text}\".");
        }
    }
}
