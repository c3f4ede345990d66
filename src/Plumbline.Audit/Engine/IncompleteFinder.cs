using System.Collections.Immutable;
using System.Globalization;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Live;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Workspace.Files;
using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Shadow;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Engine;

/// <summary>Says what was not, or not wholly, checked, so that nobody takes silence for agreement.</summary>
internal static class IncompleteFinder
{
    // So many statements that were not run for one reason are named one by one.
    private const int NamedOfReason = 5;

    /// <summary>What is incomplete about an audit of files alone.</summary>
    public static ImmutableArray<Incomplete> Find(RepositoryFacts context)
    {
        var found = ImmutableArray.CreateBuilder<Incomplete>();
        if (context.Options.Databases.IsEmpty)
            found.Add(new Incomplete("database", "use --live or --database URL"));

        foreach (var database in context.Options.Databases.Values.DistinctBy(d => d.Url.ToString()).OrderBy(d => d.Url.ToString(), StringComparer.Ordinal))
        {
            if (database.Failure is { } failure)
                found.Add(new Incomplete($"the database {database.Url}", failure.Message, WasAskedFor: true));

            foreach (var note in database.Snapshot?.Notes ?? [])
                found.Add(new Incomplete($"part of the database {database.Url}", note));
        }

        foreach (var problem in context.Repository.Diagnostics.Where(problem => problem.Code == FileListing.CutCode))
            found.Add(new Incomplete("the list of the files", problem.Message, IsUnread: true));

        if (context.Repository.TooManyProjects is { } left)
            found.Add(new Incomplete($"the projects from {left.Location.Path} on", $"the repository has more than {ReadingBudget.Projects.ToString("N0", CultureInfo.InvariantCulture)} projects", IsUnread: true));

        foreach (var project in context.Projects)
            AddProject(project, found);

        return found.ToImmutable();
    }

    private static void AddShadow(ProjectFacts project, ShadowRun shadow, ImmutableArray<Incomplete>.Builder found)
    {
        if (shadow.Failure is { } failure)
            found.Add(new Incomplete($"the shadow database of {project.Name} on {shadow.Server}", failure.Message, WasAskedFor: true));

        if (shadow.LeftBehind is { } name)
            found.Add(new Incomplete($"removal of the shadow database {name} on {shadow.Server}", "the server could not be reached again, so drop the database, and the role of the same name, by hand", WasAskedFor: true));

        if (project.ShadowDisagreements is { Unjudged: > 0 and var unjudged })
        {
            found.Add(new Incomplete(
                $"{Plural.Of(unjudged, "difference", "differences")} between the shadow database and the replay of the migrations of {project.Name}",
                $"statements that the replay does not run to their end may explain {(unjudged == 1 ? "it" : "them")}"));
        }

        // A history that pg_dump wrote names the owner of each object.
        var leftOut = project.ShadowDisagreements?.LeftOut ?? [];
        var ofReason = leftOut.ToLookup(item => (item.Real.Gap, item.Real.LeftOut), item => item.Statement);
        foreach (var (statement, real) in leftOut)
        {
            var ofSame = ofReason[(real.Gap, real.LeftOut)];
            var count = ofSame.Count();
            if (count <= NamedOfReason)
                found.Add(new Incomplete($"the statement at {statement.Location} in the shadow database", Why(real, "it was", "it")));
            else if (ReferenceEquals(statement, ofSame.First()))
                found.Add(new Incomplete($"{Plural.Of(count, "statement", "statements")} in the shadow database, the first of them at {statement.Location}", Why(real, "they were", "them")));
        }
    }

    private static string WhyNoHistory(ProjectFacts project) => project.Project.History switch
    {
        { Unread.IsEmpty: false } history => $"no migration in {history.Path} could be read",
        { Problems.IsEmpty: false } history => $"{history.Path} could not be read",
        _ => $"there are no migrations in {project.Project.ExpectedMigrationsPath}",
    };

    // What a migration that could not be read may explain.
    private static void AddUnexplained(ProjectFacts project, ImmutableArray<Incomplete>.Builder found)
    {
        var unread = project.UnreadMigrations;
        var why = unread.IsEmpty ? "a file of the schema could not be read and may explain {0}" : $"{NameList.Of(unread)} could not be read and may explain {{0}}";
        Add(unread.IsEmpty ? 0 : project.UnjudgedChanges.Length, "difference", "differences", $"between the schema and the migrations of {project.Name}");
        Add(unread.IsEmpty ? 0 : project.Problems.LeftOut, "failing statement", "failing statements", $"of the migrations of {project.Name}");
        Add(project.LiveDrift?.Unjudged ?? 0, "difference", "differences", $"between the database and the migrations of {project.Name}");

        void Add(int count, string one, string many, string of)
        {
            if (count > 0)
                found.Add(new Incomplete($"{Plural.Of(count, one, many)} {of}", why.Replace("{0}", count == 1 ? "it" : "them", StringComparison.Ordinal)));
        }
    }

    private static string Why(ShadowOutcome outcome, string were, string them) => outcome.Gap switch
    {
        ShadowGap.LacksRight => $"the temporary role lacks the right to run {them}: {outcome.LeftOut}",
        ShadowGap.Consequence => $"{were} refused, probably because an earlier statement was not run or was refused: {outcome.LeftOut}",
        _ => $"{were} not run: {outcome.LeftOut}",
    };

    // The values of an enum are open together.
    private static string ObjectOf(SchemaChange change) => change.Subject is { Kind: SubjectKind.EnumValue, Table: { } type } ? type : change.Subject.ToString();

    private static void AddProject(ProjectFacts project, ImmutableArray<Incomplete>.Builder found)
    {
        var drift = $"drift between schema and migrations of {project.Name}";
        if (project.AsItIs is null)
            found.Add(new Incomplete(drift, WhyNoHistory(project)));
        else if (project.Prisma is null)
            found.Add(new Incomplete(drift, project.HasUnreadSchema ? "the Prisma schema could not be read" : "there is no Prisma schema"));

        foreach (var problem in project.Project.SchemaFiles.Select(file => file.Problem).OfType<Diagnostic>())
            found.Add(new Incomplete($"the schema file {problem.Location.Path}", problem.Message, IsUnread: true));

        foreach (var problem in project.Project.History is { } history ? history.Problems.Concat(history.Migrations.Select(migration => migration.Problem).OfType<Diagnostic>()) : [])
            found.Add(new Incomplete(problem.Location.Path, problem.Message, IsUnread: true));

        if (project.Prisma?.Diagnostics.FirstOrDefault(problem => problem.Code == ReadingBudget.Code) is { } tooLarge)
            found.Add(new Incomplete($"the Prisma schema of {project.Name}", tooLarge.Message, IsUnread: true));

        if (project.Shadow is { } shadow)
            AddShadow(project, shadow, found);

        foreach (var item in project.Drift?.NotComparable ?? [])
            found.Add(new Incomplete(
                $"{item.Subject} of {project.Name}", $"the two forms cannot be compared: {item.From} in the migrations, {item.To} in the schema"));

        AddUnexplained(project, found);
        if (project.Prisma is not null && (project.Prisma.HasErrors || project.HasUnreadSchema) && project.AsItIs is not null)
        {
            found.Add(new Incomplete(
                $"objects that only the migrations of {project.Name} create", project.HasUnreadSchema ? "a file of the schema could not be read and may have them" : "the schema has errors that may hide them"));
        }

        foreach (var group in project.Final?.Outcomes.Where(o => o.ExceedsBudget).GroupBy(o => o.Reason ?? "", StringComparer.Ordinal) ?? [])
        {
            found.Add(new Incomplete(
                group.Count() == 1 ? $"the statement at {group.First().Location}" : $"the statement at {group.First().Location} and {group.Count() - 1} more", group.Key, IsUnread: true));
        }

        AddUnknown(project, found);
    }

    private static void AddUnknown(ProjectFacts project, ImmutableArray<Incomplete>.Builder found)
    {
        ImmutableArray<StatementOutcome> unknown = [.. (project.Final?.Outcomes ?? []).Where(o => o is { Kind: OutcomeKind.CannotKnow, ExceedsBudget: false })];
        if (unknown.IsEmpty)
            return;

        var changes = project.UnjudgedChanges.ToLookup(u => (u.Statement?.Migration, u.Statement?.Statement));
        foreach (var outcome in unknown.Take(ReadingBudget.Observations))
        {
            string[] unjudged = [.. changes[(outcome.Migration, outcome.Statement)].Where(u => u.Statement == outcome).Select(u => ObjectOf(u.Change)).Distinct(StringComparer.Ordinal)];
            var why = outcome.Reason ?? "its effect depends on the data";
            found.Add(new Incomplete(
                $"the statement at {outcome.Location}", unjudged.Length == 0 ? why : $"{why.TrimEnd('.')}, so it is unknown whether the schema agrees with it in {NameList.Of(unjudged)}"));
        }

        if (unknown.Length - ReadingBudget.Observations is > 0 and var more)
            found.Add(new Incomplete($"{Plural.Of(more, "more statement", "more statements")} of {project.Name}", string.Create(CultureInfo.InvariantCulture, $"{ReadingBudget.Observations:N0} statements of unknown effect are listed")));
    }
}
