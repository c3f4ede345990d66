using System.Collections.Immutable;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison;

/// <summary>What a comparison of two schemas has found. Every list is in a fixed order, so that equal inputs give equal outputs.</summary>
public sealed record SchemaComparison
{
    /// <summary>The schema that the changes start from.</summary>
    public required DatabaseSchema From { get; init; }

    /// <summary>The schema that the changes lead to.</summary>
    public required DatabaseSchema To { get; init; }

    /// <summary>What differs.</summary>
    public ImmutableArray<SchemaChange> Changes { get; init; } = [];

    /// <summary>What one side has and the other could not express, so that its absence there means nothing.</summary>
    public ImmutableArray<NotVisibleItem> NotVisible { get; init; } = [];

    /// <summary>What both have, but in forms that can't be compared.</summary>
    public ImmutableArray<NotComparableItem> NotComparable { get; init; } = [];

    /// <summary>The tables, columns, enums, views and functions that were compared and are equal. A table is listed where no part of it differs.</summary>
    public ImmutableArray<Agreement> Agreements { get; init; } = [];
}

/// <summary>The sides of a comparison.</summary>
public enum ComparisonSide
{
    /// <summary>The first schema.</summary>
    From,

    /// <summary>The second schema.</summary>
    To,
}

/// <summary>Something that only one side can express.</summary>
/// <param name="Feature">What the other side's kind of source cannot express.</param>
/// <param name="Subject">What it is.</param>
/// <param name="Holder">The side that has it.</param>
/// <param name="NotVisibleTo">The kind of source to which it is invisible.</param>
/// <param name="Text">What the holder has, in SQL's words.</param>
/// <param name="Object">The holder's object.</param>
public sealed record NotVisibleItem(SchemaFeature Feature, Subject Subject, ComparisonSide Holder, SourceKind NotVisibleTo, string? Text, SchemaObject? Object);

/// <summary>Something that both sides have, and whose texts can't be compared since one of them is not in PostgreSQL's own form.</summary>
/// <param name="Kind">The change that it would be if the texts were known to differ.</param>
/// <param name="Subject">What it is.</param>
/// <param name="From">The text of FROM.</param>
/// <param name="To">The text of TO.</param>
/// <param name="FromObject">The object of FROM.</param>
/// <param name="ToObject">The object of TO.</param>
public sealed record NotComparableItem(ChangeKind Kind, Subject Subject, string? From, string? To, SchemaObject? FromObject, SchemaObject? ToObject);

/// <summary>Something that was compared and is equal.</summary>
/// <param name="Subject">What it is.</param>
/// <param name="FromObject">The object of FROM.</param>
/// <param name="ToObject">The object of TO.</param>
public sealed record Agreement(Subject Subject, SchemaObject FromObject, SchemaObject ToObject);
