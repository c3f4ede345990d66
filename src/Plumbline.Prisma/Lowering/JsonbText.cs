using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Plumbline.Prisma.Lowering;

/// <summary>JSON as PostgreSQL prints a <c>jsonb</c> value. PostgreSQL documentation, "JSON Types".</summary>
internal static class JsonbText
{
    // Prisma's reader of JSON (serde_json) refuses deeper values.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 128 };

    /// <summary>The value as <c>jsonb</c> prints it: keys by length and then by bytes, the last of doubled ones, numbers as <c>numeric</c> prints
    /// them.</summary>
    /// <returns>Null for what is no JSON, or what <c>jsonb</c> refuses.</returns>
    public static string? Canonicalize(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            var result = new StringBuilder(json.Length);
            return Write(document.RootElement, result) ? result.ToString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // A string with half a surrogate pair.
            return null;
        }
    }

    private static bool Write(JsonElement element, StringBuilder result)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                return WriteObject(element, result);
            case JsonValueKind.Array:
                result.Append('[');
                var separator = "";
                foreach (var item in element.EnumerateArray())
                {
                    result.Append(separator);
                    separator = ", ";
                    if (!Write(item, result))
                    {
                        return false;
                    }
                }

                result.Append(']');
                return true;
            case JsonValueKind.String:
                return WriteString(element.GetString()!, result);
            case JsonValueKind.Number:
                var number = NumericLiteral.ToPlain(element.GetRawText());
                result.Append(number);
                return number is not null;
            default:
                result.Append(element.GetRawText());
                return true;
        }
    }

    private static bool WriteObject(JsonElement element, StringBuilder result)
    {
        var members = new Dictionary<string, JsonElement>();
        foreach (var member in element.EnumerateObject())
        {
            members[member.Name] = member.Value;
        }

        result.Append('{');
        var separator = "";
        foreach (var (name, value) in members.Select(m => (Bytes: Encoding.UTF8.GetBytes(m.Key), m)).OrderBy(m => m.Bytes.Length).ThenBy(m => m.Bytes, ByBytes).Select(m => m.m))
        {
            result.Append(separator);
            separator = ", ";
            if (!WriteString(name, result))
            {
                return false;
            }

            result.Append(": ");
            if (!Write(value, result))
            {
                return false;
            }
        }

        result.Append('}');
        return true;
    }

    private static readonly Comparer<byte[]> ByBytes = Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b));

    private static bool WriteString(string text, StringBuilder result)
    {
        result.Append('"');
        foreach (var c in text)
        {
            switch (c)
            {
                case '\0':
                    return false;
                case '"' or '\\':
                    result.Append('\\').Append(c);
                    break;
                case '\b':
                    result.Append(@"\b");
                    break;
                case '\f':
                    result.Append(@"\f");
                    break;
                case '\n':
                    result.Append(@"\n");
                    break;
                case '\r':
                    result.Append(@"\r");
                    break;
                case '\t':
                    result.Append(@"\t");
                    break;
                case < ' ':
                    result.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
                    break;
                default:
                    result.Append(c);
                    break;
            }
        }

        result.Append('"');
        return true;
    }
}
