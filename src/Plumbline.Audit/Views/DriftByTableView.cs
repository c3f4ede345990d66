using System.Collections.Immutable;
using Plumbline.Audit.Facts;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Views;

/// <summary>The columns of the tables in which schema and migrations differ, field by field; those that agree included.</summary>
internal static class DriftByTableView
{
    /// <summary>The tables of all projects that have a column that differs, sorted by name.</summary>
    public static ImmutableArray<TableDrift> Build(IEnumerable<ProjectFacts> projects) =>
    [
        .. projects
            .SelectMany(p => p.Drift is { } drift ? Build(drift) : [])
            .OrderBy(t => t.Table, StringComparer.Ordinal),
    ];

    private static IEnumerable<TableDrift> Build(SchemaComparison drift)
    {
        var changes = drift.Changes.Where(c => c.FromObject is Column || c.ToObject is Column).GroupBy(c => (c.ToParent ?? c.FromParent)?.Name);
        foreach (var table in changes)
        {
            var (from, to) = (table.First().FromParent as Table, table.First().ToParent as Table);
            if (from is null || to is null)
                continue;

            yield return new TableDrift(ObjectText.Of(to.Name), Columns(from, to, [.. table]));
        }
    }

    private static ImmutableArray<ColumnDrift> Columns(Table from, Table to, List<SchemaChange> changes)
    {
        var rows = new SortedDictionary<string, ColumnDrift>(StringComparer.Ordinal);
        foreach (var column in to.Columns)
        {
            if (from.FindColumn(column.Name) is { } same)
                rows[column.Name] = new ColumnDrift(column.Name, ObjectText.Of(column), ObjectText.Of(same), null, "agrees");
        }

        foreach (var change in changes)
        {
            var (old, now) = (change.FromObject as Column, change.ToObject as Column);
            var name = now?.Name ?? old!.Name;
            var status = change.Kind switch
            {
                ChangeKind.AddColumn => "missing",
                ChangeKind.DropColumn => "extra",
                ChangeKind.RenameColumn => "renamed",
                _ => "differs",
            };
            if (status == "differs" && rows.TryGetValue(name, out var row) && row.Status == "renamed")
                continue;

            var migrations = old is null ? null : old.Name == name ? ObjectText.Of(old) : $"{old.Name} {ObjectText.Of(old)}";
            rows[name] = new ColumnDrift(name, now is null ? null : ObjectText.Of(now), migrations, null, status);
        }

        return [.. rows.Values];
    }
}
