using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Drift.Wording;

/// <summary>What is reported of indexes with INCLUDE, whose included columns Prisma reads as key columns.</summary>
internal static class IncludeText
{
    /// <summary>The text of an index that the schema declares with the included columns as keys; null for another change.</summary>
    public static DriftText? Of(SchemaChange change, ProjectFacts project)
    {
        if (!IncludedColumns.AreSameToPrisma(change) || change.FromObject is not Index { IsUnique: var isUnique } from)
            return null;

        var keys = $"({string.Join(", ", from.Keys.Select(k => k.Column))})";
        return new DriftText(
            $"{DriftNames.TableOf(change)}: the {(isUnique ? "unique index" : "index")} {change.Subject.Name} has INCLUDE ({string.Join(", ", from.Include)}) in the migrations, and these columns as keys in the schema",
            $"The migrations create {change.From}; the schema has {change.To}. Prisma reads the columns of INCLUDE as key columns and reports no difference.{Measured.Note(project)}",
            isUnique
                ? $"The database makes {keys} alone unique: a create can fail with P2002 where no code expects it, and an upsert by all the columns fails (42P10)."
                : $"The index serves queries by {keys}, but not those that also filter or sort by the included columns.",
            isUnique ? "Decide which columns have to be unique, and replace the index in a migration or correct the schema." : "Nothing needs to be done. Without the included columns in the schema, Prisma would drop the index and create another one.",
            isUnique ? Severity.Medium : Severity.Low)
        {
            Ways = FixWays.None,
        };
    }

    /// <summary>Reports the indexes that Prisma drops and creates again without INCLUDE.</summary>
    /// <param name="kind">The kind of the changes that the rule owns.</param>
    /// <param name="project">The project.</param>
    /// <param name="sink">Receives them.</param>
    public static void Report(ChangeKind kind, ProjectFacts project, ObservationSink sink)
    {
        foreach (var change in project.Drift is { } drift ? IncludedColumns.Find(drift).Where(c => c.Kind == kind) : [])
        {
            var isUnique = kind == ChangeKind.AlterUnique;
            var (what, statement) = (isUnique ? "unique index" : "index", change.FromObject is KeyConstraint
                ? "writes a DROP INDEX that PostgreSQL refuses, because a constraint needs the index"
                : "drops the index and creates it without INCLUDE, and queries that read only the index read the table too");
            sink.Report(new Observation
            {
                Severity = Severity.Medium,
                Title = $"{DriftNames.TableOf(change)}: Prisma replaces the {what} {change.Subject.Name} by one without INCLUDE",
                Message = $"The migrations create {change.Subject.Name}, {change.From}; the schema has {change.To}. Prisma reads the columns of INCLUDE as key columns.",
                Impact = $"{project.NextMigration.Does(statement)}.{Measured.Note(project)}",
                Recommendation = isUnique
                    ? "Remove these statements from each new migration, or replace the index in a migration by one without INCLUDE."
                    : "Declare the included columns as key columns of @@index, which Prisma takes for the same index, or replace the index in a migration by one without INCLUDE.",
                Project = project.Name,
                Subject = change.Subject,
                Expected = change.To,
                Found = change.From,
                Locations = DriftPlaces.Of(change),
                Discriminator = "include",
                Next = project.NextMigration,
                Effort = Effort.Small,
            });
        }
    }
}
