using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing.Queries;

/// <summary>INSERT, UPDATE and DELETE, and the choice between them and queries.</summary>
internal static class DataStatements
{
    /// <summary>The grammar's <c>PreparableStmt</c>: a query or a change of data.</summary>
    public static SqlStatement Preparable(TokenReader r)
    {
        var start = r.Current.Start;
        var with = r.At(K.With) ? WithClauses.Parse(r) : null;
        return r.Current.Keyword switch
        {
            K.Insert => Insert(r, start, with),
            K.Update => Update(r, start, with),
            K.Delete => Delete(r, start, with),
            K.Merge => MergeStatements.Parse(r, start, with),
            _ => QueryParser.ParseBehindWith(r, start, with),
        };
    }

    /// <summary>Whether such a statement begins here.</summary>
    public static bool IsPreparable(TokenReader r) =>
        r.At('(') || r.Current.Keyword is K.Select or K.Values or K.Table or K.With or K.Insert or K.Update or K.Delete or K.Merge;

    /// <summary>Columns that are assigned to.</summary>
    public static AssignmentTarget Target(TokenReader r)
    {
        var column = Names.Column(r);
        var steps = Primaries.Indirection(r);
        return new AssignmentTarget(r.SpanFrom(column.Span.Start), column, steps);
    }

    /// <summary>The assignments behind SET.</summary>
    public static ImmutableArray<Assignment> Assignments(TokenReader r) => Lists.Separated(r, Assignment);

    /// <summary>What OVERRIDING … VALUE names; null where it is not written.</summary>
    public static string? Overriding(TokenReader r)
    {
        if (!r.Accept(K.Overriding))
        {
            return null;
        }

        if (!r.At(K.User, K.System))
        {
            throw r.Unexpected();
        }

        var kind = r.Advance().Keyword == K.User ? "USER" : "SYSTEM";
        r.Expect(K.Value);
        return kind;
    }

    private static InsertStatement Insert(TokenReader r, int start, WithClause? with)
    {
        r.Expect(K.Insert, K.Into);
        var table = Names.Relation(r);
        Identifier? alias = r.Accept(K.As) ? Names.Column(r) : null;
        ImmutableArray<AssignmentTarget> columns = [];
        SelectStatement? source = null;
        string? overriding = null;
        if (!r.Accept(K.Default, K.Values))
        {
            columns = r.At('(') && !IsQueryInParentheses(r) ? Lists.InParentheses(r, Target) : [];
            overriding = Overriding(r);
            source = QueryParser.Parse(r);
        }

        var onConflict = r.At(K.On) ? OnConflict(r) : null;
        var returning = SelectBodies.Returning(r);
        return new InsertStatement(r.SpanFrom(start), table, alias, columns, source)
        {
            With = with,
            Overriding = overriding,
            OnConflict = onConflict,
            Returning = returning,
        };
    }

    private static bool IsQueryInParentheses(TokenReader r) => r.Next switch
    {
        { Symbol: '(' } => true,
        { Keyword: K.Select or K.With or K.Table } => true,
        { Keyword: K.Values } => r.Peek(2).Symbol == '(',
        _ => false,
    };

    private static OnConflictClause OnConflict(TokenReader r)
    {
        var start = r.Expect(K.On).Start;
        r.Expect(K.Conflict);
        ImmutableArray<IndexElement> elements = [];
        SqlExpr? where = null;
        Identifier? constraint = null;
        if (r.At('('))
        {
            elements = Lists.InParentheses(r, IndexElements.Parse);
            where = SelectBodies.Where(r);
        }
        else if (r.Accept(K.On, K.Constraint))
        {
            constraint = Names.Column(r);
        }

        r.Expect(K.Do);
        if (r.Accept(K.Nothing))
        {
            return new OnConflictClause(r.SpanFrom(start), elements, where, constraint, null, null);
        }

        r.Expect(K.Update, K.Set);
        var assignments = Assignments(r);
        var updateWhere = SelectBodies.Where(r);
        return new OnConflictClause(r.SpanFrom(start), elements, where, constraint, assignments, updateWhere);
    }

    private static Assignment Assignment(TokenReader r)
    {
        var start = r.Current.Start;
        var isRow = r.At('(');
        var targets = isRow ? Lists.InParentheses(r, Target) : [Target(r)];
        r.Expect('=');
        var value = ExpressionParser.ParseInside(r);
        return new Assignment(r.SpanFrom(start), targets, value, isRow);
    }

    private static UpdateStatement Update(TokenReader r, int start, WithClause? with)
    {
        r.Expect(K.Update);
        var table = FromItems.RelationWithAlias(r);
        r.Expect(K.Set);
        var assignments = Assignments(r);
        var from = r.Accept(K.From) ? Lists.Separated(r, FromItems.Parse) : [];
        var where = WhereOrCurrent(r);
        var returning = SelectBodies.Returning(r);
        return new UpdateStatement(r.SpanFrom(start), table, assignments) { With = with, From = from, Where = where, Returning = returning };
    }

    private static DeleteStatement Delete(TokenReader r, int start, WithClause? with)
    {
        r.Expect(K.Delete, K.From);
        var table = FromItems.RelationWithAlias(r);
        var usingItems = r.Accept(K.Using) ? Lists.Separated(r, FromItems.Parse) : [];
        var where = WhereOrCurrent(r);
        var returning = SelectBodies.Returning(r);
        return new DeleteStatement(r.SpanFrom(start), table) { With = with, Using = usingItems, Where = where, Returning = returning };
    }

    private static SqlExpr? WhereOrCurrent(TokenReader r)
    {
        if (!r.Accept(K.Where))
        {
            return null;
        }

        if (!r.AtPair(K.Current, K.Of))
        {
            return ExpressionParser.ParseInside(r);
        }

        var start = r.Advance().Start;
        r.Advance();
        var cursor = Names.Column(r);
        return new CurrentOfExpr(r.SpanFrom(start), cursor);
    }
}
