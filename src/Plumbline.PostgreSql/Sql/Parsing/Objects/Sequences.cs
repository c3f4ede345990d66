using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.PostgreSql.Sql.Lexing;
using Plumbline.PostgreSql.Sql.Parsing.Tables;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing.Objects;

/// <summary>Sequences and their options ("CREATE SEQUENCE", "ALTER SEQUENCE").</summary>
internal static class Sequences
{
    /// <summary>CREATE SEQUENCE from SEQUENCE on.</summary>
    public static CreateSequenceStatement Create(TokenReader r, int start, TablePersistence persistence)
    {
        r.Expect(K.Sequence);
        var ifNotExists = CreateTable.IfNotExists(r);
        var name = Names.Relation(r);
        var options = TryOptions(r) ?? [];
        return new CreateSequenceStatement(r.SpanFrom(start), name, ifNotExists, persistence, options);
    }

    /// <summary>Options in parentheses.</summary>
    public static ImmutableArray<DefinitionOption> OptionsInParentheses(TokenReader r)
    {
        r.Expect('(');
        var options = TryOptions(r) ?? throw r.Unexpected();
        r.Expect(')');
        return options;
    }

    /// <summary>Options without parentheses; null where none begins here.</summary>
    public static ImmutableArray<DefinitionOption>? TryOptions(TokenReader r)
    {
        if (!IsOption(r.Current))
        {
            return null;
        }

        var options = ImmutableArray.CreateBuilder<DefinitionOption>();
        while (IsOption(r.Current))
        {
            options.Add(Option(r));
        }

        return options.ToImmutable();
    }

    /// <summary>Whether an option begins with a token.</summary>
    public static bool IsOption(Token token) => token.Keyword is K.As or K.Cache or K.Cycle or K.No or K.Increment or K.Maxvalue or K.Minvalue or K.Owned
        or K.Sequence or K.Start or K.Restart or K.Logged or K.Unlogged;

    /// <summary>One option.</summary>
    public static DefinitionOption Option(TokenReader r)
    {
        var start = r.Current.Start;
        switch (r.Advance().Keyword)
        {
            case K.As:
                return Definitions.Make(r, start, "as", TypeNames.Simple(r));
            case K.Cache:
                return Definitions.Make(r, start, "cache", Literals.Number(r));
            case K.Cycle:
                return Definitions.Make(r, start, "cycle", true);
            case K.No:
                if (r.Accept(K.Cycle))
                {
                    return Definitions.Make(r, start, "cycle", false);
                }

                return r.Accept(K.Maxvalue) ? Definitions.Make(r, start, "maxvalue")
                    : r.Accept(K.Minvalue) ? Definitions.Make(r, start, "minvalue")
                    : throw r.Unexpected();
            case K.Increment:
                r.Accept(K.By);
                return Definitions.Make(r, start, "increment", Literals.Number(r));
            case K.Maxvalue:
                return Definitions.Make(r, start, "maxvalue", Literals.Number(r));
            case K.Minvalue:
                return Definitions.Make(r, start, "minvalue", Literals.Number(r));
            case K.Owned:
                r.Expect(K.By);
                return Definitions.Make(r, start, "owned_by", OwnerName(r));
            case K.Sequence:
                r.Expect(K.Name);
                return Definitions.Make(r, start, "sequence_name", Names.Qualified(r));
            case K.Start:
                r.Accept(K.With);
                return Definitions.Make(r, start, "start", Literals.Number(r));
            case K.Logged:
                return Definitions.Make(r, start, "logged");
            case K.Unlogged:
                return Definitions.Make(r, start, "unlogged");
            default:
                if (r.Accept(K.With) || r.At('+') || r.At('-') || r.At(TokenKind.Integer) || r.At(TokenKind.Numeric))
                {
                    return Definitions.Make(r, start, "restart", Literals.Number(r));
                }

                return Definitions.Make(r, start, "restart");
        }
    }

    // OWNED BY NONE is the name "none", a word that may name a column.
    private static QualifiedName OwnerName(TokenReader r) => Names.Qualified(r);
}
