using System.Collections.Immutable;
using System.Globalization;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Prisma.Syntax;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Binding.Attributes;

/// <summary><c>@default</c>. A value that does not fit its field is reported and left out.</summary>
internal sealed class DefaultAttribute
{
    private readonly BindingContext _context;
    private readonly Field _field;
    private readonly AttributeArguments _arguments;
    private string? _mappedName;

    private DefaultAttribute(BindingContext context, Field field, AttributeArguments arguments)
    {
        _context = context;
        _field = field;
        _arguments = arguments;
    }

    private bool IsList => _field.Arity == FieldArity.List;

    private SourceLocation Location =>
        _field.Source.LocationOf(_arguments.Attribute.Span with { Length = _field.Source.Slice(_arguments.Attribute.Span).TrimEnd().Length });

    /// <summary>Binds the default of a field of a model or view.</summary>
    public static void BindInModel(BindingContext context, Field field, AttributeArguments arguments)
    {
        if (arguments.TakeDefault("value") is not { } value)
        {
            return;
        }

        var attribute = new DefaultAttribute(context, field, arguments) { _mappedName = arguments.TakeName("map") };
        field.Default = value is CallSyntax { Name.Text: "dbgenerated" } call
            ? attribute.BindDbGenerated(call)
            : attribute.Bind(value, "Only @default(dbgenerated(\"...\")) can be used for Unsupported types.", attribute.BindFunction);
    }

    /// <summary>Binds the default of a field of a composite type.</summary>
    public static void BindInCompositeType(BindingContext context, Field field, AttributeArguments arguments)
    {
        if (arguments.TakeDefault("value") is not { } value)
        {
            return;
        }

        var attribute = new DefaultAttribute(context, field, arguments);
        if (arguments.Take("map") is not null)
        {
            arguments.Error("The `map` argument is not allowed on a composite type field.");
        }

        if (value is CallSyntax { Name.Text: "dbgenerated" })
        {
            arguments.Error("Fields of composite types cannot have `dbgenerated()` as default.");
            return;
        }

        field.Default = attribute.Bind(value, "Composite field of type `Unsupported` cannot have default values.", attribute.BindFunctionInCompositeType);
    }

    private DefaultValue? Bind(ExpressionSyntax value, string unsupported, Func<ScalarType, CallSyntax, DefaultValue?> bindFunction)
    {
        switch (_field.Type)
        {
            case CompositeFieldType composite:
                _context.Error(
                    _field.Source,
                    _arguments.Attribute.Span,
                    $"Error validating field `{_field.Name}` in composite type `{composite.CompositeType.Name}`: "
                        + "Defaults on fields of type composite are not supported. Please remove the `@default` attribute.");
                return null;
            case EnumFieldType { Enum: var @enum }:
                return IsList ? BindEnumList(@enum, value) : BindEnum(@enum, value);
            case ScalarFieldType { Scalar: var scalar }:
                return value switch
                {
                    CallSyntax call => bindFunction(scalar, call),
                    _ when IsList => BindList(scalar, value),
                    ArraySyntax => Refuse("The default value of a non-list field cannot be a list."),
                    _ => BindLiteral(scalar, value),
                };
            default:
                return Refuse(unsupported);
        }
    }

    private DefaultValue? BindFunction(ScalarType scalar, CallSyntax call)
    {
        var name = call.Name.Text;
        switch (name, scalar)
        {
            case ("autoincrement", _) when _mappedName is not null:
                return Refuse("Naming an autoincrement default value is not allowed.");
            case ("autoincrement", ScalarType.Int or ScalarType.BigInt):
                return TakesNothing(call);
            case ("auto", _):
                return call.Arguments.Arguments.IsEmpty ? Function(call) : Refuse("`auto()` takes no arguments");
            case ("nanoid", ScalarType.String):
                return BindNanoid(call);
        }

        return BindCommonFunction(scalar, call) ?? (IsKnown(name) || _reported ? null : UnknownFunction(call));
    }

    private DefaultValue? BindFunctionInCompositeType(ScalarType scalar, CallSyntax call)
    {
        var name = call.Name.Text;
        if (name is "autoincrement" or "auto")
        {
            return Refuse($"The function `{name}()` is not supported on composite fields.");
        }

        return BindCommonFunction(scalar, call) ?? (IsKnown(name) || _reported ? null : ReportUnknownFunction(call));
    }

    private bool _reported;

    // Null both for what is refused, which is reported, and for functions that are not known.
    private DefaultValue? BindCommonFunction(ScalarType scalar, CallSyntax call)
    {
        switch (call.Name.Text, scalar)
        {
            case ("cuid", ScalarType.String):
                return TakesVersion(
                    call,
                    "`cuid()` takes a single Int argument.",
                    "`cuid()` takes either no argument, or a single integer argument which is either 1 or 2.",
                    1,
                    2);
            case ("uuid", ScalarType.String):
                return TakesVersion(
                    call,
                    "`uuid()` takes a single Int argument.",
                    "`uuid()` takes either no argument, or a single integer argument which is either 4 or 7.",
                    4,
                    7);
            case ("ulid", ScalarType.String):
                return TakesNothing(call);
            case ("now", ScalarType.DateTime):
                return TakesNothing(call);
            case (var name, _) when IsKnown(name):
                return Refuse($"The function `{name}()` cannot be used on fields of type `{scalar}`.");
            default:
                return null;
        }
    }

    private static bool IsKnown(string function) => function is "autoincrement" or "cuid" or "dbgenerated" or "nanoid" or "now" or "uuid" or "ulid" or "auto";

    // Some databases have functions of their own, so that Prisma asks the connector about these only when everything else is right.
    private FunctionDefault UnknownFunction(CallSyntax call)
    {
        _context.UnknownFunctions.Add((_field, call));
        return Function(call);
    }

    private DefaultValue? ReportUnknownFunction(CallSyntax call)
    {
        _context.Error(_field.Source, call.Span, UnknownFunctionMessage(call.Name.Text));
        return null;
    }

    /// <summary>What is said about a function that nobody knows.</summary>
    public static string UnknownFunctionMessage(string name) =>
        $"Unknown function in @default(): `{name}` is not known. You can read about the available functions here: https://pris.ly/d/attribute-functions";

    private DefaultValue? TakesNothing(CallSyntax call) => call.Arguments.Arguments.IsEmpty
        ? Function(call)
        : Refuse($"The `{call.Name.Text}` function does not take any argument. Consider changing this default to `{call.Name.Text}()`.");

    private DefaultValue? TakesVersion(CallSyntax call, string notSingle, string notVersion, int first, int second)
    {
        if (!CheckSingleNumber(call, notSingle, out var number))
        {
            return null;
        }

        return number is null || number == first || number == second ? Function(call) : Refuse(notVersion);
    }

    private DefaultValue? BindNanoid(CallSyntax call)
    {
        if (!CheckSingleNumber(call, "`nanoid()` takes a single Int argument.", out var number))
        {
            return null;
        }

        return number is null or (>= 2 and <= 255)
            ? Function(call)
            : Refuse("`nanoid()` takes either no argument, or a single integer argument between 2 and 255.");
    }

    private bool CheckSingleNumber(CallSyntax call, string message, out int? number)
    {
        number = null;
        var arguments = call.Arguments.Arguments;
        if (arguments.Length > 1)
        {
            Refuse(message);
        }

        if (arguments.IsEmpty)
        {
            return true;
        }

        if (arguments[0].Value is not NumberSyntax text)
        {
            Refuse(message);
            return false;
        }

        number = byte.TryParse(text.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : -1;
        return true;
    }

    private DefaultValue? BindDbGenerated(CallSyntax call)
    {
        const string single = "`dbgenerated()` takes a single String argument";
        var arguments = call.Arguments.Arguments;
        if (arguments.Length > 1)
        {
            Refuse(single);
        }

        return arguments switch
        {
            [] => Function(call),
            [{ Value: StringSyntax { Value: "" } }, ..] => Refuse("dbgenerated() takes either no argument, or a single nonempty string argument."),
            [{ Value: StringSyntax }, ..] => Function(call),
            _ => Refuse(single),
        };
    }

    private DefaultValue? BindEnum(PrismaEnum @enum, ExpressionSyntax value)
    {
        if (value is not ConstantSyntax constant)
        {
            return Refuse($"Expected an enum value, but found `{ExpressionText.Of(value)}`.");
        }

        return @enum.FindValue(constant.Text) is { } found
            ? new EnumDefault(found, _mappedName, Location)
            : Refuse($"The defined default value `{constant.Text}` is not a valid value of the enum specified for the field.");
    }

    private DefaultValue? BindEnumList(PrismaEnum @enum, ExpressionSyntax value) => value is ArraySyntax array
        ? BindElements(array, e => BindEnum(@enum, e))
        : Refuse($"Expected an enum value, but found `{ExpressionText.Of(value)}`.");

    private DefaultValue? BindList(ScalarType scalar, ExpressionSyntax value) => value is ArraySyntax array
        ? BindElements(array, e => BindLiteral(scalar, e))
        : Refuse("The default value of a list field must be a list.");

    private ListDefault? BindElements(ArraySyntax array, Func<ExpressionSyntax, DefaultValue?> bind)
    {
        var elements = ImmutableArray.CreateBuilder<DefaultValue>();
        foreach (var element in array.Elements)
        {
            if (bind(element) is not { } bound)
            {
                return null;
            }

            elements.Add(bound);
        }

        return new ListDefault(elements.DrainToImmutable(), _mappedName, Location);
    }

    private DefaultValue? BindLiteral(ScalarType scalar, ExpressionSyntax value)
    {
        switch (scalar, value)
        {
            case (ScalarType.String or ScalarType.Json or ScalarType.Bytes or ScalarType.DateTime or ScalarType.Decimal, StringSyntax):
            case (ScalarType.Int or ScalarType.BigInt or ScalarType.Float or ScalarType.Decimal, NumberSyntax):
            case (ScalarType.Boolean, ConstantSyntax { Text: "true" or "false" }):
                return new LiteralDefault(value, _mappedName, Location);
            case (ScalarType.Boolean, ConstantSyntax):
                _arguments.ErrorAt(value.Span, "A boolean literal must be `true` or `false`.");
                return null;
            default:
                return Refuse($"Expected a {scalar} value, but found `{ExpressionText.Of(value)}`.");
        }
    }

    private FunctionDefault Function(CallSyntax call) => new(call.Name.Text, call.Arguments.Arguments, _mappedName, Location);

    private DefaultValue? Refuse(string message)
    {
        _reported = true;
        _arguments.Error(message);
        return null;
    }
}
