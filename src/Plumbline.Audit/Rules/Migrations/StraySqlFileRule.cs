using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Workspace.Files;
using Plumbline.PostgreSql.Replay;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>An SQL file looks like a migration, and Prisma never runs it.</summary>
internal sealed class StraySqlFileRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/stray-sql-file",
        Title = "An SQL file is never run by Prisma",
        Severity = Severity.High,
        Supersedes = ["migration/replay-error"],
        Needs = [RuleNeed.Migrations, RuleNeed.Repository],
        What = """
            SQL files in the migrations folder that are not the `migration.sql` of a migration, and SQL files elsewhere that create tables which the
            schema has and no migration creates. Files called `down.sql`, `rollback.sql` and the like are ignored.
            """,
        Why = "Prisma runs only the `migration.sql` of each folder. What such a file creates exists only where someone ran it by hand.",
        Bad = """
            ```
            migrations/20250225120000_add_chat_message.sql
            ```
            """,
        Good = """
            ```
            migrations/20250225120000_add_chat_message/migration.sql
            ```
            """,
        Fix = "Move the statements to a migration (`prisma migrate dev --create-only`), or move the file out of the migrations folder.",
        WhenOff = "When another tool runs the files.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule)
    {
        rule.OnProject(Check);
        rule.Word(Word);
    }

    private static FindingText? Word(ImmutableArray<ReportedObservation> observations) => new(
        $"Prisma never runs {observations.Length} files of {RelativePath.FolderOf(observations[0].Observation.Subject.Name)} that create tables which the schema has and the migrations lack",
        $"They are {NameList.Of([.. observations.Select(o => RelativePath.NameOf(o.Observation.Subject.Name))])}. Prisma runs only the migration.sql of each migration.",
        observations[0].Observation.Impact,
        "Compare their statements with the schema, and move what the schema needs to a migration.");

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        var wanted = (project.Schema?.Tables ?? []).Select(t => t.Name).ToHashSet();
        var made = (project.Final?.Schema.Tables ?? []).Select(t => t.Name).ToHashSet();
        foreach (var stray in project.StrayReplays)
        {
            // The team's own runner may run what Prisma does not.
            if (stray.IsInHistory && project.OwnRunner is not null)
                continue;

            // Objects of a refused statement are missing too.
            ObjectName[] tables = [.. stray.NamedTables.Where(t => wanted.Contains(t) && !made.Contains(t)).Distinct()];
            if (!stray.IsInHistory && tables.Length == 0)
                continue;

            string[] creates = [.. stray.Outcomes.SelectMany(o => o.Changes).Where(c => c.Kind == ObjectChangeKind.Create &&
                c.Member is null).Select(c => c.ToString()).Concat(tables.Select(t => $"table {t}")).Distinct(StringComparer.Ordinal)];
            var refused = stray.Outcomes.Count(o => o is { Kind: OutcomeKind.Refused, CausedBy: null });
            sink.Report(new Observation
            {
                Severity = tables.Length > 0 ? null : Severity.Low,
                Title = tables.Length > 0
                    ? $"Prisma never runs {stray.File.Path}, which creates {NameList.Of([.. tables.Select(t => t.Name)])}; no migration does"
                    : $"{stray.File.Path} is never run by Prisma",
                Message = $"Prisma runs only the migration.sql of each folder in {project.Project.History?.Path}." +
                    (creates.Length > 0 ? $" The file creates: {NameList.Of(creates)}." : "") +
                    (refused > 0 && tables.Length > 0 ? $" After all migrations, PostgreSQL refuses {Plural.Of(refused, "statement", "statements")} of it." : ""),
                Impact = tables.Length > 0
                    ? "A database that is built from the migrations lacks tables that the schema and the application expect."
                    : "What the file does exists only where someone ran it by hand.",
                Recommendation = stray.IsInHistory
                    ? "Compare its statements with the schema and move them to a migration, or move the file out of the migrations folder."
                    : "Compare its statements with the schema, and move what the schema needs to a migration.",
                Project = project.Name,
                Subject = new Subject(SubjectKind.File, stray.File.Path),

                // One refusal is worth reading; of many it is enough to know their number.
                SpeaksFor = tables.Length > 0 && refused > 1 ? null : [],
                Cause = tables.Length > 0 ? new Cause(CauseKind.SameCode, "stray " + stray.File.Folder, $"Prisma never runs the files of {stray.File.Folder}") : null,
                Locations =
                [
                    new FindingLocation(LocationRole.Stray, SourceLocation.StartOf(stray.File.Path)),
                    .. (project.Schema?.Tables ?? [])
                        .Where(t => tables.Contains(t.Name) && t.Location is not null)
                        .Select(t => new FindingLocation(LocationRole.Schema, t.Location!)),
                ],
            });
        }
    }
}
