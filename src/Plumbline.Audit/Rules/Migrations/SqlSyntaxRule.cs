using System.Text.RegularExpressions;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>An SQL file outside the migrations that PostgreSQL would not parse.</summary>
internal sealed partial class SqlSyntaxRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/sql-syntax",
        Title = "An SQL file has a syntax error",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Repository],
        What = """
            Statements in SQL files outside the migrations that PostgreSQL cannot parse, with its message. Files for other databases (ClickHouse,
            MySQL, SQLite …), recognized by folder, tool and syntax, and templates with `{{…}}` are ignored. Syntax errors in migrations are reported
            by `migration/replay-error`.
            """,
        Why = "Such files are run by hand, when something has to be repaired or set up. That is a bad moment to find a typo.",
        Bad = """
            ```sql
            SELCT * FROM "users";
            ```
            """,
        Good = """
            ```sql
            SELECT * FROM "users";
            ```
            """,
        Fix = "Correct the statement, or remove the file.",
        WhenOff = "When the files are templates that a program fills in.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnRepository(Check);

    private static void Check(RepositoryFacts context, ObservationSink sink)
    {
        foreach (var file in context.SqlFiles.Where(f => f.IsPostgreSql))
        {
            InvalidStatement[] invalid = [.. file.Statements.OfType<InvalidStatement>()];

            // A file that hardly parses at all is a template, or in a dialect that was not recognized.
            if (invalid.Length == 0 || IsTemplateOrMixed(file.Text.Text) || (file.Statements.Length > 1 && invalid.Length * 2 > file.Statements.Length))
                continue;

            var first = invalid[0].Error;
            sink.Report(new Observation
            {
                Title = $"{file.File.Path}: {first.Message}",
                Message = $"PostgreSQL cannot parse {(invalid.Length == 1 ? "a statement" : $"{invalid.Length} statements")} of this file: {first.SqlState}, {first.Message}.",
                Impact = "The file fails when someone runs it.",
                Recommendation = "Correct the statement, or remove the file.",
                Project = null,
                Subject = new Subject(SubjectKind.File, file.File.Path),
                SqlState = first.SqlState,
                Locations =
                [
                    .. invalid.Select(i => new FindingLocation(
                        LocationRole.Stray,
                        file.Text.LocationOf(new TextSpan(i.Error.Position ?? i.Span.Start, i.Error.Position is null ? i.Span.Length : 1)))),
                ],
            });
        }
    }

    // What a program fills in before it runs, and files with a section for each database.
    private static bool IsTemplateOrMixed(string text) => text.Contains("{{", StringComparison.Ordinal) || OtherDialect().IsMatch(text);

    [GeneratedRegex(@"^[ \t]*--[ \t]*(?:MySQL|MariaDB|SQLite|SQL Server|MSSQL|Oracle)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex OtherDialect();
}
