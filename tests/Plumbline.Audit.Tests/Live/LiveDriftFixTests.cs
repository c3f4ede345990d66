using Plumbline.Audit.Reports.Diff;
using Plumbline.Audit.Rules.Drift;
using Plumbline.Audit.Tests.Rules;
using Plumbline.PostgreSql.Replay;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Tests.Live;

/// <summary>The SQL of live drift is what <c>plumb diff MIGRATIONS URL --format sql</c> writes.</summary>
public sealed class LiveDriftFixTests
{
    private const string Migration = "CREATE TABLE a (id int PRIMARY KEY, n int NOT NULL DEFAULT 1, old text); CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';";

    [Theory]
    [InlineData("ALTER TABLE a ADD COLUMN note text;")]
    [InlineData("ALTER TABLE a DROP COLUMN old;")]
    [InlineData("ALTER TABLE a ALTER COLUMN n SET DEFAULT 2;")]
    [InlineData("ALTER TABLE a ALTER COLUMN n TYPE bigint;")]
    [InlineData("ALTER TABLE a ADD CONSTRAINT positive CHECK (n > 0);")]
    [InlineData("COMMENT ON TABLE a IS 'made by hand';")]
    [InlineData("CREATE TABLE b (id int PRIMARY KEY, a int);")]
    [InlineData("CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 2';")]
    [InlineData("GRANT SELECT ON a TO PUBLIC;")]
    public void It_is_the_sql_of_diff(string byHand)
    {
        var test = RuleTest.For<ExtraColumnRule>().With<MissingColumnRule>().With<DefaultRule>().With<ColumnTypeRule>().With<CheckRule>().With<CommentRule>().With<ExtraTableRule>().With<FunctionRule>().With<GrantRule>();
        var finding = Assert.Single(test.Migration("2025_a", Migration).Live(byHand).Run().Findings, f => f.Cause?.Kind == "made-by-hand");
        var script = new StringWriter();
        DiffSql.Write(SchemaComparer.Compare(Replay(Migration).Schema, Replay(Migration + byHand).Schema), script);
        Assert.NotEmpty(finding.Fix!.Sql!);
        Assert.Contains(Statements(finding.Fix.Sql!), Statements(script.ToString()), StringComparison.Ordinal);
    }

    private static ReplayResult Replay(string sql) => MigrationReplay.Run([new MigrationSource("a", new SourceText("a.sql", sql))]);

    // A check is added in two steps where rows may be in the table; diff writes the one that both lead to.
    private static string Statements(string sql) =>
        string.Join('\n', sql.ReplaceLineEndings("\n").Replace(" NOT VALID", "", StringComparison.Ordinal).Split('\n').Where(line => line.Length > 0 && !line.StartsWith("--", StringComparison.Ordinal) && !line.Contains("VALIDATE CONSTRAINT", StringComparison.Ordinal)));
}
