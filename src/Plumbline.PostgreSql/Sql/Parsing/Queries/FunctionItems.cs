using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.PostgreSql.Sql.Lexing;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing.Queries;

/// <summary>Functions in FROM ("Table Functions").</summary>
internal static class FunctionItems
{
    /// <summary>A function, or ROWS FROM; null where a table's name is here.</summary>
    public static FunctionItem? TryParse(TokenReader r, int start, bool isLateral)
    {
        ImmutableArray<FunctionItemCall> calls;
        var isRowsFrom = r.AcceptPair(K.Rows, K.From);
        if (isRowsFrom)
        {
            calls = Lists.InParentheses(r, RowsFromCall);
        }
        else if (IsCall(r))
        {
            var call = Call(r);
            calls = [new FunctionItemCall(call.Span, call, [])];
        }
        else
        {
            return null;
        }

        var withOrdinality = r.At(K.With) && r.Next.Keyword is K.Ordinality or K.Time;
        if (withOrdinality)
        {
            r.Advance();
            r.Expect(K.Ordinality);
        }

        var (alias, columns) = Alias(r);
        return new FunctionItem(r.SpanFrom(start), calls, isRowsFrom, isLateral, withOrdinality, alias, columns);
    }

    /// <summary>A call without OVER and FILTER: the grammar's <c>func_expr_windowless</c>.</summary>
    public static SqlExpr Call(TokenReader r) =>
        r.At(TokenKind.Keyword) && SpecialCalls.TryParse(r) is { } special ? special : Calls.Arguments(r, Names.Function(r));

    /// <summary>Whether a call is here, not only a name.</summary>
    public static bool IsCall(TokenReader r)
    {
        if (r.Current.Keyword is K.CurrentDate or K.CurrentRole or K.CurrentUser or K.SessionUser or K.SystemUser or K.User or K.CurrentCatalog
            or K.CurrentSchema or K.CurrentTime or K.CurrentTimestamp or K.Localtime or K.Localtimestamp or K.Cast or K.Collation)
        {
            return true;
        }

        var category = r.At(TokenKind.Keyword) ? KeywordTable.CategoryOf(r.Current.Keyword) : KeywordCategory.Unreserved;
        if (r.Next.Symbol == '(')
        {
            return category is KeywordCategory.TypeOrFunctionName or KeywordCategory.Unreserved
                ? Names.IsTypeOrFunctionName(r.Current) : IsSpecial(r.Current.Keyword);
        }

        return category == KeywordCategory.TypeOrFunctionName || (r.Next.Symbol == '.' && Names.IsColumnName(r.Current) && IsQualifiedCall(r));
    }

    private static bool IsSpecial(K keyword) =>
        keyword is K.Coalesce or K.Greatest or K.Least or K.Nullif or K.Extract or K.Normalize or K.Overlay or K.Position or K.Substring or K.Treat or K.Trim
            or K.Xmlconcat or K.Xmlelement or K.Xmlexists or K.Xmlforest or K.Xmlparse or K.Xmlpi or K.Xmlroot or K.Xmlserialize
            or K.JsonObject or K.JsonArray or K.JsonObjectagg or K.JsonArrayagg or K.Json or K.JsonScalar or K.JsonSerialize
            or K.JsonQuery or K.JsonExists or K.JsonValue or K.MergeAction;

    private static bool IsQualifiedCall(TokenReader r)
    {
        // Looks behind the qualified name, however many parts it has.
        var lexer = new SqlLexer(r.Text, r.Next.Start, r.Text.Length);
        Token token;
        do
        {
            lexer.Next();
            lexer.Next();
            token = lexer.Next();
            if (token.Symbol == '.')
            {
                lexer = new SqlLexer(r.Text, token.Start, r.Text.Length);
            }
        }
        while (token.Symbol == '.');
        return token.Symbol == '(';
    }

    private static FunctionItemCall RowsFromCall(TokenReader r)
    {
        var call = Call(r);
        ImmutableArray<FieldDefinition> columns = r.Accept(K.As) ? Fields(r) : [];
        return new FunctionItemCall(r.SpanFrom(call.Span.Start), call, columns);
    }

    private static (TableAlias? Alias, ImmutableArray<FieldDefinition> Columns) Alias(TokenReader r)
    {
        var hasAs = r.Accept(K.As);
        if (hasAs && r.At('('))
        {
            return (null, Fields(r));
        }

        if (!hasAs && !Names.IsColumnName(r.Current))
        {
            return (null, []);
        }

        var name = Names.Column(r);
        if (!r.At('('))
        {
            return (new TableAlias(name.Span, name, []), []);
        }

        // Names alone, or names with types.
        var isNames = r.Peek(2) is { Symbol: ',' or ')' };
        if (!isNames)
        {
            return (new TableAlias(name.Span, name, []), Fields(r));
        }

        var columns = Names.ColumnListInParentheses(r);
        return (new TableAlias(r.SpanFrom(name.Span.Start), name, columns), []);
    }

    private static ImmutableArray<FieldDefinition> Fields(TokenReader r) => Lists.InParentheses(r, Field);

    /// <summary>A name with a type and perhaps a collation.</summary>
    public static FieldDefinition Field(TokenReader r)
    {
        var name = Names.Column(r);
        var type = TypeNames.Parse(r);
        var collation = r.Accept(K.Collate) ? Names.Qualified(r) : null;
        return new FieldDefinition(r.SpanFrom(name.Span.Start), name, type, collation);
    }
}
