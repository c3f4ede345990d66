using System.Globalization;
using System.Text;
using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions.Analysis;
using Plumbline.PostgreSql.Expressions.Tree;

namespace Plumbline.PostgreSql.Expressions.Literals;

/// <summary>Reads string literals as the types' input functions do, and gives what their output functions print.</summary>
/// <param name="catalog">The database.</param>
internal sealed class LiteralReader(IObjectCatalog catalog)
{
    /// <summary>The canonical text of a literal.</summary>
    /// <param name="type">The type; not a domain.</param>
    /// <param name="text">What is between the quotes.</param>
    /// <param name="modifier">The modifier, which only intervals obey on reading.</param>
    /// <param name="location">Where the literal stands.</param>
    /// <exception cref="RefusalException">The type refuses the text.</exception>
    /// <exception cref="NotUnderstoodException">What the type makes of the text is not known.</exception>
    public string Read(PgType type, string text, int modifier, int location)
    {
        if (type.Kind == PgTypeKind.Enum)
        {
            return type.EnumLabels.Contains(text) ? EnumValue.KeyOf(type, text) : throw Invalid($"invalid input value for enum {Printing.TypeFormat.Format(catalog, type.Oid)}: \"{text}\"", location);
        }

        if (type.IsArray && catalog.GetType(type.ElementOid) is { } element)
        {
            return new ArrayLiteral(value => Read(element, value, -1, location), element, location).Read(text);
        }

        if (type.Kind == PgTypeKind.Composite && !text.AsSpan().TrimStart().StartsWith("("))
        {
            throw Invalid($"malformed record literal: \"{text}\"", location);
        }

        if (type.Schema != "pg_catalog")
        {
            return type.Name == "citext" ? text : throw new NotUnderstoodException($"a literal of type {type.Name}");
        }

        return type.Oid switch
        {
            TypeOids.Text or TypeOids.VarChar or TypeOids.BpChar or TypeOids.RefCursor or TypeOids.Unknown => text,
            TypeOids.Name => Cut(text, 63),
            TypeOids.Char => text.Length <= 1 && (text.Length == 0 || char.IsAscii(text[0])) ? text : Cut(text, 1),
            TypeOids.Bool => ReadBool(text, location),
            TypeOids.Int2 => ReadInteger(text, "smallint", short.MinValue, short.MaxValue, location),
            TypeOids.Int4 => ReadInteger(text, "integer", int.MinValue, int.MaxValue, location),
            TypeOids.Int8 => ReadInteger(text, "bigint", long.MinValue, long.MaxValue, location),
            TypeOids.Oid => ReadInteger(text, "oid", 0, uint.MaxValue, location),
            TypeOids.Numeric => NumericLiteral.Normalize(text.Trim()) ?? throw Invalid($"invalid input syntax for type numeric: \"{text}\"", location),
            TypeOids.Float8 => FloatLiteral.ReadDouble(text) ?? throw Invalid($"invalid input syntax for type double precision: \"{text}\"", location),
            TypeOids.Float4 => FloatLiteral.ReadSingle(text) ?? throw Invalid($"invalid input syntax for type real: \"{text}\"", location),
            TypeOids.Uuid => ReadUuid(text, location),
            TypeOids.Json => JsonLiteral.IsValid(text) ? text : throw Invalid("invalid input syntax for type json", location),
            TypeOids.Jsonb => JsonLiteral.Normalize(text) ?? throw Invalid("invalid input syntax for type json", location),
            TypeOids.Bytea => ByteaLiteral.Normalize(text) ?? throw Invalid("invalid input syntax for type bytea", location),
            TypeOids.Bit or TypeOids.VarBit => BitLiteral.Normalize(text.Length > 0 && text[0] is 'b' or 'B' or 'x' or 'X' ? text : "b" + text)
                ?? throw (text.FirstOrDefault(c => c is not ('0' or '1')) is var bad and not '\0' ? Invalid($"\"{bad}\" is not a valid binary digit", location) : new NotUnderstoodException("a bit string")),
            TypeOids.Date => Temporal(TemporalLiteral.ReadDate(text), text, "date", location),
            TypeOids.Timestamp => Temporal(TemporalLiteral.ReadTimestamp(text, hasZone: false), text, "timestamp", location),
            TypeOids.TimestampTz => Temporal(TemporalLiteral.ReadTimestamp(text, hasZone: true), text, "timestamp with time zone", location),
            TypeOids.Time => Temporal(TemporalLiteral.ReadTime(text), text, "time", location),
            TypeOids.Interval => modifier >= 0
                ? IntervalLiteral.ReadField(text, modifier) ?? throw new NotUnderstoodException("an interval with fields")
                : Temporal(IntervalLiteral.Read(text), text, "interval", location),
            TypeOids.JsonPath => JsonLiteral.NormalizePath(text) ?? throw new NotUnderstoodException("a path"),
            TypeOids.RegClass => ReadRegClass(text, location),
            TypeOids.RegConfig => ReadConfiguration(text),
            TypeOids.Inet or TypeOids.Cidr => InetLiteral.Normalize(text, type.Oid == TypeOids.Cidr) ?? throw (InetLiteral.IsSurelyInvalid(text)
                ? Invalid($"invalid input syntax for type {(type.Oid == TypeOids.Cidr ? "cidr" : "inet")}: \"{text}\"", location)
                : new NotUnderstoodException("a network address")),
            TypeOids.RegType => ReadRegType(text),
            TypeOids.Record => throw Invalid("input of anonymous composite types is not implemented", location, "0A000"),
            _ => throw new NotUnderstoodException($"a literal of type {type.Name}"),
        };
    }

    internal static RefusalException Invalid(string message, int location, string state = "22P02") =>
        new(new SqlError(state, message) { Position = location >= 0 ? location : null });

    // What has no digit and is no word of dates is refused, and a number that no date can be; in all other doubts nothing is said.
    private static string Temporal(string? value, string text, string type, int location)
    {
        if (value is not null)
        {
            return value;
        }

        var isWordless = !text.Any(char.IsLetterOrDigit) || (type != "interval" && text.Length < 4 && text.All(char.IsAsciiDigit));
        return isWordless || (text.All(c => char.IsAsciiLetter(c) || c == ' ') && !TemporalLiteral.HasKnownWord(text))
            ? throw Invalid($"invalid input syntax for type {type}: \"{text}\"", location, "22007")
            : throw new NotUnderstoodException($"a literal of type {type}");
    }

    private static string Cut(string text, int bytes)
    {
        while (Encoding.UTF8.GetByteCount(text) > bytes)
        {
            text = text[..^1];
        }

        return text;
    }

    private static string ReadBool(string text, int location)
    {
        var word = text.Trim(' ', '\t', '\n', '\r', '\f', '\v').ToLowerInvariant();
        if (word.Length > 0)
        {
            if (word is "1" or "on" || "true".StartsWith(word, StringComparison.Ordinal) || "yes".StartsWith(word, StringComparison.Ordinal))
            {
                return "t";
            }

            if (word is "0" or "of" or "off" || "false".StartsWith(word, StringComparison.Ordinal) || "no".StartsWith(word, StringComparison.Ordinal))
            {
                return "f";
            }
        }

        throw Invalid($"invalid input syntax for type boolean: \"{text}\"", location);
    }

    private static string ReadInteger(string text, string type, long minimum, long maximum, int location)
    {
        var digits = text.Trim(' ', '\t', '\n', '\r', '\f', '\v');
        var unsigned = digits.StartsWith('-') || digits.StartsWith('+') ? digits[1..] : digits;
        if (unsigned.Length == 0 || !unsigned.All(char.IsAsciiDigit))
        {
            throw Invalid($"invalid input syntax for type {type}: \"{text}\"", location);
        }

        if (!long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) || value < minimum || value > maximum)
        {
            throw Invalid($"value \"{text}\" is out of range for type {type}", location, "22003");
        }

        return value.ToString(CultureInfo.InvariantCulture);
    }

    private static string ReadUuid(string text, int location)
    {
        var inner = text.StartsWith('{') && text.EndsWith('}') && text.Length > 1 ? text[1..^1] : text;
        var digits = new StringBuilder();
        for (var i = 0; i < inner.Length; i++)
        {
            if (char.IsAsciiHexDigit(inner[i]))
            {
                digits.Append(char.ToLowerInvariant(inner[i]));
            }
            else if (inner[i] != '-' || digits.Length % 4 != 0 || digits.Length is 0 or 32 || inner[i - 1] == '-')
            {
                throw Invalid($"invalid input syntax for type uuid: \"{text}\"", location);
            }
        }

        return digits.Length == 32
            ? digits.Insert(20, '-').Insert(16, '-').Insert(12, '-').Insert(8, '-').ToString()
            : throw Invalid($"invalid input syntax for type uuid: \"{text}\"", location);
    }

    // Kept as the relation's number, so that its present name is printed.
    private string ReadRegClass(string text, int location)
    {
        if (text.Length > 0 && text.All(char.IsAsciiDigit))
        {
            return text;
        }

        if (SplitName(text) is not { } parts)
        {
            throw Invalid("invalid name syntax", location, "42602");
        }

        if (parts.Count > 2)
        {
            throw new NotUnderstoodException("a name with a database in it");
        }

        if (parts.Count == 2 && !catalog.HasSchema(parts[0]))
        {
            throw catalog.HasUnknownObjects ? new NotUnderstoodException("a schema") : Invalid($"schema \"{parts[0]}\" does not exist", location, "3F000");
        }

        var relation = parts.Count == 2 ? catalog.FindRelation(parts[0], parts[1]) : Printing.Visibility.FindRelation(catalog, parts[0]);
        if (relation is null)
        {
            throw catalog.HasUnknownObjects ? new NotUnderstoodException("a relation") : Invalid($"relation \"{string.Join('.', parts)}\" does not exist", location, "42P01");
        }

        return relation.Oid.ToString(CultureInfo.InvariantCulture);
    }

    private string ReadRegType(string text)
    {
        if (SplitName(text) is { } parts && parts.Count <= 2)
        {
            var type = parts.Count == 2 ? catalog.FindType(parts[0], parts[1]) : Printing.Visibility.FindType(catalog, parts[0]);
            if (type is not null)
            {
                return type.Oid.ToString(CultureInfo.InvariantCulture);
            }
        }

        throw new NotUnderstoodException("a type's name in a literal");
    }

    private static string ReadConfiguration(string text)
    {
        var name = text.StartsWith("pg_catalog.", StringComparison.Ordinal) ? text["pg_catalog.".Length..] : text;
        return name is "simple" or "arabic" or "armenian" or "basque" or "catalan" or "danish" or "dutch" or "english" or "finnish" or "french" or "german" or "greek" or "hindi"
            or "hungarian" or "indonesian" or "irish" or "italian" or "lithuanian" or "nepali" or "norwegian" or "portuguese" or "romanian" or "russian" or "serbian" or "spanish"
            or "swedish" or "tamil" or "turkish" or "yiddish"
            ? name
            : throw new NotUnderstoodException("a text search configuration");
    }

    /// <summary>The parts of a name in a literal, folded and unquoted; null where it is no name.</summary>
    internal static List<string>? SplitName(string text)
    {
        var parts = new List<string>();
        var i = 0;
        while (true)
        {
            while (i < text.Length && char.IsWhiteSpace(text[i]))
            {
                i++;
            }

            var part = new StringBuilder();
            if (i < text.Length && text[i] == '"')
            {
                for (i++; ; i++)
                {
                    if (i >= text.Length)
                    {
                        return null;
                    }

                    if (text[i] == '"')
                    {
                        if (i + 1 >= text.Length || text[i + 1] != '"')
                        {
                            break;
                        }

                        i++;
                    }

                    part.Append(text[i]);
                }

                i++;
            }
            else
            {
                while (i < text.Length && (char.IsLetterOrDigit(text[i]) || text[i] is '_' or '$'))
                {
                    part.Append(char.ToLowerInvariant(text[i++]));
                }
            }

            if (part.Length == 0)
            {
                return null;
            }

            parts.Add(Cut(part.ToString(), 63));
            while (i < text.Length && char.IsWhiteSpace(text[i]))
            {
                i++;
            }

            if (i == text.Length)
            {
                return parts;
            }

            if (text[i++] != '.')
            {
                return null;
            }
        }
    }
}
