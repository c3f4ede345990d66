using System.Collections.Immutable;
using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions.Analysis;
using Plumbline.PostgreSql.Expressions.Printing;
using Plumbline.PostgreSql.Expressions.Tree;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Queries;

namespace Plumbline.PostgreSql.Expressions;

/// <summary>
/// Resolves the types, expressions and queries of one script against a database, refusing what PostgreSQL refuses. What it cannot judge it accepts, and says
/// that it is not canonical.
/// </summary>
/// <param name="catalog">The database as it is before the statement. The relation that an expression belongs to need not be in it yet.</param>
/// <param name="text">The text that the syntax trees' spans point into.</param>
internal sealed class ExpressionBinder(IObjectCatalog catalog, string text)
{
    private readonly Analyzer _analyzer = new(catalog);

    /// <summary>A type name. A type that may exist though nobody knows of it has the number 0.</summary>
    /// <param name="name">The name.</param>
    public BindResult<BoundType> Type(SqlTypeName name) => new TypeResolver(catalog).Resolve(name);

    /// <summary>A column's DEFAULT, converted to the column's type as on storing.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="column">The column's name.</param>
    /// <param name="typeOid">The column's type.</param>
    /// <param name="modifier">Its modifier.</param>
    public BindResult<BoundExpression> ColumnDefault(SqlExpr expression, string column, uint typeOid, int modifier) =>
        Bind(expression, new ParseState(), state => Stored(_analyzer.Transform(state, expression, ExpressionKind.ColumnDefault), column, typeOid, modifier));

    /// <summary>The expression of a generated column.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="table">The table.</param>
    /// <param name="column">The column.</param>
    public BindResult<BoundExpression> GeneratedColumn(SqlExpr expression, PgRelation table, PgColumn column) => Bind(expression, StateFor(table), state =>
    {
        var value = _analyzer.Transform(state, expression, ExpressionKind.GeneratedColumn);
        RefuseGeneratedColumns(value, table);
        if (Volatility(value, state) != PgVolatility.Immutable)
        {
            throw new RefusalException(new SqlError("42P17", "generation expression is not immutable"));
        }

        return Stored(value, column.Name, column.TypeOid, column.Modifier);
    });

    /// <summary>A table's CHECK.</summary>
    /// <remarks>The server tells the place of errors in DEFAULT, CHECK and generation expressions for CREATE TABLE; for ALTER TABLE it tells none.</remarks>
    /// <param name="expression">The expression.</param>
    /// <param name="table">The table.</param>
    public BindResult<BoundExpression> Check(SqlExpr expression, PgRelation table) =>
        Bind(expression, StateFor(table), state => _analyzer.TransformCondition(state, expression, ExpressionKind.Check, "CHECK"));

    /// <summary>A domain's CHECK.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="baseTypeOid">The type under the domain.</param>
    /// <param name="modifier">Its modifier.</param>
    public BindResult<BoundExpression> DomainCheck(SqlExpr expression, uint baseTypeOid, int modifier) => WithoutPosition(Bind(
        expression,
        new ParseState { DomainType = baseTypeOid, DomainModifier = modifier },
        state => _analyzer.TransformCondition(state, expression, ExpressionKind.DomainCheck, "CHECK")));

    /// <summary>A domain's DEFAULT.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="domain">The domain's name.</param>
    /// <param name="baseTypeOid">The type under the domain.</param>
    /// <param name="modifier">Its modifier.</param>
    public BindResult<BoundExpression> DomainDefault(SqlExpr expression, string domain, uint baseTypeOid, int modifier) =>
        ColumnDefault(expression, domain, baseTypeOid, modifier);

    /// <summary>An expression of an index.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="table">The table.</param>
    public BindResult<BoundExpression> IndexExpression(SqlExpr expression, PgRelation table) => Bind(expression, StateFor(table), state =>
    {
        var value = _analyzer.Transform(state, expression, ExpressionKind.IndexExpression);
        while (value is CollateNode collate)
        {
            value = collate.Argument;
        }

        return value is VarExpr { Column: > 0 } || Volatility(value, state) == PgVolatility.Immutable
            ? value
            : throw new RefusalException(new SqlError("42P17", "functions in index expression must be marked IMMUTABLE"));
    });

    /// <summary>An index's predicate.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="table">The table.</param>
    public BindResult<BoundExpression> IndexPredicate(SqlExpr expression, PgRelation table) => Bind(expression, StateFor(table), state =>
    {
        var value = _analyzer.TransformCondition(state, expression, ExpressionKind.IndexPredicate, "WHERE");
        return Volatility(value, state) == PgVolatility.Immutable
            ? value
            : throw new RefusalException(new SqlError("42P17", "functions in index predicate must be marked IMMUTABLE"));
    });

    /// <summary>A policy's USING or WITH CHECK.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="table">The table.</param>
    public BindResult<BoundExpression> Policy(SqlExpr expression, PgRelation table) =>
        WithoutPosition(Bind(expression, StateFor(table), state => _analyzer.TransformCondition(state, expression, ExpressionKind.Policy, "POLICY")));

    /// <summary>A trigger's WHEN; it knows the rows OLD and NEW.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="table">The table.</param>
    /// <param name="trigger">The trigger, whose events and level decide what may be used.</param>
    public BindResult<BoundExpression> TriggerWhen(SqlExpr expression, PgRelation table, TriggerShape trigger) =>
        Bind(expression, StateForRows(table, areColumnsVisible: true), state =>
    {
        var value = _analyzer.TransformCondition(state, expression, ExpressionKind.TriggerWhen, "WHEN");
        TriggerRows.Check(value, table, trigger);
        return value;
    });

    /// <summary>A rule's WHERE; it knows the rows OLD and NEW.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="table">The table.</param>
    public BindResult<BoundExpression> RuleWhere(SqlExpr expression, PgRelation table) =>
        Bind(
            expression, StateForRows(table, areColumnsVisible: false), state => _analyzer.TransformCondition(state, expression, ExpressionKind.Where, "WHERE"));

    /// <summary>An expression of a partition key.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="table">The table.</param>
    public BindResult<BoundExpression> PartitionKey(SqlExpr expression, PgRelation table) => Bind(expression, StateFor(table), state =>
    {
        var value = _analyzer.Transform(state, expression, ExpressionKind.PartitionKey);
        while (value is CollateNode collate)
        {
            value = collate.Argument;
        }

        if (value is ConstExpr)
        {
            throw new RefusalException(new SqlError("42P17", "cannot use constant expression as partition key"));
        }

        if (ExprTree.Any(value, e => e is VarExpr { Column: 0 }))
        {
            throw new RefusalException(new SqlError("42P17", "partition key expressions cannot contain whole-row references"));
        }

        return value is VarExpr || Volatility(value, state) == PgVolatility.Immutable
            ? value
            : throw new RefusalException(new SqlError("42P17", "functions in partition key expression must be marked IMMUTABLE"));
    });

    /// <summary>A value of a partition's bound, converted to the type of the key's column.</summary>
    /// <param name="expression">The value.</param>
    /// <param name="column">The column's name, or what stands for a key that is none.</param>
    /// <param name="typeOid">The type.</param>
    /// <param name="modifier">Its modifier.</param>
    public BindResult<BoundExpression> PartitionBound(SqlExpr expression, string column, uint typeOid, int modifier)
    {
        var (value, error) = Bind(expression, new ParseState(), state =>
        {
            var written = _analyzer.Transform(state, expression, ExpressionKind.PartitionBound);
            var converted = _analyzer.CoerceTo(written, typeOid, modifier, CoercionContext.Assignment, CoercionForm.Implicit, -1)
                ?? throw new RefusalException(new SqlError(
                    "42804", $"specified value cannot be cast to type {TypeFormat.Format(catalog, typeOid)} for column \"{column}\"")
                {
                    Position = Locations.Of(written) is >= 0 and var place ? place : null,
                });
            return ConstantValue.Of(converted) ?? throw new NotUnderstoodException("a bound that must be computed");
        });
        return error is not null ? error : value! with { IsBoundValue = value.IsCanonical };
    }

    /// <summary>The USING of ALTER COLUMN … TYPE, converted to the new type; with null the column itself, which must be convertible by assignment.</summary>
    /// <param name="expression">The expression; null where none is written.</param>
    /// <param name="table">The table before the change.</param>
    /// <param name="column">The column before the change.</param>
    /// <param name="typeOid">The new type.</param>
    /// <param name="modifier">Its modifier.</param>
    public BindResult<BoundExpression> AlterColumnUsing(SqlExpr? expression, PgRelation table, PgColumn column, uint typeOid, int modifier) =>
        Bind(expression, StateFor(table), state =>
    {
        var value = expression is null
            ? new VarExpr(1, column.Number, 0, column.TypeOid, column.Modifier, -1) { Collation = column.CollationOid }
            : _analyzer.Transform(state, expression, ExpressionKind.AlterColumnUsing);
        var type = TypeFormat.Format(catalog, typeOid);
        return _analyzer.CoerceTo(value, typeOid, modifier, CoercionContext.Assignment, CoercionForm.Implicit, -1)
            ?? throw new RefusalException(expression is null
                ? new SqlError("42804", $"column \"{column.Name}\" cannot be cast automatically to type {type}")
                {
                    Hint = column.IsGenerated
                        ? null
                        : $"You might need to specify \"USING {Identifiers.Quote(column.Name)}::{TypeFormat.Format(catalog, typeOid, modifier)}\".",
                }
                : new SqlError("42804", $"result of USING clause for column \"{column.Name}\" cannot be cast automatically to type {type}") { Hint = "You might need to add an explicit cast." });
    });

    /// <summary>
    /// Converts a column's existing DEFAULT (or generation expression) to the column's new type; refused (42804) where it cannot be.
    /// </summary>
    /// <param name="existing">The default as it is.</param>
    /// <param name="column">The column's name.</param>
    /// <param name="typeOid">The new type.</param>
    /// <param name="modifier">Its modifier.</param>
    /// <param name="isGenerated">Whether it is a generation expression.</param>
    public BindResult<BoundExpression> RetypeDefault(BoundExpression existing, string column, uint typeOid, int modifier, bool isGenerated = false)
    {
        if (existing.Tree is null)
        {
            return existing;
        }

        try
        {
            var value = _analyzer.CoerceTo(
                Analyzer.WithoutImplicitCoercions(existing.Tree), typeOid, modifier, CoercionContext.Assignment, CoercionForm.Implicit, -1);
            return value is not null
                ? Finish(existing.Source, value, existing.Items)
                : new SqlError("42804", $"{(isGenerated ? "generation expression" : "default")} for column \"{column}\" cannot be cast automatically to type {TypeFormat.Format(catalog, typeOid)}");
        }
        catch (RefusalException e)
        {
            return e.Error;
        }
        catch (Exception e) when (e is NotUnderstoodException or InsufficientExecutionStackException)
        {
            return existing with { Tree = null, IsCanonical = false };
        }
    }

    /// <summary>The default of a function's argument.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="typeOid">The argument's type.</param>
    public BindResult<BoundExpression> ArgumentDefault(SqlExpr expression, uint typeOid) =>
        Bind(
            expression,
            new ParseState(),
            state => _analyzer.ToType(_analyzer.Transform(state, expression, ExpressionKind.FunctionDefault), typeOid, "DEFAULT"));

    /// <summary>The query of a view, or of CREATE TABLE AS.</summary>
    /// <param name="query">The query.</param>
    /// <param name="columnNames">The names that are given to its first columns.</param>
    public BindResult<BoundQuery> Query(SelectStatement query, ImmutableArray<string> columnNames)
    {
        try
        {
            var tree = _analyzer.TransformQuery(query);
            var dependencies = new DependencyCollector(catalog);
            dependencies.Add(tree);
            var columns = tree.Targets.Where(t => !t.IsJunk)
                .Select((t, i) => new BoundColumn(
                    !columnNames.IsDefault && i < columnNames.Length ? columnNames[i] : t.Name ?? "?column?",
                    t.Value.Type,
                    t.Value.Modifier,
                    t.Value.Collation))
                .ToImmutableArray();
            return new BoundQuery { Source = Slice(query), IsCanonical = true, Tree = tree, Columns = columns, Dependencies = dependencies.Found };
        }
        catch (RefusalException e)
        {
            return e.Error;
        }
        catch (Exception e) when (e is NotUnderstoodException or InsufficientExecutionStackException)
        {
            return new BoundQuery { Source = Slice(query) };
        }
    }

    // Where the server no longer has the statement's text at hand, it points nowhere.
    private static BindResult<BoundExpression> WithoutPosition(BindResult<BoundExpression> result) =>
        result.Error is { } error ? error with { Position = null } : result;

    private BindResult<BoundExpression> Bind(SqlExpr? expression, ParseState state, Func<ParseState, Expr> analyze)
    {
        var source = expression is null ? "" : Slice(expression);
        try
        {
            return Finish(source, analyze(state), [.. state.Query.Items]);
        }
        catch (RefusalException e)
        {
            return e.Error;
        }
        catch (Exception e) when (e is NotUnderstoodException or InsufficientExecutionStackException)
        {
            return new BoundExpression { Source = source, Volatility = PgVolatility.Volatile };
        }
    }

    private BoundExpression Finish(string source, Expr tree, ImmutableArray<RangeItem> items)
    {
        var dependencies = new DependencyCollector(catalog);
        dependencies.Add(tree, [.. items]);
        return new BoundExpression { Source = source, IsCanonical = true, Tree = tree, Items = items, Dependencies = dependencies.Found, Volatility = dependencies.Volatility };
    }

    private ParseState StateFor(PgRelation table)
    {
        var state = new ParseState();
        state.Namespace.Add(_analyzer.AddRelation(state, table, null, isOnly: false));
        return state;
    }

    private ParseState StateForRows(PgRelation table, bool areColumnsVisible)
    {
        var state = new ParseState();
        foreach (var name in (ReadOnlySpan<string>)["old", "new"])
        {
            var item = _analyzer.AddRelation(state, table, null, isOnly: false, name);
            item.AreColumnsVisible = areColumnsVisible;
            state.Namespace.Add(item);
        }

        return state;
    }

    private PgVolatility Volatility(Expr value, ParseState state)
    {
        var collector = new DependencyCollector(catalog);
        collector.Add(value, state.Query.Items);
        return collector.CertainVolatility;
    }

    private Expr Stored(Expr value, string column, uint typeOid, int modifier) =>
        _analyzer.CoerceTo(value, typeOid, modifier, CoercionContext.Assignment, CoercionForm.Implicit, -1)
            ?? throw new RefusalException(
                new SqlError("42804", $"column \"{column}\" is of type {TypeFormat.Format(catalog, typeOid)} but default expression is of type {TypeFormat.Format(catalog, value.Type)}")
                {
                    Hint = "You will need to rewrite or cast the expression.",
                });

    private static void RefuseGeneratedColumns(Expr value, PgRelation table) => ExprTree.Any(value, node =>
    {
        if (node is not VarExpr variable)
        {
            return false;
        }

        int? place = variable.Location >= 0 ? variable.Location : null;
        if (variable.Column == 0)
        {
            throw new RefusalException(new SqlError("42P17", "cannot use whole-row variable in column generation expression")
            {
                Detail = "This would cause the generated column to depend on its own value.",
                Position = place,
            });
        }

        return table.Columns.FirstOrDefault(c => c.Number == variable.Column) is { IsGenerated: true } generated
            ? throw new RefusalException(new SqlError("42P17", $"cannot use generated column \"{generated.Name}\" in column generation expression")
            {
                Detail = "A generated column cannot reference another generated column.",
                Position = place,
            })
            : false;
    });

    private string Slice(SqlNode node) => node.Span.End <= text.Length ? text.Substring(node.Span.Start, node.Span.Length) : "";
}
