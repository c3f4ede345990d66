using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.PostgreSql.Sql.Lexing;
using Plumbline.PostgreSql.Sql.Parsing.Objects;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing.Tables;

/// <summary>ALTER COLUMN and ALTER CONSTRAINT of ALTER TABLE ("ALTER TABLE").</summary>
internal static class AlterColumnActions
{
    /// <summary>The action behind ALTER.</summary>
    public static AlterTableAction Parse(TokenReader r, int start)
    {
        if (r.Accept(K.Constraint))
        {
            return ConstraintAttributes.Alter(r, start, Names.Column(r));
        }

        r.Accept(K.Column);
        if (r.At(TokenKind.Integer))
        {
            var number = Literals.Integer(r);
            r.Expect(K.Set, K.Statistics);
            return Statistics(r, start, null, number);
        }

        var column = Names.Column(r);
        switch (r.Current.Keyword)
        {
            case K.Set:
                return r.Next.Keyword is K.Generated || Sequences.IsOption(r.Next) ? SetIdentity(r, start, column) : Set(r, start, column);
            case K.Restart:
                return SetIdentity(r, start, column);
            case K.Drop:
                r.Advance();
                return Drop(r, start, column);
            case K.Type:
                return SetType(r, start, column);
            case K.Reset:
                r.Advance();
                var reset = Definitions.Relation(r);
                return new ColumnOptionsAction(r.SpanFrom(start), column, OptionsKind.Reset, reset);
            case K.Options:
                var options = Definitions.AlterGeneric(r);
                return new ColumnOptionsAction(r.SpanFrom(start), column, OptionsKind.Foreign, options);
            case K.Add:
                return AddIdentity(r, start, column);
            default:
                throw r.Unexpected();
        }
    }

    private static AlterTableAction Set(TokenReader r, int start, Identifier column)
    {
        r.Expect(K.Set);
        switch (r.Current.Keyword)
        {
            case K.Default:
                r.Advance();
                var value = ExpressionParser.ParseInside(r);
                return new SetDefaultAction(r.SpanFrom(start), column, value);
            case K.Not:
                r.Advance();
                r.Expect(K.Null);
                return new SetNotNullAction(r.SpanFrom(start), column, true);
            case K.Data:
                r.Advance();
                return SetType(r, start, column);
            case K.Expression:
                r.Advance();
                r.Expect(K.As);
                r.Expect('(');
                var expression = ExpressionParser.ParseInside(r);
                r.Expect(')');
                return new SetExpressionAction(r.SpanFrom(start), column, expression, false);
            case K.Statistics:
                r.Advance();
                return Statistics(r, start, column, null);
            case K.Storage:
                r.Advance();
                var storage = CreateTable.NameOrDefault(r);
                return new SetStorageAction(r.SpanFrom(start), column, storage);
            case K.Compression:
                r.Advance();
                var compression = CreateTable.NameOrDefault(r);
                return new SetCompressionAction(r.SpanFrom(start), column, compression);
            default:
                var options = Definitions.Relation(r);
                return new ColumnOptionsAction(r.SpanFrom(start), column, OptionsKind.Set, options);
        }
    }

    private static AlterTableAction Drop(TokenReader r, int start, Identifier column)
    {
        switch (r.Current.Keyword)
        {
            case K.Default:
                r.Advance();
                return new SetDefaultAction(r.SpanFrom(start), column, null);
            case K.Not:
                r.Advance();
                r.Expect(K.Null);
                return new SetNotNullAction(r.SpanFrom(start), column, false);
            case K.Expression:
                r.Advance();
                var ifExpressionExists = r.Accept(K.If, K.Exists);
                return new SetExpressionAction(r.SpanFrom(start), column, null, ifExpressionExists);
            default:
                r.Expect(K.Identity);
                var ifExists = r.Accept(K.If, K.Exists);
                return new DropIdentityAction(r.SpanFrom(start), column, ifExists);
        }
    }

    private static SetTypeAction SetType(TokenReader r, int start, Identifier column)
    {
        r.Expect(K.Type);
        var type = TypeNames.Parse(r);
        var collation = r.Accept(K.Collate) ? Names.Qualified(r) : null;
        var conversion = r.Accept(K.Using) ? ExpressionParser.ParseInside(r) : null;
        return new SetTypeAction(r.SpanFrom(start), column, type, collation, conversion);
    }

    private static SetStatisticsAction Statistics(TokenReader r, int start, Identifier? column, int? number)
    {
        int? target = r.Accept(K.Default) ? null : Literals.SignedInteger(r);
        return new SetStatisticsAction(r.SpanFrom(start), column, number, target);
    }

    private static AddIdentityAction AddIdentity(TokenReader r, int start, Identifier column)
    {
        r.Expect(K.Add);
        var word = r.Expect(K.Generated);
        var isAlways = Constraints.GeneratedWhen(r);
        r.Expect(K.As, K.Identity);
        var options = r.At('(') ? Sequences.OptionsInParentheses(r) : [];
        return new AddIdentityAction(r.SpanFrom(start), column, new IdentityDefinition(r.SpanFrom(word.Start), null, isAlways, options));
    }

    private static SetIdentityAction SetIdentity(TokenReader r, int start, Identifier column)
    {
        var options = ImmutableArray.CreateBuilder<DefinitionOption>();
        while (r.At(K.Set, K.Restart))
        {
            var optionStart = r.Current.Start;
            if (r.At(K.Restart))
            {
                options.Add(Sequences.Option(r));
                continue;
            }

            r.Advance();
            if (!r.Accept(K.Generated))
            {
                var option = Sequences.IsOption(r.Current) ? Sequences.Option(r) : throw r.Unexpected();
                options.Add(option.Name is "as" or "restart" or "owned_by"
                    ? throw TokenReader.Error($"sequence option \"{option.Name}\" not supported here", optionStart)
                    : option);
                continue;
            }

            var isAlways = Constraints.GeneratedWhen(r);
            options.Add(Definitions.Make(r, optionStart, "generated", isAlways ? "always" : "by default"));
        }

        return new SetIdentityAction(r.SpanFrom(start), column, options.ToImmutable());
    }
}
