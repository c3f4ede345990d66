using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing.Changes;

/// <summary>What a plan takes away or changes under the feet of views, policies, triggers, rules and constraints, and which change does so.</summary>
internal sealed class TouchedColumns
{
    private readonly Dictionary<ObjectName, Dictionary<string, SchemaChange>> _columns = [];
    private readonly Dictionary<string, List<ObjectName>> _tables = [];
    private readonly Dictionary<string, SchemaChange> _objects = [];
    private readonly Dictionary<(ObjectName, string), SchemaChange> _recreated = [];

    internal TouchedColumns(ChangePlan plan)
    {
        foreach (var change in plan.Comparison.Changes)
        {
            switch (change)
            {
                case { Kind: ChangeKind.AlterColumnType or ChangeKind.AlterColumnCollation or ChangeKind.DropColumn or ChangeKind.AlterColumnGenerated, FromObject: Column column, FromParent: Table table }:
                    Add(plan, table, column, change);
                    break;
                case { Kind: ChangeKind.DropTable or ChangeKind.DropPartition or ChangeKind.DropFunction, FromObject: NamedObject item }:
                    _objects[item.Name.Name] = change;
                    break;
                case { Kind: ChangeKind.AlterFunction, FromObject: Function from, ToObject: Function to } when ObjectChanges.IsRemade(from, to):
                    _objects[from.Name.Name] = change;
                    break;
                case { Kind: ChangeKind.AlterType or ChangeKind.AlterDomain, FromObject: NamedObject type }:
                    foreach (var (table, column) in TypeRebuild.Columns(plan, type.Name))
                    {
                        Add(plan, table, column, change);
                    }

                    break;
            }
        }

        foreach (var (type, cause) in EnumChanges.Rebuilt(plan))
        {
            foreach (var (table, column) in TypeRebuild.Columns(plan, type.Name))
            {
                Add(plan, table, column, cause);
            }
        }

        // PostgreSQL changes no column under a generated one: that goes and comes again.
        foreach (var table in plan.From.Tables.Where(t => _columns.ContainsKey(t.Name)))
        {
            foreach (var column in table.Columns)
            {
                var own =
                    plan.ByCause.GetValueOrDefault(column)?.Find(c => c is { Kind: ChangeKind.AlterColumnGenerated, ToObject: Column { Generated: not null } });
                if ((own ?? (plan.Has(column, ChangeKind.AlterColumnGenerated, ChangeKind.DropColumn) ? null : MentionedIn(table.Name, column.Generated?.Text))) is { } cause)
                {
                    Add(plan, table, column, cause);
                    _recreated[(table.Name, column.Name)] = cause;
                }
            }
        }
    }

    /// <summary>The change that makes one of these columns of a table of FROM go and come again; null where none does.</summary>
    internal SchemaChange? Recreating(ObjectName table, IEnumerable<string> columns)
    {
        foreach (var column in columns)
        {
            if (_recreated.TryGetValue((table, column), out var cause))
            {
                return cause;
            }
        }

        return null;
    }

    internal void AddView(View view, SchemaChange cause) => _objects[view.Name.Name] = cause;

    /// <summary>The change that touches one of these columns of a table of FROM; null where none does.</summary>
    internal SchemaChange? In(ObjectName table, IEnumerable<string> columns)
    {
        if (_columns.TryGetValue(table, out var touched))
        {
            foreach (var column in columns)
            {
                if (touched.TryGetValue(column, out var cause))
                {
                    return cause;
                }
            }
        }

        return null;
    }

    /// <summary>The change that touches something that a text names; null where none does.</summary>
    /// <param name="table">The table of FROM whose columns the text names without it; null where it has none.</param>
    /// <param name="texts">The texts.</param>
    internal SchemaChange? MentionedIn(ObjectName? table, params IEnumerable<string?> texts)
    {
        foreach (var text in texts)
        {
            if (text is null)
            {
                continue;
            }

            var names = NameScanner.Names(text).ToHashSet();
            if (table is { } own && In(own, names) is { } ownCause)
            {
                return ownCause;
            }

            foreach (var name in names)
            {
                if (_objects.TryGetValue(name, out var cause))
                {
                    return cause;
                }

                if (_tables.TryGetValue(name, out var tables) && tables.Select(t => In(t, names)).FirstOrDefault(c => c is not null) is { } other)
                {
                    return other;
                }
            }
        }

        return null;
    }

    private void Add(ChangePlan plan, Table table, Column column, SchemaChange cause)
    {
        if (!_columns.TryGetValue(table.Name, out var columns))
        {
            _columns[table.Name] = columns = [];
            if (!_tables.TryGetValue(table.Name.Name, out var sameName))
            {
                _tables[table.Name.Name] = sameName = [];
            }

            sameName.Add(table.Name);
        }

        columns.TryAdd(column.Name, cause);
        columns.TryAdd(plan.NameOf(table.Name, column.Name), cause);
    }
}
