using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Plumbline.PostgreSql.Tests.Expressions;
using Plumbline.Testing;

namespace Plumbline.PostgreSql.Tests.Restoring;

/// <summary>Makes schemas that hold an expression or query in every place where PostgreSQL keeps one.</summary>
internal static class ExpressionSchema
{
    private const int Depth = 3;

    private static readonly string Folder = ProjectRoot.Combine("tests", "Plumbline.PostgreSql.Tests", "Expressions", "Cases");

    private static readonly string Base = File.ReadAllText(Path.Combine(Folder, "schema.sql"));

    private static readonly string[] Conditions =
    [
        .. File.ReadAllLines(Path.Combine(Folder, "expressions.txt")).Where(l => l.StartsWith("check | ", StringComparison.Ordinal)).Select(l => l["check | ".Length..]),
    ];

    private static readonly string[] Defaults = [.. File.ReadAllLines(Path.Combine(Folder, "expressions.txt")).Where(l => l.StartsWith("default ", StringComparison.Ordinal)).Select(l => l["default ".Length..])];

    // A truth value without a name made a column "bool" up to PostgreSQL 14, and makes a "?column?" since.
    private static readonly string[] Queries = [.. File.ReadAllText(Path.Combine(Folder, "views.sql")).Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(q => !q.Contains(", true,", StringComparison.Ordinal))];

    /// <summary>The statements of a schema, of which a server refuses some.</summary>
    /// <param name="seed">Where it comes from: the same seed, the same schema.</param>
    public static IReadOnlyList<string> Statements(int seed)
    {
        var random = new Random(seed);
        var statements = Base.Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToList();
        for (var i = 0; i < 5; i++)
        {
            Add($"ALTER TABLE things ADD CONSTRAINT check_{i} CHECK ({Condition()})");
            Add($"CREATE POLICY policy_{i} ON things FOR {Pick("SELECT", "ALL", "DELETE")} USING ({Condition()})");
            Add($"CREATE VIEW view_{i} AS {Pick(Queries).TrimEnd(';')}");
        }

        for (var i = 0; i < 3; i++)
        {
            Add($"CREATE INDEX expression_{i} ON things (({Pick(Text(), Number(), Moment())}))");
            Add($"CREATE INDEX predicate_{i} ON things (id) WHERE {Condition()}");
            Add($"CREATE TRIGGER when_{i} BEFORE UPDATE ON things FOR EACH ROW WHEN ({OfRow(Condition())}) EXECUTE FUNCTION probe_trigger()");
            var value = Pick(Defaults).Split(" | ", 2);
            Add($"CREATE TABLE default_{i} (value {value[0]} DEFAULT {value[1]})");
            Add($"CREATE VIEW computed_{i} AS SELECT {Text()} AS a, {Number()} AS b, {Moment()} AS c FROM things WHERE {Condition()}");
            Add($"CREATE VIEW joined_{i} AS SELECT t.id, u.email, {Text()} AS a FROM things t {Pick("LEFT ", "")}JOIN users u ON u.id = t.key AND (u.role IN ('ADMIN', 'USER') AND (u.email IN ('a', 'b') OR u.age > 3)) WHERE t.flag");
        }

        Add($"ALTER TABLE things ADD COLUMN made_text text GENERATED ALWAYS AS ({Text()}) STORED");
        Add($"ALTER TABLE things ADD COLUMN made_number numeric GENERATED ALWAYS AS ({Number()}) STORED");
        Add("CREATE DOMAIN limited AS varchar(20) DEFAULT 'a' CHECK (VALUE IN ('a', 'b', 'c') AND (VALUE <> 'd' AND VALUE LIKE '%x'))");
        Add("CREATE DOMAIN trimmed AS text CHECK (trim(VALUE) <> '' AND substring(VALUE from 1 for 2) = 'ab' OR position('x' in VALUE) > 0)");
        Add($"ALTER TABLE things ADD CONSTRAINT excluded EXCLUDE USING gist (period WITH &&) WHERE ({Condition()})");
        Add($"CREATE TABLE parted (id integer, name varchar(20), at timestamp) PARTITION BY {Pick("LIST (trim(name))", "RANGE (id, substring(name from 1 for 2))", "RANGE ((at AT TIME ZONE 'UTC'))", "LIST ((name IN ('a', 'b')))", "HASH (lower(name))")}");
        Add("CREATE TABLE parted_rest PARTITION OF parted DEFAULT");
        Add("CREATE TABLE ranged (id integer, at timestamptz, name varchar(10)) PARTITION BY RANGE (at, id)");
        Add("CREATE TABLE ranged_1 PARTITION OF ranged FOR VALUES FROM ('2024-01-01 00:00Z', MINVALUE) TO ('2025-01-01 00:00Z', -5)");
        Add($"CREATE RULE logged AS ON UPDATE TO things WHERE {Pick("old.name IN ('a', 'b')", "old.code IN ('a', 'b') AND (new.flag AND old.flag)", "trim(old.name) <> new.name")} DO ALSO INSERT INTO \"Post\" (id, title) SELECT new.name, substring(old.name from 1 for 2) WHERE old.code IN ('x', 'y')");
        Add($"CREATE FUNCTION body_{seed}(name varchar, code varchar DEFAULT trim('  a ')) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN name IN ('a', 'b') AND (code IN ('x', 'y') AND trim(name) <> '')");
        Add($"CREATE FUNCTION atomic_{seed}(id integer) RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM things WHERE {Condition()}; SELECT count(*) FROM users u JOIN orders o ON o.user_id = u.id WHERE o.status IN ('a', 'b'); END");
        return statements;

        void Add(string statement) => statements.Add(statement);

        string Condition() => random.Next(3) == 0
            ? $"({Pick(Conditions)}) {Pick("AND", "OR")} (({Pick(Conditions)}) {Pick("AND", "OR")} {Pick(Conditions)})"
            : random.Next(2) == 0 ? Pick(Conditions) : Sample(ExpressionGenerator.Boolean(Depth));

        string Text() => Sample(ExpressionGenerator.Text(Depth));
        string Number() => Sample(ExpressionGenerator.Number(Depth));
        string Moment() => Sample(ExpressionGenerator.Moment(Depth));
        string Sample(Gen<string> values) => values.Sample(1, new Rnd((ulong)random.NextInt64(), (ulong)random.NextInt64() | 1), 10).Single();
        string Pick(params string[] choices) => choices[random.Next(choices.Length)];
        static string OfRow(string condition) => Regex.Replace(condition, @"\b(id|small|big|amount|ratio|name|code|letter|short|flag|doc|tags|feeling|role|key|at|at_tz|born|span|numbers|count)\b(?![('.])", "new.$1");
    }
}
