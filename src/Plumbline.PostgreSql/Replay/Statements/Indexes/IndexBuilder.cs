using System.Collections.Immutable;
using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions;
using Plumbline.PostgreSql.Expressions.Tree;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Replay.Statements.Columns;
using Plumbline.PostgreSql.Replay.Statements.Constraints;
using Plumbline.PostgreSql.Replay.Statements.Objects;
using Plumbline.PostgreSql.Replay.Statements.Tables;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Replay.Statements.Indexes;

/// <summary>An index that is to be made.</summary>
/// <param name="Name">Its name; null where PostgreSQL chooses it.</param>
/// <param name="Table">Its table.</param>
/// <param name="Method">Its access method.</param>
/// <param name="Elements">Its keys.</param>
internal sealed record IndexDraft(string? Name, RelationObject Table, string Method, ImmutableArray<IndexElement> Elements)
{
    public bool IsUnique { get; init; }

    public bool IsPrimary { get; init; }

    public bool IsConstraint { get; init; }

    public bool NullsNotDistinct { get; init; }

    public bool IsDeferrable { get; init; }

    public bool IsDeferred { get; init; }

    public bool IsAlterTable { get; init; }

    public bool IsConcurrent { get; init; }

    public bool IfNotExists { get; init; }

    public bool IsOnly { get; init; }

    public ImmutableArray<Identifier> Include { get; init; } = [];

    public ImmutableArray<DefinitionOption> Options { get; init; } = [];

    public ImmutableArray<StorageParameter>? BoundOptions { get; init; }

    public ImmutableArray<OperatorName> ExclusionOperators { get; init; } = [];

    public SqlExpr? Predicate { get; init; }

    public BoundNode? BoundPredicate { get; init; }

    /// <summary>Keys that are bound already, of an index that is made after another's likeness.</summary>
    public ImmutableArray<IndexKeyInfo>? BoundKeys { get; init; }

    /// <summary>INCLUDE columns by number, of an index that is made after another's likeness.</summary>
    public ImmutableArray<short> BoundInclude { get; init; } = [];

    public RelationObject? ParentIndex { get; init; }

    public ConstraintObject? ParentConstraint { get; init; }

    /// <summary>Whether its keys exclude each other, be it after another's likeness.</summary>
    public bool IsExclusion =>
        !ExclusionOperators.IsEmpty || ParentConstraint?.Row.Kind == ConstraintKind.Exclusion || (BoundKeys is { } bound && bound.Any(k => k.ExclusionOperator is not null));
}

/// <summary>Makes indexes (<c>DefineIndex</c>, <c>index_create</c>). PostgreSQL documentation, "CREATE INDEX".</summary>
internal static class IndexBuilder
{
    /// <summary>Checks as PostgreSQL does, in its order, and makes the index, with its constraint where it has one. Null where IF NOT EXISTS finds one.</summary>
    public static RelationObject Create(Execution execution, IndexDraft draft) => TryCreate(execution, draft) ?? throw new InvalidOperationException("Only IF NOT EXISTS leaves an index out.");

    /// <summary>As <see cref="Create"/>; null where IF NOT EXISTS finds one of the name.</summary>
    public static RelationObject? TryCreate(Execution execution, IndexDraft draft)
    {
        var database = execution.Database;
        var table = draft.Table;
        var (expressions, predicate, mutable) = Analyse(execution, draft);
        Relations.Open(table);
        if (!table.IsTable && table.Kind != 'm')
        {
            throw new RefusedException(new SqlError("42809", $"cannot create index on relation \"{table.Name}\"") { Detail = $"This operation is not supported for {Sequences.KindDetail(table.Kind)}." });
        }

        if (table.Kind == 'p')
        {
            if (draft.IsConcurrent)
            {
                throw new RefusedException("0A000", $"cannot create index on partitioned table \"{table.Name}\" concurrently");
            }

            if (!draft.ExclusionOperators.IsEmpty)
            {
                throw new RefusedException("0A000", $"cannot create exclusion constraints on partitioned table \"{table.Name}\"");
            }
        }

        if (predicate is BoundExpression { IsTrue: true })
        {
            predicate = null;
        }

        var name = draft.Name ?? ChooseName(execution, draft);
        if (!database.Builtins.HasAccessMethod(draft.Method))
        {
            throw new RefusedException("42704", $"access method \"{draft.Method}\" does not exist");
        }

        CheckMethod(draft);
        if (mutable is not null)
        {
            throw mutable;
        }

        var keys = draft.BoundKeys ?? BindKeys(execution, draft, expressions);
        var include = draft.BoundKeys is null ? BindInclude(draft) : draft.BoundInclude;
        if (draft.IsPrimary && table.PrimaryKey is not null)
        {
            throw new RefusedException("42P16", $"multiple primary keys for table \"{table.Name}\" are not allowed");
        }

        if (table.Kind == 'p' && (draft.IsUnique || draft.IsPrimary))
        {
            CheckPartitionKey(draft, keys);
        }

        foreach (var key in keys)
        {
            if (key.Column < 0 || UsesSystemColumn(key.Expression))
            {
                throw new RefusedException("0A000", "index creation on system columns is not supported");
            }
        }

        if (UsesSystemColumn(predicate))
        {
            throw new RefusedException("0A000", "index creation on system columns is not supported");
        }

        var options = draft.BoundOptions ?? StorageOptions.Parse(execution, draft.Options, draft.Method);
        if (draft.IsPrimary)
        {
            foreach (var key in keys)
            {
                var column = table.Column(key.Column);
                if (!column.Row.IsNotNull)
                {
                    column.Row = column.Row with { IsNotNull = true };
                }
            }
        }

        if (database.FindRelation(table.Namespace, name) is not null)
        {
            if (draft.IfNotExists)
            {
                return null;
            }

            throw new RefusedException("42P07", $"relation \"{name}\" already exists");
        }

        if (draft.IsConstraint && table.FindConstraint(name) is not null)
        {
            throw new RefusedException("42710", $"constraint \"{name}\" for relation \"{table.Name}\" already exists");
        }

        var index = new RelationObject(
            database,
            database.NextOid(),
            new RelationRow(name, table.Namespace, table.Kind == 'p' ? 'I' : 'i', table.Row.Owner)
            {
                Options = options,
                Persistence = table.Row.Persistence,
                IsPartition = draft.ParentIndex is not null,
                Parents = draft.ParentIndex is null ? [] : [draft.ParentIndex],
                Index = new IndexInfo(table, draft.Method, keys)
                {
                    Include = include,
                    Predicate = predicate,
                    IsUnique = draft.IsUnique,
                    IsPrimary = draft.IsPrimary,
                    IsExclusion = draft.IsExclusion,
                    IsImmediate = !draft.IsDeferrable,
                    NullsNotDistinct = draft.NullsNotDistinct,
                    IsValid = !(draft.IsOnly && table.Kind == 'p' && table.Children.Items.Length > 0),
                    Parent = draft.ParentIndex,
                },
            });
        database.Add(index);
        table.Indexes.Add(index);
        if (draft.ParentIndex is { } parent)
        {
            parent.Children.Add(index);
            database.Depend(new ObjectAddress(index), new ObjectAddress(parent), DependencyType.Partition);
        }

        if (draft.IsConstraint)
        {
            var kind = draft.IsPrimary ? ConstraintKind.PrimaryKey : index.Row.Index!.IsExclusion ? ConstraintKind.Exclusion : ConstraintKind.Unique;
            AddConstraint(execution, index, name, kind, draft.IsDeferrable, draft.IsDeferred, draft.ParentConstraint);
        }
        else
        {
            DependOnColumns(database, index, keys, include);
        }

        DependOnKeys(database, index, keys, predicate);
        if (!draft.IsOnly && table.Kind == 'p')
        {
            CreateOnPartitions(execution, draft, index);
        }

        return index;
    }

    /// <summary>Makes the constraint of an index (<c>index_constraint_create</c>).</summary>
    public static ConstraintObject AddConstraint(
        Execution execution, RelationObject index, string name, ConstraintKind kind, bool isDeferrable, bool isDeferred, ConstraintObject? parent = null)
    {
        var database = execution.Database;
        var info = index.Row.Index!;
        var constraint = new ConstraintObject(
            database,
            database.NextOid(),
            new ConstraintRow(name, kind)
            {
                Table = info.Table,
                Columns = [.. info.Keys.Select(k => k.Column)],
                Index = index,
                IsDeferrable = isDeferrable,
                IsDeferred = isDeferred,
                Parent = parent,
                InheritCount = parent is null ? 0 : 1,
                IsLocal = parent is null,
            });
        database.Add(constraint);
        index.Row = index.Row with { Index = index.Row.Index! with { Constraint = constraint, IsImmediate = !isDeferrable } };
        foreach (var column in info.Keys.Select(k => k.Column).Concat(info.Include).Where(c => c > 0).Distinct())
        {
            database.Depend(new ObjectAddress(constraint), new ObjectAddress(info.Table, column), DependencyType.Auto);
        }

        if (info.Keys.All(k => k.Column <= 0))
        {
            database.Depend(new ObjectAddress(constraint), new ObjectAddress(info.Table), DependencyType.Auto);
        }

        database.Depend(new ObjectAddress(index), new ObjectAddress(constraint), DependencyType.Internal);
        if (parent is not null)
        {
            database.Depend(new ObjectAddress(constraint), new ObjectAddress(parent), DependencyType.Partition);
        }

        return constraint;
    }

    /// <summary>Notes what an index's columns are.</summary>
    public static void DependOnColumns(Database database, RelationObject index, ImmutableArray<IndexKeyInfo> keys, ImmutableArray<short> include)
    {
        var any = false;
        foreach (var column in keys.Select(k => k.Column).Concat(include).Where(c => c > 0).Distinct())
        {
            database.Depend(new ObjectAddress(index), new ObjectAddress(index.Row.Index!.Table, column), DependencyType.Auto);
            any = true;
        }

        if (!any)
        {
            database.Depend(new ObjectAddress(index), new ObjectAddress(index.Row.Index!.Table), DependencyType.Auto);
        }
    }

    private static void DependOnKeys(Database database, RelationObject index, ImmutableArray<IndexKeyInfo> keys, BoundNode? predicate)
    {
        var address = new ObjectAddress(index);
        foreach (var key in keys)
        {
            database.DependOn(address, key.Expression, DependencyType.Normal, index.Row.Index!.Table);
            if (key.OperatorClass is { Oid: >= BuiltinCatalog.FirstExtensionOid } operatorClass)
            {
                database.DependOn(address, new ObjectDependency(DependencyKind.Operator, operatorClass.Oid), DependencyType.Normal);
            }
        }

        database.DependOn(address, predicate, DependencyType.Normal, index.Row.Index!.Table);
    }

    private static bool UsesSystemColumn(BoundNode? node) => node is BoundExpression { Tree: { } tree } && ExprTree.Any(tree, e => e is VarExpr { Column: < 0 });

    private static string ChooseName(Execution execution, IndexDraft draft)
    {
        var names = ColumnNames(draft);
        var schema = draft.Table.Namespace;
        var table = draft.Table.Name;
        if (draft.IsPrimary)
        {
            return ImplicitNames.ForRelation(execution.Database, schema, table, null, "pkey", isConstraint: true);
        }

        var (label, isConstraint) = draft switch
        {
            { IsExclusion: true } => ("excl", true),
            { IsConstraint: true } => ("key", true),
            _ => ("idx", false),
        };
        return ImplicitNames.ForRelation(execution.Database, schema, table, ImplicitNames.Columns(names), label, isConstraint);
    }

    private static List<string> ColumnNames(IndexDraft draft)
    {
        if (draft.BoundKeys is { } bound)
        {
            return ImplicitNames.ForIndexColumns(bound.Select(k => k.Column > 0 ? draft.Table.Column(k.Column).Name : k.Name)
                .Concat(draft.BoundInclude.Select(c => draft.Table.Column(c).Name)));
        }

        return ImplicitNames.ForIndexColumns(draft.Elements.Select(e => e.Column?.Name ?? IndexColumnName(e.Expression!))
            .Concat(draft.Include.Select(i => (string?)i.Name)));
    }

    private static string? IndexColumnName(SqlExpr expression) => ColumnNaming.OfIndex(expression);

    private static void CheckMethod(IndexDraft draft)
    {
        var method = draft.Method;
        var keys = draft.BoundKeys?.Length ?? draft.Elements.Length;
        if (draft.IsUnique && method != "btree")
        {
            throw new RefusedException("0A000", $"access method \"{method}\" does not support unique indexes");
        }

        if (!draft.Include.IsEmpty && method is not ("btree" or "gist" or "spgist"))
        {
            throw new RefusedException("0A000", $"access method \"{method}\" does not support included columns");
        }

        if (keys > 1 && method is ("hash" or "spgist"))
        {
            throw new RefusedException("0A000", $"access method \"{method}\" does not support multicolumn indexes");
        }

        if (!draft.ExclusionOperators.IsEmpty && method is ("gin" or "brin"))
        {
            throw new RefusedException("0A000", $"access method \"{method}\" does not support exclusion constraints");
        }
    }

    // The predicate and then the expressions are analysed before anything else is looked at (transformIndexStmt), but for whether they can change.
    private static (ImmutableArray<BoundExpression?> Expressions, BoundNode? Predicate, RefusedException? Mutable) Analyse(Execution execution, IndexDraft draft)
    {
        RefusedException? mutable = null;
        var predicate = draft.BoundPredicate;
        if (predicate is null && draft.Predicate is { } written)
        {
            predicate = Deferred(() => execution.Binder.IndexPredicate(written, draft.Table), ref mutable);
        }

        var expressions = ImmutableArray.CreateBuilder<BoundExpression?>(draft.Elements.Length);
        foreach (var element in draft.Elements)
        {
            expressions.Add(draft.BoundKeys is not null || element.Expression is not { } expression
                ? null
                : Deferred(() => execution.Binder.IndexExpression(expression, draft.Table), ref mutable));
        }

        return (expressions.ToImmutable(), predicate, mutable);
    }

    private static BoundExpression? Deferred(Func<BoundExpression> bind, ref RefusedException? mutable)
    {
        try
        {
            return bind();
        }
        catch (RefusedException refused) when (refused.Error.SqlState == "42P17")
        {
            mutable ??= refused;
            return null;
        }
    }

    private static ImmutableArray<IndexKeyInfo> BindKeys(Execution execution, IndexDraft draft, ImmutableArray<BoundExpression?> expressions)
    {
        var keys = ImmutableArray.CreateBuilder<IndexKeyInfo>(draft.Elements.Length);
        var names = ColumnNames(draft);
        for (var i = 0; i < draft.Elements.Length; i++)
        {
            keys.Add(BindKey(execution, draft, i, expressions[i]) with { Name = names[i] });
        }

        return keys.ToImmutable();
    }

    private static IndexKeyInfo BindKey(Execution execution, IndexDraft draft, int number, BoundExpression? expression)
    {
        var element = draft.Elements[number];
        var database = execution.Database;
        short columnNumber = 0;
        uint type;
        uint collation;
        if (element.Column is { } name)
        {
            if (draft.Table.FindColumn(name.Name) is { } column)
            {
                (columnNumber, type, collation) = (column.Number, column.Row.TypeOid, column.Row.CollationOid);
            }
            else if (SystemColumns.Contains(name.Name))
            {
                // Like any other column until all keys have been looked at.
                (columnNumber, type, collation) = (-1, SystemColumns.Type(name.Name), 0);
            }
            else
            {
                throw draft.IsConstraint
                    ? new RefusedException("42703", $"column \"{name.Name}\" named in key does not exist")
                    : new RefusedException("42703", $"column \"{name.Name}\" does not exist");
            }
        }
        else if (expression!.ColumnNumber > 0)
        {
            var column = draft.Table.Column(expression.ColumnNumber);
            (columnNumber, type, collation) = (column.Number, column.Row.TypeOid, column.Row.CollationOid);
            expression = null;
        }
        else
        {
            (type, collation) = (expression.TypeOid, expression.CollationOid);
            if (expression.IsCanonical && expression.Volatility != PgVolatility.Immutable)
            {
                throw new RefusedException("42P17", "functions in index expression must be marked IMMUTABLE");
            }
        }

        if (element.Collation is { } written)
        {
            collation = execution.Binder.Collation(written).Oid;
        }

        // What cannot be resolved has no type, and its operator class stays as it is written.
        var operatorClass = type == 0 ? Named(database, element, draft.Method) : OperatorClasses.Resolve(execution, element.OperatorClass, type, draft.Method);
        if (draft.Method is not "btree" && (element.Direction != SortDirection.Default || element.Nulls != NullsOrder.Default))
        {
            throw element.Direction == SortDirection.Descending
                ? new RefusedException("0A000", $"access method \"{draft.Method}\" does not support ASC/DESC options")
                : new RefusedException("0A000", element.Nulls != NullsOrder.Default && element.Direction == SortDirection.Default
                    ? $"access method \"{draft.Method}\" does not support NULLS FIRST/LAST options"
                    : $"access method \"{draft.Method}\" does not support ASC/DESC options");
        }

        var descending = element.Direction == SortDirection.Descending;
        return new IndexKeyInfo(columnNumber, expression, type, operatorClass)
        {
            CollationOid = collation,
            IsDescending = descending,
            NullsFirst = element.Nulls == NullsOrder.First || (descending && element.Nulls != NullsOrder.Last),
            OperatorClassParameters = [.. element.OperatorClassOptions.Select(o => new StorageParameter(o.Name, o.Text ?? "true"))],
            ExclusionOperator = draft.ExclusionOperators.IsEmpty ? null : draft.ExclusionOperators[number].Symbol,
        };
    }

    private static PgOperatorClass? Named(Database database, IndexElement element, string method) => element.OperatorClass is not { } name
        ? null
        : database.OperatorClasses(method).FirstOrDefault(c => c.Name == name.Name) ?? new PgOperatorClass(0, name.Schema ?? "pg_catalog", name.Name, method, 0, false);

    private static ImmutableArray<short> BindInclude(IndexDraft draft)
    {
        var numbers = ImmutableArray.CreateBuilder<short>(draft.Include.Length);
        foreach (var name in draft.Include)
        {
            var column = draft.Table.FindColumn(name.Name)
                ?? throw new RefusedException("42703", draft.IsConstraint ? $"column \"{name.Name}\" named in key does not exist" : $"column \"{name.Name}\" does not exist");
            numbers.Add(column.Number);
        }

        return numbers.ToImmutable();
    }

    private static void CheckPartitionKey(IndexDraft draft, ImmutableArray<IndexKeyInfo> keys)
    {
        var table = draft.Table;
        var kind = draft.IsPrimary ? "PRIMARY KEY" : "UNIQUE";
        foreach (var part in table.Row.PartitionKey!.Keys)
        {
            if (part.Column == 0)
            {
                throw new RefusedException(new SqlError("0A000", $"unsupported {kind} constraint with partition key definition")
                {
                    Detail = $"{kind} constraints cannot be used when partition keys include expressions.",
                });
            }

            if (!keys.Any(k => k.Column == part.Column))
            {
                throw new RefusedException(new SqlError("0A000", "unique constraint on partitioned table must include all partitioning columns")
                {
                    Detail = $"{kind} constraint on table \"{table.Name}\" lacks column \"{table.Column(part.Column).Name}\" which is part of the partition key.",
                });
            }
        }
    }

    private static void CreateOnPartitions(Execution execution, IndexDraft draft, RelationObject index)
    {
        foreach (var child in draft.Table.Children.Items)
        {
            if (child.Row.IsPartition && child.Kind != 'f')
            {
                PartitionIndexes.AttachOrCreate(execution, index, child);
            }
        }
    }
}
