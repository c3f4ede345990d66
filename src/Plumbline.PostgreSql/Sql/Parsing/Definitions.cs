using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Lexing;
using Plumbline.Schema.Text;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing;

/// <summary>Lists of options: <c>(fillfactor = 70, toast.autovacuum_enabled)</c>, <c>OPTIONS (ADD host 'x')</c>.</summary>
internal static class Definitions
{
    /// <summary>The grammar's <c>definition</c>: options in parentheses, without namespaces.</summary>
    public static ImmutableArray<DefinitionOption> Parse(TokenReader r) => Lists.InParentheses(r, static r => Element(r, mayHaveNamespace: false));

    /// <summary>The grammar's <c>reloptions</c>: options in parentheses, with namespaces.</summary>
    public static ImmutableArray<DefinitionOption> Relation(TokenReader r) => Lists.InParentheses(r, static r => Element(r, mayHaveNamespace: true));

    /// <summary>WITH options, or nothing.</summary>
    public static ImmutableArray<DefinitionOption> OptionalWith(TokenReader r) => r.Accept(K.With) ? Parse(r) : [];

    /// <summary>WITH options with namespaces, or nothing.</summary>
    public static ImmutableArray<DefinitionOption> OptionalWithRelation(TokenReader r) => r.Accept(K.With) ? Relation(r) : [];

    /// <summary>OPTIONS (name 'value', …), or nothing.</summary>
    public static ImmutableArray<DefinitionOption> OptionalGeneric(TokenReader r) => r.Accept(K.Options) ? Lists.InParentheses(r, Generic) : [];

    /// <summary>OPTIONS ([ADD|SET|DROP] name 'value', …).</summary>
    public static ImmutableArray<DefinitionOption> AlterGeneric(TokenReader r)
    {
        r.Expect(K.Options);
        return Lists.InParentheses(r, static r =>
        {
            if (r.At(K.Drop))
            {
                var start = r.Advance().Start;
                var name = Names.Label(r);
                return new DefinitionOption(r.SpanFrom(start), "drop", name.Name, null);
            }

            // These words are names of options too.
            if ((r.At(K.Set) || r.At(K.Add)) && !r.Next.IsString)
            {
                r.Advance();
            }

            return Generic(r);
        });
    }

    /// <summary>An option made of words that the grammar has for it.</summary>
    public static DefinitionOption Make(TokenReader r, int start, string name, SqlNode? value = null) => new(r.SpanFrom(start), null, name, value);

    /// <summary>An option whose value is a word or truth value.</summary>
    public static DefinitionOption Make(TokenReader r, int start, string name, string value) =>
        new(r.SpanFrom(start), null, name, new ConstantExpr(r.SpanFrom(start), ConstantKind.String, value));

    /// <summary>An option whose value is a truth value.</summary>
    public static DefinitionOption Make(TokenReader r, int start, string name, bool value) =>
        new(r.SpanFrom(start), null, name, new ConstantExpr(r.SpanFrom(start), ConstantKind.Boolean, value ? "true" : "false"));

    /// <summary>The grammar's <c>def_arg</c>: the value of an option.</summary>
    public static SqlNode Value(TokenReader r)
    {
        var token = r.Current;
        if (token.IsString)
        {
            return Literals.String(r);
        }

        if (token.Kind is TokenKind.Integer or TokenKind.Numeric || (token.Symbol is '+' or '-' && r.Next.Kind is TokenKind.Integer or TokenKind.Numeric))
        {
            return Literals.Number(r);
        }

        var isReserved = token.Kind == TokenKind.Keyword && KeywordTable.CategoryOf(token.Keyword) == KeywordCategory.Reserved;
        if (isReserved || token.Keyword == K.None)
        {
            r.Advance();
            return new ConstantExpr(token.Span, ConstantKind.String, TokenText.FoldCase(r.TextOf(token)));
        }

        return Operators.Symbol(r.Text, token) is not null || (token.Keyword == K.Operator && r.Next.Symbol == '(')
            ? Sorting.QualifiedOperator(r)
            : TypeNames.ParseOfFunction(r);
    }

    private static DefinitionOption Generic(TokenReader r)
    {
        var name = Names.Label(r);
        var value = Literals.String(r);
        return new DefinitionOption(r.SpanFrom(name.Span.Start), null, name.Name, value);
    }

    private static DefinitionOption Element(TokenReader r, bool mayHaveNamespace)
    {
        var name = Names.Label(r);
        string? qualifier = null;
        if (mayHaveNamespace && r.Accept('.'))
        {
            qualifier = name.Name;
            var start = name.Span.Start;
            name = Names.Label(r) with { Span = TextSpan.FromBounds(start, r.PreviousEnd) };
        }

        var value = r.Accept('=') ? Value(r) : null;
        return new DefinitionOption(r.SpanFrom(name.Span.Start), qualifier, name.Name, value);
    }
}
