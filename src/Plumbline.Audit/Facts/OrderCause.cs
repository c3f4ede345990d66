using Plumbline.Audit.Findings;

namespace Plumbline.Audit.Facts;

/// <summary>The cause that all migrations which run too early have in common, and the one thing to do about it.</summary>
internal static class OrderCause
{
    /// <summary>The cause, for a project whose migrations succeed in another order.</summary>
    public static Cause Of(ProjectFacts project)
    {
        string[] failing = [.. project.Problems.All.Where(p => p.InWorkingOrder is not null).Select(p => p.Migration).Distinct(StringComparer.Ordinal)];
        return new Cause(
            CauseKind.MigrationOrder,
            "order",
            failing is [var only]
                ? $"The migration {only} depends on a later migration"
                : $"{failing.Length} migrations depend on later migrations: {string.Join(", ", failing)}");
    }

    /// <summary>What to rename, so that the order of the names is the working order.</summary>
    public static string Advice(ProjectFacts project)
    {
        if (project.Renames is { Names: [_, ..] names })
        {
            var renames = string.Join(", and ", names.Select(rename => $"{rename.Old} to {rename.New}"));
            return $"Rename {renames}. A replay with {(names.Length == 1 ? "this name" : "these names")} {(project.WorkingOrder!.RefusedCount == 0 ? "succeeds" : "gets further than the current one")}. " +
                "Where the migrations are applied, change migration_name in _prisma_migrations to match.";
        }

        return "Rename the folders so that they sort in the working order, and change migration_name in _prisma_migrations where they are applied.";
    }
}
