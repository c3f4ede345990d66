using System.Globalization;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;

namespace Plumbline.Cli.Terminal;

/// <summary>The state of the migrations in a database, for people: migrations that need attention are listed, the others are counted.</summary>
internal static class StatusPage
{
    /// <summary>Writes it.</summary>
    public static void Write(MigrationStatus status, StatusDatabase database, TerminalPage page, bool isVerbose)
    {
        page.Write(database.Name, Styles.Strong).WriteLine(string.Create(CultureInfo.InvariantCulture, $"  on {database.Host}:{database.Port} · PostgreSQL {database.Server}")).WriteLine();
        var shown = 0;
        foreach (var migration in status.Migrations)
        {
            if (isVerbose || migration.State != MigrationState.Applied || migration.IsOutOfOrder || migration.Problem is not null)
            {
                shown++;
                WriteOne(migration, page);
            }
        }

        if (shown > 0)
        {
            page.WriteLine();
        }

        var counts = status.Migrations.GroupBy(m => m.State).OrderBy(group => group.Key).Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {group.Key.Name()}")).ToList();
        page.WriteLine(counts.Count == 0 ? "No migrations." : string.Join(", ", counts), status.HasWork ? Styles.Changed : Styles.Good);
        page.WriteProse(status.Next, "", "  ", Styles.Faint);
    }

    private static void WriteOne(MigrationStanding migration, TerminalPage page)
    {
        var (sign, style) = migration.State switch
        {
            _ when migration.Problem is not null => ("!", Styles.Bad),
            MigrationState.Applied => ("=", Styles.Good),
            MigrationState.Pending or MigrationState.RolledBack => ("+", Styles.Changed),
            _ => ("!", Styles.Bad),
        };
        page.Write($"  {sign} ", style).Write($"{migration.State.Name(),-12} ", style).Write(migration.Name);
        if (migration.AppliedAt is { } at)
        {
            page.Write(at.ToUniversalTime().ToString("  yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture), Styles.Faint);
        }

        page.WriteLine();
        if (migration.Problem is { } problem)
        {
            page.WriteProse(problem.Message, "      ", "      ", Styles.Faint);
        }

        if (What(migration) is { } what)
        {
            page.WriteProse(what, "      ", "      ", Styles.Faint);
        }
    }

    private static string? What(MigrationStanding migration) => migration.State switch
    {
        MigrationState.Failed => migration.Log ?? "It started and did not finish.",
        MigrationState.RolledBack => "It failed and was marked as rolled back. The next prisma migrate deploy applies it again.",
        MigrationState.Edited => "Its script has changed since it was applied.",
        MigrationState.Unknown => "It was applied, but the repository does not have it.",
        _ => migration.IsOutOfOrder ? "It was applied after a migration that follows it in the repository." : null,
    };
}
