using System.Collections.Immutable;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules;

/// <summary>A kind of change that a rule owns. Some kinds are divided by what they change, as different rules speak of the parts.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Part">Which part of the kind; <see cref="ChangePart.Whole"/> for all kinds but the divided ones.</param>
internal sealed record ChangeSelector(ChangeKind Kind, ChangePart Part = ChangePart.Whole)
{
    private static readonly ImmutableArray<ChangePart> Keys = [ChangePart.PrimaryKey, ChangePart.Unique, ChangePart.ForeignKey, ChangePart.Check];

    /// <summary>Every selector that there is, so that a test can prove that each has exactly one owner.</summary>
    public static IEnumerable<ChangeSelector> All => Enum.GetValues<ChangeKind>().SelectMany(kind => PartsOf(kind).Select(part => new ChangeSelector(kind, part)));

    /// <summary>The selector of a change.</summary>
    public static ChangeSelector Of(SchemaChange change) => new(change.Kind, PartOf(change));

    /// <summary>A kind as a whole.</summary>
    public static implicit operator ChangeSelector(ChangeKind kind) => new(kind);

    private static IEnumerable<ChangePart> PartsOf(ChangeKind kind) => kind switch
    {
        ChangeKind.RenameConstraint => Keys,
        ChangeKind.RenameIndex => [ChangePart.Unique, ChangePart.Index],
        ChangeKind.AlterForeignKey => [ChangePart.ForeignKey, ChangePart.ReferentialAction],
        ChangeKind.AlterColumnDefault => [ChangePart.Default, ChangePart.Identity],
        _ => [ChangePart.Whole],
    };

    private static ChangePart PartOf(SchemaChange change) => change.Kind switch
    {
        ChangeKind.AlterForeignKey => Drift.Wording.DriftFacts.DiffersInActionsOnly(change) ? ChangePart.ReferentialAction : ChangePart.ForeignKey,
        ChangeKind.AlterColumnDefault => Drift.Wording.DriftFacts.CountsOnOneSide(change) ? ChangePart.Identity : ChangePart.Default,
        ChangeKind.RenameIndex => change.ToObject is Index { IsUnique: true } or KeyConstraint ? ChangePart.Unique : ChangePart.Index,
        ChangeKind.RenameConstraint => change.ToObject switch
        {
            KeyConstraint key when change.ToParent is Table { PrimaryKey: { } primary } && ReferenceEquals(primary, key) => ChangePart.PrimaryKey,
            ForeignKey => ChangePart.ForeignKey,
            CheckConstraint or ExclusionConstraint => ChangePart.Check,
            _ => ChangePart.Unique,
        },
        _ => ChangePart.Whole,
    };
}

/// <summary>What a divided kind of change changes.</summary>
internal enum ChangePart
{
    /// <summary>The kind is not divided.</summary>
    Whole,

    /// <summary>A primary key.</summary>
    PrimaryKey,

    /// <summary>A unique constraint or unique index.</summary>
    Unique,

    /// <summary>An index that is not unique.</summary>
    Index,

    /// <summary>A foreign key, or more of it than its actions.</summary>
    ForeignKey,

    /// <summary>Only the actions of a foreign key.</summary>
    ReferentialAction,

    /// <summary>A CHECK or EXCLUDE constraint.</summary>
    Check,

    /// <summary>The default of a column that the database does not number.</summary>
    Default,

    /// <summary>Whether the database numbers the rows of a column.</summary>
    Identity,
}
