using Plumbline.Audit.Findings;
using Plumbline.Audit.Reports.Diff;
using Plumbline.Audit.Rules.Drift;
using Plumbline.Audit.Tests.Rules;
using Plumbline.PostgreSql.Replay;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Tests.Live;

/// <summary>
/// The SQL of live drift: what a database has beside the migrations is what <c>plumb diff MIGRATIONS URL --format sql</c> writes, for a migration; what it lacks or has
/// otherwise is restored in this database.
/// </summary>
public sealed class LiveDriftFixTests
{
    private const string Note = "-- Run this on the audited database, not as a migration: the migrations have it already.\n";
    private const string Migration = """
        CREATE TABLE a (id int PRIMARY KEY, n int NOT NULL DEFAULT 1, old text); CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
        CREATE TABLE c (id int PRIMARY KEY, a int REFERENCES a, code text); CREATE UNIQUE INDEX c_code_key ON c (code); CREATE INDEX c_code_idx ON c (code, a);
        """;

    [Theory]
    [InlineData("ALTER TABLE a ADD COLUMN note text;")]
    [InlineData("ALTER TABLE a ADD CONSTRAINT positive CHECK (n > 0);")]
    [InlineData("COMMENT ON TABLE a IS 'made by hand';")]
    [InlineData("CREATE TABLE b (id int PRIMARY KEY, a int);")]
    [InlineData("GRANT SELECT ON a TO PUBLIC;")]
    public void What_was_added_is_the_sql_of_diff(string byHand)
    {
        var finding = FindingOf(byHand);
        var script = new StringWriter();
        DiffSql.Write(SchemaComparer.Compare(Replay(Migration).Schema, Replay(Migration + byHand).Schema), script);
        Assert.NotEmpty(finding.Fix!.Sql!);
        Assert.Contains(Statements(finding.Fix.Sql!), Statements(script.ToString()), StringComparison.Ordinal);
        Assert.False(finding.Fix.IsForDatabase);
    }

    [Theory]
    [InlineData("ALTER TABLE a DROP COLUMN old;", "ALTER TABLE public.a ADD COLUMN old text;")]
    [InlineData("ALTER TABLE a ALTER COLUMN n SET DEFAULT 2;", "ALTER TABLE public.a ALTER COLUMN n DROP DEFAULT;\nALTER TABLE public.a ALTER COLUMN n SET DEFAULT 1;")]
    [InlineData("ALTER TABLE a ALTER COLUMN n DROP NOT NULL;", "-- First set a value in rows whose a.n is NULL.\nALTER TABLE public.a ALTER COLUMN n SET NOT NULL;")]
    [InlineData("ALTER TABLE c ALTER COLUMN code TYPE varchar(3);", "ALTER TABLE public.c ALTER COLUMN code TYPE text;")]
    [InlineData("CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 2';", null)]
    [InlineData("DROP INDEX c_code_idx;", "-- Outside a transaction, because of CONCURRENTLY.\nCREATE INDEX CONCURRENTLY c_code_idx ON public.c (code, a);")]
    [InlineData("ALTER TABLE c DROP CONSTRAINT c_pkey;", "-- First clean up rows of c that violate c_pkey.\nALTER TABLE public.c ADD CONSTRAINT c_pkey PRIMARY KEY (id);")]
    [InlineData("DROP TABLE c;", null)]
    [InlineData("DROP TABLE a CASCADE;", null)]
    [InlineData("ALTER TABLE c DROP COLUMN code;", null)]
    public void What_is_gone_or_otherwise_is_restored_here(string byHand, string? statements)
    {
        var fix = FindingOf(byHand).Fix!;
        Assert.True(fix.IsForDatabase);
        Assert.Empty(fix.Migrations);
        Assert.StartsWith(Note, fix.Sql!, StringComparison.Ordinal);
        Assert.DoesNotMatch("DROP (TABLE|INDEX|COLUMN|CONSTRAINT)", fix.Sql!);
        if (statements is not null)
            Assert.Equal(statements, fix.Sql![Note.Length..]);

        var after = Replay($"{Migration}{byHand}\n{fix.Sql!.Replace(" CONCURRENTLY", "", StringComparison.Ordinal)}");
        Assert.Equal(0, after.RefusedCount);
        Assert.Empty(SchemaComparer.Compare(Replay(Migration).Schema, after.Schema).Changes);
    }

    private static Finding FindingOf(string byHand)
    {
        var test = RuleTest.For<ExtraColumnRule>().With<MissingColumnRule>().With<MissingTableRule>().With<DefaultRule>().With<ColumnTypeRule>().With<CheckRule>().With<CommentRule>().With<ExtraTableRule>()
            .With<FunctionRule>().With<GrantRule>().With<IndexRule>().With<UniqueRule>().With<PrimaryKeyRule>().With<NullabilityRule>().With<ForeignKeyRule>();
        return Assert.Single(test.Migration("2025_a", Migration).Live(byHand).Run().Findings, f => f.Cause?.Kind == "made-by-hand");
    }

    private static ReplayResult Replay(string sql) => MigrationReplay.Run([new MigrationSource("a", new SourceText("a.sql", sql))]);

    // A check is added in two steps where rows may be in the table; diff writes the one that both lead to.
    private static string Statements(string sql) =>
        string.Join('\n', sql.ReplaceLineEndings("\n").Replace(" NOT VALID", "", StringComparison.Ordinal).Split('\n').Where(line => line.Length > 0 && !line.StartsWith("--", StringComparison.Ordinal) && !line.Contains("VALIDATE CONSTRAINT", StringComparison.Ordinal)));
}
