using Plumbline.Audit.Configuration;
using Plumbline.Audit.Engine;
using Plumbline.Audit.Findings;
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
    public void A_finding_is_shown_with_its_places_its_meaning_and_its_fix()
    {
        var finding = Finding(Severity.Critical, "drift/missing-column", "users.email is in the schema but no migration creates it", [(LocationRole.Schema, Place("schema.prisma", 6, 2, 7)), (LocationRole.Migration, Place("migrations/1_a/migration.sql", 1, 14, 19))]) with
        {
            Expected = "text NOT NULL",
            Fix = new FindingFix(FixKind.Safe, "ALTER TABLE users\n  ADD COLUMN email text;"),
        };
        Assert.Equal("""
            main  schema.prisma · 1 migration in migrations · Prisma 7

            ── critical · drift ──────────────────────────────────────────────────────────────── 1

            critical[drift/missing-column]: users.email is in the schema but no migration creates it
               ╭─ schema.prisma:6:2  schema
             6 │     email String
               │     ^^^^^
               ├─ migrations/1_a/migration.sql:1:14  migration
             1 │ CREATE TABLE users (id int);
               │              ^^^^^
               │
               │ What was seen.
               │ expected: text NOT NULL
               │    found: nothing
               │ What follows.
               = do: Mend it.
               = fix (safe: no row is touched or lost)
                   ALTER TABLE users
                     ADD COLUMN email text;

            NOT READY  1 critical · 0 facts verified

            Next: mend what is critical and high first. plumb explain drift/missing-column says why it matters.

            """, Page([finding], width: 86));
    }

    [Fact]
    public void What_matters_little_is_told_in_one_line_each_and_not_without_end()
    {
        var page = Page([.. Enumerable.Range(1, 7).Select(number => Finding(Severity.Low, "naming/table-name", $"table {number}", [(LocationRole.Schema, Place("schema.prisma", 4, 1, 6))]))]);
        Assert.Contains("  naming/table-name\n    table 1  schema.prisma:4:1\n", page, StringComparison.Ordinal);
        Assert.Contains("    and 2 more\n", page, StringComparison.Ordinal);
        Assert.Contains("READY  7 low", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Verbose_shows_everything_and_quiet_only_what_needs_attention()
    {
        Finding[] findings = [Finding(Severity.Medium, "drift/index", "one", []), Finding(Severity.Info, "drift/enum-order", "two", [])];
        Assert.Contains("info[drift/enum-order]: two", Page(findings, isVerbose: true), StringComparison.Ordinal);
        Assert.StartsWith("── medium · drift", Page(findings, isQuiet: true), StringComparison.Ordinal);
        Assert.DoesNotContain("two", Page(findings, isQuiet: true), StringComparison.Ordinal);
    }

    [Fact]
    public void Verbose_lists_the_files_that_are_for_other_databases()
    {
        const string Listed = "2 SQL files for ClickHouse, left alone:\n  a.sql\n  c.sql\n1 SQL file for MySQL, left alone:\n  b.sql\n";
        OtherSqlFile[] files = [new("a.sql", "ClickHouse"), new("b.sql", "MySQL"), new("c.sql", "ClickHouse")];
        Assert.Contains(Listed, Page([], isVerbose: true, otherSqlFiles: files), StringComparison.Ordinal);
        Assert.DoesNotContain("ClickHouse", Page([], otherSqlFiles: files), StringComparison.Ordinal);
    }

    [Fact]
    public void The_server_is_named_with_what_tells_it() => Assert.Contains(
        "\nPostgreSQL 14 is taken as the server (postgres:14 in compose.yml:3).\n",
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

    private static string Page(Finding[] findings, int width = 100, bool isVerbose = false, bool isQuiet = false, (string Path, string Text)? file = null, OtherSqlFile[]? otherSqlFiles = null)
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
            Incomplete = [],
            OtherSqlFiles = [.. otherSqlFiles ?? []],
        };
        var output = new StringWriter { NewLine = "\n" };
        AuditPage.Write(result, new TerminalPage(output, usesColor: false, width), isVerbose, isQuiet);
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
        Recommendation = "Mend it.",
        Project = "main",
        Subject = new Subject(SubjectKind.Column, "email", "public", "users"),
        Locations = [.. places.Select(place => new FindingLocation(place.Role, place.Place))],
        Occurrences = [],
            Fingerprint = "x",
    };
}
