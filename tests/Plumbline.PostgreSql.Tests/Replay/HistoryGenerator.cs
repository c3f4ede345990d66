using System.Text;

namespace Plumbline.PostgreSql.Tests.Replay;

/// <summary>Makes histories in which things are created, altered, renamed and dropped in mixed order, with few enough names that statements meet.</summary>
/// <param name="seed">Where the history comes from: the same seed, the same history.</param>
internal sealed class HistoryGenerator(int seed)
{
    private static readonly string[] Tables = ["t1", "t1", "t1", "t1", "t2", "\"T 3\"", "s.t1", "s.t1", "s.t1", "s.t4", "\"order\""];
    private static readonly string[] Columns = ["id", "id", "a", "a", "b", "\"C d\"", "e"];
    private static readonly string[] Types = ["int", "bigint", "text", "uuid", "varchar(20)", "numeric(10,2)", "timestamptz", "boolean", "jsonb", "text[]", "date", "e1", "s.e2", "d1", "double precision"];
    private static readonly string[] Enums = ["e1", "s.e2", "\"E 3\""];
    private static readonly string[] Labels = ["x", "y", "z", "Long Label", "it''s"];
    private static readonly string[] Views = ["v1", "s.v2", "\"V 3\"", "v4"];
    private static readonly string[] Indexes = ["i1", "i2", "\"I 3\"", "s.i4"];
    private static readonly string[] Constraints = ["k1", "k2", "\"K 3\""];
    private static readonly string[] Sequences = ["q1", "s.q2", "\"Q 3\""];
    private static readonly string[] Policies = ["p1", "\"P 2\""];
    private static readonly string[] Schemas = ["s", "r", "\"S T\""];

    private readonly Random _random = new(seed);

    /// <summary>A history: a script of statements.</summary>
    public string Make()
    {
        var script = new StringBuilder("CREATE SCHEMA s;\n");
        script.Append("CREATE TYPE e1 AS ENUM ('x', 'y');\n");
        script.Append($"CREATE TABLE t1 (id {Pick("int", "bigint", "uuid", "text")} PRIMARY KEY, a int, b text);\n");
        script.Append($"CREATE TABLE s.t1 (id int PRIMARY KEY, a {Pick(Types)}, e e1);\n");
        var count = _random.Next(10, 24);
        for (var i = 0; i < count; i++)
        {
            script.Append(Statement()).Append(";\n");
        }

        script.Append("ROLLBACK;\n");
        return script.ToString();
    }

    private string Statement() => _random.Next(46) switch
    {
        0 or 1 or 2 or 3 => CreateTable(),
        4 => $"DROP TABLE {IfExists()}{Pick(Tables)}{Cascade()}",
        5 or 6 or 7 => $"ALTER TABLE {Pick(Tables)} ADD COLUMN {IfNotExists()}{Column()}",
        8 => $"ALTER TABLE {Pick(Tables)} DROP COLUMN {IfExists()}{Pick(Columns)}{Cascade()}",
        9 => $"ALTER TABLE {Pick(Tables)} RENAME COLUMN {Pick(Columns)} TO {Pick(Columns)}",
        10 => $"ALTER TABLE {Pick(Tables)} RENAME TO {Bare(Pick(Tables))}",
        11 => $"ALTER TABLE {Pick(Tables)} ALTER COLUMN {Pick(Columns)} TYPE {Pick(Types)}",
        12 => $"ALTER TABLE {Pick(Tables)} ALTER COLUMN {Pick(Columns)} {Pick("SET NOT NULL", "DROP NOT NULL", "DROP DEFAULT")}",
        13 => $"ALTER TABLE {Pick(Tables)} ALTER COLUMN {Pick(Columns)} SET DEFAULT {Value()}",
        14 or 15 => $"ALTER TABLE {Pick(Tables)} ADD CONSTRAINT {Pick(Constraints)} {Constraint()}",
        16 => $"ALTER TABLE {Pick(Tables)} ADD {Constraint()}",
        17 => $"ALTER TABLE {Pick(Tables)} DROP CONSTRAINT {IfExists()}{Pick(Pick(Constraints), "t1_pkey", "t2_a_key", "t1_a_fkey")}{Cascade()}",
        18 => $"ALTER TABLE {Pick(Tables)} RENAME CONSTRAINT {Pick(Pick(Constraints), "t1_pkey")} TO {Pick(Constraints)}",
        19 => $"ALTER TABLE {Pick(Tables)} SET SCHEMA {Pick(Schemas)}",
        20 or 21 => $"CREATE {Maybe("UNIQUE ")}INDEX {IfNotExists(named: true)}ON {Pick(Tables)} ({IndexKey()}{Maybe(", " + Pick(Columns))}){Maybe($" WHERE {Pick(Columns)} IS NOT NULL")}",
        22 => $"CREATE INDEX {Bare(Pick(Indexes))} ON {Pick(Tables)} {Maybe("USING hash ")}({Pick(Columns)})",
        23 => $"DROP INDEX {IfExists()}{Pick(Indexes)}",
        24 => $"ALTER INDEX {Pick(Indexes)} RENAME TO {Bare(Pick(Indexes))}",
        25 => $"CREATE TYPE {Pick(Enums)} AS ENUM ({string.Join(", ", Labels.Take(_random.Next(1, 4)).Select(l => $"'{l}'"))})",
        26 => $"ALTER TYPE {Pick(Enums)} ADD VALUE {IfNotExists()}'{Pick(Labels)}'{Maybe($" {Pick("BEFORE", "AFTER")} '{Pick(Labels)}'")}",
        27 => $"ALTER TYPE {Pick(Enums)} RENAME {Pick($"VALUE '{Pick(Labels)}' TO '{Pick(Labels)}'", $"TO {Bare(Pick(Enums))}")}",
        28 => $"DROP TYPE {IfExists()}{Pick(Enums)}{Cascade()}",
        29 => $"CREATE DOMAIN {Pick("d1", "s.d1")} AS {Pick("int", "text")}{Maybe(" NOT NULL")}{Maybe(" CHECK (VALUE IS NOT NULL)")}",
        30 => $"DROP DOMAIN {IfExists()}{Pick("d1", "s.d1")}{Cascade()}",
        31 or 32 or 33 => CreateView(),
        34 => $"DROP VIEW {IfExists()}{Pick(Views)}{Cascade()}",
        35 => $"ALTER VIEW {Pick(Views)} RENAME TO {Bare(Pick(Views))}",
        36 => $"CREATE SEQUENCE {IfNotExists()}{Pick(Sequences)}{Maybe(" INCREMENT 5")}{Maybe($" OWNED BY {Pick(Tables)}.{Pick(Columns)}")}",
        37 => $"DROP SEQUENCE {IfExists()}{Pick(Pick(Sequences), "t1_a_seq", "t2_id_seq")}{Cascade()}",
        38 => $"CREATE SCHEMA {IfNotExists()}{Pick(Schemas)}",
        39 => $"DROP SCHEMA {IfExists()}{Pick(Schemas)}{Cascade()}",
        40 => $"CREATE POLICY {Pick(Policies)} ON {Pick(Tables)} FOR {Pick("ALL", "SELECT", "UPDATE")} USING ({Condition()})",
        41 => $"DROP POLICY {IfExists()}{Pick(Policies)} ON {Pick(Tables)}",
        42 => Pick($"ALTER TABLE {Pick(Tables)} ENABLE ROW LEVEL SECURITY", $"COMMENT ON COLUMN {Pick(Tables)}.{Pick(Columns)} IS 'said'", $"COMMENT ON TABLE {Pick(Tables)} IS 'said'", $"GRANT SELECT ON {Pick(Tables)} TO PUBLIC"),
        43 => Pick("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT x", "ROLLBACK TO SAVEPOINT x"),
        44 => $"ALTER SCHEMA {Pick(Schemas)} RENAME TO {Pick(Schemas)}",
        _ => Pick($"INSERT INTO {Pick(Tables)} ({Pick(Columns)}) SELECT NULL WHERE false", $"UPDATE {Pick(Tables)} SET {Pick(Columns)} = NULL WHERE {Condition()}", $"DELETE FROM {Pick(Tables)} WHERE {Condition()}"),
    };

    private string CreateTable()
    {
        var parts = new List<string>();
        foreach (var _ in Enumerable.Range(0, _random.Next(1, 4)))
        {
            parts.Add(Column());
        }

        if (_random.Next(3) == 0)
        {
            parts.Add(Constraint());
        }

        return $"CREATE TABLE {IfNotExists()}{Pick(Tables)} ({string.Join(", ", parts)})";
    }

    private string Column()
    {
        var type = _random.Next(8) switch { 0 => "serial", 1 => "int GENERATED BY DEFAULT AS IDENTITY", _ => Pick(Types) };
        var options = _random.Next(9) switch
        {
            0 => " PRIMARY KEY",
            1 => " UNIQUE",
            2 => $" REFERENCES {Pick(Tables)}{Maybe($" ({Pick(Columns)})")}{Maybe(" ON DELETE CASCADE")}",
            3 => $" CHECK ({Condition()})",
            4 when !type.Contains("serial", StringComparison.Ordinal) && !type.Contains("IDENTITY", StringComparison.Ordinal) => $" DEFAULT {Value()}",
            5 => " NOT NULL",
            _ => "",
        };
        return $"{Pick(Columns)} {type}{options}";
    }

    private string Constraint() => _random.Next(4) switch
    {
        0 => $"PRIMARY KEY ({Pick(Columns)})",
        1 => $"UNIQUE ({Pick(Columns)}, {Pick(Columns)})",
        2 => $"FOREIGN KEY ({Pick(Columns)}) REFERENCES {Pick(Tables)}{Maybe($" ({Pick(Columns)})")}{Maybe(" ON UPDATE SET NULL")}",
        _ => $"CHECK ({Condition()})",
    };

    private string CreateView()
    {
        var (table, column) = (Pick(Tables), Pick(Columns));
        var query = _random.Next(5) switch
        {
            0 => $"SELECT * FROM {table}",
            1 => $"SELECT {column}, count(*) AS n FROM {table} GROUP BY {column}",
            2 => $"SELECT x.{column} AS one, y.{Pick(Columns)} AS two FROM {table} x JOIN {Pick(Tables)} y ON x.id = y.id",
            3 => $"SELECT {column} FROM {Pick(Views)}",
            _ => $"SELECT {column}, {Pick(Columns)}::text AS t FROM {table} WHERE {Condition()}",
        };
        return $"CREATE {Maybe("OR REPLACE ")}VIEW {Pick(Views)} AS {query}";
    }

    private string IndexKey() => _random.Next(4) == 0 ? $"lower({Pick(Columns)})" : $"{Pick(Columns)}{Maybe(" DESC")}";

    private string Condition() => _random.Next(6) switch
    {
        0 => $"{Pick(Columns)} > 0",
        1 => $"{Pick(Columns)} IN ('x', 'y')",
        2 => $"length({Pick(Columns)}) > 2",
        3 => $"{Pick(Columns)} BETWEEN 1 AND 5 OR {Pick(Columns)} IS NULL",
        4 => $"{Pick(Columns)} = 'x'::e1",
        _ => $"{Pick(Columns)} IS NOT NULL",
    };

    private string Value() => Pick("0", "'x'", "now()", "'{}'", "NULL", "true", "gen_random_uuid()", "'y'::e1", "nextval('q1')", "ARRAY[]::text[]");

    private string IfExists() => Maybe("IF EXISTS ", 3);

    private string IfNotExists(bool named = false) => named ? $"{Maybe("IF NOT EXISTS ", 3)}{Bare(Pick(Indexes))} " : Maybe("IF NOT EXISTS ", 4);

    private string Cascade() => Maybe(" CASCADE", 3);

    private string Maybe(string text, int oneIn = 2) => _random.Next(oneIn) == 0 ? text : "";

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];

    private static string Bare(string name) => name.StartsWith("s.", StringComparison.Ordinal) ? name[2..] : name;
}
