using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing.Queries;

/// <summary>MERGE ("MERGE").</summary>
internal static class MergeStatements
{
    /// <summary>The statement, whose WITH has been read.</summary>
    public static MergeStatement Parse(TokenReader r, int start, WithClause? with)
    {
        r.Expect(K.Merge, K.Into);
        var table = FromItems.RelationWithAlias(r);
        r.Expect(K.Using);
        var source = FromItems.Parse(r);
        r.Expect(K.On);
        var on = ExpressionParser.ParseInside(r);
        var branches = ImmutableArray.CreateBuilder<MergeBranch>();
        do
        {
            branches.Add(Branch(r));
        }
        while (r.At(K.When));
        var returning = SelectBodies.Returning(r);
        return new MergeStatement(r.SpanFrom(start), table, source, on, branches.ToImmutable()) { With = with, Returning = returning };
    }

    private static MergeBranch Branch(TokenReader r)
    {
        var start = r.Expect(K.When).Start;
        var match = MergeMatch.Matched;
        if (r.Accept(K.Not))
        {
            match = MergeMatch.NotMatchedByTarget;
        }

        r.Expect(K.Matched);
        if (match != MergeMatch.Matched && r.Accept(K.By))
        {
            if (!r.At(K.Source, K.Target))
            {
                throw r.Unexpected();
            }

            match = r.Advance().Keyword == K.Source ? MergeMatch.NotMatchedBySource : match;
        }

        var condition = r.Accept(K.And) ? ExpressionParser.ParseInside(r) : null;
        r.Expect(K.Then);
        if (r.Accept(K.Do, K.Nothing))
        {
            return new MergeBranch(r.SpanFrom(start), match, condition, MergeAction.Nothing);
        }

        if (match == MergeMatch.NotMatchedByTarget)
        {
            return Insert(r, start, condition);
        }

        if (r.Accept(K.Delete))
        {
            return new MergeBranch(r.SpanFrom(start), match, condition, MergeAction.Delete);
        }

        r.Expect(K.Update, K.Set);
        var assignments = DataStatements.Assignments(r);
        return new MergeBranch(r.SpanFrom(start), match, condition, MergeAction.Update) { Assignments = assignments };
    }

    private static MergeBranch Insert(TokenReader r, int start, SqlExpr? condition)
    {
        r.Expect(K.Insert);
        if (r.Accept(K.Default, K.Values))
        {
            return new MergeBranch(r.SpanFrom(start), MergeMatch.NotMatchedByTarget, condition, MergeAction.Insert);
        }

        var columns = r.At('(') ? Lists.InParentheses(r, DataStatements.Target) : [];
        DataStatements.Overriding(r);
        r.Expect(K.Values);
        var values = Lists.InParentheses(r, ExpressionParser.ParseInside);
        return new MergeBranch(r.SpanFrom(start), MergeMatch.NotMatchedByTarget, condition, MergeAction.Insert) { Columns = columns, Values = values };
    }
}
