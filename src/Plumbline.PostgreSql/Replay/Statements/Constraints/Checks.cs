using System.Collections.Immutable;
using Plumbline.PostgreSql.Expressions;
using Plumbline.PostgreSql.Expressions.Tree;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Sql.Ast.Tables;

namespace Plumbline.PostgreSql.Replay.Statements.Constraints;

/// <summary>CHECK constraints of tables (<c>AddRelationNewConstraints</c>).</summary>
internal static class Checks
{
    /// <summary>Makes a constraint; null where a child has it already and the two are merged.</summary>
    /// <param name="execution">The session.</param>
    /// <param name="table">The table.</param>
    /// <param name="definition">The constraint.</param>
    /// <param name="isNewTable">Whether the table was made by the same statement, so that NOT VALID means nothing.</param>
    /// <param name="names">The names of the statement's other CHECKs, to which this one's is added.</param>
    public static ConstraintObject? Create(Execution execution, RelationObject table, CheckDefinition definition, bool isNewTable, ICollection<string> names)
    {
        var database = execution.Database;
        var expression = execution.Binder.Check(definition.Condition, table);
        var columns = ColumnsOf(table, expression);
        string name;
        if (definition.Name is { } given)
        {
            name = given.Name;
            if (names.Contains(name))
            {
                throw new RefusedException("42710", $"check constraint \"{name}\" already exists");
            }

            names.Add(name);
            if (Merge(execution, table, name, expression, definition.IsNoInherit))
            {
                return null;
            }
        }
        else
        {
            var system = SystemColumn(expression);
            var only = columns.Length == 1 && system is null ? table.Column(columns[0]).Name : columns.IsEmpty ? system : null;
            name = ImplicitNames.ForConstraint(database, table.Namespace, table.Name, only, "check", names);
            names.Add(name);
        }

        var constraint = Add(execution, table, name, expression, definition.IsNoInherit, isNewTable || !definition.IsNotValid, isLocal: true, inheritCount: 0);
        return definition.IsEnforced == false ? NotEnforced(constraint) : constraint;
    }

    /// <summary>Stores a constraint that is bound already.</summary>
    public static ConstraintObject Add(Execution execution, RelationObject table, string name, BoundNode expression, bool noInherit, bool isValidated, bool isLocal, int inheritCount)
    {
        var database = execution.Database;
        var columns = ColumnsOf(table, expression);
        if (noInherit && table.Kind == 'p')
        {
            throw new RefusedException("42P16", $"cannot add NO INHERIT constraint to partitioned table \"{table.Name}\"");
        }

        var constraint = new ConstraintObject(
            database,
            database.NextOid(),
            new ConstraintRow(name, ConstraintKind.Check)
            {
                Table = table,
                Columns = columns,
                Expression = expression,
                NoInherit = noInherit,
                IsValidated = isValidated,
                IsLocal = isLocal,
                InheritCount = inheritCount,
            });
        database.Add(constraint);
        DependOnColumns(database, constraint);
        return constraint;
    }

    /// <summary>Makes a constraint NOT ENFORCED (PostgreSQL 18), which nobody ever validated.</summary>
    public static ConstraintObject NotEnforced(ConstraintObject constraint)
    {
        constraint.Row = constraint.Row with { IsEnforced = false, IsValidated = false };
        return constraint;
    }

    /// <summary>Notes what a constraint needs.</summary>
    public static void DependOnColumns(Database database, ConstraintObject constraint)
    {
        var table = constraint.Row.Table!;
        var address = new ObjectAddress(constraint);
        foreach (var column in constraint.Row.Columns)
        {
            database.Depend(address, new ObjectAddress(table, column), DependencyType.Auto);
        }

        if (constraint.Row.Columns.IsEmpty)
        {
            database.Depend(address, new ObjectAddress(table), DependencyType.Auto);
        }

        database.DependOn(address, constraint.Row.Expression, DependencyType.Normal, table);
    }

    /// <summary>The columns of a table that an expression names, in order of number.</summary>
    public static ImmutableArray<short> ColumnsOf(RelationObject table, BoundNode expression) =>
        [.. expression.Dependencies.Where(d => d.Kind == DependencyKind.Column && d.Oid == table.Oid && d.Column > 0).Select(d => d.Column).Distinct().Order()];

    // Of the server's own columns, tableoid is the only one that a CHECK may name.
    private static string? SystemColumn(BoundExpression expression) => expression.Tree is { } tree && ExprTree.Any(tree, e => e is VarExpr { Column: < 0 }) ? "tableoid" : null;

    // MergeWithExistingConstraint
    private static bool Merge(Execution execution, RelationObject table, string name, BoundExpression expression, bool noInherit)
    {
        if (table.FindConstraint(name) is not { } existing)
        {
            return false;
        }

        var isSame = existing.Row is { Kind: ConstraintKind.Check, InheritCount: > 0, IsLocal: false }
            && existing.Row.Expression is BoundExpression other && other.Print(execution.Database).Text == expression.Print(execution.Database).Text;
        if (!isSame)
        {
            throw new RefusedException("42710", $"constraint \"{name}\" for relation \"{table.Name}\" already exists");
        }

        if (noInherit)
        {
            throw new RefusedException("42P17", $"constraint \"{name}\" conflicts with inherited constraint on relation \"{table.Name}\"");
        }

        existing.Row = existing.Row with { IsLocal = true };
        return true;
    }
}
