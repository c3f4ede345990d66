using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Ast.Session;
using Plumbline.PostgreSql.Sql.Parsing.Objects;
using Plumbline.PostgreSql.Sql.Parsing.Session;
using Plumbline.PostgreSql.Sql.Parsing.Tables;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing;

/// <summary>The choice among the statements that begin with ALTER.</summary>
internal static class AlterStatements
{
    /// <summary>The statement behind ALTER.</summary>
    public static SqlStatement Parse(TokenReader r, int start)
    {
        switch (r.Current.Keyword)
        {
            case K.Table or K.Index or K.View or K.Sequence:
                return Relation(r, start);
            case K.Materialized:
                r.Advance();
                r.Expect(K.View);
                return AllInTablespace(r, start, SqlObjectKind.MaterializedView) ?? AlterTable.Parse(r, start, SqlObjectKind.MaterializedView);
            case K.Foreign:
                r.Advance();
                if (r.Accept(K.Table))
                {
                    return AlterTable.Parse(r, start, SqlObjectKind.ForeignTable);
                }

                r.Expect(K.Data, K.Wrapper);
                return DataWrapper(r, start);
            case K.Type:
                return Types.Alter(r, start);
            case K.Domain:
                return Types.AlterDomain(r, start);
            case K.Function or K.Procedure or K.Routine:
                var kind = r.Advance().Keyword switch
                {
                    K.Function => SqlObjectKind.Function,
                    K.Procedure => SqlObjectKind.Procedure,
                    _ => SqlObjectKind.Routine
                };
                return Functions.Alter(r, start, kind);
            case K.Event:
                r.Advance();
                r.Expect(K.Trigger);
                return Triggers.AlterEvent(r, start);
            case K.Policy:
                return ViewsAndRules.AlterPolicy(r, start);
            case K.Default:
                return Grants.AlterDefault(r, start);
            case K.User when r.Next.Keyword == K.Mapping && r.Peek(2).Keyword == K.For:
                return UserMapping(r, start);
            case K.Role or K.User or K.Group:
                var isGroup = r.Advance().Keyword == K.Group;
                return Roles.Alter(r, start, isGroup);
            case K.Extension:
                return Extension(r, start);
            case K.Publication:
                r.Advance();
                return Publications.Alter(r, start);
            case K.Subscription:
                r.Advance();
                return Publications.AlterSubscription(r, start);
            case K.Operator:
                return OperatorObjects.Alter(r, start);
            case K.System:
                r.Advance();
                if (!r.At(K.Set, K.Reset))
                {
                    throw r.Unexpected();
                }

                var setting = SetStatements.OfFunction(r);
                return new AlterSystemStatement(r.SpanFrom(start), setting);
            case K.Database:
                return Database(r, start);
            case K.Text:
                return TextSearch(r, start);
            case K.Statistics:
                return Statistics(r, start);
            case K.Large:
                r.Advance();
                r.Expect(K.Object);
                return Alterations.Owner(r, start, ObjectReferences.OfKind(r, SqlObjectKind.LargeObject));
            case K.Trigger or K.Rule:
                return OnTable(r, start);
            case K.Schema or K.Aggregate or K.Collation or K.Conversion or K.Language or K.Procedural or K.Server or K.Tablespace:
                return Other(r, start);
            default:
                throw r.Unexpected();
        }
    }

    private static SqlStatement Relation(TokenReader r, int start)
    {
        var kind = r.Advance().Keyword switch
        {
            K.Table => SqlObjectKind.Table,
            K.Index => SqlObjectKind.Index,
            K.View => SqlObjectKind.View,
            _ => SqlObjectKind.Sequence,
        };
        var all = kind is SqlObjectKind.Table or SqlObjectKind.Index ? AllInTablespace(r, start, kind) : null;
        return all ?? AlterTable.Parse(r, start, kind);
    }

    // ALTER TABLE ALL IN TABLESPACE name [OWNED BY roles] SET TABLESPACE name [NOWAIT]
    private static AlterOtherObjectStatement? AllInTablespace(TokenReader r, int start, SqlObjectKind kind)
    {
        if (!r.Accept(K.All, K.In, K.Tablespace))
        {
            return null;
        }

        var name = ObjectReferences.Single(r);
        if (r.Accept(K.Owned, K.By))
        {
            Names.Roles(r);
        }

        var optionStart = r.Current.Start;
        r.Expect(K.Set, K.Tablespace);
        var target = ObjectReferences.Single(r);
        r.Accept(K.Nowait);
        return new AlterOtherObjectStatement(
            r.SpanFrom(start), new ObjectReference(name.Span, kind, name), [Definitions.Make(r, optionStart, "all_in_tablespace", target)]);
    }

    private static AlterOtherObjectStatement UserMapping(TokenReader r, int start)
    {
        r.Expect(K.User, K.Mapping, K.For);
        var mapping = OtherObjects.UserMapping(r);
        var options = Definitions.AlterGeneric(r);
        return new AlterOtherObjectStatement(r.SpanFrom(start), mapping, options);
    }

    private static SqlStatement DataWrapper(TokenReader r, int start)
    {
        var target = Named(r, SqlObjectKind.ForeignDataWrapper);
        if (r.At(K.Rename, K.Owner))
        {
            return Alterations.RenameOrOwner(r, start, target);
        }

        var options = ImmutableArray.CreateBuilder<DefinitionOption>();
        OtherObjects.WrapperFunctions(r, options);
        if (options.Count == 0 || r.At(K.Options))
        {
            options.AddRange(Definitions.AlterGeneric(r));
        }

        return new AlterOtherObjectStatement(r.SpanFrom(start), target, options.ToImmutable());
    }

    private static SqlStatement Extension(TokenReader r, int start)
    {
        r.Expect(K.Extension);
        var name = ObjectReferences.Single(r);
        switch (r.Current.Keyword)
        {
            case K.Update:
                r.Advance();
                string? version = null;
                while (r.Accept(K.To))
                {
                    version = Names.NonReservedOrString(r);
                }

                return new AlterExtensionUpdateStatement(r.SpanFrom(start), name.Parts[0], version);
            case K.Add or K.Drop:
                var isDrop = r.Advance().Keyword == K.Drop;
                var member = ObjectReferences.OfKind(r, ObjectReferences.Kind(r));
                return new AlterExtensionContentsStatement(r.SpanFrom(start), name.Parts[0], isDrop, member);
            default:
                return Alterations.SetSchema(r, start, new ObjectReference(name.Span, SqlObjectKind.Extension, name));
        }
    }

    private static SqlStatement Database(TokenReader r, int start)
    {
        r.Expect(K.Database);
        var target = Named(r, SqlObjectKind.Database);
        switch (r.Current.Keyword)
        {
            case K.Rename or K.Owner when r.Next.Keyword == K.To:
                return Alterations.RenameOrOwner(r, start, target);
            case K.Refresh:
                r.Advance();
                r.Expect(K.Collation, K.Version);
                return new AlterOtherObjectStatement(r.SpanFrom(start), target, []);
            case K.Set when r.Next.Keyword == K.Tablespace:
                r.Advance();
                r.Advance();
                var tablespace = ObjectReferences.Single(r);
                return new AlterOtherObjectStatement(r.SpanFrom(start), target, [Definitions.Make(r, tablespace.Span.Start, "tablespace", tablespace)]);
            case K.Set or K.Reset:
                var setting = SetStatements.OfFunction(r);
                return new AlterSettingStatement(r.SpanFrom(start), null, target.Name!.Parts[0], setting);
            default:
                var options = OtherObjects.DatabaseOptions(r);
                return new AlterOtherObjectStatement(r.SpanFrom(start), target, options);
        }
    }

    private static SqlStatement TextSearch(TokenReader r, int start)
    {
        r.Expect(K.Text, K.Search);
        var kind = ObjectReferences.TextSearch(r);
        var target = ObjectReferences.OfKind(r, kind);
        if (r.At(K.Rename))
        {
            return Alterations.Rename(r, start, target);
        }

        if (r.AtPair(K.Set, K.Schema))
        {
            return Alterations.SetSchema(r, start, target);
        }

        if (r.At(K.Owner) && kind is SqlObjectKind.TextSearchDictionary or SqlObjectKind.TextSearchConfiguration)
        {
            return Alterations.Owner(r, start, target);
        }

        return kind switch
        {
            SqlObjectKind.TextSearchDictionary => Dictionary(r, start, target),
            SqlObjectKind.TextSearchConfiguration => Mapping(r, start, target.Name!),
            _ => throw r.Unexpected(),
        };
    }

    private static AlterDefinitionStatement Dictionary(TokenReader r, int start, ObjectReference target)
    {
        var options = Definitions.Parse(r);
        return new AlterDefinitionStatement(r.SpanFrom(start), target, options);
    }

    private static AlterTextSearchConfigurationStatement Mapping(TokenReader r, int start, QualifiedName name)
    {
        if (r.Current.Keyword is not (K.Add or K.Alter or K.Drop))
        {
            throw r.Unexpected();
        }

        var action = r.TextOf(r.Advance()).ToUpperInvariant();
        r.Expect(K.Mapping);
        var ifExists = action == "DROP" && r.Accept(K.If, K.Exists);
        ImmutableArray<Identifier> tokens = [];
        if (action != "ALTER" || r.At(K.For))
        {
            r.Expect(K.For);
            tokens = Names.ColumnList(r);
        }

        if (action == "DROP")
        {
            return new AlterTextSearchConfigurationStatement(r.SpanFrom(start), name, action, tokens, [], ifExists);
        }

        if (action == "ALTER" && r.Accept(K.Replace))
        {
            var old = Names.Qualified(r);
            r.Expect(K.With);
            var replacement = Names.Qualified(r);
            return new AlterTextSearchConfigurationStatement(r.SpanFrom(start), name, "REPLACE", tokens, [old, replacement], false);
        }

        r.Expect(K.With);
        var dictionaries = Lists.Separated(r, Names.Qualified);
        return new AlterTextSearchConfigurationStatement(r.SpanFrom(start), name, action, tokens, dictionaries, false);
    }

    private static SqlStatement Statistics(TokenReader r, int start)
    {
        r.Expect(K.Statistics);
        var ifExists = r.AcceptPair(K.If, K.Exists);
        var name = Names.Qualified(r);
        var target = new ObjectReference(name.Span, SqlObjectKind.Statistics, name);
        if (!ifExists && r.At(K.Rename, K.Owner))
        {
            return Alterations.RenameOrOwner(r, start, target);
        }

        r.Expect(K.Set);
        if (!ifExists && r.Accept(K.Schema))
        {
            var schema = Names.Column(r);
            return new SetSchemaStatement(r.SpanFrom(start), target, schema, false);
        }

        r.Expect(K.Statistics);
        int? value = r.Accept(K.Default) ? null : Literals.SignedInteger(r);
        return new AlterStatisticsStatement(r.SpanFrom(start), name, ifExists, value);
    }

    private static SqlStatement OnTable(TokenReader r, int start)
    {
        var kind = r.Advance().Keyword == K.Trigger ? SqlObjectKind.Trigger : SqlObjectKind.Rule;
        var target = ObjectReferences.OnTable(r, kind);
        if (kind == SqlObjectKind.Rule || r.At(K.Rename))
        {
            return Alterations.Rename(r, start, target);
        }

        var isRemoved = r.Accept(K.No);
        return AlterTable.DependsOn(r, start, target, isRemoved);
    }

    private static SqlStatement Other(TokenReader r, int start)
    {
        var kind = ObjectReferences.Kind(r);
        var target = ObjectReferences.OfKind(r, kind);
        if (r.At(K.Rename, K.Owner))
        {
            return Alterations.RenameOrOwner(r, start, target);
        }

        var optionStart = r.Current.Start;
        switch (kind)
        {
            case SqlObjectKind.Aggregate or SqlObjectKind.Collation or SqlObjectKind.Conversion when r.At(K.Set):
                return Alterations.SetSchema(r, start, target);
            case SqlObjectKind.Collation when r.At(K.Refresh):
                r.Advance();
                r.Expect(K.Version);
                return new AlterOtherObjectStatement(r.SpanFrom(start), target, []);
            case SqlObjectKind.Server when r.At(K.Options, K.Version):
                var options = ImmutableArray.CreateBuilder<DefinitionOption>();
                if (r.Accept(K.Version))
                {
                    SqlNode? version = r.Accept(K.Null) ? null : Literals.String(r);
                    options.Add(Definitions.Make(r, optionStart, "version", version));
                }

                if (r.At(K.Options))
                {
                    options.AddRange(Definitions.AlterGeneric(r));
                }

                return new AlterOtherObjectStatement(r.SpanFrom(start), target, options.ToImmutable());
            case SqlObjectKind.Tablespace when r.At(K.Set, K.Reset):
                r.Advance();
                var parameters = Definitions.Relation(r);
                return new AlterOtherObjectStatement(r.SpanFrom(start), target, parameters);
            default:
                throw r.Unexpected();
        }
    }

    private static ObjectReference Named(TokenReader r, SqlObjectKind kind)
    {
        var name = ObjectReferences.Single(r);
        return new ObjectReference(name.Span, kind, name);
    }
}
