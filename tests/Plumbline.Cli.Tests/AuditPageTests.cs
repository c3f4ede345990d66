using Plumbline.Audit.Configuration;
using Plumbline.Audit.Engine;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Reports.Document;
using Plumbline.Audit.Workspace;
using Plumbline.Cli.Terminal;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;
using Plumbline.Testing;

namespace Plumbline.Cli.Tests;

public sealed class AuditPageTests
{
    private const string SchemaText = "datasource db {\n  provider = \"postgresql\"\n}\nmodel User {\n  id Int @id\n\temail String\n}\n";

    [Fact]
    public void A_finding_is_shown_with_its_place_its_meaning_and_its_fix_and_the_verdict_comes_last()
    {
        var finding = Finding(Severity.Critical, "drift/missing-column", "users.email is in the schema but no migration creates it", [(LocationRole.Schema, Place("schema.prisma", 6, 2, 7)), (LocationRole.Migration, Place("migrations/1_a/migration.sql", 1, 14, 19))]) with
        {
            Expected = "text NOT NULL",
            Fix = new FindingFix(FixKind.Safe, "ALTER TABLE users\n  ADD COLUMN email text;"),
        };
        Assert.Equal("""
            Read main: schema.prisma, 1 migration in migrations, Prisma 7
            Assuming PostgreSQL 15 (no version found in the repository; plumb.yaml can set
              it with "postgres")

            critical[drift/missing-column]: users.email is in the schema but no migration
              creates it
               ╭─ schema.prisma:6:2  schema
             6 │     email String
               │     ^^^^^
               ├─ migrations/1_a/migration.sql:1:14  migration
               │
               │ What was seen.
               │ expected: text NOT NULL
               │ What follows.
               = do: Fix it.
               = fix (no data loss)
                   ALTER TABLE users
                     ADD COLUMN email text;

            Not checked: database; use --live or --database URL
            NOT READY: 1 critical · 0 checks passed
            Next: plumb explain drift/missing-column

            """, Page([finding], width: 80));
    }

    [Fact]
    public void Several_occurrences_are_a_table_below_the_excerpt_of_their_cause()
    {
        Occurrence Fact(int number) => Occurrence("drift/index", $"index_{number}", [(LocationRole.Schema, Place("schema.prisma", number, 3, 5))]);
        var finding = Finding(Severity.Medium, "drift/index", "1_a drops 30 indexes", [(LocationRole.Schema, Place("schema.prisma", 4, 1, 6))]) with
        {
            Cause = new Cause(CauseKind.DroppedByMigration, "1_a", "1_a drops them", new FindingLocation(LocationRole.Migration, Place("migrations/1_a/migration.sql", 1, 1, 7))),
            Occurrences = [.. Enumerable.Range(1, 30).Select(Fact)],
        };
        Assert.Contains("""
               ╭─ migrations/1_a/migration.sql:1:1
             1 │ CREATE TABLE users (id int);
               │ ^^^^^^
               │
               │ users.index_1  schema.prisma:1:3
               │ users.index_2  schema.prisma:2:3
               │ users.index_3  schema.prisma:3:3
               │ users.index_4  schema.prisma:4:3
               │ users.index_5  schema.prisma:5:3
               │ users.index_6  schema.prisma:6:3
               │ users.index_7  schema.prisma:7:3
               │ users.index_8  schema.prisma:8:3
               │ and 22 more
               │
               │ What was seen.
            """.ReplaceLineEndings("\n"), Page([finding]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_the_title_says_is_not_repeated()
    {
        var page = Page([Finding(Severity.High, "drift/type", "users.age is bigint in the schema", []) with { Expected = "bigint", Found = "integer" }]);
        Assert.DoesNotContain("expected:", page, StringComparison.Ordinal);
        Assert.Contains("found: integer\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Low_and_info_findings_are_counted_and_fail_on_lists_them()
    {
        Finding[] findings = [
            .. Enumerable.Range(1, 7).Select(number => Finding(Severity.Low, "naming/table-name", $"table {number}", [])),
            Finding(Severity.Low, "naming/column-name", "column", []),
            Finding(Severity.Info, "drift/enum-order", "order", []),
        ];
        Assert.Contains(
            "\n8 low findings: naming/table-name (7), naming/column-name\n1 info finding: drift/enum-order\nNot checked: database; use --live or --database URL\nREADY: 8 low, 1 info · 0 checks passed\nNext: plumb audit --verbose\n",
            Page(findings), StringComparison.Ordinal);
        var listed = Page(findings, lowest: Severity.Low);
        Assert.Contains("low[naming/table-name]: table 7\n", listed, StringComparison.Ordinal);
        Assert.Contains("\n1 info finding: drift/enum-order\n", listed, StringComparison.Ordinal);
    }

    [Fact]
    public void Notes_on_applied_migrations_are_one_line()
    {
        var note = Finding(Severity.Info, "migration/data-loss", "drops", []) with { Cause = new Cause(CauseKind.AppliedMigrations, "x", "x") };
        var page = Page([note, note with { Rule = "migration/unsafe-lock" }, note]);
        Assert.Contains("\n3 notes on applied migrations: migration/data-loss (2), migration/unsafe-lock\n", page, StringComparison.Ordinal);
        Assert.DoesNotContain("info finding", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(160)]
    public void Nothing_but_a_long_word_is_wider_than_the_page(int width)
    {
        var prose = string.Concat(Enumerable.Repeat("words of a sentence, ", 20));
        var finding = Finding(Severity.High, "drift/index", prose, [(LocationRole.Schema, Place("schema.prisma", 6, 2, 7))]) with
        {
            Message = prose,
            Expected = string.Concat(Enumerable.Repeat("a, ", 60)),
            Fix = new FindingFix(FixKind.NeedsBackfill, $"-- {prose}\nALTER TABLE users {string.Concat(Enumerable.Repeat("ADD COLUMN email text, ", 9))};"),
        };
        var lines = Page([finding], width).Split('\n');
        Assert.All(lines, line => Assert.True(line.Length <= width, line));
        Assert.All(lines.Where(line => line.Contains("words of a", StringComparison.Ordinal) && line.StartsWith("       ", StringComparison.Ordinal)), line => Assert.StartsWith("-- ", line.TrimStart(), StringComparison.Ordinal));
    }

    [Fact]
    public void Verbose_shows_everything_and_quiet_only_what_needs_attention()
    {
        Finding[] findings = [Finding(Severity.Medium, "drift/index", "one", []), Finding(Severity.Info, "drift/enum-order", "two", [])];
        Assert.Contains("info[drift/enum-order]: two", Page(findings, isVerbose: true), StringComparison.Ordinal);
        var quiet = Page(findings, isQuiet: true);
        Assert.StartsWith("medium[drift/index]: one\n", quiet, StringComparison.Ordinal);
        Assert.EndsWith("\n\nREADY, WITH WARNINGS: 1 medium, 1 info · 0 checks passed\n", quiet, StringComparison.Ordinal);
    }

    [Fact]
    public void Verbose_lists_the_files_that_are_for_other_databases()
    {
        const string Listed = "Skipped because they are written for ClickHouse: a.sql, c.sql\nSkipped because it is written for MySQL: b.sql\n";
        OtherSqlFile[] files = [new("a.sql", "ClickHouse"), new("b.sql", "MySQL"), new("c.sql", "ClickHouse")];
        Assert.Contains(Listed, Page([], isVerbose: true, otherSqlFiles: files), StringComparison.Ordinal);
        Assert.DoesNotContain("ClickHouse", Page([], otherSqlFiles: files), StringComparison.Ordinal);
    }

    [Fact]
    public void The_assumed_server_is_named_with_its_evidence() => Assert.Contains(
        "\nAssuming PostgreSQL 14 (postgres:14 in compose.yml:3)\n",
        Page([], file: ("compose.yml", "services:\n  db:\n    image: postgres:14\n")),
        StringComparison.Ordinal);

    [Fact]
    public void Of_a_long_line_the_part_around_the_place_is_shown()
    {
        var page = Page([Finding(Severity.High, "drift/index", "x", [(LocationRole.Schema, Place("long.prisma", 1, 301, 306))])], file: ("long.prisma", new string('a', 300) + "WRONG" + new string('b', 300)));
        Assert.Contains(" 1 │ …aaaaaaaaaaaWRONGbbbb", page, StringComparison.Ordinal);
        Assert.All(page.Split('\n'), line => Assert.True(line.Length <= 100, line));
    }

    [Fact]
    public void A_file_cannot_steer_the_terminal()
    {
        var page = Page([Finding(Severity.High, "drift/index", "bad \e[2J name", [(LocationRole.Schema, Place("evil.prisma", 1, 1, 3))])], file: ("evil.prisma", "a\e]0;owned\a"));
        Assert.DoesNotContain('\e', page);
        Assert.DoesNotContain('\a', page);
    }

    [Fact]
    public void A_place_that_is_no_longer_there_does_no_harm() =>
        Assert.Contains("schema.prisma:900:5", Page([Finding(Severity.High, "drift/index", "x", [(LocationRole.Schema, Place("schema.prisma", 900, 5, 9))])]), StringComparison.Ordinal);

    private static string Page(Finding[] findings, int width = 100, bool isVerbose = false, bool isQuiet = false, (string Path, string Text)? file = null, OtherSqlFile[]? otherSqlFiles = null, Severity lowest = Severity.Medium)
    {
        using var repository = new TemporaryRepository().Write("schema.prisma", SchemaText).Write("migrations/1_a/migration.sql", "CREATE TABLE users (id int);\n");
        if (file is { } extra)
        {
            repository.Write(extra.Path, extra.Text);
        }

        var workspace = Repository.Open(repository.Root, AuditConfiguration.Empty, TestContext.Current.CancellationToken);
        workspace = workspace with { Projects = [.. workspace.Projects.Select(project => project with { SchemaPath = "schema.prisma" })] };
        var result = new AuditResult
        {
            Repository = workspace,
            Findings = [.. findings],
            Readiness = Readiness.Of([.. findings], []),
            Verified = [],
            Incomplete = [new Incomplete("database", "use --live or --database URL")],
            OtherSqlFiles = [.. otherSqlFiles ?? []],
        };
        var output = new StringWriter { NewLine = "\n" };
        var document = AuditDocument.Of(result, new AuditDocumentOptions { IsVerbose = isVerbose, IsQuiet = isQuiet, LowestListed = lowest });
        DocumentPage.Write(document, workspace, new TerminalPage(output, usesColor: false, width), isVerbose);
        return output.ToString();
    }

    private static SourceLocation Place(string path, int line, int column, int endColumn) => new(path, line, column, line, endColumn);

    private static Finding Finding(Severity severity, string rule, string title, (LocationRole Role, SourceLocation Place)[] places) => new()
    {
        Rule = rule,
        Severity = severity,
        Title = title,
        Message = "What was seen.",
        Impact = "What follows.",
        Recommendation = "Fix it.",
        Project = "main",
        Subject = new Subject(SubjectKind.Column, "email", "public", "users"),
        Locations = [.. places.Select(place => new FindingLocation(place.Role, place.Place))],
        Occurrences = [Occurrence(rule, "email", places)],
        Fingerprint = "x",
    };

    private static Occurrence Occurrence(string rule, string name, (LocationRole Role, SourceLocation Place)[] places) => new()
    {
        Rule = rule,
        Severity = Severity.Medium,
        Title = name,
        Subject = new Subject(SubjectKind.Column, name, "public", "users"),
        Locations = [.. places.Select(place => new FindingLocation(place.Role, place.Place))],
        Fingerprint = name,
    };
}
