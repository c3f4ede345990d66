using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.History;
using Plumbline.Audit.Workspace.Files;
using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>A statement fails on an empty database in every order of the migrations.</summary>
internal sealed class ReplayErrorRule : Rule
{
    private const string SyntaxError = "42601";

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/replay-error",
        Title = "A statement fails on an empty database",
        Severity = Severity.Critical,
        Needs = [RuleNeed.Migrations],
        What = """
            Statements that PostgreSQL refuses when the migrations run on an empty database, one after the other, with their SQLSTATE and message. Statements that fail
            because of an earlier failure are listed in the finding of that failure, and so are several statements of a migration that create what one other migration
            creates already. High where only the shadow database of `prisma migrate dev` lacks what a statement names: the table `_prisma_migrations`. Statements that succeed in a different order are reported by `migration/out-of-order`. SQL files beside the
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
        var problems = project.Problems.All;
        var first = FirstStop(problems);
        foreach (var problem in problems.Where(p => p.InWorkingOrder is null))
        {
            sink.Report(OfHistory(problem, first, project) with
            {
                Subject = problem.Subject,
                Locations = [.. new[] { problem.Outcome }.Concat(problem.Alike).Concat(problem.Followers).Select(o => new FindingLocation(LocationRole.Migration, o.Location))],
                Cause = RefusalCause.Of(problem),
            });
        }

        foreach (var stray in project.StrayReplays.Where(s => s.IsInHistory))
        {
            foreach (var outcome in stray.Outcomes.Where(o => o is { Kind: OutcomeKind.Refused, CausedBy: null }))
                sink.Report(OfStray(stray.Name, outcome, [.. stray.Outcomes.Where(o => o is { Kind: OutcomeKind.Refused, CausedBy: not null })], project));
        }
    }

    // PostgreSQL parses the whole string of a migration before it runs the first statement.
    private static HistoryProblem? FirstStop(ImmutableArray<HistoryProblem> problems) =>
        problems.FirstOrDefault(p => p.Migration == problems[0].Migration && p.Outcome.Error!.SqlState == SyntaxError) ?? problems.FirstOrDefault();

    private static Observation OfHistory(HistoryProblem problem, HistoryProblem? first, ProjectFacts project)
    {
        var error = problem.Outcome.Error!;
        var draft = Draft(project, problem.Outcome, problem.Followers) with { Subject = new Subject(SubjectKind.Migration, problem.Migration) };

        // Prisma makes its own table before it runs the first migration, but not in the shadow database.
        if (error.SqlState == "42P01" && error.Message.Contains("\"_prisma_migrations\"", StringComparison.Ordinal) && project.NextMigration.IsPrismas)
        {
            return draft with
            {
                Severity = Severity.High,
                Title = $"{problem.Migration} fails in the shadow database: {error.Message}",
                Message = "prisma migrate deploy creates the table before it runs the first migration; the shadow database, in which prisma migrate dev tries the migrations, has no such table.",
                Impact = "prisma migrate dev stops here with P3006.",
                Recommendation = "Let the statement run only where to_regclass('_prisma_migrations') is not null, or run it outside the migrations.",
            };
        }

        var isFirst = ReferenceEquals(problem, first);
        var stop = project.NextMigration.IsPrismas ? "prisma migrate deploy stops here when it builds a new database."
            : isFirst ? "The migrations stop here when they build a new database." : "the migrations stop here when they build a new database.";
        return draft with
        {
            Title = problem.Alike.IsEmpty
                ? $"{problem.Migration} fails on an empty database: {error.Message}"
                : $"{problem.Migration} fails on an empty database: {1 + problem.Alike.Length} statements create what {problem.Creator} creates already",
            Message = problem.Alike.IsEmpty
                ? draft.Message + (problem.Creator is { } creator ? $" {creator} creates it already." : "")
                : $"PostgreSQL refuses them: {string.Join("; ", problem.Alike.Insert(0, problem.Outcome).Select(o => $"{o.Error!.Message} ({o.Error.SqlState})"))}.{FollowersText(problem.Outcome, problem.Followers)}",
            Impact = isFirst ? stop
                : first!.Migration == problem.Migration && first.Outcome.Statement > problem.Outcome.Statement ? $"Once the syntax error of the migration is corrected, {stop}"
                : $"Once the earlier errors are corrected, {stop}",
            Recommendation = Advice(problem, project),
        };
    }

    private static string Advice(HistoryProblem problem, ProjectFacts project)
    {
        const string baseline = "squash the history into a new baseline";
        if (problem.Outcome.MissingExtension is { } extension)
            return ExtensionAdvice(extension, problem.Migration, project);

        return problem.Outcome.Error!.SqlState switch
        {
            SyntaxError => $"If the migration is not applied anywhere, correct or remove the statement. Otherwise {baseline}.",
            "42701" or "42P07" or "42710" or "42P06" or "42723" =>
                $"If the migration is not applied anywhere, remove the statement, or give it IF NOT EXISTS where PostgreSQL has that. Otherwise {baseline}.",
            _ => $"If the migration is not applied anywhere, correct the statement. Otherwise create what it needs in an earlier migration, or {baseline}.",
        };
    }

    private static Observation OfStray(string name, StatementOutcome outcome, ImmutableArray<StatementOutcome> followers, ProjectFacts project) => Draft(project, outcome, followers) with
    {
        Severity = Severity.High,
        Title = $"{name} fails on the migrated database: {outcome.Error!.Message}",
        Impact = "Anyone who runs the file by hand gets this error.",
        Recommendation = "Correct the file, turn it into a migration that fits the schema, or remove it.",
        Subject = new Subject(SubjectKind.File, outcome.Location.Path),
        Locations = [new FindingLocation(LocationRole.Stray, outcome.Location)],
    };

    private static Observation Draft(ProjectFacts project, StatementOutcome outcome, ImmutableArray<StatementOutcome> followers)
    {
        var error = outcome.Error!;
        var what = outcome.Command switch { "" => "statement", "DO" => "DO block", var command => command };
        return new Observation
        {
            Title = error.Message,
            Message = $"PostgreSQL refuses this {what} with SQLSTATE {error.SqlState}.{(error.Detail is { } detail ? $" {detail}" : "")}{FollowersText(outcome, followers)}",
            Impact = "",
            Recommendation = "",
            Project = project.Name,
            Subject = new Subject(SubjectKind.File, outcome.Location.Path),
            SqlState = error.SqlState,
            Discriminator = $"{error.SqlState} {error.Message}",
            Effort = Effort.Medium,
        };
    }

    private static string FollowersText(StatementOutcome outcome, ImmutableArray<StatementOutcome> followers)
    {
        if (followers.IsEmpty)
            return "";

        if (followers.All(f => f.Location.Path == outcome.Location.Path))
            return followers.Length == 1 ? " One later statement of the file fails because of it." : $" {followers.Length} later statements of the file fail because of it.";

        string[] files = [.. followers.Select(f => RelativePath.NameOf(RelativePath.FolderOf(f.Location.Path))).Distinct(StringComparer.Ordinal)];
        const int named = 8;
        var names = string.Join(", ", files.Take(named)) + (files.Length > named ? $" and {files.Length - named} more" : "");
        return followers.Length == 1 ? $" One later statement, in {names}, fails because of it." : $" {followers.Length} later statements fail because of it, in {names}.";
    }

    private static string ExtensionAdvice(string extension, string migration, ProjectFacts project)
    {
        var isFirst = project.Project.History?.Migrations is [var earliest, ..] && earliest.Name == migration;
        var file = project.SqlFiles.FirstOrDefault(f => f.Statements.Any(s => s is CreateExtensionStatement create && create.Name.Name == extension))?.File.Path;
        return $"Add CREATE EXTENSION IF NOT EXISTS \"{extension}\" {(isFirst ? "at the beginning of the migration if it is not applied anywhere, else to a migration whose name sorts before it" : "to a migration before this one")}." + (file is null ? "" : $" {file} has the statement, but Prisma never runs that file.");
    }

    private static void Verify(Agreements agreements, string project, ObservationSink sink)
    {
        if (agreements.Replays)
            sink.Verify("history-replays", agreements.History, project, agreements.Order);
    }
}
