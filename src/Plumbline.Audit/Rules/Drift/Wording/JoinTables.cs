using System.Collections.Immutable;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Drift.Wording;

/// <summary>The tables of implicit many-to-many relations, which have no model. Since Prisma 6.0 they have a primary key, before they had a unique index.</summary>
internal static class JoinTables
{
    private static readonly ImmutableArray<string> Columns = ["A", "B"];

    /// <summary>Whether a change is about what makes the pairs of such a table unique.</summary>
    public static bool IsAboutKey(SchemaChange change)
    {
        if (change is not { FromParent: Table, ToParent: Table { ModelName: null } })
            return false;

        return (change.FromObject ?? change.ToObject) switch
        {
            KeyConstraint key => key.Columns.SequenceEqual(Columns),
            Index index => index is { IsUnique: true, Predicate: null } && index.Keys.Select(k => k.Column).SequenceEqual(Columns),
            _ => false,
        };
    }

    /// <summary>The unique constraint or index of a table on some columns; null where it has none.</summary>
    public static string? UniqueOn(Table table, ImmutableArray<string> columns) =>
        table.UniqueConstraints.FirstOrDefault(c => c.Columns.SequenceEqual(columns))?.Name ??
        table.Indexes.FirstOrDefault(i => i is { IsUnique: true, Predicate: null } && i.Keys.Select(k => k.Column).SequenceEqual(columns))?.Name;
}
