using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Lexing;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing;

/// <summary>Names, by the classes into which PostgreSQL's grammar divides them.</summary>
internal static class Names
{
    /// <summary>Whether a token may name a column or table.</summary>
    public static bool IsColumnName(Token token) => IsPlain(token)
        || (token.Kind == TokenKind.Keyword && KeywordTable.CategoryOf(token.Keyword) is KeywordCategory.Unreserved or KeywordCategory.ColumnName);

    /// <summary>Whether a token may name a function or type.</summary>
    public static bool IsTypeOrFunctionName(Token token) => IsPlain(token)
        || (token.Kind == TokenKind.Keyword && KeywordTable.CategoryOf(token.Keyword) is KeywordCategory.Unreserved or KeywordCategory.TypeOrFunctionName);

    /// <summary>Whether a token may be a label behind AS.</summary>
    public static bool IsLabel(Token token) => token.Kind == TokenKind.Keyword || IsPlain(token);

    /// <summary>Whether a token may be a label without AS.</summary>
    public static bool IsBareLabel(Token token) => IsPlain(token) || (token.Kind == TokenKind.Keyword && !KeywordTable.NeedsAs(token.Keyword));

    /// <summary>Whether a token is a word that is not reserved.</summary>
    public static bool IsNonReserved(Token token) => IsPlain(token)
        || (token.Kind == TokenKind.Keyword && KeywordTable.CategoryOf(token.Keyword) != KeywordCategory.Reserved);

    /// <summary>The grammar's <c>ColId</c>: the name of a column, table, and of most other things.</summary>
    public static Identifier Column(TokenReader r) => IsColumnName(r.Current) ? Take(r) : throw r.Unexpected();

    /// <summary>The grammar's <c>ColLabel</c>.</summary>
    public static Identifier Label(TokenReader r) => IsLabel(r.Current) ? Take(r) : throw r.Unexpected();

    /// <summary>The grammar's <c>type_function_name</c>.</summary>
    public static Identifier TypeOrFunction(TokenReader r) => IsTypeOrFunctionName(r.Current) ? Take(r) : throw r.Unexpected();

    /// <summary>The grammar's <c>NonReservedWord</c>.</summary>
    public static Identifier NonReserved(TokenReader r) => IsNonReserved(r.Current) ? Take(r) : throw r.Unexpected();

    /// <summary>The grammar's <c>NonReservedWord_or_Sconst</c>.</summary>
    public static string NonReservedOrString(TokenReader r) => r.Current.IsString ? Literals.String(r).Text : NonReserved(r).Name;

    /// <summary>The current token as a name, whatever it is.</summary>
    public static Identifier Take(TokenReader r)
    {
        var token = r.Advance();
        if (token.Kind != TokenKind.UnicodeIdentifier)
        {
            return TokenText.ReadIdentifier(r.Text, token);
        }

        var escape = Literals.UnicodeEscape(r);
        return TokenText.ReadIdentifier(r.Text, token, escape) with { Span = r.SpanFrom(token.Start) };
    }

    /// <summary>The grammar's <c>any_name</c> and <c>qualified_name</c>: a name with qualifiers.</summary>
    public static QualifiedName Qualified(TokenReader r) => Rest(r, Column(r));

    /// <summary>The grammar's <c>qualified_name</c>, which has three parts at most.</summary>
    public static QualifiedName Relation(TokenReader r)
    {
        var name = Qualified(r);
        return name.Parts.Length <= 3 ? name : throw TokenReader.Error($"improper qualified name (too many dotted names): {name}", name.Span.Start);
    }

    /// <summary>The grammar's <c>func_name</c> where no expression is meant.</summary>
    public static QualifiedName Function(TokenReader r)
    {
        if (r.Next.Symbol == '.' && IsColumnName(r.Current))
        {
            return Qualified(r);
        }

        if (IsColumnName(r.Current) && !IsTypeOrFunctionName(r.Current))
        {
            // Such a word can only be the schema.
            r.Advance();
            throw r.Unexpected();
        }

        var name = TypeOrFunction(r);
        return new QualifiedName(name.Span, [name]);
    }

    /// <summary>Names with commas between them.</summary>
    public static ImmutableArray<Identifier> ColumnList(TokenReader r) => Lists.Separated(r, Column);

    /// <summary>The grammar's <c>opt_column_list</c>: names in parentheses, or nothing.</summary>
    public static ImmutableArray<Identifier> OptionalColumnList(TokenReader r) => r.At('(') ? ColumnListInParentheses(r) : [];

    /// <summary>Names in parentheses.</summary>
    public static ImmutableArray<Identifier> ColumnListInParentheses(TokenReader r)
    {
        r.Expect('(');
        var names = ColumnList(r);
        r.Expect(')');
        return names;
    }

    /// <summary>A role: a name that is not reserved, or one of the words that stand for a role.</summary>
    public static RoleSpec Role(TokenReader r)
    {
        var token = r.Current;
        var kind = token.Keyword switch
        {
            K.CurrentRole => RoleKind.CurrentRole,
            K.CurrentUser => RoleKind.CurrentUser,
            K.SessionUser => RoleKind.SessionUser,
            _ => RoleKind.Named,
        };
        if (kind != RoleKind.Named)
        {
            r.Advance();
            return new RoleSpec(token.Span, kind, null);
        }

        var name = NonReserved(r);
        return name.Name switch
        {
            // Even in quotes.
            "public" => new RoleSpec(name.Span, RoleKind.Public, null),
            "none" => throw TokenReader.Error("role name \"none\" is reserved", token.Start, "42939"),
            _ => new RoleSpec(name.Span, RoleKind.Named, name.Name),
        };
    }

    /// <summary>The grammar's <c>RoleId</c>: a role that is a name.</summary>
    public static RoleSpec RoleId(TokenReader r, bool isCreated = false)
    {
        var role = Role(r);
        return role.Kind switch
        {
            RoleKind.Named => role,
            RoleKind.Public => throw TokenReader.Error("role name \"public\" is reserved", role.Span.Start, "42939"),
            _ => throw TokenReader.Error($"{r.Text.Substring(role.Span.Start, role.Span.Length).ToUpperInvariant()} cannot be used as a role name here",
                role.Span.Start, "42939"),
        };
    }

    /// <summary>Roles with commas between them.</summary>
    public static ImmutableArray<RoleSpec> Roles(TokenReader r) => Lists.Separated(r, Role);

    /// <summary>The grammar's <c>any_operator</c>: an operator with qualifiers.</summary>
    public static OperatorName AnyOperator(TokenReader r)
    {
        var start = r.Current.Start;
        var qualifiers = ImmutableArray.CreateBuilder<Identifier>();
        while (IsColumnName(r.Current))
        {
            qualifiers.Add(Take(r));
            r.Expect('.');
        }

        var symbol = Operators.Symbol(r.Text, r.Current) ?? throw r.Unexpected();
        r.Advance();
        return new OperatorName(r.SpanFrom(start), qualifiers.ToImmutable(), symbol);
    }

    private static QualifiedName Rest(TokenReader r, Identifier first)
    {
        if (!r.At('.'))
        {
            return new QualifiedName(first.Span, [first]);
        }

        var parts = ImmutableArray.CreateBuilder<Identifier>(2);
        parts.Add(first);
        while (r.Accept('.'))
        {
            parts.Add(Label(r));
        }

        return new QualifiedName(r.SpanFrom(first.Span.Start), parts.ToImmutable());
    }

    private static bool IsPlain(Token token) => token.Kind is TokenKind.Identifier or TokenKind.QuotedIdentifier or TokenKind.UnicodeIdentifier;
}
