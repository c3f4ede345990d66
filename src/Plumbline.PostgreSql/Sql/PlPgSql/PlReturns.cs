using Plumbline.PostgreSql.Sql.Ast;

namespace Plumbline.PostgreSql.Sql.PlPgSql;

/// <summary>RETURN, RETURN NEXT and RETURN QUERY ("Returning from a Function").</summary>
internal static class PlReturns
{
    /// <summary>The statement.</summary>
    public static PlReturn Parse(PlSource source, int start)
    {
        source.Expect("return");
        if (source.Accept("next"))
        {
            var next = source.Current.Symbol == ';' ? null : source.Expression();
            return new PlReturn(source.SpanFrom(start), PlReturnKind.Next, next, null, []);
        }

        if (!source.Accept("query"))
        {
            var value = source.Current.Symbol == ';' ? null : source.Expression();
            return new PlReturn(source.SpanFrom(start), PlReturnKind.Return, value, null, []);
        }

        if (!source.Accept("execute"))
        {
            SqlStatement query = source.Statement();
            return new PlReturn(source.SpanFrom(start), PlReturnKind.Query, null, query, []);
        }

        var command = PlStatements.ExpressionUntil(source, "using", "using");
        var arguments = PlStatements.Using(source);
        return new PlReturn(source.SpanFrom(start), PlReturnKind.Query, command, null, arguments);
    }
}
