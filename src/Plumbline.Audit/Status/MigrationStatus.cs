using System.Collections.Immutable;
using Plumbline.Audit.Workspace.Migrations;

namespace Plumbline.Audit.Status;

/// <summary>The migrations of a project compared with those that a database says were applied.</summary>
public sealed record MigrationStatus
{
    private const int ShownNames = 3;

    /// <summary>The migrations: those of the repository in their order, then those that only the database knows, in the order in which they were applied.</summary>
    public required ImmutableArray<MigrationStanding> Migrations { get; init; }

    /// <summary>Whether the database has the table that Prisma keeps its migrations in.</summary>
    public required bool HasHistory { get; init; }

    /// <summary>Whether the database has tables and no history: somebody has to say first which migrations made them ("Baselining a database").</summary>
    public required bool NeedsBaseline { get; init; }

    /// <summary>Whether anything is to be done.</summary>
    public bool HasWork => NeedsBaseline || Migrations.Any(m => m.State != MigrationState.Applied || m.Problem is not null);

    /// <summary>What <c>prisma migrate deploy</c> would do now, or why it would stop.</summary>
    public string Next
    {
        get
        {
            if (NamesOf(MigrationState.Failed) is { Length: > 0 } failed)
            {
                return $"prisma migrate deploy stops with P3009 until {List(failed)} {(failed.Length == 1 ? "is" : "are")} resolved. Repair the database, then run prisma migrate resolve with --applied or --rolled-back.";
            }

            if (NeedsBaseline)
            {
                return "prisma migrate deploy stops with P3005 because the database has tables but no migration history. Run prisma migrate resolve --applied for each migration that created them.";
            }

            var pending = Migrations.Where(m => m.State is MigrationState.Pending or MigrationState.RolledBack).Select(m => m.Name).ToArray();
            return pending.Length switch
            {
                0 => "prisma migrate deploy has nothing to apply.",
                1 => $"prisma migrate deploy applies {pending[0]}.",
                _ => $"prisma migrate deploy applies {pending.Length} migrations: {List(pending)}.",
            };
        }
    }

    /// <summary>Compares the migrations with a database.</summary>
    /// <param name="history">The project's migrations; null where it has none.</param>
    /// <param name="rows">The rows of <c>_prisma_migrations</c>; null where the database has no such table.</param>
    /// <param name="isEmpty">Whether the database has no tables of its own.</param>
    public static MigrationStatus Of(MigrationHistory? history, IReadOnlyList<AppliedMigration>? rows, bool isEmpty)
    {
        var attempts = (rows ?? []).OrderBy(r => r.StartedAt).ToLookup(r => r.Name, StringComparer.Ordinal);
        var migrations = ImmutableArray.CreateBuilder<MigrationStanding>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        DateTimeOffset? earliestBehind = null;
        foreach (var migration in (history?.Migrations ?? []).Reverse())
        {
            known.Add(migration.Name);
            var standing = Stand(migration, [.. attempts[migration.Name]]);
            if (standing.AppliedAt is { } applied)
            {
                standing = standing with { IsOutOfOrder = applied > earliestBehind };
                earliestBehind = earliestBehind is null || applied < earliestBehind ? applied : earliestBehind;
            }

            migrations.Add(standing);
        }

        migrations.Reverse();
        foreach (var name in attempts.Select(a => a.Key).Where(name => !known.Contains(name)))
        {
            // What was rolled back and then taken out of the repository has left nothing behind.
            if (Stand(null, [.. attempts[name]], name) is { State: not MigrationState.RolledBack } standing)
            {
                migrations.Add(standing);
            }
        }

        return new MigrationStatus { Migrations = migrations.ToImmutable(), HasHistory = rows is not null, NeedsBaseline = rows is null && !isEmpty && known.Count > 0 };
    }

    // Whether a script that cannot be read was edited, nobody knows. The latest attempt counts, but for one that failed and was never resolved: that stops Prisma whatever came after it.
    private static MigrationStanding Stand(MigrationFolder? migration, AppliedMigration[] attempts, string? name = null)
    {
        name ??= migration!.Name;
        var standing = new MigrationStanding(name, MigrationState.Pending) { Location = migration?.Place, Problem = migration?.Problem };
        if (Array.Find(attempts, a => a.HasFailed) is { } failed)
        {
            return standing with { State = MigrationState.Failed, Log = FirstLine(failed.Logs) };
        }

        if (Array.FindLast(attempts, a => a.IsApplied) is { } applied)
        {
            var state = migration is null ? MigrationState.Unknown
                : migration.Problem is not null || migration.Script?.Text is { } text && MigrationChecksum.Matches(text.Text, applied.Checksum) ? MigrationState.Applied
                : MigrationState.Edited;
            return standing with { State = state, AppliedAt = applied.FinishedAt };
        }

        return attempts.Length > 0 ? standing with { State = MigrationState.RolledBack, Log = FirstLine(attempts[^1].Logs) } : standing;
    }

    private static string? FirstLine(string? logs) => logs?.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0);

    private string[] NamesOf(MigrationState state) => [.. Migrations.Where(m => m.State == state).Select(m => m.Name)];

    private static string List(string[] names) =>
        names.Length <= ShownNames + 1 ? string.Join(", ", names) : $"{string.Join(", ", names.Take(ShownNames))} and {names.Length - ShownNames} more";
}
