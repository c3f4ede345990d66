using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing.Queries;

/// <summary>SELECT … FROM … WHERE … GROUP BY … HAVING … WINDOW ("SELECT").</summary>
internal static class SelectBodies
{
    /// <summary>One SELECT.</summary>
    public static QueryBody Parse(TokenReader r) => ParseBehindSelect(r, r.Expect(K.Select).Start);

    /// <summary>What follows SELECT.</summary>
    public static QueryBody ParseBehindSelect(TokenReader r, int start)
    {
        var isDistinct = false;
        ImmutableArray<SqlExpr> distinctOn = [];
        ImmutableArray<SelectTarget> targets = [];
        if (r.Accept(K.Distinct))
        {
            isDistinct = true;
            distinctOn = r.Accept(K.On) ? Lists.InParentheses(r, ExpressionParser.ParseInside) : [];
            targets = Targets(r);
        }
        else
        {
            r.Accept(K.All);
            targets = IsTargetListOver(r) ? [] : Targets(r);
        }

        var into = r.At(K.Into) ? Into(r) : null;
        var from = r.Accept(K.From) ? Lists.Separated(r, FromItems.Parse) : [];
        var where = Where(r);
        var (groupBy, isGroupByDistinct) = Grouping.Optional(r);
        var having = r.Accept(K.Having) ? ExpressionParser.ParseInside(r) : null;
        var windows = r.Accept(K.Window) ? Windows.Definitions(r) : [];
        var body = new SelectBody(r.SpanFrom(start), targets)
        {
            IsDistinct = isDistinct,
            DistinctOn = distinctOn,
            From = from,
            Where = where,
            GroupBy = groupBy,
            IsGroupByDistinct = isGroupByDistinct,
            Having = having,
            Windows = windows,
        };
        return into is null ? body : new BodyWithInto(body.Span, body, into);
    }

    /// <summary>TABLE name.</summary>
    public static SelectBody TableCommand(TokenReader r)
    {
        var start = r.Expect(K.Table).Start;
        var table = FromItems.Relation(r);
        var star = new ColumnRefExpr(table.Span, [], IsStar: true);
        return new SelectBody(r.SpanFrom(start), [new SelectTarget(table.Span, star, null)]) { From = [table], IsTableCommand = true };
    }

    /// <summary>Separates the INTO of a SELECT from its body.</summary>
    public static IntoClause? TakeInto(ref QueryBody body)
    {
        if (body is not BodyWithInto pair)
        {
            return null;
        }

        body = pair.Body;
        return pair.Into;
    }

    /// <summary>WHERE, or nothing.</summary>
    public static SqlExpr? Where(TokenReader r) => r.Accept(K.Where) ? ExpressionParser.ParseInside(r) : null;

    /// <summary>The items of a select list or of RETURNING.</summary>
    public static ImmutableArray<SelectTarget> Targets(TokenReader r) => Lists.Separated(r, Target);

    /// <summary>RETURNING, or nothing.</summary>
    public static ImmutableArray<SelectTarget> Returning(TokenReader r)
    {
        if (!r.Accept(K.Returning))
        {
            return [];
        }

        // PostgreSQL 18: WITH (OLD AS o, NEW AS n).
        if (r.Accept(K.With))
        {
            Lists.InParentheses(r, static r =>
            {
                if (!r.At(K.Old, K.New))
                {
                    throw r.Unexpected();
                }

                r.Advance();
                r.Expect(K.As);
                return Names.Column(r);
            });
        }

        return Targets(r);
    }

    private static SelectTarget Target(TokenReader r)
    {
        var start = r.Current.Start;
        if (r.At('*'))
        {
            var span = r.Advance().Span;
            return new SelectTarget(span, new ColumnRefExpr(span, [], IsStar: true), null);
        }

        var value = ExpressionParser.ParseBeforeLabel(r);
        Identifier? alias = r.Accept(K.As) ? Names.Label(r) : Names.IsBareLabel(r.Current) ? Names.Take(r) : null;
        return new SelectTarget(r.SpanFrom(start), value, alias);
    }

    private static bool IsTargetListOver(TokenReader r) => r.AtEnd || r.At(')')
        || r.Current.Keyword is K.Into or K.From or K.Where or K.Group or K.Having or K.Window or K.Union or K.Intersect or K.Except
            or K.Order or K.Limit or K.Offset or K.Fetch or K.For or K.On or K.Returning or K.With;

    private static IntoClause Into(TokenReader r)
    {
        var start = r.Expect(K.Into).Start;
        var persistence = TablePersistence.Permanent;
        if (r.At(K.Local, K.Global) && r.Next.Keyword is K.Temp or K.Temporary)
        {
            r.Advance();
        }

        var isNameNext = r.Next.Keyword == K.Table || Names.IsColumnName(r.Next);
        if (isNameNext && r.At(K.Temp, K.Temporary))
        {
            r.Advance();
            persistence = TablePersistence.Temporary;
        }
        else if (isNameNext && r.Accept(K.Unlogged))
        {
            persistence = TablePersistence.Unlogged;
        }

        r.Accept(K.Table);
        var table = Names.Relation(r);
        return new IntoClause(r.SpanFrom(start), table, persistence);
    }

    private sealed record BodyWithInto(Plumbline.Schema.Text.TextSpan Span, SelectBody Body, IntoClause Into) : QueryBody(Span);
}
