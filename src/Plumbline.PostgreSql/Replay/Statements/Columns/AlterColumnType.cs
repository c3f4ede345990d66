using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Replay.Statements.Constraints;
using Plumbline.PostgreSql.Replay.Statements.Indexes;
using Plumbline.PostgreSql.Replay.Statements.Objects;
using Plumbline.PostgreSql.Replay.Statements.Tables;
using Plumbline.PostgreSql.Replay.Statements.Types;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Tables;

namespace Plumbline.PostgreSql.Replay.Statements.Columns;

/// <summary>ALTER COLUMN … TYPE (<c>ATPrepAlterColumnType</c>, <c>ATExecAlterColumnType</c>, <c>ATPostAlterTypeCleanup</c>).</summary>
/// <param name="alter">The statement.</param>
internal sealed class AlterColumnType(AlterTable alter)
{
    private readonly HashSet<RelationObject> _indexes = [];
    private readonly HashSet<ConstraintObject> _constraints = [];
    private readonly Dictionary<BoundNode, Reparse> _written = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<short> _altered = [];

    private Execution Execution => alter.Execution;

    private RelationObject Table => alter.Table;

    private Database Database => alter.Execution.Database;

    /// <summary>Checks whether the type can be changed, and puts the change off to its pass.</summary>
    public void Prepare(SetTypeAction action)
    {
        alter.Require("ALTER COLUMN ... SET DATA TYPE", "rfc");
        var name = action.Column.Name;
        if (Table.Row.OfType is not null)
        {
            throw new RefusedException("42809", "cannot alter column type of typed table");
        }

        if (action.Using is not null && Table.FindColumn(name) is null)
        {
            AnalyseAlone(action.Using);
        }

        var column = alter.Column(name);
        if (column.Row.Identity != '\0')
        {
            // USING is analysed, then the sequence takes the type, before the column is looked at (transformAlterTableStmt).
            var target = Execution.Binder.Type(action.Type);
            if (action.Using is not null)
            {
                Execution.Binder.Using(action.Using, Table, column, target.Oid, target.Modifier);
            }

            if (Identity.SequenceOf(column) is { Row.Sequence: { } info } sequence)
            {
                sequence.Row = sequence.Row with { Sequence = Sequences.Parse(Execution, info, [], isNew: false, isIdentity: true, target.Oid) };
            }
        }

        if (column.Row.InheritCount > 0)
        {
            throw new RefusedException("42P16", $"cannot alter inherited column \"{name}\"");
        }

        if (Table.Row.PartitionKey is { } key)
        {
            if (key.Keys.Any(k => k.Column == column.Number))
            {
                throw new RefusedException("42P16", $"cannot alter column \"{name}\" because it is part of the partition key of relation \"{Table.Name}\"");
            }

            if (key.Keys.Any(k => k.Expression?.Dependencies.Any(d => d.Oid == Table.Oid && d.Column == column.Number) == true))
            {
                throw new RefusedException("42P16", $"cannot alter column \"{name}\" because it is part of the partition key of relation \"{Table.Name}\"");
            }
        }

        var type = RefusedException.Unplaced(() => Execution.Binder.Type(action.Type));
        Relations.CheckType(Execution, name, type.Oid, Table.Kind, Table);
        var collation = Database.GetType(type.Oid)?.CollationOid ?? 0;
        if (action.Collation is { } written)
        {
            var found = Execution.Binder.Collation(written, isPointedAt: true).Oid;
            collation = collation == 0
                ? throw new RefusedException("42804", $"collations are not supported by type {Database.FormatType(type.Oid)}", written.Span.Start)
                : found;
        }

        if (Table.IsTable || Table.Kind == 'f')
        {
            if (column.Row.IsGenerated && action.Using is not null)
            {
                throw new RefusedException(new SqlError("42601", "cannot specify USING when altering type of generated column") { Detail = $"Column \"{name}\" is a generated column." });
            }

            if (type.Oid != 0 && column.Row.TypeOid != 0)
            {
                Execution.Binder.Using(action.Using, Table, column, type.Oid, type.Modifier);
            }
        }

        if (Table.Kind == 'c')
        {
            RowTypes.RefuseStored(Database, Table, Table);
        }

        alter.Enqueue(AlterPass.AlterType, () => AlterNow(action, type, collation));
    }

    // USING is analysed before the column is looked for (transformAlterTableStmt).
    private void AnalyseAlone(SqlExpr expression)
    {
        try
        {
            Execution.Binder.IndexExpression(expression, Table);
        }
        catch (RefusedException refused) when (refused.Error.SqlState == "42P17")
        {
            // Whether it can change is nobody's question here.
        }
    }

    /// <summary>Creates again what depends on the altered columns.</summary>
    public void Rebuild()
    {
        foreach (var index in _indexes.OrderBy(i => i.Oid))
        {
            if (Database.FindObject(index.Oid) is not null)
            {
                RebuildIndex(index);
            }
        }

        foreach (var constraint in _constraints.OrderBy(c => c.Oid))
        {
            if (Database.FindObject(constraint.Oid) is not null)
            {
                RebuildConstraint(constraint);
            }
        }
    }

    private void AlterNow(SetTypeAction action, BoundType type, uint collation)
    {
        var column = alter.Column(action.Column.Name);
        if (!_altered.Add(column.Number))
        {
            throw new RefusedException("0A000", $"cannot alter type of column \"{column.Name}\" twice");
        }

        var before = column.Row;
        var after = before with
        {
            TypeOid = type.Oid,
            Modifier = type.Modifier,
            CollationOid = collation,
            WrittenType = type.Oid == 0 ? type.Type : null,
            Storage = null,
            Compression = null,
            StatisticsTarget = before.StatisticsTarget,
        };
        BoundExpression? value = null;
        if (before.Default?.Expression is BoundExpression existing)
        {
            value = type.Oid == 0 || before.TypeOid == 0 || !existing.IsCanonical
                ? existing
                : Retype(existing, before, after);
        }

        RememberDependents(column);
        column.Row = after;
        Database.ForgetDependencies(new ObjectAddress(Table, column.Number), d => d.Referenced.Object is TypeObject or ExtensionObject);
        Database.DependOnType(new ObjectAddress(Table, column.Number), type.Oid);
        if (value is not null)
        {
            Defaults.Store(Execution, column, value, before.IsGenerated);
        }

        foreach (var child in Table.Children.Items)
        {
            AlterChild(child, column);
        }
    }

    private BoundExpression Retype(BoundExpression existing, ColumnRow before, ColumnRow after)
    {
        try
        {
            return Execution.Binder.Retype(existing, after);
        }
        catch (RefusedException refused) when (before.IsGenerated && refused.Error.SqlState == "42804")
        {
            throw new RefusedException("42804", $"generation expression for column \"{before.Name}\" cannot be cast automatically to type {Database.FormatType(after.TypeOid)}");
        }
    }

    private void AlterChild(RelationObject child, ColumnObject column)
    {
        if (child.FindColumn(column.Name) is not { } inherited)
        {
            return;
        }

        inherited.Row = inherited.Row with { TypeOid = column.Row.TypeOid, Modifier = column.Row.Modifier, CollationOid = column.Row.CollationOid, WrittenType = column.Row.WrittenType };
        foreach (var grandchild in child.Children.Items)
        {
            AlterChild(grandchild, inherited);
        }
    }

    private string Format(ColumnRow row) => row.WrittenType?.ToString() ?? Database.FormatType(row.TypeOid, row.Modifier);

    // RememberAllDependentForRebuilding
    private void RememberDependents(ColumnObject column)
    {
        foreach (var dependency in Table.ReferencedBy.Items.OrderBy(d => d.Dependent.Object.Oid))
        {
            if (dependency.Referenced.Column != column.Number)
            {
                continue;
            }

            switch (dependency.Dependent.Object)
            {
                case RelationObject { IsIndex: true } index:
                    Remember(index);
                    break;
                case RelationObject { Kind: 'v' or 'm' } view:
                    throw Used("0A000", "by a view or rule", $"rule _RETURN on {Database.DescribeRelation(view)} depends on column \"{column.Name}\"");
                case RuleObject rule:
                    throw Used("0A000", "by a view or rule", $"{Database.Describe(new ObjectAddress(rule))} depends on column \"{column.Name}\"");
                case ConstraintObject constraint:
                    Remember(constraint);
                    break;
                case TriggerObject trigger:
                    throw Used("0A000", "in a trigger definition", $"{Database.Describe(new ObjectAddress(trigger))} depends on column \"{column.Name}\"");
                case PolicyObject policy:
                    throw Used("0A000", "in a policy definition", $"{Database.Describe(new ObjectAddress(policy))} depends on column \"{column.Name}\"");
                case DefaultObject value when value.Relation == Table && value.Column != column.Number:
                    throw new RefusedException(new SqlError("42601", "cannot alter type of a column used by a generated column")
                    {
                        Detail = $"Column \"{column.Name}\" is used by generated column \"{Table.Column(value.Column).Name}\".",
                    });
                case FunctionObject function:
                    throw Used("0A000", "by a function or procedure", $"{Database.Describe(new ObjectAddress(function))} depends on column \"{column.Name}\"");
            }
        }
    }

    private static RefusedException Used(string state, string where, string detail) => new(new SqlError(state, $"cannot alter type of a column used {where}") { Detail = detail });

    private void Remember(RelationObject index)
    {
        if (!_indexes.Add(index))
        {
            return;
        }

        foreach (var key in index.Row.Index!.Keys)
        {
            RememberText(key.Expression);
        }

        RememberText(index.Row.Index.Predicate);
    }

    private void Remember(ConstraintObject constraint)
    {
        if (!_constraints.Add(constraint))
        {
            return;
        }

        if (constraint.Row.Kind is ConstraintKind.PrimaryKey or ConstraintKind.Unique or ConstraintKind.Exclusion && constraint.Row.Index is { } index)
        {
            Remember(index);
        }

        RememberText(constraint.Row.Expression);
    }

    // The text is taken before the type changes, as PostgreSQL takes it.
    private void RememberText(BoundNode? node)
    {
        if (node is not null && Reparse.Take(Execution, node) is { } written)
        {
            _written[node] = written;
        }
    }

    private void RebuildIndex(RelationObject index)
    {
        var info = index.Row.Index!;
        var keys = info.Keys.Select(k =>
        {
            if (k.Expression is { } expression)
            {
                var bound = Rebind(expression, (b, e) => b.IndexExpression(e, info.Table));
                var newType = (bound as BoundExpression)?.TypeOid ?? k.TypeOid;
                return k with { Expression = bound, TypeOid = newType, OperatorClass = newType == k.TypeOid ? k.OperatorClass : Reclass(index, k, newType) };
            }

            var column = info.Table.Column(k.Column);
            return column.Row.TypeOid == k.TypeOid
                ? k with { CollationOid = column.Row.CollationOid }
                : k with { TypeOid = column.Row.TypeOid, CollationOid = column.Row.CollationOid, OperatorClass = Reclass(index, k, column.Row.TypeOid) };
        });
        index.SetQuietly(index.Row with { Index = info with { Keys = [.. keys], Predicate = Rebind(info.Predicate, (b, e) => b.IndexPredicate(e, info.Table)) } });
        Database.ForgetDependencies(new ObjectAddress(index), d => d.Kind == DependencyType.Normal);
        foreach (var key in index.Row.Index!.Keys)
        {
            Database.DependOn(new ObjectAddress(index), key.Expression, DependencyType.Normal, info.Table);
            if (key.OperatorClass is { Oid: >= BuiltinCatalog.FirstExtensionOid } operatorClass)
            {
                Database.DependOn(new ObjectAddress(index), new ObjectDependency(DependencyKind.Operator, operatorClass.Oid), DependencyType.Normal);
            }
        }

        Database.DependOn(new ObjectAddress(index), index.Row.Index.Predicate, DependencyType.Normal, info.Table);
    }

    // A class that is the type's default is not printed, so that the new type's default takes its place.
    private PgOperatorClass? Reclass(RelationObject index, IndexKeyInfo key, uint type)
    {
        if (type == 0)
        {
            return key.OperatorClass;
        }

        var types = new Expressions.Analysis.TypeSystem(Database);
        var method = index.Row.Index!.Method;
        if (key.OperatorClass is null || OperatorClasses.Default(Database, types, key.TypeOid, method)?.Oid == key.OperatorClass.Oid)
        {
            return OperatorClasses.Resolve(Execution, null, type, method);
        }

        if (!types.IsBinaryCoercible(type, key.OperatorClass.InputOid))
        {
            var name = Database.SearchPath.Contains(key.OperatorClass.Schema) ? key.OperatorClass.Name : $"{key.OperatorClass.Schema}.{key.OperatorClass.Name}";
            throw new RefusedException("42804", $"operator class \"{name}\" does not accept data type {Database.FormatType(type)}");
        }

        return key.OperatorClass;
    }

    private void RebuildConstraint(ConstraintObject constraint)
    {
        var row = constraint.Row;
        switch (row.Kind)
        {
            case ConstraintKind.Check when row.Expression is { } expression:
                var bound = Rebind(expression, (b, e) => b.Check(e, row.Table!));
                Database.ForgetDependencies(new ObjectAddress(constraint));
                constraint.SetQuietly(row with { Expression = bound });
                Checks.DependOnColumns(Database, constraint);
                break;
            case ConstraintKind.ForeignKey:
                for (var i = 0; i < row.Columns.Length; i++)
                {
                    ForeignKeys.CheckTypes(Execution, row.Name, row.Table!.Column(row.Columns[i]), row.ReferencedTable!.Column(row.ReferencedColumns[i]));
                }

                break;
        }
    }

    private BoundNode? Rebind(BoundNode? node, Func<Binder, SqlExpr, BoundExpression> bind) =>
        node is not null && _written.TryGetValue(node, out var written) ? written.Bind(Execution, bind) : node;
}
