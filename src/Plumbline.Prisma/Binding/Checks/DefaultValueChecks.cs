using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Prisma.Syntax;

namespace Plumbline.Prisma.Binding.Checks;

/// <summary>Checks that the text of a default is a value of the field's type.</summary>
internal static partial class DefaultValueChecks
{
    /// <summary>Runs the checks.</summary>
    public static void Run(SchemaChecks checks, Field field)
    {
        if (field.Default is not { } value)
        {
            return;
        }

        var attribute = field.Syntax.Attributes.First(a => a.Name.Text == "default");
        if (checks.IsPostgreSql && value.MappedName is { } name)
        {
            checks.AttributeError(
                field.Source,
                attribute.Span,
                "@default",
                "You defined a database name for the default value of a field on the model. This is not supported by the provider.");
            ModelChecks.CheckName(checks, (Model)field.Container, attribute, name, "@default");
        }

        if (field.Type is ScalarFieldType { Scalar: var scalar })
        {
            CheckLiterals(checks, field, scalar, value);
        }

        if (checks.IsPostgreSql && value is FunctionDefault { Name: "auto" })
        {
            var call = attribute.ArgumentsOrNone.Select(a => a.Value).OfType<CallSyntax>().First();
            checks.AttributeError(field.Source, call.Span, "@default", "The current connector does not support the `auto()` function.");
        }
    }

    private static void CheckLiterals(SchemaChecks checks, Field field, ScalarType scalar, DefaultValue value)
    {
        switch (value)
        {
            case ListDefault list:
                foreach (var element in list.Elements)
                {
                    CheckLiterals(checks, field, scalar, element);
                }

                break;
            case LiteralDefault { Value: StringSyntax text } when ErrorOf(scalar, text.Value) is var (kind, details):
                // The sign is missing in Prisma's own message about decimals.
                var attribute = scalar == ScalarType.Decimal ? "default" : "@default";
                checks.AttributeError(field.Source, text.Span, attribute, $"Parse error: \"{text.Value}\" is not a valid {kind}. ({details})");
                break;
            case LiteralDefault { Value: NumberSyntax number } when scalar is ScalarType.Int or ScalarType.BigInt && IntegerError(number.Text) is { } details:
                checks.AttributeError(field.Source, number.Span, "@default", $"Parse error: \"{number.Text}\" is not a valid integer. ({details})");
                break;
        }
    }

    private static (string Kind, string Details)? ErrorOf(ScalarType scalar, string text) => scalar switch
    {
        ScalarType.Json when JsonError(text) is { } details => ("JSON string", details),
        ScalarType.Bytes when !IsBase64(text) => ("base64 string", "Could not convert from `base64 encoded bytes` to `PrismaValue::Bytes`"),
        ScalarType.DateTime when DateTimeError(text) is { } details => ("rfc3339 datetime string", details),
        ScalarType.Decimal when !DecimalPattern().IsMatch(text) =>
            ("decimal", text.Length == 0 ? "Failed to parse empty string" : "invalid digit found in string"),
        _ => null,
    };

    private static string? IntegerError(string text)
    {
        if (text.Contains('.'))
        {
            return "invalid digit found in string";
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            ? null
            : text.StartsWith('-') ? "number too small to fit in target type" : "number too large to fit in target type";
    }

    private static string? JsonError(string text)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), new JsonReaderOptions { MaxDepth = 128 });
        try
        {
            var hasValue = false;
            while (reader.Read())
            {
                hasValue = true;
            }

            return hasValue ? null : "EOF while parsing a value at line 1 column 0";
        }
        catch (JsonException e)
        {
            var line = ((e.LineNumber ?? 0) + 1).ToString(CultureInfo.InvariantCulture);
            var column = ((e.BytePositionInLine ?? 0) + 1).ToString(CultureInfo.InvariantCulture);
            return $"expected value at line {line} column {column}";
        }
    }

    private static bool IsBase64(string text)
    {
        if (text.Length % 4 != 0 || text.AsSpan().ContainsAny(" \t\r\n"))
        {
            return false;
        }

        return Convert.TryFromBase64String(text, new byte[(text.Length / 4 * 3) + 3], out _);
    }

    private static string? DateTimeError(string text)
    {
        if (DateTimePattern().Match(text) is not { Success: true } match)
        {
            return text.Length < 20 && PrefixPattern().IsMatch(text) ? "premature end of input" : "input contains invalid characters";
        }

        int Group(string name) => int.Parse(match.Groups[name].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        var (year, month, day) = (Group("year"), Group("month"), Group("day"));
        var isDay = month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year is 0 ? 4 : year, month);
        return isDay && Group("hour") <= 23 && Group("minute") <= 59 && Group("second") <= 60 ? null : "input is out of range";
    }

    [GeneratedRegex(@"^(?<year>[0-9]{4})-(?<month>[0-9]{2})-(?<day>[0-9]{2})[Tt ](?<hour>[0-9]{2}):(?<minute>[0-9]{2}):(?<second>[0-9]{2})(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex DateTimePattern();

    [GeneratedRegex(@"^[0-9]{0,4}(-[0-9]{0,2}(-[0-9]{0,2}([Tt ][0-9:]*)?)?)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex PrefixPattern();

    [GeneratedRegex(@"^[+-]?([0-9_]+(\.[0-9_]*)?|\.[0-9_]+)([eE][+-]?[0-9]+)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex DecimalPattern();
}
