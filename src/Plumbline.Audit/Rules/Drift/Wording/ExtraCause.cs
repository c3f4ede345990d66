using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Drift.Wording;

/// <summary>Why the migrations have what the schema lacks.</summary>
internal static class ExtraCause
{
    /// <summary>
    /// The migration that creates it: what one migration adds beside the schema is one decision. The first migration, which often is a whole database, is no such decision.
    /// </summary>
    public static Cause? Of(SchemaChange change, ProjectFacts project)
    {
        if (project.Causes.Of(change) is { } known)
            return known;

        var place = change.FromObject?.Location;
        var migrations = project.Project.History?.Migrations ?? [];
        var index = place is null ? -1 : migrations.IndexOf(migrations.FirstOrDefault(m => m.Script?.Path == place.Path)!);
        return index < 1
            ? null
            : new Cause(CauseKind.SameChange, "extra " + place!.Path, $"{migrations[index].Name} creates", new FindingLocation(LocationRole.Migration, place));
    }
}
