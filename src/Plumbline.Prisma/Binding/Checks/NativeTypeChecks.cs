using System.Globalization;
using Plumbline.Prisma.Binding.Symbols;

namespace Plumbline.Prisma.Binding.Checks;

/// <summary>Checks of a native type: that it exists, has the right arguments and goes with the field's type.</summary>
internal static class NativeTypeChecks
{
    /// <summary>Runs the checks.</summary>
    public static void Run(SchemaChecks checks, Field field, NativeType native, ScalarType scalar)
    {
        void Error(string message) => checks.Error(field.Source, native.Span, message);

        var datasource = checks.Datasource!.Name;
        if (native.Scope != datasource)
        {
            Error(
                $"The prefix {native.Scope} is invalid. It must be equal to the name of an existing datasource e.g. {datasource}. Did you mean to use {datasource}.{native.Name}?");
        }

        if (NativeTypes.Find(native.Name) is not { } definition)
        {
            Error($"Native type {native.Name} is not supported for postgresql connector.");
            return;
        }

        var count = native.Arguments.Length;
        if (definition.OptionalArguments == 0 && count > 0)
        {
            Error($"Function \"{native.Name}\" takes 0 arguments, but received {count}.");
        }
        else if (count > definition.OptionalArguments)
        {
            Error($"Native type {native.Name} takes {definition.OptionalArguments} optional arguments, but received {count}.");
        }
        else if (definition.Scalar != scalar)
        {
            Error($"Native type {native.Name} is not compatible with declared field type {scalar}, expected field type {definition.Scalar}.");
        }
        else if (!definition.AcceptsValues(native.Arguments))
        {
            var expected = definition.OptionalArguments == 2 ? "two nonnegative integers" : "a nonnegative integer";
            Error($"Expected {expected}, but found ({string.Join(", ", native.Arguments)}).");
        }
        else if (count > 0 && RangeError(native) is { } message)
        {
            Error(message);
        }
    }

    private static string? RangeError(NativeType native)
    {
        string OutOfRange(string message) => $"Argument M is out of range for native type `{native}` of Postgres: {message}";

        var first = uint.Parse(native.Arguments[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        switch (native.Name)
        {
            case "Decimal":
                var scale = uint.Parse(native.Arguments[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
                return scale > first ? $"The scale must not be larger than the precision for the {native} native type in Postgres."
                    : first is 0 or > 1000 ? OutOfRange("Precision must be positive with a maximum value of 1000.")
                    : null;
            case "Bit" or "VarBit" when first == 0:
                return OutOfRange("M must be a positive integer.");
            case "Timestamp" or "Timestamptz" or "Time" or "Timetz" when first > 6:
                return OutOfRange("M can range from 0 to 6.");
            default:
                return null;
        }
    }
}
