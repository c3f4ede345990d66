using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Lexing;
using Plumbline.PostgreSql.Sql.Parsing.Queries;
using Plumbline.PostgreSql.Sql.Parsing.Session;
using Plumbline.PostgreSql.Sql.Parsing.Tables;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing.Objects;

/// <summary>CREATE of the rarer kinds of object.</summary>
internal static class OtherObjects
{
    /// <summary>CREATE SCHEMA from SCHEMA on.</summary>
    public static CreateSchemaStatement Schema(TokenReader r, int start)
    {
        r.Expect(K.Schema);
        var ifNotExists = CreateTable.IfNotExists(r);
        Identifier? name = Names.IsColumnName(r.Current) ? Names.Take(r) : null;
        RoleSpec? owner = null;
        if (name is null)
        {
            r.Expect(K.Authorization);
            owner = Names.Role(r);
        }
        else if (r.Accept(K.Authorization))
        {
            owner = Names.Role(r);
        }

        var elementStart = r.Current.Start;
        var elements = ImmutableArray.CreateBuilder<SqlStatement>();
        while (r.At(K.Create, K.Grant))
        {
            elements.Add(SchemaElement(r));
        }

        if (ifNotExists && elements.Count > 0)
        {
            throw TokenReader.Error("CREATE SCHEMA IF NOT EXISTS cannot include schema elements", elementStart, "0A000");
        }

        return new CreateSchemaStatement(r.SpanFrom(start), name, owner, ifNotExists, elements.ToImmutable());
    }

    /// <summary>CREATE EXTENSION from EXTENSION on.</summary>
    public static CreateExtensionStatement Extension(TokenReader r, int start)
    {
        r.Expect(K.Extension);
        var ifNotExists = CreateTable.IfNotExists(r);
        var name = Names.Column(r);
        r.Accept(K.With);
        Identifier? schema = null;
        string? version = null;
        var isCascade = false;
        while (true)
        {
            if (r.Accept(K.Schema))
            {
                schema = Names.Column(r);
            }
            else if (r.Accept(K.Version))
            {
                version = Names.NonReservedOrString(r);
            }
            else if (r.At(K.From))
            {
                var position = r.Advance().Start;
                Names.NonReservedOrString(r);
                throw TokenReader.Error("CREATE EXTENSION ... FROM is no longer supported", position, "0A000");
            }
            else if (r.Accept(K.Cascade))
            {
                isCascade = true;
            }
            else
            {
                return new CreateExtensionStatement(r.SpanFrom(start), name, ifNotExists, schema, version, isCascade);
            }
        }
    }

    /// <summary>CREATE AGGREGATE from AGGREGATE on.</summary>
    public static CreateAggregateStatement Aggregate(TokenReader r, int start, bool orReplace)
    {
        r.Expect(K.Aggregate);
        var name = Names.Function(r);

        // The old syntax has its definition where the new one has its parameters.
        if (r.At('(') && r.Next.Kind is TokenKind.Identifier or TokenKind.QuotedIdentifier && r.Peek(2).Symbol == '=')
        {
            var old = Lists.InParentheses(r, OldAggregateOption);
            return new CreateAggregateStatement(r.SpanFrom(start), name, orReplace, null, old);
        }

        var parameters = Signatures.AggregateParameters(r);
        var options = Definitions.Parse(r);
        return new CreateAggregateStatement(r.SpanFrom(start), name, orReplace, parameters, options);
    }

    /// <summary>CREATE CAST from CAST on.</summary>
    public static CreateCastStatement Cast(TokenReader r, int start)
    {
        r.Expect(K.Cast);
        r.Expect('(');
        var source = TypeNames.Parse(r);
        r.Expect(K.As);
        var target = TypeNames.Parse(r);
        r.Expect(')');
        ObjectReference? function = null;
        var isInOut = false;
        if (r.Accept(K.Without))
        {
            r.Expect(K.Function);
        }
        else
        {
            r.Expect(K.With);
            isInOut = r.Accept(K.Inout);
            if (!isInOut)
            {
                r.Expect(K.Function);
                function = Signatures.Function(r, SqlObjectKind.Function);
            }
        }

        var context = "EXPLICIT";
        if (r.Accept(K.As))
        {
            context = r.Accept(K.Implicit) ? "IMPLICIT" : r.Accept(K.Assignment) ? "ASSIGNMENT" : throw r.Unexpected();
        }

        return new CreateCastStatement(r.SpanFrom(start), source, target, function, isInOut, context);
    }

    /// <summary>CREATE COLLATION from COLLATION on.</summary>
    public static CreateDefinedObjectStatement Collation(TokenReader r, int start)
    {
        r.Expect(K.Collation);
        var ifNotExists = CreateTable.IfNotExists(r);
        var name = Names.Qualified(r);
        var optionStart = r.Current.Start;
        ImmutableArray<DefinitionOption> options = r.Accept(K.From)
            ? [Definitions.Make(r, optionStart, "from", Names.Qualified(r))]
            : Definitions.Parse(r);
        return new CreateDefinedObjectStatement(r.SpanFrom(start), SqlObjectKind.Collation, name, null, ifNotExists, options);
    }

    /// <summary>CREATE TEXT SEARCH from TEXT on.</summary>
    public static CreateDefinedObjectStatement TextSearch(TokenReader r, int start)
    {
        r.Expect(K.Text, K.Search);
        var kind = ObjectReferences.TextSearch(r);
        var name = Names.Qualified(r);
        var options = Definitions.Parse(r);
        return new CreateDefinedObjectStatement(r.SpanFrom(start), kind, name, null, false, options);
    }

    /// <summary>CREATE SERVER, from SERVER on.</summary>
    public static CreateOtherObjectStatement Server(TokenReader r, int start)
    {
        r.Expect(K.Server);
        var ifNotExists = CreateTable.IfNotExists(r);
        var name = ObjectReferences.Single(r);
        var options = ImmutableArray.CreateBuilder<DefinitionOption>();
        AddOption(r, options, K.Type, "type", static r => Literals.String(r));
        AddOption(r, options, K.Version, "version", static r => r.Accept(K.Null) ? null : Literals.String(r));
        r.Expect(K.Foreign, K.Data, K.Wrapper);
        var wrapper = ObjectReferences.Single(r);
        options.Add(Definitions.Make(r, wrapper.Span.Start, "wrapper", wrapper));
        options.AddRange(Definitions.OptionalGeneric(r));
        return Make(r, start, new ObjectReference(name.Span, SqlObjectKind.Server, name), false, ifNotExists, options.ToImmutable());
    }

    /// <summary>CREATE FOREIGN DATA WRAPPER behind these words.</summary>
    public static CreateOtherObjectStatement DataWrapper(TokenReader r, int start)
    {
        var name = ObjectReferences.Single(r);
        var options = ImmutableArray.CreateBuilder<DefinitionOption>();
        WrapperFunctions(r, options);
        options.AddRange(Definitions.OptionalGeneric(r));
        return Make(r, start, new ObjectReference(name.Span, SqlObjectKind.ForeignDataWrapper, name), false, false, options.ToImmutable());
    }

    /// <summary>HANDLER, NO HANDLER, VALIDATOR, NO VALIDATOR.</summary>
    public static void WrapperFunctions(TokenReader r, ImmutableArray<DefinitionOption>.Builder options)
    {
        while (r.At(K.Handler, K.Validator) || r.At(K.No))
        {
            var start = r.Current.Start;
            var isNo = r.Accept(K.No);
            if (!r.At(K.Handler, K.Validator))
            {
                throw r.Unexpected();
            }

            var name = TokenText.FoldCase(r.TextOf(r.Advance()));
            options.Add(Definitions.Make(r, start, name, isNo ? null : Names.Qualified(r)));
        }
    }

    /// <summary>CREATE USER MAPPING behind these words.</summary>
    public static CreateOtherObjectStatement CreateUserMapping(TokenReader r, int start)
    {
        var ifNotExists = r.Accept(K.If, K.Not, K.Exists);
        r.Expect(K.For);
        var mapping = UserMapping(r);
        var options = Definitions.OptionalGeneric(r);
        return Make(r, start, mapping, false, ifNotExists, options);
    }

    /// <summary>role SERVER name.</summary>
    public static ObjectReference UserMapping(TokenReader r)
    {
        var start = r.Current.Start;
        RoleSpec role;
        if (r.At(K.User))
        {
            role = new RoleSpec(r.Advance().Span, RoleKind.CurrentUser, null);
        }
        else
        {
            role = Names.Role(r);
        }

        r.Expect(K.Server);
        var server = Names.Column(r);
        return new ObjectReference(r.SpanFrom(start), SqlObjectKind.UserMapping, null) { Role = role, Using = server };
    }

    /// <summary>CREATE LANGUAGE from TRUSTED, PROCEDURAL or LANGUAGE on.</summary>
    public static CreateOtherObjectStatement Language(TokenReader r, int start, bool orReplace)
    {
        r.Accept(K.Trusted);
        r.Accept(K.Procedural);
        r.Expect(K.Language);
        var name = ObjectReferences.Single(r);
        var options = ImmutableArray.CreateBuilder<DefinitionOption>();
        if (r.At(K.Handler))
        {
            AddOption(r, options, K.Handler, "handler", static r => Names.Qualified(r));
            AddOption(r, options, K.Inline, "inline", static r => Names.Qualified(r));
            if (!r.Accept(K.No, K.Validator))
            {
                AddOption(r, options, K.Validator, "validator", static r => Names.Qualified(r));
            }
        }

        return Make(r, start, new ObjectReference(name.Span, SqlObjectKind.Language, name), orReplace, false, options.ToImmutable());
    }

    /// <summary>CREATE CONVERSION from DEFAULT or CONVERSION on.</summary>
    public static CreateOtherObjectStatement Conversion(TokenReader r, int start)
    {
        var optionStart = r.Current.Start;
        var options = ImmutableArray.CreateBuilder<DefinitionOption>();
        if (r.Accept(K.Default))
        {
            options.Add(Definitions.Make(r, optionStart, "default", true));
        }

        r.Expect(K.Conversion);
        var name = Names.Qualified(r);
        r.Expect(K.For);
        options.Add(Definitions.Make(r, r.Current.Start, "for", Literals.String(r)));
        r.Expect(K.To);
        options.Add(Definitions.Make(r, r.Current.Start, "to", Literals.String(r)));
        r.Expect(K.From);
        options.Add(Definitions.Make(r, r.Current.Start, "from", Names.Qualified(r)));
        return Make(r, start, new ObjectReference(name.Span, SqlObjectKind.Conversion, name), false, false, options.ToImmutable());
    }

    /// <summary>CREATE TRANSFORM from TRANSFORM on.</summary>
    public static CreateOtherObjectStatement Transform(TokenReader r, int start, bool orReplace)
    {
        r.Expect(K.Transform);
        var target = ObjectReferences.OfKind(r, SqlObjectKind.Transform);
        r.Expect('(');
        var options = ImmutableArray.CreateBuilder<DefinitionOption>();
        do
        {
            if (!r.At(K.From, K.To) || options.Count == 2)
            {
                throw r.Unexpected();
            }

            var optionStart = r.Current.Start;
            var isFrom = r.Advance().Keyword == K.From;
            r.Expect(K.Sql, K.With, K.Function);
            options.Add(Definitions.Make(r, optionStart, isFrom ? "from" : "to", Signatures.Function(r, SqlObjectKind.Function)));
        }
        while (r.Accept(','));
        r.Expect(')');
        return Make(r, start, target, orReplace, false, options.ToImmutable());
    }

    /// <summary>CREATE ACCESS METHOD from ACCESS on.</summary>
    public static CreateOtherObjectStatement AccessMethod(TokenReader r, int start)
    {
        r.Expect(K.Access, K.Method);
        var name = ObjectReferences.Single(r);
        r.Expect(K.Type);
        if (!r.At(K.Index, K.Table))
        {
            throw r.Unexpected();
        }

        var type = r.Advance();
        r.Expect(K.Handler);
        var handler = Names.Qualified(r);
        var target = new ObjectReference(name.Span, SqlObjectKind.AccessMethod, name);
        return Make(
            r, start, target, false, false, [Definitions.Make(r, type.Start, "type", r.TextOf(type)), Definitions.Make(r, handler.Span.Start, "handler",
                handler)]);
    }

    /// <summary>CREATE TABLESPACE from TABLESPACE on.</summary>
    public static CreateOtherObjectStatement Tablespace(TokenReader r, int start)
    {
        r.Expect(K.Tablespace);
        var name = ObjectReferences.Single(r);
        var options = ImmutableArray.CreateBuilder<DefinitionOption>();
        AddOption(r, options, K.Owner, "owner", static r => Names.Role(r));
        r.Expect(K.Location);
        options.Add(Definitions.Make(r, r.Current.Start, "location", Literals.String(r)));
        options.AddRange(Definitions.OptionalWithRelation(r));
        return Make(r, start, new ObjectReference(name.Span, SqlObjectKind.Tablespace, name), false, false, options.ToImmutable());
    }

    /// <summary>CREATE DATABASE from DATABASE on.</summary>
    public static CreateOtherObjectStatement Database(TokenReader r, int start)
    {
        r.Expect(K.Database);
        var name = ObjectReferences.Single(r);
        var options = DatabaseOptions(r);
        return Make(r, start, new ObjectReference(name.Span, SqlObjectKind.Database, name), false, false, options);
    }

    /// <summary>The options of CREATE and ALTER DATABASE.</summary>
    public static ImmutableArray<DefinitionOption> DatabaseOptions(TokenReader r)
    {
        r.Accept(K.With);
        var options = ImmutableArray.CreateBuilder<DefinitionOption>();
        while (r.At(TokenKind.Identifier) || r.At(TokenKind.QuotedIdentifier)
            || r.Current.Keyword is K.Connection or K.Encoding or K.Location or K.Owner or K.Tablespace or K.Template)
        {
            var start = r.Current.Start;
            var name = r.Accept(K.Connection, K.Limit) ? "connection_limit" : Names.Take(r).Name;
            r.Accept('=');
            SqlNode? value = r.At(TokenKind.Integer) || r.At(TokenKind.Numeric) || r.At('-') || r.At('+') ? Literals.Number(r)
                : r.Accept(K.Default) ? null
                : SetStatements.BooleanOrString(r);
            options.Add(Definitions.Make(r, start, name, value));
        }

        return options.ToImmutable();
    }

    /// <summary>IMPORT FOREIGN SCHEMA.</summary>
    public static ImportForeignSchemaStatement Import(TokenReader r)
    {
        var start = r.Expect(K.Import).Start;
        r.Expect(K.Foreign, K.Schema);
        var remote = Names.Column(r);
        var isExcept = r.At(K.Except);
        ImmutableArray<QualifiedName> tables = [];
        if (r.Accept(K.Limit, K.To) || r.Accept(K.Except))
        {
            tables = Lists.InParentheses(r, static r => FromItems.Relation(r).Name);
        }

        r.Expect(K.From, K.Server);
        var server = Names.Column(r);
        r.Expect(K.Into);
        var local = Names.Column(r);
        Definitions.OptionalGeneric(r);
        return new ImportForeignSchemaStatement(r.SpanFrom(start), remote, server, local, isExcept, tables);
    }

    private static DefinitionOption OldAggregateOption(TokenReader r)
    {
        if (!r.At(TokenKind.Identifier) && !r.At(TokenKind.QuotedIdentifier) && !r.At(TokenKind.UnicodeIdentifier))
        {
            throw r.Unexpected();
        }

        var name = Names.Take(r);
        r.Expect('=');
        return Definitions.Make(r, name.Span.Start, name.Name, Definitions.Value(r));
    }

    private static CreateOtherObjectStatement Make(
        TokenReader r, int start, ObjectReference target, bool orReplace, bool ifNotExists, ImmutableArray<DefinitionOption> options) =>
        new(r.SpanFrom(start), target, orReplace, ifNotExists, options);

    private static void AddOption(
        TokenReader r, ImmutableArray<DefinitionOption>.Builder options, K word, string name, Func<TokenReader, SqlNode?> value)
    {
        var start = r.Current.Start;
        if (r.Accept(word))
        {
            options.Add(Definitions.Make(r, start, name, value(r)));
        }
    }

    // CREATE TABLE, INDEX, SEQUENCE, TRIGGER, VIEW and GRANT may stand inside CREATE SCHEMA.
    private static SqlStatement SchemaElement(TokenReader r)
    {
        var second = r.Next;
        if (r.At(K.Create) && second.Keyword is not (K.Table or K.Temp or K.Temporary or K.Local or K.Global or K.Unlogged or K.Unique or K.Index or K.Sequence
            or K.Trigger or K.Constraint or K.View or K.Recursive or K.Or))
        {
            r.Advance();
            throw r.Unexpected();
        }

        return Statements.Parse(r);
    }
}
