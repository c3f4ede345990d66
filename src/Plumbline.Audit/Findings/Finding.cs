using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Findings;

/// <summary>One thing that a rule found, with its evidence.</summary>
public sealed record Finding
{
    /// <summary>The rule's name, such as <c>drift/missing-column</c>.</summary>
    public required string Rule { get; init; }

    /// <summary>The rule's part before the slash.</summary>
    public string Area => Rule[..Rule.IndexOf('/')];

    /// <summary>How much it matters.</summary>
    public required Severity Severity { get; init; }

    /// <summary>One line that says what is wrong, without a period at its end.</summary>
    public required string Title { get; init; }

    /// <summary>What was seen, in full sentences.</summary>
    public required string Message { get; init; }

    /// <summary>What follows from it.</summary>
    public required string Impact { get; init; }

    /// <summary>What to do.</summary>
    public required string Recommendation { get; init; }

    /// <summary>Name of the project that it is about; null where it is about the repository as a whole.</summary>
    public required string? Project { get; init; }

    /// <summary>What it is about.</summary>
    public required Subject Subject { get; init; }

    /// <summary>What should be, as text; null where nothing should.</summary>
    public string? Expected { get; init; }

    /// <summary>What is, as text; null where nothing is.</summary>
    public string? Found { get; init; }

    /// <summary>The SQLSTATE of a refused statement; else null.</summary>
    public string? SqlState { get; init; }

    /// <summary>Every place involved; the first is where the finding stands.</summary>
    public ImmutableArray<FindingLocation> Locations { get; init; } = [];

    /// <summary>What mends it; null where nothing can be proposed.</summary>
    public FindingFix? Fix { get; init; }

    /// <summary>What it is known by from run to run; without line numbers, so that edits elsewhere leave it as it is.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>How much work the mending is.</summary>
    public Effort Effort { get; init; }

    /// <summary>The phase of the plan that it belongs to, from 1 (at once) to 4 (when convenient).</summary>
    public int Phase { get; init; }
}

/// <summary>A place that takes part in a finding.</summary>
/// <param name="Role">What the place is to the finding.</param>
/// <param name="Place">The place itself.</param>
public sealed record FindingLocation(LocationRole Role, SourceLocation Place);

/// <summary>What a place is to a finding.</summary>
public enum LocationRole
{
    /// <summary>In a Prisma schema.</summary>
    Schema,

    /// <summary>In the schema that the first is held against.</summary>
    OtherSchema,

    /// <summary>In a migration.</summary>
    Migration,

    /// <summary>In an SQL file outside the migrations.</summary>
    Stray,

    /// <summary>In a live database.</summary>
    Database,

    /// <summary>In application code.</summary>
    Code,

    /// <summary>In a document.</summary>
    Document,

    /// <summary>In a configuration file, such as <c>package.json</c> or a lock file.</summary>
    Configuration,

    /// <summary>In an environment file.</summary>
    Environment,
}

/// <summary>What mends a finding.</summary>
/// <param name="Kind">Whether it can be run as it is.</param>
/// <param name="Sql">The SQL that mends the database; null where it is the schema that must change.</param>
/// <param name="Patch">The text that mends the schema, as lines that begin with <c>+</c> or <c>-</c>; null where there is none.</param>
public sealed record FindingFix(FixKind Kind, string? Sql, string? Patch = null);

/// <summary>Whether a fix can be run as it is.</summary>
public enum FixKind
{
    /// <summary>No row is touched or lost.</summary>
    Safe,

    /// <summary>Rows need values that only people know, or must be looked at first.</summary>
    NeedsBackfill,

    /// <summary>Data is lost.</summary>
    Destructive,
}

/// <summary>How much work the mending of a finding is.</summary>
public enum Effort
{
    /// <summary>Minutes.</summary>
    Small,

    /// <summary>Hours.</summary>
    Medium,

    /// <summary>Days, or several deployments.</summary>
    Large,
}
