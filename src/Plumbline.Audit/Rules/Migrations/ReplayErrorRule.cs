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
        rule.Word(Word);
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
                Cause = project.Causes.Of(problem),
            });
        }

        foreach (var stray in project.StrayReplays.Where(s => s.IsInHistory))
        {
            ImmutableArray<StatementOutcome> refused = [.. stray.Outcomes.Where(o => o is { Kind: OutcomeKind.Refused, CausedBy: null })];
            if (!refused.IsEmpty)
                sink.Report(OfStray(stray.Name, refused, [.. stray.Outcomes.Where(o => o is { Kind: OutcomeKind.Refused, CausedBy: not null })], project));
        }
    }

    // Several names that one migration expects and nothing has.
    private static FindingText? Word(ImmutableArray<ReportedObservation> observations)
    {
        var first = observations[0].Observation;
        return first.SqlState is not ("42P01" or "42704")
            ? null
            : new FindingText(
                $"{RelativePath.NameOf(RelativePath.FolderOf(first.Locations[0].Place.Path))} fails on an empty database: {observations.Length} objects that it names do not exist",
                $"PostgreSQL refuses the statements: {NameList.Of([.. observations.Select(o => o.Observation.Title[(o.Observation.Title.IndexOf(": ", StringComparison.Ordinal) + 2)..])])}.",
                first.Impact,
                first.Recommendation);
    }

    // PostgreSQL parses the whole string of a migration before it runs the first statement.
    private static HistoryProblem? FirstStop(ImmutableArray<HistoryProblem> problems) =>
        problems.FirstOrDefault(p => p.Migration == problems[0].Migration && p.Outcome.Error!.SqlState == SyntaxError) ?? problems.FirstOrDefault();

    private static Observation OfHistory(HistoryProblem problem, HistoryProblem? first, ProjectFacts project)
    {
        var error = problem.Outcome.Error!;
        var draft = Draft(project, problem.Outcome, problem.Followers) with { Subject = new Subject(SubjectKind.Migration, problem.Migration) };

        var isFirst = ReferenceEquals(problem, first);

        // Prisma makes its own table before it runs the first migration, but not in the shadow database.
        if (error.SqlState == "42P01" && error.Message.Contains("\"_prisma_migrations\"", StringComparison.Ordinal) && project.NextMigration.IsPrismas)
        {
            return draft with
            {
                Severity = Severity.High,
                Title = $"{problem.Migration} fails in the shadow database: {error.Message}",
                Message = "prisma migrate deploy creates the table before it runs the first migration; the shadow database, in which prisma migrate dev tries the migrations, has no such table.",
                Impact = isFirst ? "prisma migrate dev stops here with P3006." : "Once the earlier errors are corrected, prisma migrate dev stops here with P3006.",
                Recommendation = "If the migration is not applied anywhere, let the statement run only where to_regclass('_prisma_migrations') is not null, or run it outside the migrations. Otherwise squash the history into a new baseline.",
            };
        }

        // Roles are the server's, not the database's.
        if (error.SqlState == "42704" && error.Message.StartsWith("role ", StringComparison.Ordinal))
        {
            return draft with
            {
                Severity = Severity.Low,
                Title = $"{problem.Migration} needs a role that no migration creates: {error.Message}",
                Message = $"{draft.Message} Roles belong to the server: where an administrator or the image has created it, the statement succeeds.",
                Impact = $"{(project.NextMigration.IsPrismas ? "prisma migrate deploy stops here" : "The migrations stop here")} on a server that does not have the role.",
                Recommendation = "Create the role where servers are set up, or in an earlier migration.",
            };
        }

        var stop = project.NextMigration.IsPrismas ? "prisma migrate deploy stops here when it builds a new database."
            : isFirst ? "The migrations stop here when they build a new database." : "the migrations stop here when they build a new database.";
        return draft with
        {
            Title = problem.Alike.IsEmpty
                ? $"{problem.Migration} fails on an empty database: {error.Message}"
                : $"{problem.Migration} fails on an empty database: {1 + problem.Alike.Length} statements create what {problem.Creator} creates already",
            Message = problem.Alike.IsEmpty
                ? draft.Message + (problem.Creator is { } creator ? $" {creator} creates it already." : "")
                : $"PostgreSQL refuses them: {Messages(problem.Alike.Insert(0, problem.Outcome))}.{FollowersText(problem.Outcome, problem.Followers)}",
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

        return problem.Outcome.Error! switch
        {
            { SqlState: SyntaxError } => $"If the migration is not applied anywhere, correct or remove the statement. Otherwise {baseline}.",
            var error when HistoryProblems.IsTaken(error) =>
                $"If the migration is not applied anywhere, remove {(problem.Alike.IsEmpty ? "the statement, or give it" : "the statements, or give them")} IF NOT EXISTS where PostgreSQL has that. Otherwise {baseline}.",
            _ => $"If the migration is not applied anywhere, correct the statement. Otherwise create what it needs in an earlier migration, or {baseline}.",
        };
    }

    // A file of which PostgreSQL refuses much is one thing to look at.
    private static Observation OfStray(string name, ImmutableArray<StatementOutcome> refused, ImmutableArray<StatementOutcome> followers, ProjectFacts project)
    {
        var first = refused[0].Error!;
        var draft = Draft(project, refused[0], followers);
        return draft with
        {
            Severity = Severity.High,
            Title = refused.Length == 1 ? $"{name} fails on the migrated database: {first.Message}" : $"{name} fails on the migrated database: PostgreSQL refuses {refused.Length} statements",
            Message = refused.Length == 1
                ? draft.Message
                : $"The first are: {Messages(refused)}.{FollowersText(refused[0], followers)}",
            Impact = refused.Length == 1 ? "Anyone who runs the file by hand gets this error." : "Anyone who runs the file by hand gets these errors.",
            Recommendation = "Correct the file, turn it into a migration that fits the schema, or remove it.",
            Subject = new Subject(SubjectKind.File, refused[0].Location.Path),
            Locations = [.. refused.Select(o => new FindingLocation(LocationRole.Stray, o.Location))],
            Discriminator = refused.Length == 1 ? draft.Discriminator : "several",
        };
    }

    private static string Messages(ImmutableArray<StatementOutcome> refused)
    {
        const int told = 3;
        return string.Join("; ", refused.Take(told).Select(o => $"{o.Error!.Message} ({o.Error.SqlState})")) + (refused.Length > told ? $"; and {refused.Length - told} more" : "");
    }

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

        // Others that name what is missing fail by themselves.
        var why = HistoryProblems.IsMissing(outcome.Error!) ? "for the same reason" : "because of it";
        var verb = followers.Length == 1 ? "fails" : "fail";
        var what = followers.Length == 1 ? "One later statement" : $"{followers.Length} later statements";
        if (followers.All(f => f.Location.Path == outcome.Location.Path))
            return $" {what} of the file {verb} {why}.";

        string[] files = [.. followers.Select(f => RelativePath.NameOf(RelativePath.FolderOf(f.Location.Path))).Distinct(StringComparer.Ordinal)];
        return followers.Length == 1 ? $" {what}, in {NameList.Of(files)}, {verb} {why}." : $" {what} {verb} {why}, in {NameList.Of(files)}.";
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
