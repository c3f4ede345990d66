using System.Collections.Immutable;
using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Queries;

namespace Plumbline.PostgreSql.Replay;

/// <summary>Resolves the expressions, queries and types of statements; where PostgreSQL refuses them, so does the statement.</summary>
/// <param name="execution">The session.</param>
internal sealed class Binder(Execution execution)
{
    private ExpressionBinder? _binder;
    private string? _text;

    private ExpressionBinder Current
    {
        get
        {
            if (_binder is null || !ReferenceEquals(_text, execution.Text))
            {
                _text = execution.Text;
                _binder = new ExpressionBinder(execution.Database, _text);
            }

            return _binder;
        }
    }

    /// <summary>A type that a statement names.</summary>
    public BoundType Type(SqlTypeName name) => Accept(Current.Type(name));

    /// <summary>A column's DEFAULT.</summary>
    public BoundExpression Default(SqlExpr expression, ColumnRow column) =>
        Accept(Current.ColumnDefault(expression, column.Name, column.TypeOid, column.Modifier));

    /// <summary>A column's existing DEFAULT for its new type.</summary>
    public BoundExpression Retype(BoundExpression existing, ColumnRow column) =>
        Accept(Current.RetypeDefault(existing, column.Name, column.TypeOid, column.Modifier, column.IsGenerated));

    /// <summary>The DEFAULT of a domain.</summary>
    public BoundExpression DomainDefault(SqlExpr expression, string domain, uint type, int modifier) =>
        Accept(Current.DomainDefault(expression, domain, type, modifier));

    /// <summary>What generates a column.</summary>
    public BoundExpression Generated(SqlExpr expression, RelationObject table, ColumnObject column) =>
        Accept(Current.GeneratedColumn(expression, table.View, table.View.Columns.First(c => c.Number == column.Number)));

    /// <summary>A table's CHECK.</summary>
    public BoundExpression Check(SqlExpr expression, RelationObject table) => Accept(Current.Check(expression, table.View));

    /// <summary>A domain's CHECK.</summary>
    public BoundExpression DomainCheck(SqlExpr expression, uint type, int modifier) => Accept(Current.DomainCheck(expression, type, modifier));

    /// <summary>An expression of an index.</summary>
    public BoundExpression IndexExpression(SqlExpr expression, RelationObject table) => Accept(Current.IndexExpression(expression, table.View));

    /// <summary>An index's predicate.</summary>
    public BoundExpression IndexPredicate(SqlExpr expression, RelationObject table) => Accept(Current.IndexPredicate(expression, table.View));

    /// <summary>A policy's condition.</summary>
    public BoundExpression Policy(SqlExpr expression, RelationObject table) => Accept(Current.Policy(expression, table.View));

    /// <summary>A trigger's WHEN.</summary>
    public BoundExpression TriggerWhen(SqlExpr expression, RelationObject table, TriggerShape shape) =>
        Accept(Current.TriggerWhen(expression, table.View, shape));

    /// <summary>A rule's WHERE.</summary>
    public BoundExpression RuleWhere(SqlExpr expression, RelationObject table) => Accept(Current.RuleWhere(expression, table.View));

    /// <summary>An expression of a partition key.</summary>
    public BoundExpression PartitionKey(SqlExpr expression, RelationObject table) => Accept(Current.PartitionKey(expression, table.View));

    /// <summary>A value of a partition's bound.</summary>
    public BoundExpression PartitionBound(SqlExpr expression, string column, uint type, int modifier) =>
        Accept(Current.PartitionBound(expression, column, type, modifier));

    /// <summary>The conversion of a column to a new type.</summary>
    public BoundExpression Using(SqlExpr? expression, RelationObject table, ColumnObject column, uint type, int modifier) =>
        Accept(Current.AlterColumnUsing(expression, table.View, table.View.Columns.First(c => c.Number == column.Number), type, modifier));

    /// <summary>The default of a function's argument.</summary>
    public BoundExpression ArgumentDefault(SqlExpr expression, uint type) => Accept(Current.ArgumentDefault(expression, type));

    /// <summary>The query of a view or of CREATE TABLE AS.</summary>
    public BoundQuery Query(SelectStatement query, ImmutableArray<string> columnNames) => Accept(Current.Query(query, columnNames));

    /// <summary>The type of an unquoted or qualified name that must be there; null where there is none.</summary>
    public PgType? FindType(QualifiedName name)
    {
        if (name.Schema is { } schema)
        {
            return execution.Database.FindType(schema, name.Name);
        }

        foreach (var candidate in execution.Database.SearchPath)
        {
            if (execution.Database.FindType(candidate, name.Name) is { } type)
            {
                return type;
            }
        }

        return null;
    }

    /// <summary>The collation of a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="isPointedAt">Whether the server points at it where it is not there.</param>
    /// <exception cref="RefusedException">42704.</exception>
    public PgCollation Collation(QualifiedName name, bool isPointedAt = false)
    {
        if (name.Schema is { } schema)
        {
            if (!execution.Database.HasSchema(schema))
            {
                throw new RefusedException("3F000", $"schema \"{schema}\" does not exist");
            }

            if (execution.Database.FindCollation(schema, name.Name) is { } found)
            {
                return found;
            }
        }
        else
        {
            foreach (var candidate in execution.Database.SearchPath)
            {
                if (execution.Database.FindCollation(candidate, name.Name) is { } found)
                {
                    return found;
                }
            }
        }

        // The server points at the word COLLATE.
        var position = isPointedAt ? execution.Text.LastIndexOf("collate", name.Span.Start, StringComparison.OrdinalIgnoreCase) : -1;
        throw new RefusedException("42704", $"collation \"{name}\" for encoding \"UTF8\" does not exist", position < 0 ? null : position);
    }

    /// <summary>What was accepted.</summary>
    /// <exception cref="RefusedException">It was not.</exception>
    public static T Accept<T>(BindResult<T> result)
        where T : class => result.Value ?? throw new RefusedException(result.Error!);
}
