using FsCheck;
using FsCheck.Fluent;

namespace Plumbline.PostgreSql.Tests.Expressions;

/// <summary>Makes expressions over the table <c>things</c> of <c>Cases/schema.sql</c>.</summary>
internal static class ExpressionGenerator
{
    private static Gen<string> Of(params string[] values) => Gen.Elements(values);

    private static Gen<string> Combine(int depth, Func<string, string, string> combine, Func<int, Gen<string>> first, Func<int, Gen<string>> second) =>
        from a in first(depth - 1)
        from b in second(depth - 1)
        select combine(a, b);

    private static Gen<string> Wrap(int depth, Func<string, string> wrap, Func<int, Gen<string>> inner) => inner(depth - 1).Select(wrap);

    /// <summary>Conditions.</summary>
    /// <param name="depth">How deep they may nest.</param>
    public static Gen<string> Boolean(int depth)
    {
        var leaf = Of("flag", "true", "NOT flag", "name IS NULL", "feeling = 'happy'", "role IN ('ADMIN', 'USER')", "doc ? 'a'", "code IN ('x', 'y', 'z')");
        return depth <= 0
            ? leaf
            : Gen.OneOf(
                leaf,
                Combine(depth, (a, b) => $"({a}) AND {b}", Boolean, Boolean),
                Combine(depth, (a, b) => $"{a} OR {b}", Boolean, Boolean),
                Wrap(depth, a => $"NOT ({a})", Boolean),
                Wrap(depth, a => $"({a}) IS NOT TRUE", Boolean),
                from op in Of("=", "<>", "<", ">=", "IS DISTINCT FROM") from x in Combine(depth, (a, b) => $"{a} {op} {b}", Number, Number) select x,
                from op in Of("=", "<>", "LIKE", "ILIKE", "~", "NOT LIKE") from x in Combine(depth, (a, b) => $"{a} {op} {b}", Text, Text) select x,
                from op in Of("=", "<", ">") from x in Combine(depth, (a, b) => $"{a} {op} {b}", Moment, Moment) select x,
                Combine(depth, (a, b) => $"{a} BETWEEN {b} AND 100", Number, Number),
                Combine(depth, (a, b) => $"{a} IN ('k', {b})", Text, Text),
                Combine(depth, (a, b) => $"{a} IN (1, 2, {b})", Number, Number),
                Wrap(depth, a => $"{a} = ANY (tags)", Text),
                Wrap(depth, a => $"{a} = ANY (ARRAY['p', 'q'])", Text),
                Wrap(depth, a => $"EXISTS (SELECT 1 FROM users u WHERE u.name = {a} AND u.age > id)", Text),
                Wrap(depth, a => $"key IN (SELECT user_id FROM members m WHERE m.role = {a})", Text));
    }

    /// <summary>Numbers of several types.</summary>
    /// <param name="depth">How deep they may nest.</param>
    public static Gen<string> Number(int depth)
    {
        var leaf = Of("id", "small", "big", "amount", "ratio", "1", "0", "-1", "2.5", "numbers[1]", "count", "10000000000", "length(name)", "cardinality(tags)", "(doc ->> 'n')::int");
        return depth <= 0
            ? leaf
            : Gen.OneOf(
                leaf,
                from op in Of("+", "-", "*", "/") from x in Combine(depth, (a, b) => $"({a} {op} {b})", Number, Number) select x,
                Wrap(depth, a => $"- {a}", Number),
                Wrap(depth, a => $"abs({a})", Number),
                Combine(depth, (a, b) => $"coalesce({a}, {b})", Number, Number),
                Combine(depth, (a, b) => $"greatest({a}, {b}, 0)", Number, Number),
                Combine(depth, (a, b) => $"nullif({a}, {b})", Number, Number),
                from type in Of("int", "bigint", "numeric(10,2)", "double precision", "text::numeric") from x in Wrap(depth, a => $"({a})::{type}", Number) select x,
                Combine(depth, (a, b) => $"CASE WHEN {a} THEN {b} ELSE 0 END", Boolean, Number),
                Wrap(depth, a => $"char_length({a})", Text),
                Wrap(depth, a => $"extract(epoch from {a})", Moment),
                Wrap(depth, a => $"(SELECT max(age) FROM users WHERE users.name = {a})", Text));
    }

    /// <summary>Strings of several types.</summary>
    /// <param name="depth">How deep they may nest.</param>
    public static Gen<string> Text(int depth)
    {
        var leaf = Of("name", "code", "letter", "short", "'a'", "''", "'it''s'", "\"camelCase\"", "doc ->> 'a'", "tags[1]", "feeling::text", "current_user", "auth.role()", "key::text", "'x'::varchar(3)");
        return depth <= 0
            ? leaf
            : Gen.OneOf(
                leaf,
                Combine(depth, (a, b) => $"({a} || {b})", Text, Text),
                from f in Of("lower", "upper", "trim", "md5", "btrim") from x in Wrap(depth, a => $"{f}({a})", Text) select x,
                Combine(depth, (a, b) => $"coalesce({a}, {b})", Text, Text),
                Combine(depth, (a, b) => $"concat({a}, {b})", Text, Number),
                Combine(depth, (a, b) => $"CASE WHEN {a} THEN {b} END", Boolean, Text),
                Wrap(depth, a => $"({a})::varchar(10)", Text),
                Wrap(depth, a => $"({a})::text", Number),
                Wrap(depth, a => $"substring({a} from 1 for 2)", Text),
                Wrap(depth, a => $"left({a}, 2)", Text),
                Wrap(depth, a => $"to_char({a}, 'YYYY')", Moment));
    }

    /// <summary>Dates and times.</summary>
    /// <param name="depth">How deep they may nest.</param>
    public static Gen<string> Moment(int depth)
    {
        var leaf = Of("at", "at_tz", "born", "now()", "CURRENT_TIMESTAMP", "'2025-01-01'::timestamp", "CURRENT_DATE", "timestamptz '2025-01-01 10:00:00+02'");
        return depth <= 0
            ? leaf
            : Gen.OneOf(
                leaf,
                Wrap(depth, a => $"{a} - interval '1 day'", Moment),
                Wrap(depth, a => $"{a} + span", Moment),
                from unit in Of("day", "month") from x in Wrap(depth, a => $"date_trunc('{unit}', {a})", Moment) select x,
                Combine(depth, (a, b) => $"coalesce({a}, {b})", Moment, Moment),
                Wrap(depth, a => $"({a} AT TIME ZONE 'UTC')", Moment),
                from type in Of("date", "timestamp", "timestamptz", "timestamp(3)") from x in Wrap(depth, a => $"({a})::{type}", Moment) select x,
                Combine(depth, (a, b) => $"least({a}, {b})", Moment, Moment));
    }
}
