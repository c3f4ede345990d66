namespace Plumbline.PostgreSql.Replay;

/// <summary>What the migrations of a group come to in the opposite order.</summary>
/// <param name="Group">The group.</param>
public sealed record MigrationReversal(MigrationGroup Group)
{
    /// <summary>The first statement that is refused in one of the two orders, where more are refused in it; else null.</summary>
    public StatementOutcome? Refused { get; init; }

    /// <summary>Whether it is refused in the opposite order, and not in the one on disk.</summary>
    public bool IsRefusedInOppositeOrder { get; init; }

    /// <summary>The first object that is different after the group, as people write it: <c>view public.v</c>. Null where statements are refused, and where nothing
    /// is different.</summary>
    public string? Different { get; init; }

    /// <summary>Whether the order makes a difference.</summary>
    public bool Matters => Refused is not null || Different is not null;
}
