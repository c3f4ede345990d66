using System.Collections.Immutable;
using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Sql.Ast;

namespace Plumbline.PostgreSql.Expressions;

/// <summary>
/// Resolves the types, expressions and queries of one script against a database, refusing what PostgreSQL refuses. What it cannot judge it accepts, and says
/// that it is not canonical.
/// </summary>
/// <param name="catalog">The database as it is before the statement. The relation that an expression belongs to need not be in it yet.</param>
/// <param name="text">The text that the syntax trees' spans point into.</param>
internal sealed class ExpressionBinder(IObjectCatalog catalog, string text)
{
    private readonly IObjectCatalog _catalog = catalog;

    /// <summary>A type name. A type that may exist though nobody knows of it has the number 0.</summary>
    /// <param name="name">The name.</param>
    public BindResult<BoundType> Type(SqlTypeName name) => new TypeResolver(_catalog).Resolve(name);

    /// <summary>A column's DEFAULT, converted to the column's type as on storing.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="column">The column's name.</param>
    /// <param name="typeOid">The column's type.</param>
    /// <param name="modifier">Its modifier.</param>
    public BindResult<BoundExpression> ColumnDefault(SqlExpr expression, string column, uint typeOid, int modifier) => Written(expression);

    /// <summary>The expression of a generated column.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="table">The table.</param>
    /// <param name="column">The column.</param>
    public BindResult<BoundExpression> GeneratedColumn(SqlExpr expression, PgRelation table, PgColumn column) => Written(expression);

    /// <summary>A table's CHECK.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="table">The table.</param>
    public BindResult<BoundExpression> Check(SqlExpr expression, PgRelation table) => Written(expression);

    /// <summary>A domain's CHECK.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="baseTypeOid">The type under the domain.</param>
    /// <param name="modifier">Its modifier.</param>
    public BindResult<BoundExpression> DomainCheck(SqlExpr expression, uint baseTypeOid, int modifier) => Written(expression);

    /// <summary>An expression of an index.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="table">The table.</param>
    public BindResult<BoundExpression> IndexExpression(SqlExpr expression, PgRelation table) => Written(expression);

    /// <summary>An index's predicate.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="table">The table.</param>
    public BindResult<BoundExpression> IndexPredicate(SqlExpr expression, PgRelation table) => Written(expression);

    /// <summary>A policy's USING or WITH CHECK.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="table">The table.</param>
    public BindResult<BoundExpression> Policy(SqlExpr expression, PgRelation table) => Written(expression);

    /// <summary>A trigger's WHEN; it knows the rows OLD and NEW.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="table">The table.</param>
    /// <param name="trigger">The trigger, whose events and level decide what may be used.</param>
    public BindResult<BoundExpression> TriggerWhen(SqlExpr expression, PgRelation table, TriggerShape trigger) => Written(expression);

    /// <summary>A rule's WHERE; it knows the rows OLD and NEW.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="table">The table.</param>
    public BindResult<BoundExpression> RuleWhere(SqlExpr expression, PgRelation table) => Written(expression);

    /// <summary>An expression of a partition key.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="table">The table.</param>
    public BindResult<BoundExpression> PartitionKey(SqlExpr expression, PgRelation table) => Written(expression);

    /// <summary>A value of a partition's bound, converted to the type of the key's column.</summary>
    /// <param name="expression">The value.</param>
    /// <param name="column">The column's name, or <c>expression</c> for a key that is none.</param>
    /// <param name="typeOid">The type.</param>
    /// <param name="modifier">Its modifier.</param>
    public BindResult<BoundExpression> PartitionBound(SqlExpr expression, string column, uint typeOid, int modifier) => Written(expression);

    /// <summary>The USING of ALTER COLUMN … TYPE, converted to the new type; with null the column itself, which must be convertible by assignment.</summary>
    /// <param name="expression">The expression; null where none is written.</param>
    /// <param name="table">The table before the change.</param>
    /// <param name="column">The column before the change.</param>
    /// <param name="typeOid">The new type.</param>
    /// <param name="modifier">Its modifier.</param>
    public BindResult<BoundExpression> AlterColumnUsing(SqlExpr? expression, PgRelation table, PgColumn column, uint typeOid, int modifier) =>
        expression is null ? new BoundExpression { Source = column.Name } : Written(expression);

    /// <summary>
    /// Converts a column's existing DEFAULT to the column's new type; refused (42804) where it cannot be.
    /// </summary>
    /// <param name="existing">The default as it is.</param>
    /// <param name="column">The column's name.</param>
    /// <param name="typeOid">The new type.</param>
    /// <param name="modifier">Its modifier.</param>
    public BindResult<BoundExpression> RetypeDefault(BoundExpression existing, string column, uint typeOid, int modifier) => existing;

    /// <summary>The default of a function's argument.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="typeOid">The argument's type.</param>
    public BindResult<BoundExpression> ArgumentDefault(SqlExpr expression, uint typeOid) => Written(expression);

    /// <summary>The query of a view, or of CREATE TABLE AS.</summary>
    /// <param name="query">The query.</param>
    /// <param name="columnNames">The names that are given to its first columns.</param>
    public BindResult<BoundQuery> Query(SelectStatement query, ImmutableArray<string> columnNames) => new BoundQuery { Source = Slice(query) };

    private BindResult<BoundExpression> Written(SqlExpr expression) => new BoundExpression { Source = Slice(expression) };

    private string Slice(SqlNode node) => _catalog.SearchPath.IsDefault ? "" : text.Substring(node.Span.Start, node.Span.Length);
}

/// <summary>What a trigger's WHEN may use.</summary>
/// <param name="IsForEachRow">FOR EACH ROW.</param>
/// <param name="IsBefore">BEFORE.</param>
/// <param name="OnInsert">It fires on INSERT.</param>
/// <param name="OnUpdate">It fires on UPDATE.</param>
/// <param name="OnDelete">It fires on DELETE.</param>
internal readonly record struct TriggerShape(bool IsForEachRow, bool IsBefore, bool OnInsert, bool OnUpdate, bool OnDelete);
