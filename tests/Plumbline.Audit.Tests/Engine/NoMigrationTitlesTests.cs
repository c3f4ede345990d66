using System.Text.RegularExpressions;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Engine;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Tests.Workspace;
using Plumbline.Audit.Workspace;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Engine;

/// <summary>Every title that says "no migration …" is true by the text of the migrations, which is searched here without the replay.</summary>
public sealed partial class NoMigrationTitlesTests
{
    [Fact]
    public void No_statement_of_generated_migrations_makes_what_no_migration_is_said_to_create()
    {
        var said = 0;
        for (var seed = 1; seed <= 40; seed++)
        {
            using var repository = GeneratedRepository.Of(seed).Write();
            said += Check(repository.Open());
        }

        Assert.True(said > 60, $"Only {said} titles say so.");
    }

    [Theory]
    [InlineData("evermed")]
    [InlineData("neonhub")]
    [InlineData("see-it-now")]
    public void No_statement_of_an_example_makes_what_no_migration_is_said_to_create(string example) =>
        Check(Repository.Open(ProjectRoot.Combine("examples", example), AuditConfiguration.Empty));

    private static int Check(Repository repository)
    {
        var said = 0;
        foreach (var occurrence in Auditor.Run(repository, AuditOptions.Default).Findings.SelectMany(f => f.Occurrences).Where(o => o.Title.Contains("no migration", StringComparison.Ordinal)))
        {
            said++;
            foreach (var statement in Statements(repository))
                Assert.False(Makes(statement, occurrence.Subject.Table, occurrence.Subject.Name), $"{occurrence.Title}, but a migration has: {statement}");
        }

        return said;
    }

    private static IEnumerable<string> Statements(Repository repository) =>
        repository.Projects.SelectMany(p => p.History?.Migrations ?? []).SelectMany(m => Comments().Replace(m.Sql?.Text ?? "", "").Split(';'));

    // A statement that creates or renames, and has both names as words.
    private static bool Makes(string statement, string? table, string name) =>
        Creates().IsMatch(statement) && Has(statement, name) && (table is null || Has(statement, table));

    private static bool Has(string statement, string name) => Regex.IsMatch(statement, $@"(?<![\w$]){Regex.Escape(name)}(?![\w$])", RegexOptions.IgnoreCase);

    [GeneratedRegex(@"\b(CREATE|ADD|RENAME)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Creates();

    [GeneratedRegex(@"--[^\n]*")]
    private static partial Regex Comments();
}
