using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Prisma.Syntax;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Binding.Attributes;

/// <summary>The arguments of an attribute while it is bound. As with attributes, what nobody took is unknown.</summary>
internal sealed class AttributeArguments
{
    private readonly BindingContext _context;
    private readonly Dictionary<string, ArgumentSyntax> _named = new(StringComparer.Ordinal);
    private ArgumentSyntax? _unnamed;

    private AttributeArguments(BindingContext context, SourceText source, AttributeSyntax attribute)
    {
        _context = context;
        Source = source;
        Attribute = attribute;
    }

    /// <summary>The attribute.</summary>
    public AttributeSyntax Attribute { get; }

    /// <summary>The file that it stands in.</summary>
    public SourceText Source { get; }

    /// <summary>Begins with an attribute; null where arguments without a value make it useless.</summary>
    public static AttributeArguments? Open(BindingContext context, SourceText source, AttributeSyntax attribute)
    {
        var arguments = new AttributeArguments(context, source, attribute);
        if (!arguments.CheckForm())
        {
            return null;
        }

        arguments.Collect();
        return arguments;
    }

    /// <summary>Says that the attribute is wrong.</summary>
    public void Error(string message) => ErrorAt(Attribute.Span, message);

    /// <summary>Says that something in the attribute is wrong.</summary>
    public void ErrorAt(TextSpan span, string message) => _context.Error(Source, span, $"Error parsing attribute \"@{Attribute.Name.Text}\": {message}");

    /// <summary>Takes a named argument.</summary>
    public ExpressionSyntax? Take(string name) => _named.Remove(name, out var argument) ? argument.Value : null;

    /// <summary>Takes the argument that may stand with or without its name; that it is missing is an error.</summary>
    public ExpressionSyntax? TakeDefault(string name)
    {
        var value = TakeDefaultQuietly(name, out var error, out var span);
        if (value is null)
        {
            _context.Error(Source, span, error!);
        }

        return value;
    }

    /// <summary>Takes the argument that may stand with or without its name.</summary>
    public ExpressionSyntax? TakeDefaultQuietly(string name) => TakeDefaultQuietly(name, out _, out _);

    /// <summary>Takes a named argument that is a string and not empty.</summary>
    public string? TakeName(string name)
    {
        if (Take(name) is not { } value || Coerce.String(_context, Source, value) is not { } text)
        {
            return null;
        }

        if (text.Length == 0)
        {
            Error($"The `{name}` argument cannot be an empty string.");
            return null;
        }

        return text;
    }

    /// <summary>Takes <c>sort:</c> of an attribute of a field.</summary>
    public SortOrder? TakeSort()
    {
        if (Take("sort") is not { } value || Coerce.Constant(_context, Source, value) is not { } sort)
        {
            return null;
        }

        switch (sort)
        {
            case "Asc":
                return SortOrder.Ascending;
            case "Desc":
                return SortOrder.Descending;
            default:
                Error($"The `sort` argument can only be `Asc` or `Desc` you provided: {sort}.");
                return null;
        }
    }

    /// <summary>Takes <c>length:</c> of an attribute of a field.</summary>
    public int? TakeLength() => Take("length") is { } value && Coerce.Integer(_context, Source, value) is { } length ? unchecked((int)length) : null;

    /// <summary>Takes <c>clustered:</c>.</summary>
    public bool? TakeClustered() => Take("clustered") is { } value ? Coerce.Boolean(_context, Source, value) : null;

    /// <summary>Reports the arguments that nobody took.</summary>
    public void ReportUnknown()
    {
        foreach (var argument in Attribute.ArgumentsOrNone)
        {
            if (ReferenceEquals(argument, _unnamed) || (argument.Name is { } name && ReferenceEquals(_named.GetValueOrDefault(name.Text), argument)))
            {
                _context.Error(Source, argument.Span, "No such argument.");
            }
        }
    }

    private ExpressionSyntax? TakeDefaultQuietly(string name, out string? error, out TextSpan span)
    {
        _named.Remove(name, out var named);
        var unnamed = _unnamed;
        _unnamed = null;
        (error, span) = (null, default);
        switch (named, unnamed)
        {
            case (null, null):
                (error, span) = ($"Argument \"{name}\" is missing.", Attribute.Span);
                return null;
            case ({ } both, { }):
                (error, span) = ($"Argument \"{name}\" is already specified as unnamed argument.", both.Span);
                return null;
            default:
                return (named ?? unnamed)!.Value;
        }
    }

    private bool CheckForm()
    {
        if (Attribute.Arguments is not { } own)
        {
            return true;
        }

        var isUsable = CheckForm(own);
        foreach (var argument in own.Arguments)
        {
            isUsable &= argument.Value is not CallSyntax call || CheckForm(call.Arguments);
        }

        return isUsable;
    }

    private bool CheckForm(ArgumentListSyntax list)
    {
        foreach (var empty in list.EmptyArguments)
        {
            ErrorAt(empty.Span, $"The `{empty.Text}` argument is missing a value.");
        }

        foreach (var argument in list.Arguments)
        {
            if (argument.Value is ArraySyntax array)
            {
                CheckCallsIn(array);
            }
        }

        if (list.TrailingComma is { } comma)
        {
            ErrorAt(comma, "Trailing commas are not valid in attribute arguments, please remove the comma.");
        }

        return list.EmptyArguments.IsEmpty;
    }

    private void CheckCallsIn(ArraySyntax array)
    {
        foreach (var empty in array.Elements.OfType<CallSyntax>().SelectMany(c => c.Arguments.EmptyArguments))
        {
            _context.Error(Source, empty.Span, $"Error parsing attribute \"@@{Attribute.Name.Text}\": The `{empty.Text}` argument is missing a value.");
        }
    }

    private void Collect()
    {
        List<string>? unnamed = null;
        foreach (var argument in Attribute.ArgumentsOrNone)
        {
            if (argument.Name is { } name)
            {
                if (_named.ContainsKey(name.Text))
                {
                    _context.Error(Source, argument.Span, $"Argument \"{name.Text}\" is already specified.");
                }

                _named[name.Text] = argument;
            }
            else
            {
                if (_unnamed is not null)
                {
                    unnamed ??= [ExpressionText.Of(_unnamed.Value)];
                    unnamed.Add(ExpressionText.Of(argument.Value));
                }

                _unnamed = argument;
            }
        }

        if (unnamed is not null)
        {
            Error($"You provided multiple unnamed arguments. This is not possible. Did you forget the brackets? Did you mean `[{string.Join(", ", unnamed)}]`?");
        }
    }
}
