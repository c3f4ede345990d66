using System.Collections.Immutable;

namespace Plumbline.Audit.Findings;

/// <summary>What fixes a finding.</summary>
/// <param name="Kind">Whether it can run as it is.</param>
/// <param name="Sql">The SQL that fixes the database; null where a file must change instead.</param>
/// <param name="Patch">A unified diff of a file, or the lines of a Prisma schema to add and remove; null where there is none.</param>
public sealed record FindingFix(FixKind Kind, string? Sql, string? Patch = null)
{
    /// <summary>Where the fix needs several migrations, all of them in their order; else empty.</summary>
    public ImmutableArray<FixMigration> Migrations { get; init; } = [];

    /// <summary>Whether the SQL is to be run on the audited database alone, and not as a migration.</summary>
    public bool IsForDatabase { get; init; }
}

/// <summary>One of several migrations that fix a finding.</summary>
/// <param name="Name">What a migration folder is called after its timestamp, such as <c>add_index_concurrently</c>.</param>
/// <param name="Sql">Its statements.</param>
/// <param name="Kind">Whether it can run as it is.</param>
public sealed record FixMigration(string Name, string Sql, FixKind Kind);

/// <summary>Whether a fix can run as it is.</summary>
public enum FixKind
{
    /// <summary>No data is lost.</summary>
    Safe,

    /// <summary>Existing rows need a backfill or cleanup first.</summary>
    NeedsBackfill,

    /// <summary>Data is lost.</summary>
    Destructive,
}
