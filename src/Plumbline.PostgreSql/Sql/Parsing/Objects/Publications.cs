using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Parsing.Queries;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing.Objects;

/// <summary>Publications and subscriptions ("CREATE PUBLICATION", "ALTER PUBLICATION", "CREATE SUBSCRIPTION", "ALTER SUBSCRIPTION").</summary>
internal static class Publications
{
    /// <summary>CREATE PUBLICATION from PUBLICATION on.</summary>
    public static CreatePublicationStatement Create(TokenReader r, int start)
    {
        r.Expect(K.Publication);
        var name = Names.Column(r);
        var allTables = false;
        ImmutableArray<PublicationObjectSpec> objects = [];
        if (r.Accept(K.For))
        {
            if (r.Accept(K.All, K.Tables))
            {
                allTables = true;
            }
            else
            {
                objects = Objects(r);
            }
        }

        var options = Definitions.OptionalWith(r);
        return new CreatePublicationStatement(r.SpanFrom(start), name, allTables, objects, options);
    }

    /// <summary>ALTER PUBLICATION behind these words.</summary>
    public static SqlStatement Alter(TokenReader r, int start)
    {
        var name = ObjectReferences.Single(r);
        if (r.At(K.Rename, K.Owner))
        {
            return Alterations.RenameOrOwner(r, start, new ObjectReference(name.Span, SqlObjectKind.Publication, name));
        }

        if (r.Current.Keyword is not (K.Add or K.Drop or K.Set))
        {
            throw r.Unexpected();
        }

        var action = r.TextOf(r.Advance()).ToUpperInvariant();
        if (action == "SET" && r.At('('))
        {
            var options = Definitions.Parse(r);
            return new AlterPublicationStatement(r.SpanFrom(start), name.Parts[0], action, [], options);
        }

        var objects = Objects(r);
        return new AlterPublicationStatement(r.SpanFrom(start), name.Parts[0], action, objects, []);
    }

    /// <summary>CREATE SUBSCRIPTION from SUBSCRIPTION on.</summary>
    public static CreateOtherObjectStatement CreateSubscription(TokenReader r, int start)
    {
        r.Expect(K.Subscription);
        var name = ObjectReferences.Single(r);
        r.Expect(K.Connection);
        var connection = Literals.String(r);
        r.Expect(K.Publication);
        var publications = PublicationNames(r);
        var options = Definitions.OptionalWith(r);
        return new CreateOtherObjectStatement(
            r.SpanFrom(start),
            new ObjectReference(name.Span, SqlObjectKind.Subscription, name),
            false,
            false,
            [Definitions.Make(r, connection.Span.Start, "connection", connection), Definitions.Make(r, start, "publication", publications), .. options]);
    }

    /// <summary>ALTER SUBSCRIPTION behind these words.</summary>
    public static SqlStatement AlterSubscription(TokenReader r, int start)
    {
        var name = ObjectReferences.Single(r);
        var target = new ObjectReference(name.Span, SqlObjectKind.Subscription, name);
        var optionStart = r.Current.Start;
        switch (r.Current.Keyword)
        {
            case K.Rename or K.Owner:
                return Alterations.RenameOrOwner(r, start, target);
            case K.Enable or K.Disable:
                var mode = r.TextOf(r.Advance());
                return new AlterOtherObjectStatement(r.SpanFrom(start), target, [Definitions.Make(r, optionStart, "enabled", mode)]);
            case K.Connection:
                r.Advance();
                var connection = Literals.String(r);
                return new AlterOtherObjectStatement(r.SpanFrom(start), target, [Definitions.Make(r, optionStart, "connection", connection)]);
            case K.Refresh:
                r.Advance();
                r.Expect(K.Publication);
                var refreshing = Definitions.OptionalWith(r);
                return new AlterOtherObjectStatement(r.SpanFrom(start), target, refreshing);
            case K.Skip:
                r.Advance();
                var skipped = Definitions.Parse(r);
                return new AlterOtherObjectStatement(r.SpanFrom(start), target, skipped);
        }

        if (r.Current.Keyword is not (K.Set or K.Add or K.Drop))
        {
            throw r.Unexpected();
        }

        if (r.Advance().Keyword == K.Set && r.At('('))
        {
            var parameters = Definitions.Parse(r);
            return new AlterOtherObjectStatement(r.SpanFrom(start), target, parameters);
        }

        r.Expect(K.Publication);
        var publications = PublicationNames(r);
        var list = Definitions.Make(r, optionStart, "publication", publications);
        var options = Definitions.OptionalWith(r);
        return new AlterOtherObjectStatement(r.SpanFrom(start), target, [list, .. options]);
    }

    private static OptionList PublicationNames(TokenReader r)
    {
        var start = r.Current.Start;
        var names = Lists.Separated<SqlNode>(r, ObjectReferences.Single);
        return new OptionList(r.SpanFrom(start), names);
    }

    // Behind the first TABLE or TABLES IN SCHEMA, names alone go on with the same kind.
    private static ImmutableArray<PublicationObjectSpec> Objects(TokenReader r)
    {
        var isSchema = false;
        var first = r.Current;
        var objects = ImmutableArray.CreateBuilder<PublicationObjectSpec>();
        do
        {
            if (r.Accept(K.Table))
            {
                isSchema = false;
            }
            else if (r.AtPair(K.Tables, K.In))
            {
                r.Advance();
                r.Expect(K.In, K.Schema);
                isSchema = true;
            }
            else if (objects.Count == 0)
            {
                One(r, isSchema);
                throw TokenReader.Error(
                    "invalid publication object list", first.Start,
                        detail: "One of TABLE or TABLES IN SCHEMA must be specified before a standalone table or schema name.");
            }

            objects.Add(One(r, isSchema));
        }
        while (r.Accept(','));
        return objects.ToImmutable();
    }

    private static PublicationObjectSpec One(TokenReader r, bool isSchema)
    {
        var start = r.Current.Start;
        if (isSchema)
        {
            if (r.Accept(K.CurrentSchema))
            {
                return new PublicationObjectSpec(r.SpanFrom(start), null, false, [], null, null);
            }

            var schema = Names.Column(r);
            return new PublicationObjectSpec(r.SpanFrom(start), null, false, [], null, schema);
        }

        var table = FromItems.Relation(r);
        var columns = Names.OptionalColumnList(r);
        SqlExpr? where = null;
        if (r.Accept(K.Where))
        {
            r.Expect('(');
            where = ExpressionParser.ParseInside(r);
            r.Expect(')');
        }

        return new PublicationObjectSpec(r.SpanFrom(start), table.Name, table.IsOnly, columns, where, null);
    }
}
