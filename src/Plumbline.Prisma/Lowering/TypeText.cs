using System.Text;
using Plumbline.Schema.Model;

namespace Plumbline.Prisma.Lowering;

/// <summary>Reads the SQL type in <c>Unsupported("…")</c>. PostgreSQL documentation, "Data Types".</summary>
internal static class TypeText
{
    // The one type whose name format_type prints in quotes.
    private const string SingleByteCharacter = "\"char\"";

    // What can be written in several ways, and the name that format_type prints.
    private static readonly Dictionary<string, string> Aliases = new Dictionary<string, string>
    {
        ["int"] = "integer",
        ["int4"] = "integer",
        ["int2"] = "smallint",
        ["int8"] = "bigint",
        ["float4"] = "real",
        ["float8"] = "double precision",
        ["decimal"] = "numeric",
        ["dec"] = "numeric",
        ["bool"] = "boolean",
        ["varchar"] = "character varying",
        ["char varying"] = "character varying",
        ["national character varying"] = "character varying",
        ["national char varying"] = "character varying",
        ["nchar varying"] = "character varying",
        ["char"] = "character",
        ["nchar"] = "character",
        ["national character"] = "character",
        ["national char"] = "character",
        ["bpchar"] = "character",
        ["varbit"] = "bit varying",
        ["timestamp"] = "timestamp without time zone",
        ["timestamptz"] = "timestamp with time zone",
        ["time"] = "time without time zone",
        ["timetz"] = "time with time zone",
        ["float"] = "double precision",
    };

    private static readonly HashSet<string> BuiltIn =
        """
        smallint integer bigint real numeric boolean text character bit bytea uuid xml json jsonb money date interval inet cidr macaddr macaddr8 oid name
        point line lseg box path polygon circle tsvector tsquery pg_lsn txid_snapshot pg_snapshot xid xid8 cid tid jsonpath refcursor
        int4range int8range numrange tsrange tstzrange daterange int4multirange int8multirange nummultirange tsmultirange tstzmultirange datemultirange
        regclass regtype regproc regprocedure regoper regoperator regconfig regdictionary regnamespace regrole regcollation aclitem int2vector oidvector
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToHashSet();

    /// <summary>The type that a text names. What is neither built in nor qualified is taken to be in <paramref name="schemaOf"/>.</summary>
    /// <param name="text">The text, as it would stand in <c>CREATE TABLE</c>.</param>
    /// <param name="schemaOf">The schema of a type that the text does not qualify, by its name.</param>
    public static ColumnType Parse(string text, Func<string, string> schemaOf)
    {
        var rest = text.AsSpan().Trim();
        var isArray = false;
        while (rest.EndsWith("]"))
        {
            var open = rest.LastIndexOf('[');
            if (open < 0)
            {
                break;
            }

            isArray = true;
            rest = rest[..open].TrimEnd();
        }

        var before = rest;
        ReadOnlySpan<char> after = default;
        string? modifiers = null;
        var parenthesis = IndexOutsideQuotes(rest, '(');
        var close = rest.LastIndexOf(')');
        if (parenthesis > 0 && close > parenthesis)
        {
            before = rest[..parenthesis];
            after = rest[(close + 1)..];
            modifiers = Compact(rest[(parenthesis + 1)..close]);
        }

        var (schema, name) = Split($"{before.Trim()} {after.Trim()}".Trim());
        if (schema is "pg_catalog")
        {
            (name, modifiers) = Normalize(name, modifiers);
            schema = null;
        }
        else if (schema is null && before.Contains('"'))
        {
            (name, schema) = name == "char" ? (SingleByteCharacter, null) : (name, schemaOf(name));
        }
        else if (schema is null)
        {
            (name, modifiers) = Normalize(name, modifiers);
            schema = IsBuiltIn(name) ? null : schemaOf(name);
        }

        return new ColumnType(name, schema, modifiers, isArray);
    }

    private static bool IsBuiltIn(string name) =>
        BuiltIn.Contains(name) || name is "double precision" or "character varying" or "bit varying" || name.StartsWith("timestamp ", StringComparison.Ordinal)
        || name.StartsWith("time ", StringComparison.Ordinal);

    private static (string Name, string? Modifiers) Normalize(string name, string? modifiers)
    {
        if (name.StartsWith("interval ", StringComparison.Ordinal))
        {
            var fields = name["interval ".Length..];
            return ("interval", modifiers is null ? fields : $"{fields}({modifiers})");
        }

        if (name == "float" && modifiers is not null)
        {
            return (int.TryParse(modifiers, out var bits) && bits <= 24 ? "real" : "double precision", null);
        }

        var isCharacter = name is not "bpchar";
        name = Aliases.GetValueOrDefault(name, name);
        return name switch
        {
            "character" or "bit" when modifiers is null && isCharacter => (name, "1"),
            "numeric" when modifiers is not null && !modifiers.Contains(',') => (name, modifiers + ",0"),
            _ => (name, modifiers),
        };
    }

    // schema.name, each quoted or folded to lower case.
    private static (string? Schema, string Name) Split(string text)
    {
        var point = IndexOutsideQuotes(text, '.');
        return point < 0 ? (null, Fold(text)) : (Fold(text.AsSpan(0, point)), Fold(text.AsSpan(point + 1)));
    }

    private static string Fold(ReadOnlySpan<char> name)
    {
        name = name.Trim();
        if (name.Length >= 2 && name[0] == '"' && name[^1] == '"')
        {
            return DatabaseNames.Cut(name[1..^1].ToString().Replace("\"\"", "\"", StringComparison.Ordinal));
        }

        var result = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (!char.IsWhiteSpace(c))
            {
                result.Append(char.IsAsciiLetterUpper(c) ? char.ToLowerInvariant(c) : c);
            }
            else if (result.Length > 0 && result[^1] != ' ')
            {
                result.Append(' ');
            }
        }

        return DatabaseNames.Cut(result.ToString());
    }

    private static int IndexOutsideQuotes(ReadOnlySpan<char> text, char wanted)
    {
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                quoted = !quoted;
            }
            else if (text[i] == wanted && !quoted)
            {
                return i;
            }
        }

        return -1;
    }

    private static string Compact(ReadOnlySpan<char> modifiers)
    {
        var result = new StringBuilder(modifiers.Length);
        foreach (var c in modifiers)
        {
            if (!char.IsWhiteSpace(c))
            {
                result.Append(c);
            }
        }

        return result.ToString();
    }
}
