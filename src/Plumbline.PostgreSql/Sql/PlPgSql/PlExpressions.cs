using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.PostgreSql.Sql.Parsing;
using Plumbline.PostgreSql.Sql.Parsing.Queries;

namespace Plumbline.PostgreSql.Sql.PlPgSql;

/// <summary>Expressions of PL/pgSQL, each of which is what may follow SELECT.</summary>
internal static class PlExpressions
{
    /// <summary>An expression; one with a FROM and so on becomes a query as a value.</summary>
    public static SqlExpr Parse(TokenReader r)
    {
        var query = Query(r);
        return query is { OrderBy.IsEmpty: true, Limit: null, Offset: null, Body: SelectBody { Targets: [{ Alias: null } target] } body } && IsPlain(body)
            ? target.Value
            : new SubqueryExpr(query.Span, SubqueryKind.Scalar, query);
    }

    /// <summary>What may follow SELECT, as a query.</summary>
    public static SelectStatement Query(TokenReader r)
    {
        var start = r.Current.Start;
        return QueryParser.ParseBehindSelect(r, start);
    }

    private static bool IsPlain(SelectBody body) =>
        !body.IsDistinct && body.From.IsEmpty && body.Where is null && body.GroupBy.IsEmpty && body.Having is null && body.Windows.IsEmpty;
}
