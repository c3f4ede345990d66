using System.Collections.Immutable;
using System.Globalization;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.PostgreSql.Sql.Lexing;
using Plumbline.PostgreSql.Sql.Parsing.Queries;
using Plumbline.Schema.Text;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing;

/// <summary>The operands of expressions: the grammar's <c>c_expr</c> ("Value Expressions").</summary>
internal static class Primaries
{
    /// <summary>An operand.</summary>
    public static SqlExpr Parse(TokenReader r)
    {
        var token = r.Current;
        switch (token.Kind)
        {
            case TokenKind.Integer or TokenKind.Numeric:
                return Literals.Number(r);
            case TokenKind.String or TokenKind.EscapeString or TokenKind.UnicodeString or TokenKind.DollarString:
                return Literals.String(r);
            case TokenKind.BitString or TokenKind.HexString:
                r.Advance();
                return new ConstantExpr(token.Span, ConstantKind.BitString, TokenText.ReadString(r.Text, token));
            case TokenKind.Parameter:
                return Parameter(r);
            case TokenKind.Symbol when token.Symbol == '(':
                return ToExpr(r, Parenthesized(r));
            case TokenKind.Identifier or TokenKind.QuotedIdentifier or TokenKind.UnicodeIdentifier:
                return NamedPrimaries.Parse(r);
            case TokenKind.Keyword:
                return Keyword(r, token);
            default:
                throw r.Unexpected();
        }
    }

    /// <summary>A row: <c>ROW(…)</c>, or two or more expressions in parentheses.</summary>
    public static RowExpr Row(TokenReader r)
    {
        if (r.At(K.Row))
        {
            return ExplicitRow(r);
        }

        if (!r.At('('))
        {
            throw r.Unexpected();
        }

        var start = r.Advance().Start;
        var items = ImmutableArray.CreateBuilder<SqlExpr>();
        items.Add(ExpressionParser.ParseInside(r));
        do
        {
            r.Expect(',');
            items.Add(ExpressionParser.ParseInside(r));
        }
        while (!r.At(')'));
        r.Advance();
        return new RowExpr(r.SpanFrom(start), items.ToImmutable(), IsExplicit: false);
    }

    /// <summary>A query or one expression in parentheses, as ANY and ALL take it.</summary>
    public static (SelectStatement? Query, SqlExpr? Value) QueryOrValueInParentheses(TokenReader r)
    {
        var inner = Parenthesized(r, isSingle: true);
        return inner.Query is { } query ? (query, null) : (null, inner.Items[0]);
    }

    /// <summary>A query or a list in parentheses, as IN takes it.</summary>
    public static (SelectStatement? Query, ImmutableArray<SqlExpr> Items) QueryOrListInParentheses(TokenReader r)
    {
        var inner = Parenthesized(r);
        return (inner.Query, inner.Query is null ? inner.Items : []);
    }

    /// <summary>Fields and subscripts behind an operand, where there are any.</summary>
    public static SqlExpr WithIndirection(TokenReader r, SqlExpr operand)
    {
        var steps = Indirection(r);
        return steps.IsEmpty ? operand : new IndirectionExpr(r.SpanFrom(operand.Span.Start), operand, steps);
    }

    /// <summary>Fields and subscripts.</summary>
    public static ImmutableArray<IndirectionStep> Indirection(TokenReader r)
    {
        if (!r.At('.') && !r.At('['))
        {
            return [];
        }

        var steps = ImmutableArray.CreateBuilder<IndirectionStep>(1);
        var isStarMisplaced = false;
        while (r.At('.') || r.At('['))
        {
            isStarMisplaced |= steps.Count > 0 && steps[^1] is StarStep;
            var start = r.Current.Start;
            steps.Add(r.At('[') ? Subscript(r) : Field(r, start));
        }

        if (isStarMisplaced)
        {
            // PostgreSQL finds out when it has read all of them, and names the token behind.
            var place = r.At(TokenKind.End) ? "at end of input" : $"at or near \"{r.TextOf(r.Current)}\"";
            throw TokenReader.Error($"improper use of \"*\" {place}", r.Current.Start);
        }

        return steps.ToImmutable();
    }

    /// <summary>What is between parentheses: a query, or expressions.</summary>
    /// <param name="r">The reader, at the opening parenthesis.</param>
    /// <param name="isSingle">Whether only one expression may be there.</param>
    public static ParenthesizedContent Parenthesized(TokenReader r, bool isSingle = false)
    {
        var isLabelPossible = r.IsLabelPossible;
        r.IsLabelPossible = false;
        r.Enter();
        var start = r.Expect('(').Start;
        var content = Content(r, start, isSingle);
        r.Leave();
        r.IsLabelPossible = isLabelPossible;
        return content;
    }

    private static ParenthesizedContent Content(TokenReader r, int start, bool isSingle)
    {
        SqlExpr first;
        if (QueryParser.IsStart(r))
        {
            return Close(r, start, QueryParser.ParseOpen(r));
        }

        if (r.At('('))
        {
            var inner = Parenthesized(r);
            if (inner.Query is { } query)
            {
                if (r.At(')'))
                {
                    return Close(r, start, query);
                }

                if (QueryParser.IsContinuation(r))
                {
                    return Close(r, start, QueryParser.Continue(r, query));
                }
            }

            first = ExpressionParser.Continue(r, ToExpr(r, inner));
        }
        else
        {
            first = ExpressionParser.Parse(r);
        }

        var items = ImmutableArray.CreateBuilder<SqlExpr>(1);
        items.Add(first);
        while (!isSingle && r.Accept(','))
        {
            items.Add(ExpressionParser.Parse(r));
        }

        r.Expect(')');
        return new ParenthesizedContent(r.SpanFrom(start), null, items.ToImmutable());
    }

    private static ParenthesizedContent Close(TokenReader r, int start, SelectStatement query)
    {
        r.Expect(')');
        return new ParenthesizedContent(r.SpanFrom(start), query, []);
    }

    private static SqlExpr ToExpr(TokenReader r, ParenthesizedContent content)
    {
        if (content.Query is { } query)
        {
            return WithIndirection(r, new SubqueryExpr(content.Span, SubqueryKind.Scalar, query));
        }

        return content.Items.Length == 1
            ? WithIndirection(r, WithSpan(content.Items[0], content.Span))
            : new RowExpr(content.Span, content.Items, IsExplicit: false);
    }

    // The span of what is in parentheses has them in it where it is widened by what follows; its location stays.
    private static SqlExpr WithSpan(SqlExpr value, TextSpan span) => value is OperatorExpr or BooleanExpr or CastExpr ? value with { Span = span } : value;

    private static SqlExpr Keyword(TokenReader r, Token token)
    {
        switch (token.Keyword)
        {
            case K.True or K.False:
                r.Advance();
                return new ConstantExpr(token.Span, ConstantKind.Boolean, token.Keyword == K.True ? "true" : "false");
            case K.Null:
                r.Advance();
                return new ConstantExpr(token.Span, ConstantKind.Null, "");
            case K.Case:
                return Case(r);
            case K.Array:
                return Array(r);
            case K.Row when r.Next.Symbol == '(':
                return ExplicitRow(r);
            case K.Exists when r.Next.Symbol == '(':
                r.Advance();
                var query = QueryParser.InParentheses(r);
                return new SubqueryExpr(r.SpanFrom(token.Start), SubqueryKind.Exists, query);
            case K.Grouping when r.Next.Symbol == '(':
                r.Advance();
                var arguments = Lists.InParentheses(r, ExpressionParser.ParseInside);
                return new GroupingExpr(r.SpanFrom(token.Start), arguments);
            default:
                return SpecialCalls.TryParse(r) ?? NamedPrimaries.Parse(r);
        }
    }

    private static SqlExpr Parameter(TokenReader r)
    {
        var token = r.Current;
        if (!int.TryParse(r.Text.AsSpan(token.Start + 1, token.End - token.Start - 1), CultureInfo.InvariantCulture, out var number))
        {
            throw TokenReader.Error($"parameter number too large at or near \"{r.TextOf(token)}\"", token.Start);
        }

        r.Advance();
        return WithIndirection(r, new ParameterExpr(token.Span, number));
    }

    private static CaseExpr Case(TokenReader r)
    {
        var start = r.Expect(K.Case).Start;
        var operand = r.At(K.When) ? null : ExpressionParser.ParseInside(r);
        var branches = ImmutableArray.CreateBuilder<CaseBranch>();
        do
        {
            var branch = r.Expect(K.When).Start;
            var condition = ExpressionParser.ParseInside(r);
            r.Expect(K.Then);
            var result = ExpressionParser.ParseInside(r);
            branches.Add(new CaseBranch(r.SpanFrom(branch), condition, result));
        }
        while (r.At(K.When));
        var otherwise = r.Accept(K.Else) ? ExpressionParser.ParseInside(r) : null;
        r.Expect(K.End);
        return new CaseExpr(r.SpanFrom(start), operand, branches.ToImmutable(), otherwise);
    }

    private static SqlExpr Array(TokenReader r)
    {
        var start = r.Expect(K.Array).Start;
        if (r.At('('))
        {
            var query = QueryParser.InParentheses(r);
            return new SubqueryExpr(r.SpanFrom(start), SubqueryKind.Array, query);
        }

        return ArrayItems(r, start);
    }

    // Either all items are expressions, or all are arrays in brackets.
    private static ArrayExpr ArrayItems(TokenReader r, int start)
    {
        r.Enter();
        r.Expect('[');
        ImmutableArray<SqlExpr> items = [];
        if (r.At('['))
        {
            items = Lists.Separated<SqlExpr>(r, static r => ArrayItems(r, r.Current.Start));
        }
        else if (!r.At(']'))
        {
            items = Lists.Separated(r, ExpressionParser.ParseInside);
        }

        r.Expect(']');
        r.Leave();
        return new ArrayExpr(r.SpanFrom(start), items);
    }

    private static RowExpr ExplicitRow(TokenReader r)
    {
        var start = r.Expect(K.Row).Start;
        r.Expect('(');
        ImmutableArray<SqlExpr> items = r.At(')') ? [] : Lists.Separated(r, ExpressionParser.ParseInside);
        r.Expect(')');
        return new RowExpr(r.SpanFrom(start), items, IsExplicit: true);
    }

    private static IndirectionStep Field(TokenReader r, int start)
    {
        r.Expect('.');
        if (r.Accept('*'))
        {
            return new StarStep(r.SpanFrom(start));
        }

        var name = Names.Label(r);
        return new FieldStep(r.SpanFrom(start), name);
    }

    private static SubscriptStep Subscript(TokenReader r)
    {
        var start = r.Expect('[').Start;
        var lower = r.At(':') ? null : ExpressionParser.ParseInside(r);
        if (!r.Accept(':'))
        {
            r.Expect(']');
            return new SubscriptStep(r.SpanFrom(start), null, lower, IsSlice: false);
        }

        var upper = r.At(']') ? null : ExpressionParser.ParseInside(r);
        r.Expect(']');
        return new SubscriptStep(r.SpanFrom(start), lower, upper, IsSlice: true);
    }
}

/// <summary>What is between parentheses.</summary>
/// <param name="Span">The whole, with the parentheses.</param>
/// <param name="Query">A query; null where expressions stand there.</param>
/// <param name="Items">The expressions.</param>
internal readonly record struct ParenthesizedContent(TextSpan Span, SelectStatement? Query, ImmutableArray<SqlExpr> Items);
