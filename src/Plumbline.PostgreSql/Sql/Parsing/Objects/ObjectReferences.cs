using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing.Objects;

/// <summary>Objects as COMMENT, DROP, ALTER EXTENSION and SECURITY LABEL name them.</summary>
internal static class ObjectReferences
{
    /// <summary>The words that name a kind of object.</summary>
    public static SqlObjectKind Kind(TokenReader r)
    {
        switch (r.Current.Keyword)
        {
            case K.Materialized:
                r.Advance();
                r.Expect(K.View);
                return SqlObjectKind.MaterializedView;
            case K.Foreign:
                r.Advance();
                if (r.Accept(K.Table))
                {
                    return SqlObjectKind.ForeignTable;
                }

                r.Expect(K.Data, K.Wrapper);
                return SqlObjectKind.ForeignDataWrapper;
            case K.Event:
                r.Advance();
                r.Expect(K.Trigger);
                return SqlObjectKind.EventTrigger;
            case K.Access:
                r.Advance();
                r.Expect(K.Method);
                return SqlObjectKind.AccessMethod;
            case K.Large:
                r.Advance();
                r.Expect(K.Object);
                return SqlObjectKind.LargeObject;
            case K.Procedural:
                r.Advance();
                r.Expect(K.Language);
                return SqlObjectKind.Language;
            case K.Operator:
                r.Advance();
                return r.Accept(K.Class) ? SqlObjectKind.OperatorClass : r.Accept(K.Family) ? SqlObjectKind.OperatorFamily : SqlObjectKind.Operator;
            case K.Text:
                r.Advance();
                r.Expect(K.Search);
                return TextSearch(r);
        }

        var kind = Word(r.Current.Keyword) ?? throw r.Unexpected();
        r.Advance();
        return kind;
    }

    /// <summary>The kind of text search object behind TEXT SEARCH.</summary>
    public static SqlObjectKind TextSearch(TokenReader r)
    {
        SqlObjectKind? kind = r.Current.Keyword switch
        {
            K.Parser => SqlObjectKind.TextSearchParser,
            K.Dictionary => SqlObjectKind.TextSearchDictionary,
            K.Template => SqlObjectKind.TextSearchTemplate,
            K.Configuration => SqlObjectKind.TextSearchConfiguration,
            _ => null,
        };
        if (kind is null)
        {
            throw r.Unexpected();
        }

        r.Advance();
        return kind.Value;
    }

    /// <summary>An object of a kind.</summary>
    public static ObjectReference OfKind(TokenReader r, SqlObjectKind kind)
    {
        var start = r.Current.Start;
        switch (kind)
        {
            case SqlObjectKind.Type or SqlObjectKind.Domain:
                var type = TypeNames.Parse(r);
                return new ObjectReference(type.Span, kind, type.Name) { Type = type };
            case SqlObjectKind.Function or SqlObjectKind.Procedure or SqlObjectKind.Routine:
                return Signatures.Function(r, kind);
            case SqlObjectKind.Aggregate:
                return Signatures.Aggregate(r);
            case SqlObjectKind.Operator:
                return Signatures.Operator(r);
            case SqlObjectKind.Trigger or SqlObjectKind.Rule or SqlObjectKind.Policy:
                return OnTable(r, kind);
            case SqlObjectKind.Constraint:
                return Constraint(r);
            case SqlObjectKind.OperatorClass or SqlObjectKind.OperatorFamily:
                var name = Names.Qualified(r);
                r.Expect(K.Using);
                var method = Names.Column(r);
                return new ObjectReference(r.SpanFrom(start), kind, name) { Using = method };
            case SqlObjectKind.Cast:
                return Cast(r);
            case SqlObjectKind.Transform:
                r.Expect(K.For);
                var transformed = TypeNames.Parse(r);
                r.Expect(K.Language);
                var language = Names.Column(r);
                return new ObjectReference(r.SpanFrom(start), kind, null) { Type = transformed, Using = language };
            case SqlObjectKind.LargeObject:
                var number = Literals.Number(r);
                return new ObjectReference(r.SpanFrom(start), kind, new QualifiedName(number.Span, [new Identifier(number.Text, number.Span)]));
            default:
                var isQualified = IsInSchema(kind);
                var plain = isQualified ? Names.Qualified(r) : Single(r);
                return new ObjectReference(plain.Span, kind, plain);
        }
    }

    /// <summary>A name without qualifiers.</summary>
    public static QualifiedName Single(TokenReader r)
    {
        var name = Names.Column(r);
        return new QualifiedName(name.Span, [name]);
    }

    /// <summary>name ON table.</summary>
    public static ObjectReference OnTable(TokenReader r, SqlObjectKind kind)
    {
        var name = Single(r);
        r.Expect(K.On);
        var table = Names.Qualified(r);
        return new ObjectReference(r.SpanFrom(name.Span.Start), kind, name) { On = table };
    }

    /// <summary>Whether objects of a kind live in schemas.</summary>
    public static bool IsInSchema(SqlObjectKind kind) => kind is SqlObjectKind.Table or SqlObjectKind.ForeignTable or SqlObjectKind.Index or SqlObjectKind.View
        or SqlObjectKind.MaterializedView or SqlObjectKind.Sequence or SqlObjectKind.Column or SqlObjectKind.Collation or SqlObjectKind.Conversion
        or SqlObjectKind.Statistics or SqlObjectKind.TextSearchParser or SqlObjectKind.TextSearchDictionary or SqlObjectKind.TextSearchTemplate
        or SqlObjectKind.TextSearchConfiguration;

    private static SqlObjectKind? Word(K keyword) => keyword switch
    {
        K.Table => SqlObjectKind.Table,
        K.Index => SqlObjectKind.Index,
        K.View => SqlObjectKind.View,
        K.Sequence => SqlObjectKind.Sequence,
        K.Column => SqlObjectKind.Column,
        K.Constraint => SqlObjectKind.Constraint,
        K.Type => SqlObjectKind.Type,
        K.Domain => SqlObjectKind.Domain,
        K.Schema => SqlObjectKind.Schema,
        K.Database => SqlObjectKind.Database,
        K.Function => SqlObjectKind.Function,
        K.Procedure => SqlObjectKind.Procedure,
        K.Routine => SqlObjectKind.Routine,
        K.Aggregate => SqlObjectKind.Aggregate,
        K.Cast => SqlObjectKind.Cast,
        K.Collation => SqlObjectKind.Collation,
        K.Conversion => SqlObjectKind.Conversion,
        K.Trigger => SqlObjectKind.Trigger,
        K.Rule => SqlObjectKind.Rule,
        K.Policy => SqlObjectKind.Policy,
        K.Extension => SqlObjectKind.Extension,
        K.Language => SqlObjectKind.Language,
        K.Role => SqlObjectKind.Role,
        K.Tablespace => SqlObjectKind.Tablespace,
        K.Publication => SqlObjectKind.Publication,
        K.Subscription => SqlObjectKind.Subscription,
        K.Statistics => SqlObjectKind.Statistics,
        K.Transform => SqlObjectKind.Transform,
        K.Server => SqlObjectKind.Server,
        _ => null,
    };

    private static ObjectReference Constraint(TokenReader r)
    {
        var name = Single(r);
        r.Expect(K.On);
        if (r.At(K.Domain) && r.Next.Keyword != K.Is && r.Next.Symbol != '.')
        {
            r.Advance();
            var domain = Names.Qualified(r);
            return new ObjectReference(r.SpanFrom(name.Span.Start), SqlObjectKind.DomainConstraint, name) { Type = new SqlTypeName(domain.Span, domain) };
        }

        var table = Names.Qualified(r);
        return new ObjectReference(r.SpanFrom(name.Span.Start), SqlObjectKind.Constraint, name) { On = table };
    }

    private static ObjectReference Cast(TokenReader r)
    {
        var start = r.Expect('(').Start;
        var source = TypeNames.Parse(r);
        r.Expect(K.As);
        var target = TypeNames.Parse(r);
        r.Expect(')');
        return new ObjectReference(r.SpanFrom(start), SqlObjectKind.Cast, null) { Type = source, TargetType = target };
    }
}
