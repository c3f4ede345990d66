using Plumbline.Audit.Findings;

namespace Plumbline.Audit.Facts;

/// <summary>What became of an object that the schema has and the database of the migrations lacks.</summary>
/// <param name="Fate">What became of it.</param>
/// <param name="Clause">The same as a main clause for the end of a title.</param>
/// <param name="Cause">The cause; null where none is known.</param>
internal sealed record MissingObject(MissingFate Fate, string Clause, Cause? Cause)
{
    /// <summary>The clause, and the text of the cause, of what no statement creates.</summary>
    public const string NoMigrationCreatesIt = "no migration creates it";
}

/// <summary>What may have become of an object that is missing.</summary>
internal enum MissingFate
{
    /// <summary>No statement creates it, and none would have.</summary>
    NeverCreated,

    /// <summary>A statement creates it, and a later one drops it.</summary>
    Dropped,

    /// <summary>The statement that creates it is refused, not reached, or rolled back with its transaction.</summary>
    Refused,

    /// <summary>A statement creates it, and it no longer has its name, or something else has it.</summary>
    Replaced,
}
