using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Plumbline.PostgreSql.Expressions.Printing;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Sql.Ast.Expressions;

namespace Plumbline.PostgreSql.Replay.Procedures;

/// <content>Functions. PostgreSQL documentation, "Functions and Operators".</content>
internal sealed partial class Evaluator
{
    private PlValue? Call(FunctionCallExpr e, RowScope scope)
    {
        if (e.Over is not null || (e.Name.Schema is { } schema && schema != "pg_catalog"))
        {
            throw Unknown(e);
        }

        if (scope.Group is { } group && Aggregates.Contains(e.Name.Name))
        {
            return Aggregate(e, group);
        }

        var name = e.Name.Name;
        var arguments = new PlValue?[e.Arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = Evaluate(e.Arguments[i].Value, scope);
        }

        switch (name)
        {
            case "format" when !e.IsVariadic: return Format(arguments, e);
            case "concat": return Joined("", arguments, e);
            case "concat_ws" when arguments is [{ } separator, ..]: return Joined(AsText(separator, e), arguments[1..], e);
            case "quote_nullable" when arguments is [var nullable]: return new TextValue(nullable is null ? "NULL" : Literal(AsText(nullable, e)));
            case "array_append" when arguments is [var list, var item]:
                Use((list as ArrayValue)?.Items.Length / CharactersMade ?? 0);
                return new ArrayValue((list as ArrayValue)?.Items.Add(item) ?? (list is null ? [item] : throw Unknown(e)));
            case "array_to_string" when arguments is [ArrayValue texts, { } joint]:
                return Joined(AsText(joint, e), texts.Items, e);
            case "current_schema" when arguments.Length == 0: return CurrentSchema();
            case "current_database" when arguments.Length == 0: return new TextValue("postgres");
            case "now" or "random" or "clock_timestamp" or "gen_random_uuid" or "nextval" or "version" or "txid_current": throw Unknown(e);
        }

        // All others are strict: NULL gives NULL.
        return Array.Exists(arguments, a => a is null) ? null : Strict(name, arguments!, e);
    }

    private PlValue? Strict(string name, PlValue[] arguments, FunctionCallExpr e)
    {
        string Text(int index) => AsText(arguments[index], e);
        int Whole(int index) => Number(arguments[index]) is { } n && decimal.Truncate(n) == n && Math.Abs(n) < int.MaxValue ? (int)n : throw Unknown(e);
        switch (name, arguments.Length)
        {
            case ("quote_ident", 1): return new TextValue(Identifiers.Quote(Text(0)));
            case ("quote_literal", 1): return new TextValue(Literal(Text(0)));
            case ("lower", 1): return new TextValue(Text(0).ToLowerInvariant());
            case ("upper", 1): return new TextValue(Text(0).ToUpperInvariant());
            case ("length" or "char_length" or "character_length", 1): return new NumberValue(Text(0).EnumerateRunes().Count());
            case ("replace", 3): return Text(1).Length == 0 ? arguments[0] : ReplaceText(Text(0), Text(1), Text(2));
            case ("btrim", 1): return new TextValue(Text(0).Trim(' '));
            case ("ltrim", 1): return new TextValue(Text(0).TrimStart(' '));
            case ("rtrim", 1): return new TextValue(Text(0).TrimEnd(' '));
            case ("btrim", 2): return new TextValue(Text(0).Trim(Trimmed(Text(0), Text(1))));
            case ("ltrim", 2): return new TextValue(Text(0).TrimStart(Trimmed(Text(0), Text(1))));
            case ("rtrim", 2): return new TextValue(Text(0).TrimEnd(Trimmed(Text(0), Text(1))));
            case ("left", 2): return new TextValue(Text(0)[..Math.Clamp(Whole(1) < 0 ? Text(0).Length + Whole(1) : Whole(1), 0, Text(0).Length)]);
            case ("right", 2): return new TextValue(Text(0)[Math.Clamp(Whole(1) < 0 ? -Whole(1) : Text(0).Length - Whole(1), 0, Text(0).Length)..]);
            case ("substring" or "substr", 2) when arguments[1] is NumberValue: return Substring(Text(0), Whole(1), int.MaxValue);
            case ("substring" or "substr", 3) when arguments[1] is NumberValue: return Substring(Text(0), Whole(1), Whole(2));
            case ("position", 2) when e.IsSqlSpelling: return new NumberValue(Text(0).IndexOf(Text(1), StringComparison.Ordinal) + 1);
            case ("strpos", 2): return new NumberValue(Text(0).IndexOf(Text(1), StringComparison.Ordinal) + 1);
            case ("starts_with", 2): return BooleanValue.Of(Text(0).StartsWith(Text(1), StringComparison.Ordinal));
            case ("split_part", 3):
                return Split(Text(0), Text(1)) is var parts && Whole(2) >= 1 && Whole(2) <= parts.Length ? new TextValue(parts[Whole(2) - 1])
                    : new TextValue("");
            case ("repeat", 2):
                execution.Budget.Allow(Whole(1) * (long)Text(0).Length);
                return new TextValue(Text(0).Length == 0 || Whole(1) <= 0 ? "" : new StringBuilder().Insert(0, Text(0), Whole(1)).ToString());
            case ("lpad", 3) when Text(2).Length == 1 && Whole(1) < 1000 && Text(0).Length <= Whole(1):
                return new TextValue(Text(0).PadLeft(Whole(1), Text(2)[0]));
            case ("regexp_replace", 3 or 4): return Replace(Text(0), Text(1), Text(2), arguments.Length == 4 ? Text(3) : "", e);
            case ("string_to_array", 2):
                return new ArrayValue([.. (Text(0).Length == 0 ? [] : Split(Text(0), Text(1))).Select(t => (PlValue?)new TextValue(t))]);
            case ("array_length" or "array_upper", 2) when arguments[0] is ArrayValue list && Whole(1) == 1:
                return list.Items.IsEmpty ? null : new NumberValue(list.Items.Length);
            case ("cardinality", 1) when arguments[0] is ArrayValue list: return new NumberValue(list.Items.Length);
            case ("array_cat", 2): return Concatenate(arguments[0], arguments[1], e);
            case ("to_regclass", 1): return ObjectNames.Find(execution, Text(0), "regclass", missingOk: true);
            case ("to_regtype", 1): return ObjectNames.Find(execution, Text(0), "regtype", missingOk: true);
            case ("to_regnamespace", 1): return ObjectNames.Find(execution, Text(0), "regnamespace", missingOk: true);
            case ("to_regrole", 1): return ObjectNames.Find(execution, Text(0), "regrole", missingOk: true);
            case ("to_regproc", 1): return ObjectNames.Find(execution, Text(0), "regproc", missingOk: true);
            case ("to_regprocedure", 1): return ObjectNames.Find(execution, Text(0), "regprocedure", missingOk: true);
            case ("current_schemas", 1):
                return new ArrayValue([.. Database.SearchPath.Where(s => s != "pg_catalog" || arguments[0] is BooleanValue { Value: true })
                    .Select(s => (PlValue?)new TextValue(s))]);
            case ("format_type", 2) when arguments[0] is OidValue type: return new TextValue(Database.FormatType(type.Oid, Whole(1)));
            case ("pg_get_userbyid", 1) when arguments[0] is OidValue user && Database.FindObject(user.Oid) is RoleObject role: return new TextValue(role.Name);
            case ("pg_get_constraintdef", 1 or 2) when arguments[0] is OidValue key:
                return Database.FindObject(key.Oid) is ConstraintObject constraint ? Known(Definitions.Constraint(Database, constraint)) : null;
            case ("pg_get_indexdef", 1) when arguments[0] is OidValue key:
                return Database.FindObject(key.Oid) is RelationObject { IsIndex: true } index ? Known(Definitions.Index(Database, index)) : null;
            case ("pg_table_is_visible", 1) when arguments[0] is OidValue key && Database.GetRelation(key.Oid) is { } relation:
                return BooleanValue.Of(Visibility.FindRelation(Database, relation.Name)?.Oid == relation.Oid);
            case ("pg_type_is_visible", 1) when arguments[0] is OidValue key && Database.GetType(key.Oid) is { } type:
                return BooleanValue.Of(Visibility.IsTypeVisible(Database, type));
            case ("pg_get_serial_sequence", 2): return SerialSequence(Text(0), Text(1));
            case ("obj_description", 1 or 2) when arguments[0] is OidValue key && Database.FindObject(key.Oid) is RelationObject commented:
                return commented.Row.Comment is { } comment ? new TextValue(comment) : null;
            case ("has_schema_privilege" or "has_table_privilege" or "has_database_privilege" or "has_function_privilege" or "has_column_privilege",
                2) when execution.CurrentRole == Database.Superuser && arguments[0] is OidValue:
                return BooleanValue.True;
            case ("current_setting", 1) when Text(0) == "search_path":
                return new TextValue(string.Join(", ", execution.Settings.Path.Select(Identifiers.Quote)));
            case ("current_setting", 1) when Text(0) == "server_version_num":
                return new TextValue(string.Create(CultureInfo.InvariantCulture, $"{execution.Version}0000"));
            case ("abs", 1): return new NumberValue(Math.Abs(Number(arguments[0]) ?? throw Unknown(e)));
            default: throw Unknown(e);
        }
    }

    private static string Literal(string text) => text.Contains('\\', StringComparison.Ordinal)
        ? $"E'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'"
        : Identifiers.QuoteLiteral(text);

    private static TextValue Substring(string text, int from, int count)
    {
        if (count < 0)
        {
            throw new RefusedException("22011", "negative substring length not allowed");
        }

        var end = (int)Math.Min((long)from + count - 1, text.Length);
        var start = Math.Max(from, 1);
        return new TextValue(end < start ? "" : text[(start - 1)..end]);
    }

    private TextValue Replace(string text, string pattern, string replacement, string flags, SqlExpr e)
    {
        if (flags.AsSpan().IndexOfAnyExcept("gi") >= 0)
        {
            throw Unknown(e);
        }

        // A reference stands for no more than the whole match.
        var references = replacement.AsSpan().Count('\\');
        var length = (long)text.Length;

        // \1 is $1 in .NET, where a dollar means itself only when it is doubled.
        var translated = Regex.Replace(replacement.Replace("$", "$$", StringComparison.Ordinal), @"\\(\d)", "${$1}").Replace("\\&", "$&", StringComparison.Ordinal);
        var regex = Pattern(pattern, text, flags.Contains('i', StringComparison.Ordinal), e);
        return new TextValue(regex.Replace(text, Written, flags.Contains('g', StringComparison.Ordinal) ? -1 : 1));

        string Written(Match match)
        {
            length += translated.Length + ((long)references * match.Length);
            execution.Budget.Allow(length);
            return match.Result(translated);
        }
    }

    private TextValue ReplaceText(string text, string old, string replacement)
    {
        execution.Budget.Allow(text.Length + ((long)text.AsSpan().Count(old) * (replacement.Length - old.Length)));
        return new TextValue(text.Replace(old, replacement, StringComparison.Ordinal));
    }

    // The characters, each once: each of the text is compared with all of them.
    private char[] Trimmed(string text, string characters)
    {
        char[] distinct = [.. characters.Distinct()];
        Use((long)text.Length * distinct.Length / CharactersMade);
        return distinct;
    }

    // A part needs the memory of several look-ups, and is counted before it is made.
    private string[] Split(string text, string separator)
    {
        const int ofPart = 8;
        var parts = separator.Length == 0 ? 1 : 1L + text.AsSpan().Count(separator);
        execution.Budget.Allow(parts);
        Use((text.Length / CharactersMade) + (parts * ofPart));
        return text.Split(separator);
    }

    // What is NULL is left out, with its separator.
    private TextValue Joined(string separator, IReadOnlyCollection<PlValue?> values, SqlExpr e)
    {
        Use(values.Count);
        var length = 0L;
        var texts = new List<string>(values.Count);
        foreach (var value in values)
        {
            if (value is null)
            {
                continue;
            }

            var text = value is BooleanValue && e is FunctionCallExpr { Name.Name: "array_to_string" or "string_agg" } ? AsText(value, e)
                : PlValues.Print(Database, value)!;
            length += text.Length + separator.Length;
            execution.Budget.Allow(length - separator.Length);
            texts.Add(text);
        }

        return new TextValue(string.Join(separator, texts));
    }

    private TextValue? SerialSequence(string table, string column)
    {
        var relation = execution.Relation(ObjectNames.Name(table));
        var found = relation.FindColumn(column) ?? throw new RefusedException("42703", $"column \"{column}\" of relation \"{relation.Name}\" does not exist");
        var sequence = Database.Relations.FirstOrDefault(r => r.Row.Sequence is { } s && s.OwnerTable == relation && s.OwnerColumn == found.Number);
        return sequence is null ? null : new TextValue($"{Identifiers.Quote(sequence.Namespace.Name)}.{Identifiers.Quote(sequence.Name)}");
    }

    // format('%I.%1$s %-10L')
    private TextValue? Format(PlValue?[] arguments, SqlExpr e)
    {
        if (arguments is not [{ } first, ..])
        {
            return null;
        }

        var format = AsText(first, e);
        var text = new StringBuilder();
        var next = 1;
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                text.Append(format[i]);
                continue;
            }

            i++;
            if (i < format.Length && format[i] == '%')
            {
                text.Append('%');
                continue;
            }

            var digits = i;
            while (digits < format.Length && char.IsAsciiDigit(format[digits]))
            {
                digits++;
            }

            if (digits > i && digits < format.Length && format[digits] == '$' && int.TryParse(format.AsSpan(i, digits - i), out var position))
            {
                next = position;
                i = digits + 1;
            }

            var padsRight = i < format.Length && format[i] == '-';
            i += padsRight ? 1 : 0;
            digits = i;
            while (digits < format.Length && char.IsAsciiDigit(format[digits]))
            {
                digits++;
            }

            var width = digits > i && digits - i < 5 ? int.Parse(format.AsSpan(i, digits - i), CultureInfo.InvariantCulture) : digits > i ? throw Unknown(e)
                : 0;
            i = digits;
            if (i >= format.Length)
            {
                throw new RefusedException(new SqlError("22023", "unterminated format() type specifier") { Hint = "For a single \"%\" use \"%%\"." });
            }

            if (format[i] is not ('s' or 'I' or 'L'))
            {
                throw new RefusedException(new SqlError("22023",
                    $"unrecognized format() type specifier \"{format[i]}\"")
                { Hint = "For a single \"%\" use \"%%\"." });
            }

            if (next == 0)
            {
                throw new RefusedException("22023", "format specifies argument 0, but arguments are numbered from 1");
            }

            if (next >= arguments.Length)
            {
                throw new RefusedException("22023", "too few arguments for format()");
            }

            var value = PlValues.Print(Database, arguments[next++]);
            var written = format[i] switch
            {
                's' => value ?? "",
                'L' => value is null ? "NULL" : Literal(value),
                _ => Identifiers.Quote(value ?? throw new RefusedException("22004", "null values cannot be formatted as an SQL identifier")),
            };
            text.Append(padsRight ? written.PadRight(width) : written.PadLeft(width));
            execution.Budget.Allow(text.Length);
        }

        return new TextValue(text.ToString());
    }
}
