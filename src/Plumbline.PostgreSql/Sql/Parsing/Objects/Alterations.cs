using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing.Objects;

/// <summary>RENAME TO, OWNER TO, SET SCHEMA: what ALTER can do to many kinds of object.</summary>
internal static class Alterations
{
    /// <summary>RENAME TO or OWNER TO.</summary>
    public static SqlStatement RenameOrOwner(TokenReader r, int start, ObjectReference target) =>
        r.At(K.Rename) ? Rename(r, start, target) : Owner(r, start, target);

    /// <summary>RENAME TO.</summary>
    public static RenameStatement Rename(TokenReader r, int start, ObjectReference target)
    {
        r.Expect(K.Rename, K.To);
        var name = Names.Column(r);
        return new RenameStatement(r.SpanFrom(start), target, null, null, name, false);
    }

    /// <summary>OWNER TO.</summary>
    public static AlterOwnerStatement Owner(TokenReader r, int start, ObjectReference target)
    {
        r.Expect(K.Owner, K.To);
        var owner = Names.Role(r);
        return new AlterOwnerStatement(r.SpanFrom(start), target, owner);
    }

    /// <summary>SET SCHEMA.</summary>
    public static SetSchemaStatement SetSchema(TokenReader r, int start, ObjectReference target)
    {
        r.Expect(K.Set, K.Schema);
        var schema = Names.Column(r);
        return new SetSchemaStatement(r.SpanFrom(start), target, schema, false);
    }
}
