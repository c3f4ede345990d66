using Plumbline.Schema.Model;
using Plumbline.Schema.Text;

namespace Plumbline.Schema.Comparison;

/// <summary>One difference between two schemas, described as what turns FROM into TO.</summary>
public sealed record SchemaChange
{
    /// <summary>What kind of change.</summary>
    public required ChangeKind Kind { get; init; }

    /// <summary>What changes. Names are those of TO, where it has the object; of a rename, the new one.</summary>
    public required Subject Subject { get; init; }

    /// <summary>What FROM has, in SQL's words (<c>text NOT NULL</c>); of a rename the old name; null where it has nothing.</summary>
    public string? From { get; init; }

    /// <summary>What TO has, in SQL's words; of a rename the new name; null where it has nothing.</summary>
    public string? To { get; init; }

    /// <summary>
    /// The object of FROM: the table, column, constraint, index, enum, enum value … that the change is about; for comments, owners and grants the
    /// object that has them; null where FROM lacks it.
    /// </summary>
    public SchemaObject? FromObject { get; init; }

    /// <summary>The object of TO; null where TO lacks it.</summary>
    public SchemaObject? ToObject { get; init; }

    /// <summary>The table, view, enum or type in FROM that the object is a member of; null where the object lives directly in a schema or FROM lacks the
    /// parent.</summary>
    public NamedObject? FromParent { get; init; }

    /// <summary>The table, view, enum or type in TO that the object is a member of; also set where TO lacks the member, but has the parent.</summary>
    public NamedObject? ToParent { get; init; }

    /// <summary>How sure a rename is, from 0 to 1; 1 for what is known and not guessed; null for what is no rename.</summary>
    public double? Confidence { get; init; }

    /// <summary>Where FROM says it: the object's location, else its parent's; null where its source has no text or FROM knows nothing of it.</summary>
    public SourceLocation? FromLocation => FromObject?.Location ?? FromParent?.Location;

    /// <summary>Where TO says it: the object's location, else its parent's; null where its source has no text or TO knows nothing of it.</summary>
    public SourceLocation? ToLocation => ToObject?.Location ?? ToParent?.Location;

    /// <summary>The change in one line, for messages of tests and logs.</summary>
    public override string ToString() => $"{Kind.Name()} {Subject}: {From ?? "nothing"} → {To ?? "nothing"}";
}
