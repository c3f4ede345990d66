using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Parsing.Tables;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing.Objects;

/// <summary>DROP of anything (the pages DROP …).</summary>
internal static class Drops
{
    /// <summary>The statement.</summary>
    public static SqlStatement Parse(TokenReader r)
    {
        var start = r.Expect(K.Drop).Start;
        switch (r.Current.Keyword)
        {
            case K.Owned:
                r.Advance();
                return Roles.DropOwned(r, start);
            case K.User when r.Next.Keyword == K.Mapping && r.Peek(2).Keyword is K.For or K.If:
                r.Advance();
                r.Advance();
                return UserMapping(r, start);
            case K.Role or K.User or K.Group:
                r.Advance();
                return Roles.Drop(r, start);
            case K.Column or K.Constraint or K.Large or K.Null:
                throw r.Unexpected();
        }

        var kind = ObjectReferences.Kind(r);
        var isConcurrent = kind == SqlObjectKind.Index && r.Accept(K.Concurrently);
        var ifExists = kind is SqlObjectKind.Cast or SqlObjectKind.Transform ? r.Accept(K.If, K.Exists) : r.AcceptPair(K.If, K.Exists);
        var isSingle = kind is SqlObjectKind.Trigger or SqlObjectKind.Rule or SqlObjectKind.Policy or SqlObjectKind.Cast or SqlObjectKind.Transform
            or SqlObjectKind.OperatorClass or SqlObjectKind.OperatorFamily or SqlObjectKind.Database or SqlObjectKind.Tablespace or SqlObjectKind.Subscription;
        var objects = isSingle ? [ObjectReferences.OfKind(r, kind)] : Lists.Separated(r, r => ObjectReferences.OfKind(r, kind));
        var isCascade = false;
        if (kind == SqlObjectKind.Database)
        {
            var hasWith = r.Accept(K.With);
            if (hasWith || r.At('('))
            {
                Lists.InParentheses(r, static r => r.Expect(K.Force));
            }
        }
        else if (kind != SqlObjectKind.Tablespace)
        {
            isCascade = AlterTableActions.Behavior(r);
        }

        return new DropStatement(r.SpanFrom(start), kind, objects, ifExists, isCascade, isConcurrent);
    }

    private static DropStatement UserMapping(TokenReader r, int start)
    {
        var ifExists = r.Accept(K.If, K.Exists);
        r.Expect(K.For);
        var mapping = OtherObjects.UserMapping(r);
        return new DropStatement(r.SpanFrom(start), SqlObjectKind.UserMapping, [mapping], ifExists, false, false);
    }
}
