using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.PostgreSql.Sql.Lexing;
using Plumbline.PostgreSql.Sql.Parsing.Objects;
using Plumbline.PostgreSql.Sql.Parsing.Tables;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing;

/// <summary>The choice among the statements that begin with CREATE.</summary>
internal static class CreateStatements
{
    /// <summary>The statement behind CREATE.</summary>
    public static SqlStatement Parse(TokenReader r, int start)
    {
        if (r.Accept(K.Or, K.Replace))
        {
            return Replaceable(r, start, orReplace: true) ?? throw r.Unexpected();
        }

        switch (r.Current.Keyword)
        {
            case K.Table:
                return CreateTable.Parse(r, start, TablePersistence.Permanent);
            case K.Unique or K.Index:
                return CreateIndex.Parse(r, start);
            case K.Local or K.Global or K.Temp or K.Temporary or K.Unlogged:
                var persistence = Persistence(r);
                return WithPersistence(r, start, persistence) ?? throw r.Unexpected();
            case K.Materialized:
                return CreateTableAs.MaterializedView(r, start, TablePersistence.Permanent);
            case K.Foreign:
                r.Advance();
                if (r.At(K.Table))
                {
                    return CreateTable.Parse(r, start, TablePersistence.Permanent, isForeign: true);
                }

                r.Expect(K.Data, K.Wrapper);
                return OtherObjects.DataWrapper(r, start);
            case K.Schema:
                return OtherObjects.Schema(r, start);
            case K.Type:
                return Types.Create(r, start);
            case K.Domain:
                return Types.CreateDomain(r, start);
            case K.Sequence:
                return Sequences.Create(r, start, TablePersistence.Permanent);
            case K.Event:
                return Triggers.CreateEvent(r, start);
            case K.Policy:
                return ViewsAndRules.CreatePolicy(r, start);
            case K.Statistics:
                return ViewsAndRules.CreateStatistics(r, start);
            case K.Extension:
                return OtherObjects.Extension(r, start);
            case K.User when r.Next.Keyword == K.Mapping && r.Peek(2).Keyword is K.For or K.If:
                r.Advance();
                r.Advance();
                return OtherObjects.CreateUserMapping(r, start);
            case K.Role or K.User or K.Group:
                return Roles.Create(r, start);
            case K.Publication:
                return Publications.Create(r, start);
            case K.Subscription:
                return Publications.CreateSubscription(r, start);
            case K.Cast:
                return OtherObjects.Cast(r, start);
            case K.Operator:
                return OperatorObjects.Create(r, start);
            case K.Collation:
                return OtherObjects.Collation(r, start);
            case K.Text:
                return OtherObjects.TextSearch(r, start);
            case K.Server:
                return OtherObjects.Server(r, start);
            case K.Default or K.Conversion:
                return OtherObjects.Conversion(r, start);
            case K.Access:
                return OtherObjects.AccessMethod(r, start);
            case K.Tablespace:
                return OtherObjects.Tablespace(r, start);
            case K.Database:
                return OtherObjects.Database(r, start);
            case K.Assertion:
                throw Assertion(r);
            default:
                return Replaceable(r, start, orReplace: false) ?? throw r.Unexpected();
        }
    }

    // Those that may have OR REPLACE before them.
    private static SqlStatement? Replaceable(TokenReader r, int start, bool orReplace)
    {
        switch (r.Current.Keyword)
        {
            case K.Function or K.Procedure:
                return Functions.Create(r, start, orReplace);
            case K.View or K.Recursive:
                return ViewsAndRules.CreateView(r, start, orReplace, TablePersistence.Permanent);
            case K.Local or K.Global or K.Temp or K.Temporary or K.Unlogged when orReplace:
                var persistence = Persistence(r);
                return r.At(K.View, K.Recursive) ? ViewsAndRules.CreateView(r, start, orReplace, persistence) : null;
            case K.Trigger or K.Constraint:
                return Triggers.Create(r, start, orReplace);
            case K.Rule:
                return ViewsAndRules.CreateRule(r, start, orReplace);
            case K.Aggregate:
                return OtherObjects.Aggregate(r, start, orReplace);
            case K.Transform:
                return OtherObjects.Transform(r, start, orReplace);
            case K.Trusted or K.Procedural or K.Language:
                return OtherObjects.Language(r, start, orReplace);
            default:
                return null;
        }
    }

    private static TablePersistence Persistence(TokenReader r)
    {
        if (r.Accept(K.Unlogged))
        {
            return TablePersistence.Unlogged;
        }

        if (!r.Accept(K.Local))
        {
            r.Accept(K.Global);
        }

        if (!r.At(K.Temp, K.Temporary))
        {
            throw r.Unexpected();
        }

        r.Advance();
        return TablePersistence.Temporary;
    }

    private static SqlStatement? WithPersistence(TokenReader r, int start, TablePersistence persistence) => r.Current.Keyword switch
    {
        K.Table => CreateTable.Parse(r, start, persistence),
        K.Sequence => Sequences.Create(r, start, persistence),
        K.View or K.Recursive => ViewsAndRules.CreateView(r, start, false, persistence),
        K.Materialized when persistence == TablePersistence.Unlogged => CreateTableAs.MaterializedView(r, start, persistence),
        _ => null,
    };

    private static SqlSyntaxException Assertion(TokenReader r)
    {
        r.Expect(K.Assertion);
        Names.Qualified(r);
        r.Expect(K.Check);
        r.Expect('(');
        ExpressionParser.ParseInside(r);
        r.Expect(')');
        return TokenReader.Error("CREATE ASSERTION is not yet implemented", null, "0A000");
    }
}
