using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing.Dependencies;

/// <summary>Reads the dependencies of a schema. PostgreSQL documentation, "Dependency Tracking".</summary>
internal sealed class DependencyReader
{
    private readonly DatabaseSchema _schema;
    private readonly ObjectLookup _lookup;
    private readonly List<DependencyNode> _nodes = [];

    private DependencyReader(DatabaseSchema schema)
    {
        _schema = schema;
        _lookup = new ObjectLookup(schema);
    }

    internal static DependencyGraph Read(DatabaseSchema schema)
    {
        var reader = new DependencyReader(schema);
        reader.Types();
        reader.Functions();
        foreach (var sequence in schema.Sequences.Where(s => !s.IsIdentity))
        {
            reader.Add(ObjectKey.Of(sequence), sequence);
        }

        foreach (var table in schema.Tables)
        {
            reader.OfTable(table);
        }

        foreach (var view in schema.Views)
        {
            reader.OfView(view);
        }

        foreach (var publication in schema.Publications)
        {
            reader.Add(ObjectKey.Of(ObjectKind.Publication, new ObjectName("", publication.Name)), publication)
                .UnionWith(publication.Tables.Select(t => ObjectKey.Of(ObjectKind.Table, t)));
        }

        return new DependencyGraph(reader._nodes);
    }

    private HashSet<ObjectKey> Add(ObjectKey key, SchemaObject item, NamedObject? parent = null, ObjectKey? owner = null)
    {
        var node = new DependencyNode(key, item, parent) { Owner = owner };
        if (owner is not null)
        {
            node.Needs.Add(owner);
        }

        _nodes.Add(node);
        return node.Needs;
    }

    private void Types()
    {
        foreach (var type in _schema.Enums)
        {
            Add(ObjectKey.Of(type), type);
        }

        foreach (var type in _schema.CompositeTypes)
        {
            Add(ObjectKey.Of(type), type).UnionWith(type.Attributes.SelectMany(a => _lookup.Type(a.Type)));
        }

        foreach (var type in _schema.RangeTypes)
        {
            var needs = Add(ObjectKey.Of(type), type);
            needs.UnionWith(_lookup.Type(type.Subtype));
            needs.UnionWith(type.Options.SelectMany(o => _lookup.NamedFunctions(TextReferences.Read(o.Value))));
        }

        foreach (var domain in _schema.Domains)
        {
            var key = ObjectKey.Of(domain);
            Add(key, domain).UnionWith(_lookup.Type(domain.BaseType));
            if (domain.Default is { } value)
            {
                Add(ObjectKey.Of(ObjectKind.Default, domain.Name), domain, domain, key).UnionWith(_lookup.Expression(value.Text, null));
            }

            foreach (var check in domain.Checks)
            {
                Add(ObjectKey.Of(ObjectKind.Constraint, domain.Name, check.Name), check, domain, key).UnionWith(_lookup.Expression(check.Expression.Text, null));
            }
        }
    }

    private void Functions()
    {
        foreach (var function in _schema.Functions)
        {
            var needs = Add(ObjectKey.Of(function), function);
            needs.UnionWith(function.Arguments.SelectMany(a => _lookup.Type(a.Type)));
            needs.UnionWith(function.Arguments.SelectMany(a => a.Default is { } value ? _lookup.Expression(value.Text, null) : []));
            if (function.Returns is { } returns)
            {
                needs.UnionWith(_lookup.NamedTypes(TextReferences.Read(returns)));
            }

            var body = TextReferences.Read(function.Body);
            if (function.IsSqlBody)
            {
                needs.UnionWith(_lookup.Query(body, null));
            }
            else if (function.Kind == FunctionKind.Aggregate)
            {
                needs.UnionWith(_lookup.NamedFunctions(body));
                needs.UnionWith(_lookup.NamedTypes(body));
            }
            else
            {
                _nodes[^1].Names.UnionWith(_lookup.Query(body, null));
            }

            needs.Remove(_nodes[^1].Key);
        }
    }

    private void OfTable(Table table)
    {
        var key = ObjectKey.Of(table);
        var needs = Add(key, table);
        if (table.PartitionKey is { } partition)
        {
            needs.UnionWith(_lookup.Expression(partition.Text, null));
        }

        foreach (var parent in table.Inherits.Concat(table.PartitionOf is { } partitioned ? [partitioned] : []))
        {
            var link = Add(ObjectKey.Of(ObjectKind.Link, table.Name, parent.ToString()), table, table, key);
            link.Add(ObjectKey.Of(ObjectKind.Table, parent));
        }

        foreach (var column in table.Columns)
        {
            var own = ObjectKey.Of(ObjectKind.Column, table.Name, column.Name);
            var columnNeeds = Add(own, column, table, key);
            columnNeeds.UnionWith(_lookup.Type(column.Type));

            // A row of a table is all its columns.
            columnNeeds.UnionWith(_lookup.Rows(column.Type));
            if ((column.Generated ?? column.Default) is { } value)
            {
                Add(ObjectKey.Of(ObjectKind.Default, table.Name, column.Name), column, table, own).UnionWith(_lookup.Expression(value.Text, column.Generated is null ? null : table));
            }
        }

        Constraints(table, key);
        foreach (var index in table.Indexes)
        {
            OfIndex(index, table, table, key);
        }

        foreach (var policy in table.Policies)
        {
            var policyNeeds = Add(ObjectKey.Of(ObjectKind.Policy, table.Name, policy.Name), policy, table, key);
            policyNeeds.UnionWith(_lookup.Query(TextReferences.Read($"{policy.Using?.Text} {policy.WithCheck?.Text}"), table));
        }

        Watchers(table, table.Triggers, table.Rules, key, table);
    }

    private void Constraints(Table table, ObjectKey key)
    {
        HashSet<ObjectKey> Constraint(Constraint constraint, IEnumerable<string> columns)
        {
            var needs = Add(ObjectKey.Of(ObjectKind.Constraint, table.Name, constraint.Name), constraint, table, key);
            needs.UnionWith(columns.Select(c => ObjectKey.Of(ObjectKind.Column, table.Name, c)));
            return needs;
        }

        foreach (var unique in table.UniqueConstraints.Concat(table.PrimaryKey is { } primary ? [primary] : []))
        {
            Constraint(unique, unique.Columns.Concat(unique.Include));
        }

        foreach (var check in table.Checks)
        {
            Constraint(check, []).UnionWith(_lookup.Expression(check.Expression.Text, table));
        }

        foreach (var exclusion in table.Exclusions)
        {
            var needs = Constraint(exclusion, exclusion.Elements.Select(e => e.Key.Column).OfType<string>().Concat(exclusion.Include));
            needs.UnionWith(exclusion.Elements.SelectMany(e => e.Key.Expression is { } expression ? _lookup.Expression(expression.Text, table) : []));
            needs.UnionWith(exclusion.Predicate is { } predicate ? _lookup.Expression(predicate.Text, table) : []);
        }

        foreach (var foreign in table.ForeignKeys)
        {
            var needs = Constraint(foreign, foreign.Columns);
            needs.Add(ObjectKey.Of(ObjectKind.Table, foreign.ReferencedTable));
            needs.UnionWith(foreign.ReferencedColumns.Select(c => ObjectKey.Of(ObjectKind.Column, foreign.ReferencedTable, c)));
            needs.UnionWith(_lookup.Keys(foreign));
        }
    }

    private void OfIndex(Index index, NamedObject parent, Table? table, ObjectKey owner)
    {
        var needs = Add(ObjectKey.Of(ObjectKind.Index, parent.Name, index.Name), index, parent, owner);
        var texts = index.Keys.Select(k => k.Expression?.Text).Append(index.Predicate?.Text).OfType<string>();
        needs.UnionWith(texts.SelectMany(t => _lookup.Expression(t, table)));
        if (table is not null)
        {
            needs.UnionWith(index.Keys.Select(k => k.Column).OfType<string>().Concat(index.Include).Select(c => ObjectKey.Of(ObjectKind.Column, table.Name, c)));
        }
    }

    private void OfView(View view)
    {
        var key = ObjectKey.Of(view);
        var needs = Add(key, view);
        needs.UnionWith(_lookup.Query(TextReferences.Read(view.Definition.Text), null));
        needs.UnionWith(view.Columns.SelectMany(c => c.Default is { } value ? _lookup.Expression(value.Text, null) : []));
        needs.Remove(key);
        foreach (var index in view.Indexes)
        {
            OfIndex(index, view, null, key);
        }

        Watchers(view, view.Triggers, view.Rules, key, null);
    }

    /// <summary>Whether a partition has a trigger from its parent.</summary>
    internal static bool IsOf(Table parent, Trigger trigger) => trigger.ForEachRow && parent.Triggers.Any(t => t.ForEachRow && t.Name == trigger.Name);

    private void Watchers(NamedObject parent, IEnumerable<Trigger> triggers, IEnumerable<RewriteRule> rules, ObjectKey owner, Table? table)
    {
        foreach (var trigger in triggers)
        {
            var needs = Add(ObjectKey.Of(ObjectKind.Trigger, parent.Name, trigger.Name), trigger, parent, owner);
            needs.UnionWith(_lookup.FunctionsNamed(trigger.Function));
            if (table?.PartitionOf is { } whole && _schema.Tables.FirstOrDefault(t => t.Name == whole) is { } partitioned && IsOf(partitioned, trigger))
            {
                // A partition has its parent's row triggers for as long as it is one.
                needs.Add(ObjectKey.Of(ObjectKind.Link, table.Name, whole.ToString()));
            }

            needs.UnionWith(trigger.When is { } condition ? _lookup.Expression(condition.Text, table) : []);
            if (table is not null)
            {
                needs.UnionWith(trigger.UpdateColumns.Select(c => ObjectKey.Of(ObjectKind.Column, table.Name, c)));
            }

            if (trigger.ReferencedTable is { } referenced)
            {
                needs.Add(ObjectKey.Of(ObjectKind.Table, referenced));
            }
        }

        foreach (var rule in rules)
        {
            Add(ObjectKey.Of(ObjectKind.Rule, parent.Name, rule.Name), rule, parent, owner).UnionWith(_lookup.Query(TextReferences.Read(rule.Definition.Text), table));
        }
    }
}
