using Plumbline.PostgreSql.Sql.Ast.Objects;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing.Objects;

/// <summary>COMMENT and SECURITY LABEL (pages of the same names).</summary>
internal static class Comments
{
    /// <summary>COMMENT.</summary>
    public static CommentStatement Parse(TokenReader r)
    {
        var start = r.Expect(K.Comment).Start;
        r.Expect(K.On);
        var target = ObjectReferences.OfKind(r, ObjectReferences.Kind(r));
        r.Expect(K.Is);
        var text = r.Accept(K.Null) ? null : Literals.String(r).Text;
        return new CommentStatement(r.SpanFrom(start), target, text);
    }

    /// <summary>SECURITY LABEL.</summary>
    public static SecurityLabelStatement SecurityLabel(TokenReader r)
    {
        var start = r.Expect(K.Security).Start;
        r.Expect(K.Label);
        var provider = r.Accept(K.For) ? Names.NonReservedOrString(r) : null;
        r.Expect(K.On);
        var target = ObjectReferences.OfKind(r, ObjectReferences.Kind(r));
        r.Expect(K.Is);
        var label = r.Accept(K.Null) ? null : Literals.String(r).Text;
        return new SecurityLabelStatement(r.SpanFrom(start), provider, target, label);
    }
}
