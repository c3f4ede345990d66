using System.Runtime.CompilerServices;
using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions.Tree;
using Plumbline.PostgreSql.Sql.Ast.Expressions;

namespace Plumbline.PostgreSql.Expressions.Analysis;

/// <summary>
/// Resolves names and types in expressions and queries as PostgreSQL's parse analysis does. One is made for each expression; its parts are files of this
/// folder.
/// </summary>
internal sealed partial class Analyzer
{
    private readonly IObjectCatalog _catalog;
    private readonly TypeSystem _types;

    /// <summary>Makes one for one expression or query.</summary>
    /// <param name="catalog">The database.</param>
    public Analyzer(IObjectCatalog catalog)
    {
        _catalog = catalog;
        _types = new TypeSystem(catalog);
    }

    /// <summary>The types of the database.</summary>
    public TypeSystem Types => _types;

    /// <summary>Analyses an expression of a kind, and restores what was analysed before.</summary>
    public Expr Transform(ParseState state, SqlExpr expression, ExpressionKind kind)
    {
        var previous = state.Kind;
        state.Kind = kind;
        var result = Transform(state, expression);
        state.Kind = previous;
        return result;
    }

    /// <summary>Analyses an expression that must be boolean.</summary>
    /// <param name="state">Where it is.</param>
    /// <param name="expression">The expression.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="construct">How messages call what it is the argument of.</param>
    public Expr TransformCondition(ParseState state, SqlExpr expression, ExpressionKind kind, string construct) =>
        ToBoolean(Transform(state, expression, kind), construct);

    private Expr Transform(ParseState state, SqlExpr expression)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new NotUnderstoodException("an expression that is nested too deeply");
        }

        return expression switch
        {
            ColumnRefExpr column => TransformColumn(state, column),
            ConstantExpr constant => TransformConstant(constant),
            CastExpr cast => TransformCast(state, cast),
            FunctionCallExpr call => TransformCall(state, call),
            OperatorExpr op => TransformOperator(state, op),
            BooleanExpr boolean => TransformBoolean(state, boolean),
            IsTestExpr test => TransformTest(state, test),
            InExpr inList => TransformIn(state, inList),
            LikeExpr like => TransformLike(state, like),
            BetweenExpr between => TransformBetween(state, between),
            DistinctExpr distinct => TransformDistinct(state, distinct),
            QuantifiedExpr quantified => TransformQuantified(state, quantified),
            AtTimeZoneExpr zone => TransformAtTimeZone(state, zone),
            OverlapsExpr overlaps => TransformOverlaps(state, overlaps),
            CaseExpr caseExpr => TransformCase(state, caseExpr),
            ConditionalExpr conditional => TransformConditional(state, conditional),
            ValueFunctionExpr function => TransformValueFunction(function),
            SubqueryExpr subquery => TransformSubquery(state, subquery),
            ArrayExpr array => TransformArray(state, array, 0, 0, -1),
            RowExpr row => TransformRow(state, row),
            CollateExpr collate => TransformCollate(state, collate),
            IndirectionExpr indirection => TransformIndirection(state, indirection),
            ParameterExpr parameter => TransformParameter(state, parameter),
            DefaultExpr => throw Refuse("42601", "DEFAULT is not allowed in this context", expression.Location),
            _ => throw new NotUnderstoodException(expression.GetType().Name),
        };
    }

    private static RefusalException Refuse(string sqlState, string message, int? position = null, string? hint = null, string? detail = null) =>
        new(new SqlError(sqlState, message) { Position = position is >= 0 ? position : null, Hint = hint, Detail = detail });

    // A name that is not found is no reason to refuse where somebody else may have brought it.
    private RefusalException RefuseUnlessUnknown(string sqlState, string message, int? position, string? hint = null) =>
        _catalog.HasUnknownObjects ? throw new NotUnderstoodException(message) : Refuse(sqlState, message, position, hint);

    private Expr TransformParameter(ParseState state, ParameterExpr parameter)
    {
        for (var outer = state; outer is not null; outer = outer.Parent)
        {
            if (parameter.Number >= 1 && parameter.Number <= outer.ParameterTypes.Count)
            {
                return new ParamExpr(
                    parameter.Number,
                    outer.ParameterTypes[parameter.Number - 1],
                    parameter.Location)
                { Collation = CollationOf(outer.ParameterTypes[parameter.Number - 1]) };
            }
        }

        throw Refuse("42P02", $"there is no parameter ${parameter.Number}", parameter.Location);
    }

    private uint CollationOf(uint type) => _catalog.GetType(type)?.CollationOid ?? 0;
}
