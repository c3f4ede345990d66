namespace Plumbline.PostgreSql.Replay.History;

/// <summary>What became of an object that somebody expects under a name.</summary>
/// <param name="Fate">What became of it.</param>
public sealed record ObjectTrace(ObjectFate Fate)
{
    /// <summary>Its record; null where no statement ever created one of this name.</summary>
    public ObjectRecord? Record { get; init; }

    /// <summary>The statement that decided its fate: that created, renamed or dropped it, or would have created it. Null where there is none.</summary>
    public StatementOutcome? Decisive { get; init; }

    /// <summary>The index of <see cref="Decisive"/> in <see cref="ReplayResult.Outcomes"/>; null where there is none.</summary>
    public int? DecisiveIndex { get; init; }

    /// <summary>Of a refused or rolled-back creation: the refusal without which it would have succeeded, which may be an earlier statement's; else null.</summary>
    public StatementOutcome? RootRefusal { get; init; }

    /// <summary>What the text of the refused or unknown statement says of it; null where its fate is another.</summary>
    public ObjectAttempt? Attempt { get; init; }
}

/// <summary>What may have become of an object.</summary>
public enum ObjectFate
{
    /// <summary>No statement creates it, and none would have.</summary>
    NeverCreated,

    /// <summary>It exists under the name.</summary>
    Exists,

    /// <summary>It exists under another name.</summary>
    Renamed,

    /// <summary>Something else has the name: a view in a table's place.</summary>
    CreatedOtherwise,

    /// <summary>It was created and dropped.</summary>
    Dropped,

    /// <summary>It was created in a transaction that was rolled back.</summary>
    RolledBack,

    /// <summary>The statement that creates it is refused.</summary>
    Refused,

    /// <summary>The statement that creates it was not reached, because an earlier one of its migration or deployment was refused.</summary>
    Skipped,

    /// <summary>A statement whose effect cannot be known creates it, or would.</summary>
    Unknown,
}
