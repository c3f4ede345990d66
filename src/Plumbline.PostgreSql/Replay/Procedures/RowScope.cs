using System.Collections.Immutable;

namespace Plumbline.PostgreSql.Replay.Procedures;

/// <summary>The rows whose columns an expression may name: one of each item of FROM, and those of the queries around it.</summary>
/// <param name="outer">The scope of the query around it; null for the outermost.</param>
internal sealed class RowScope(RowScope? outer)
{
    private readonly List<(string Alias, CatalogTable Table, PlValue?[] Row)> _items = [];

    /// <summary>The scope of the query around it.</summary>
    public RowScope? Outer { get; } = outer;

    /// <summary>The rows of a group, for aggregates; null where there is none.</summary>
    public IReadOnlyList<RowScope>? Group { get; private init; }

    /// <summary>The WITH queries that are seen here.</summary>
    public ImmutableDictionary<string, CatalogTable> Common { get; set; } = outer?.Common ?? ImmutableDictionary<string, CatalogTable>.Empty;

    /// <summary>The items.</summary>
    public IReadOnlyList<(string Alias, CatalogTable Table, PlValue?[] Row)> Items => _items;

    /// <summary>This scope with one more item.</summary>
    public RowScope With(string alias, CatalogTable table, PlValue?[] row)
    {
        var scope = new RowScope(Outer) { Common = Common };
        scope._items.AddRange(_items);
        scope._items.Add((alias, table, row));
        return scope;
    }

    /// <summary>A scope for what is said of a group: its first row stands for all.</summary>
    public static RowScope Of(IReadOnlyList<RowScope> group, RowScope empty)
    {
        var first = group.Count > 0 ? group[0] : empty;
        var scope = new RowScope(first.Outer) { Common = first.Common, Group = group };
        scope._items.AddRange(first._items);
        return scope;
    }

    /// <summary>The value of a column.</summary>
    /// <param name="table">The alias before it; null where none is written.</param>
    /// <param name="column">The column.</param>
    /// <param name="value">Its value.</param>
    /// <returns>True where there is one; null where there may be one among columns that are not followed.</returns>
    public bool? TryFind(string? table, string column, out PlValue? value)
    {
        bool? found = false;
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            foreach (var (alias, columns, row) in scope._items)
            {
                if (table is not null && alias != table)
                {
                    continue;
                }

                var index = columns.Columns.IndexOf(column);
                if (index >= 0)
                {
                    value = row[index];
                    return true;
                }

                if (table is not null && columns.IsPartial)
                {
                    found = null;
                }
            }
        }

        value = null;
        return found;
    }
}
