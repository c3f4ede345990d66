using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Lexing;
using Plumbline.PostgreSql.Sql.Parsing.Objects;
using Plumbline.PostgreSql.Sql.Parsing.Queries;
using Plumbline.PostgreSql.Sql.Parsing.Session;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing;

/// <summary>The choice among all statements, by their first words.</summary>
internal static class Statements
{
    /// <summary>A statement, up to what can't belong to it any more.</summary>
    /// <exception cref="SqlSyntaxException">PostgreSQL would refuse it.</exception>
    public static SqlStatement Parse(TokenReader r) => TryParse(r) ?? throw r.Unexpected();

    /// <summary>A statement; null where none can begin with the current token.</summary>
    /// <exception cref="SqlSyntaxException">PostgreSQL would refuse what begins here.</exception>
    public static SqlStatement? TryParse(TokenReader r)
    {
        r.Enter();
        var statement = One(r);
        r.Leave();
        return statement;
    }

    private static SqlStatement? One(TokenReader r)
    {
        var start = r.Current.Start;
        switch (r.Current.Keyword)
        {
            case K.Create:
                r.Advance();
                return CreateStatements.Parse(r, start);
            case K.Alter:
                r.Advance();
                return AlterStatements.Parse(r, start);
            case K.Drop:
                return Drops.Parse(r);
            case K.Comment:
                return Comments.Parse(r);
            case K.Security:
                return Comments.SecurityLabel(r);
            case K.Grant or K.Revoke:
                return Grants.Parse(r);
            case K.Set:
                return SetStatements.Parse(r);
            case K.Reset:
                return SetStatements.Reset(r);
            case K.Show:
                return SetStatements.Show(r);
            case K.Reassign:
                return Roles.ReassignOwned(r);
            case K.Import:
                return OtherObjects.Import(r);
            case K.Copy:
                return CopyStatements.Parse(r);
        }

        if (DataStatements.IsPreparable(r))
        {
            return DataStatements.Preparable(r);
        }

        return Transactions.TryParse(r) ?? Maintenance.TryParse(r) ?? SessionStatements.Parse(r);
    }
}
