using System.Collections.Immutable;

using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Replay;

/// <summary>The server that a replay imagines.</summary>
public sealed record ReplayOptions
{
    /// <summary>An empty PostgreSQL 15.</summary>
    public static ReplayOptions Default { get; } = new();

    /// <summary>Its major version; what a newer one accepts is accepted.</summary>
    public int PostgreSqlVersion { get; init; } = 15;

    /// <summary>The platform that it runs on.</summary>
    public ReplayPlatform Platform { get; init; }

    /// <summary>
    /// The schema that the connection names (<c>?schema=NAME</c> of Prisma's URL): it exists before the first migration, and the search path is this schema
    /// alone. Null for PostgreSQL's own search path, <c>"$user", public</c>.
    /// </summary>
    public string? DefaultSchema { get; init; }

    /// <summary>
    /// Extensions that are taken for installed before the first migration, so that their types, functions and operator classes are known. They are no part of
    /// the schema at the end unless a migration creates them. A name that is not known is left out.
    /// </summary>
    public ImmutableArray<string> AssumedExtensions { get; init; } = [];

    /// <summary>SQL that runs before the first migration and makes what somebody else makes in the real database: nothing of it is part of the result. Null for
    /// none.</summary>
    public SourceText? Before { get; init; }

    /// <summary>Whether each outcome carries what the statement did (<see cref="StatementOutcome.Effects"/>), which takes about a tenth of a replay's time.</summary>
    public bool RecordsEffects { get; init; } = true;
}

/// <summary>What exists in a database before the first migration.</summary>
public enum ReplayPlatform
{
    /// <summary>Nothing but what <c>initdb</c> makes.</summary>
    None,

    /// <summary>Supabase: its schemas, roles, tables and functions (<c>auth.uid()</c>, <c>storage.buckets</c>, <c>anon</c> …).</summary>
    Supabase,
}
