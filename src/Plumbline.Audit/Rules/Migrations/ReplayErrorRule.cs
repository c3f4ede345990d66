using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Workspace.Files;
using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>A statement fails on an empty database in every order of the migrations.</summary>
internal sealed class ReplayErrorRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/replay-error",
        Title = "A statement fails on an empty database",
        Severity = Severity.Critical,
        Needs = [RuleNeed.Migrations],
        What = """
            Statements that PostgreSQL refuses when the migrations run on an empty database, one after the other, with their SQLSTATE and message. Statements that fail only
            because of an earlier failure are listed in the finding of that failure. Statements that succeed in a different order are reported by `migration/out-of-order`. SQL files beside the
            migrations are run after all migrations.
            """,
        Why = "No database can be built from such a history, whether for a new environment, for tests or after data loss. `prisma migrate deploy` stops at the statement, and `prisma migrate dev` cannot build its shadow database.",
        Bad = """
            ```sql
            ALTER TABLE "users" ADD COLUMN "email" TEXT;
            ALTER TABLE "users" ADD COLUMN "email" TEXT; -- 42701: column "email" of relation "users" already exists
            ```
            """,
        Good = """
            ```sql
            ALTER TABLE "users" ADD COLUMN "email" TEXT;
            ```
            """,
        Fix = "If the migration is not applied anywhere, correct the statement. Otherwise create what it needs in an earlier migration, or squash the history into a new baseline (`prisma migrate resolve --applied`).",
        WhenOff = "When no database is ever built from the migrations.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule)
    {
        rule.OnProject(Check);
        rule.OnAgreement(Verify);
    }

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        foreach (var problem in project.Problems.All)
        {
            if (problem.InWorkingOrder is null)
                sink.Report(Draft(project, problem.Migration, problem.Outcome, problem.Followers, LocationRole.Migration) with
                {
                    Subject = problem.Subject,
                    Locations = [new FindingLocation(LocationRole.Migration, problem.Outcome.Location), .. problem.Followers.Select(f => new FindingLocation(LocationRole.Migration, f.Location))],
                    Cause = RefusalCause.Of(problem),
                });
        }

        foreach (var stray in project.StrayReplays.Where(s => s.IsInHistory))
        {
            foreach (var outcome in stray.Outcomes.Where(o => o is { Kind: OutcomeKind.Refused, CausedBy: null }))
                sink.Report(Draft(project, stray.Name, outcome, [.. stray.Outcomes.Where(o => o is { Kind: OutcomeKind.Refused, CausedBy: not null })], LocationRole.Stray));
        }
    }

    private static Observation Draft(ProjectFacts project, string name, StatementOutcome outcome, ImmutableArray<StatementOutcome> followers, LocationRole role)
    {
        var error = outcome.Error!;
        var isStray = role == LocationRole.Stray;
        return new Observation
        {
            Severity = isStray ? Severity.High : null,
            Title = $"{name} fails on {(isStray ? "the migrated database" : "an empty database")}: {error.Message}",
            Message = $"PostgreSQL refuses this {(outcome.Command.Length > 0 ? outcome.Command : "statement")} with SQLSTATE {error.SqlState}." + (error.Detail is { } detail ? $" {detail}" : "") + FollowersText(outcome, followers),
            Impact = isStray
                ? "Anyone who runs the file by hand gets this error."
                : project.OwnRunner is null ? "prisma migrate deploy stops here when it builds a new database." : "The migrations stop here when they build a new database.",
            Recommendation = isStray
                ? "Correct the file, turn it into a migration that fits the schema, or remove it."
                : outcome.MissingExtension is { } extension ? ExtensionAdvice(extension, project)
                : "If the migration is not applied anywhere, correct the statement. Otherwise create what it needs in an earlier migration, or squash the history into a new baseline.",
            Project = project.Name,
            Subject = isStray ? new Subject(SubjectKind.File, outcome.Location.Path) : new Subject(SubjectKind.Migration, name),
            SqlState = error.SqlState,
            Locations = [new FindingLocation(role, outcome.Location)],
            Discriminator = $"{error.SqlState} {error.Message}",
            Effort = Effort.Medium,
        };
    }

    private static string FollowersText(StatementOutcome outcome, ImmutableArray<StatementOutcome> followers)
    {
        if (followers.IsEmpty)
            return "";

        if (followers.All(f => f.Location.Path == outcome.Location.Path))
            return followers.Length == 1 ? " One later statement of the file fails only because of it." : $" {followers.Length} later statements of the file fail only because of it.";

        string[] files = [.. followers.Select(f => RelativePath.NameOf(RelativePath.FolderOf(f.Location.Path))).Distinct(StringComparer.Ordinal)];
        const int named = 8;
        var names = string.Join(", ", files.Take(named)) + (files.Length > named ? $" and {files.Length - named} more" : "");
        return followers.Length == 1 ? $" One later statement, in {names}, fails only because of it." : $" {followers.Length} later statements fail only because of it, in {names}.";
    }

    private static string ExtensionAdvice(string extension, ProjectFacts project)
    {
        var file = project.SqlFiles.FirstOrDefault(f => f.Statements.Any(s => s is CreateExtensionStatement create && create.Name.Name == extension))?.File.Path;
        return $"Add CREATE EXTENSION IF NOT EXISTS \"{extension}\" to a migration before this one." + (file is null ? "" : $" {file} has the statement, but Prisma never runs that file.");
    }

    private static void Verify(Agreements agreements, string project, ObservationSink sink)
    {
        if (agreements.Replays)
            sink.Verify("history-replays", agreements.History, project, agreements.Order);
    }
}
