using System.Collections.Immutable;
using Plumbline.PostgreSql.Expressions;
using Plumbline.PostgreSql.Expressions.Analysis;
using Plumbline.PostgreSql.Expressions.Printing;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Replay.Statements.Indexes;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Replay;

/// <summary>Tables with their members as the neutral model has them.</summary>
/// <param name="schema">What they are built for.</param>
internal sealed class TableBuilder(SchemaBuilder schema)
{
    private readonly TypeSystem _types = new(schema.Database);
    private readonly Dictionary<(uint, string), uint> _defaultClasses = [];

    private Database Database => schema.Database;

    /// <summary>A table.</summary>
    public Table Build(RelationObject table)
    {
        var row = table.Row;
        var constraints = table.Constraints.Items;
        var parent = row.Parents.IsEmpty ? null : row.Parents[0];
        return new Table
        {
            Name = table.QualifiedName,
            Owner = schema.Owner(row.Owner),
            Grants = Privileges.ToGrants(row.Acl),
            Kind = table.Kind switch { 'p' => TableKind.Partitioned, 'f' => TableKind.Foreign, _ => TableKind.Ordinary },
            Persistence = row.Persistence switch { 'u' => Persistence.Unlogged, 't' => Persistence.Temporary, _ => Persistence.Permanent },
            Columns = [.. table.LiveColumns.Select(Column)],
            PrimaryKey = table.PrimaryKey is { } key ? Key(key) : null,
            UniqueConstraints = [.. constraints.Where(c => c.Row.Kind == ConstraintKind.Unique).OrderBy(c => c.Name, StringComparer.Ordinal).Select(Key)],
            ForeignKeys = [.. constraints.Where(c => c.Row.Kind == ConstraintKind.ForeignKey).OrderBy(c => c.Name, StringComparer.Ordinal).Select(ForeignKey)],
            Checks = [.. constraints.Where(c => c.Row.Kind == ConstraintKind.Check).OrderBy(c => c.Name, StringComparer.Ordinal).Select(Check)],
            Exclusions = [.. constraints.Where(c => c.Row.Kind == ConstraintKind.Exclusion).OrderBy(c => c.Name, StringComparer.Ordinal).Select(Exclusion)],
            Indexes = Indexes(table),
            Triggers = Triggers(table),
            Policies = [.. table.Policies.Items.OrderBy(p => p.Name, StringComparer.Ordinal).Select(Policy)],
            Rules = Rules(table),
            RowSecurity = row.RowSecurity,
            ForceRowSecurity = row.ForceRowSecurity,
            PartitionKey = row.PartitionKey is { } partitioning
                ? new SqlExpression(
                    $"{partitioning.Strategy} ({string.Join(", ", partitioning.Keys.Select(k => PartitionPart(table, partitioning, k)))})", true)
                : null,
            PartitionOf = row.IsPartition ? parent?.QualifiedName : null,
            PartitionBound = row.PartitionBound is { } bound ? new SqlExpression(bound.Text, true) : null,
            Inherits = row.IsPartition ? [] : [.. row.Parents.Select(p => p.QualifiedName)],
            StorageParameters = [.. row.Options.OrderBy(o => o.Name, StringComparer.Ordinal)],
            ReplicaIdentity = row.ReplicaIdentity switch
            {
                'n' => "nothing",
                'f' => "full",
                'i' when table.Indexes.Items.FirstOrDefault(i => i.Row.Index!.IsReplicaIdentity) is { } identity => $"index {identity.Name}",
                _ => "default",
            },
            ForeignServer = row.ForeignServer,
            Location = schema.Location(table),
            ChangedBy = schema.Changes(table),
            Comment = row.Comment,
        };
    }

    /// <summary>A column.</summary>
    public Column Column(ColumnObject column)
    {
        var row = column.Row;
        var type = Database.GetType(row.TypeOid);
        var value = schema.Print(row.Default?.Expression);
        return new Column
        {
            Name = row.Name,
            Type = row.WrittenType ?? schema.Type(row.TypeOid, row.Modifier),
            IsNullable = !row.IsNotNull,
            Default = row.IsGenerated ? null : value,
            Generated = row.IsGenerated ? value : null,
            IsGeneratedStored = !row.IsVirtual,
            Identity = row.Identity switch { 'a' => IdentityKind.Always, 'd' => IdentityKind.ByDefault, _ => IdentityKind.None },
            Collation = schema.Collation(row.CollationOid, type?.CollationOid ?? 0),
            Storage = row.Storage,
            Compression = row.Compression,
            StatisticsTarget = row.StatisticsTarget,
            Grants = Privileges.ToGrants(row.Acl),
            Location = schema.Location(column),
            ChangedBy = schema.Changes(column),
            Comment = row.Comment,
        };
    }

    /// <summary>The indexes that belong to no constraint.</summary>
    public ImmutableArray<Index> Indexes(RelationObject table) =>
        [.. table.Indexes.Items.Where(i => i.Row.Index!.Constraint is null).OrderBy(i => i.Name, StringComparer.Ordinal).Select(BuildIndex)];

    /// <summary>The triggers.</summary>
    public ImmutableArray<Trigger> Triggers(RelationObject table) => [.. table.Triggers.Items.OrderBy(t => t.Name, StringComparer.Ordinal).Select(Trigger)];

    /// <summary>The rules.</summary>
    public ImmutableArray<RewriteRule> Rules(RelationObject table) =>
        [.. table.Rules.Items.OrderBy(r => r.Name, StringComparer.Ordinal).Select(r => new RewriteRule
    {
        Name = r.Name,
        Definition = new SqlExpression(r.Row.Definition, false),
        State = r.Row.State,
        Location = schema.Location(r),
        ChangedBy = schema.Changes(r),
        Comment = r.Row.Comment,
    })];

    /// <summary>A CHECK of a table or domain.</summary>
    public CheckConstraint Check(ConstraintObject item) => new()
    {
        Name = item.Name,
        Expression = schema.Print(item.Row.Expression)!,
        NoInherit = item.Row.NoInherit,
        IsValidated = item.Row.IsValidated,
        IsEnforced = item.Row.IsEnforced,
        Location = schema.Location(item),
        ChangedBy = schema.Changes(item),
        Comment = item.Row.Comment,
    };

    private KeyConstraint Key(ConstraintObject item)
    {
        var index = item.Row.Index!;
        var info = index.Row.Index!;
        return new KeyConstraint
        {
            Name = item.Name,
            Columns = Names(info.Table, [.. info.Keys.Select(k => k.Column)]),
            Include = Names(info.Table, info.Include),
            NullsNotDistinct = info.NullsNotDistinct,
            WithoutOverlaps = item.Row.HasPeriod,
            StorageParameters = [.. index.Row.Options.OrderBy(o => o.Name, StringComparer.Ordinal)],
            IsClustered = info.IsClustered,
            IsDeferrable = item.Row.IsDeferrable,
            IsInitiallyDeferred = item.Row.IsDeferred,
            Location = schema.Location(item),
            ChangedBy = schema.Changes(item),
            Comment = item.Row.Comment,
        };
    }

    private ForeignKey ForeignKey(ConstraintObject item)
    {
        var row = item.Row;
        return new ForeignKey
        {
            Name = row.Name,
            Columns = Names(row.Table!, row.Columns),
            ReferencedTable = row.ReferencedTable!.QualifiedName,
            ReferencedColumns = Names(row.ReferencedTable, row.ReferencedColumns),
            ReferencedIndex = row.Index?.Name,
            OnDelete = row.OnDelete,
            OnDeleteColumns = Names(row.Table!, row.OnDeleteColumns),
            OnUpdate = row.OnUpdate,
            MatchFull = row.MatchFull,
            HasPeriod = row.HasPeriod,
            IsDeferrable = row.IsDeferrable,
            IsInitiallyDeferred = row.IsDeferred,
            IsValidated = row.IsValidated,
            IsEnforced = row.IsEnforced,
            Location = schema.Location(item),
            ChangedBy = schema.Changes(item),
            Comment = row.Comment,
        };
    }

    private ExclusionConstraint Exclusion(ConstraintObject item)
    {
        var info = item.Row.Index!.Row.Index!;
        return new ExclusionConstraint
        {
            Name = item.Name,
            Method = info.Method,
            Elements = [.. info.Keys.Select(k => new ExclusionElement(IndexKey(info, k), k.ExclusionOperator ?? "="))],
            Include = Names(info.Table, info.Include),
            Predicate = schema.Print(info.Predicate),
            IsDeferrable = item.Row.IsDeferrable,
            IsInitiallyDeferred = item.Row.IsDeferred,
            Location = schema.Location(item),
            ChangedBy = schema.Changes(item),
            Comment = item.Row.Comment,
        };
    }

    private Index BuildIndex(RelationObject index)
    {
        var info = index.Row.Index!;
        return new Index
        {
            Name = index.Name,
            Method = info.Method,
            IsUnique = info.IsUnique,
            NullsNotDistinct = info.NullsNotDistinct,
            Keys = [.. info.Keys.Select(k => IndexKey(info, k))],
            Include = Names(info.Table, info.Include),
            Predicate = schema.Print(info.Predicate),
            StorageParameters = [.. index.Row.Options.OrderBy(o => o.Name, StringComparer.Ordinal)],
            IsValid = info.IsValid,
            IsClustered = info.IsClustered,
            PartitionOf = info.Parent?.QualifiedName,
            Location = schema.Location(index),
            ChangedBy = schema.Changes(index),
            Comment = index.Row.Comment,
        };
    }

    private IndexKey IndexKey(IndexInfo info, IndexKeyInfo key)
    {
        var own = key.Column > 0 ? info.Table.Column(key.Column).Row.CollationOid : (key.Expression as BoundExpression)?.CollationOid ?? 0;
        return new IndexKey
        {
            Column = key.Column > 0 ? info.Table.Column(key.Column).Name : null,
            Expression = schema.Print(key.Expression),
            OperatorClass = OperatorClass(info.Method, key),
            OperatorClassParameters = [.. key.OperatorClassParameters.OrderBy(p => p.Name, StringComparer.Ordinal)],
            Collation = schema.Collation(key.CollationOid, own),
            IsDescending = key.IsDescending,
            NullsFirst = key.NullsFirst,
        };
    }

    private string? OperatorClass(string method, IndexKeyInfo key)
    {
        if (key.OperatorClass is not { } operatorClass ||
            (key.TypeOid != 0 && DefaultClass(key.TypeOid, method) == operatorClass.Oid && key.OperatorClassParameters.IsEmpty))
        {
            return null;
        }

        return operatorClass.Schema == "pg_catalog" ? operatorClass.Name : $"{operatorClass.Schema}.{operatorClass.Name}";
    }

    // Asked for every key of every index.
    private uint DefaultClass(uint type, string method)
    {
        if (!_defaultClasses.TryGetValue((type, method), out var oid))
        {
            oid = OperatorClasses.Default(Database, _types, type, method)?.Oid ?? 0;
            _defaultClasses[(type, method)] = oid;
        }

        return oid;
    }

    private string PartitionPart(RelationObject table, PartitionKeyInfo partitioning, IndexKeyInfo key)
    {
        var text = key.Column > 0 ? Identifiers.Quote(table.Column(key.Column).Name) : PrintPart(key.Expression);
        var own = key.Column > 0 ? table.Column(key.Column).Row.CollationOid : (key.Expression as BoundExpression)?.CollationOid ?? 0;
        if (schema.Collation(key.CollationOid, own) is { } collation)
        {
            text += $" COLLATE {Identifiers.Quote(collation.Name)}";
        }

        return OperatorClass(partitioning.Strategy == "HASH" ? "hash" : "btree", key) is { } operatorClass ? $"{text} {operatorClass}" : text;
    }

    private string PrintPart(BoundNode? node)
    {
        var text = schema.Print(node)?.Text ?? "";
        return node is BoundExpression { LooksLikeFunction: true } ? text : $"({text})";
    }

    private Trigger Trigger(TriggerObject item)
    {
        var row = item.Row;
        var function = Database.GetFunction(row.FunctionOid);
        return new Trigger
        {
            Name = row.Name,
            Timing = row.Timing,
            Events = row.Events,
            UpdateColumns = Names(item.Table, row.UpdateColumns),
            ForEachRow = row.ForEachRow,
            When = schema.Print(row.When),
            Function = new ObjectName(function?.Schema ?? "", function?.Name ?? ""),
            Arguments = row.Arguments,
            IsConstraint = row.Constraint is not null,
            IsDeferrable = row.Constraint?.Row.IsDeferrable == true,
            IsInitiallyDeferred = row.Constraint?.Row.IsDeferred == true,
            ReferencedTable = row.ReferencedTable?.QualifiedName,
            OldTable = row.OldTable,
            NewTable = row.NewTable,
            State = row.State,
            Location = schema.Location(item),
            ChangedBy = schema.Changes(item),
            Comment = row.Comment,
        };
    }

    private Policy Policy(PolicyObject item) => new()
    {
        Name = item.Name,
        IsPermissive = item.Row.IsPermissive,
        Command = item.Row.Command,
        Roles = item.Row.Roles.IsEmpty ? ["public"] : [.. item.Row.Roles.Select(r => r.Name).Order(StringComparer.Ordinal)],
        Using = schema.Print(item.Row.Using),
        WithCheck = schema.Print(item.Row.WithCheck),
        Location = schema.Location(item),
        ChangedBy = schema.Changes(item),
        Comment = item.Row.Comment,
    };

    private static ImmutableArray<string> Names(RelationObject table, ImmutableArray<short> columns) => [.. columns.Select(c => table.Column(c).Name)];
}
