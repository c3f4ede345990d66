using System.Collections.Immutable;
using System.Globalization;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Lexing;
using Plumbline.Schema.Text;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing;

/// <summary>Calls whose arguments have a grammar of their own: the grammar's <c>func_expr_common_subexpr</c>.</summary>
internal static class SpecialCalls
{
    /// <summary>Such a call; null where none begins here.</summary>
    public static SqlExpr? TryParse(TokenReader r)
    {
        var keyword = r.Current.Keyword;
        switch (keyword)
        {
            case K.CurrentDate or K.CurrentRole or K.CurrentUser or K.SessionUser or K.SystemUser or K.User or K.CurrentCatalog:
                return Value(r, null);
            case K.CurrentSchema when r.Next.Symbol != '(' && !r.Next.IsString:
                return Value(r, null);
            case K.CurrentTime or K.CurrentTimestamp or K.Localtime or K.Localtimestamp:
                return WithPrecision(r);
            case K.Cast:
                return Cast(r);
            case K.Collation when r.Next.Keyword == K.For:
                return CollationFor(r);
        }

        if (r.Next.Symbol != '(')
        {
            return null;
        }

        return keyword switch
        {
            K.Coalesce => Conditional(r, ConditionalKind.Coalesce),
            K.Greatest => Conditional(r, ConditionalKind.Greatest),
            K.Least => Conditional(r, ConditionalKind.Least),
            K.Nullif => NullIf(r),
            K.Extract => Extract(r),
            K.Normalize => Normalize(r),
            K.Overlay => Overlay(r),
            K.Position => Position(r),
            K.Substring => Substring(r),
            K.Treat => Treat(r),
            K.Trim => Trim(r),
            _ => XmlCalls.TryParse(r) ?? JsonCalls.TryParse(r),
        };
    }

    /// <summary>A call of a function in <c>pg_catalog</c> that SQL spells in its own way.</summary>
    private static FunctionCallExpr Make(TokenReader r, int start, string name, params ReadOnlySpan<SqlExpr> arguments)
    {
        var span = r.SpanFrom(start);
        var list = ImmutableArray.CreateBuilder<CallArgument>(arguments.Length);
        foreach (var argument in arguments)
        {
            list.Add(new CallArgument(argument.Span, null, argument));
        }

        return new FunctionCallExpr(span, new QualifiedName(span, [new Identifier("pg_catalog", span), new Identifier(name, span)]), list.ToImmutable())
        {
            IsSqlSpelling = true,
        };
    }

    // The call may have FILTER and OVER behind it as any other.
    private static FunctionCallExpr Close(TokenReader r, int start, string name, params ReadOnlySpan<SqlExpr> arguments)
    {
        r.Expect(')');
        return Calls.Suffixes(r, Make(r, start, name, arguments));
    }

    private static int Open(TokenReader r)
    {
        var start = r.Advance().Start;
        r.Expect('(');
        return start;
    }

    private static ValueFunctionExpr Value(TokenReader r, int? precision)
    {
        var token = r.Advance();
        return new ValueFunctionExpr(token.Span, TokenText.FoldCase(r.TextOf(token)), precision);
    }

    private static ValueFunctionExpr WithPrecision(TokenReader r)
    {
        var value = Value(r, null);
        if (!r.Accept('('))
        {
            return value;
        }

        var precision = Literals.Integer(r);
        r.Expect(')');
        return value with { Span = r.SpanFrom(value.Span.Start), Precision = precision };
    }

    private static CastExpr Cast(TokenReader r)
    {
        var start = Open(r);
        var value = ExpressionParser.ParseInside(r);
        r.Expect(K.As);
        var type = TypeNames.Parse(r);
        r.Expect(')');
        return new CastExpr(r.SpanFrom(start), value, type, CastSyntax.Cast, start);
    }

    // TREAT is a call of a function with the type's name.
    private static FunctionCallExpr Treat(TokenReader r)
    {
        var start = Open(r);
        var value = ExpressionParser.ParseInside(r);
        r.Expect(K.As);
        var type = TypeNames.Parse(r);
        return Close(r, start, type.Name.Name, value);
    }

    private static FunctionCallExpr CollationFor(TokenReader r)
    {
        var start = r.Advance().Start;
        r.Expect(K.For);
        r.Expect('(');
        var value = ExpressionParser.ParseInside(r);
        return Close(r, start, "pg_collation_for", value);
    }

    private static ConditionalExpr Conditional(TokenReader r, ConditionalKind kind)
    {
        var start = Open(r);
        var arguments = Lists.Separated(r, ExpressionParser.ParseInside);
        r.Expect(')');
        return new ConditionalExpr(r.SpanFrom(start), kind, arguments);
    }

    private static ConditionalExpr NullIf(TokenReader r)
    {
        var start = Open(r);
        var left = ExpressionParser.ParseInside(r);
        r.Expect(',');
        var right = ExpressionParser.ParseInside(r);
        r.Expect(')');
        return new ConditionalExpr(r.SpanFrom(start), ConditionalKind.NullIf, [left, right]);
    }

    private static FunctionCallExpr Extract(TokenReader r)
    {
        var start = Open(r);
        var token = r.Current;
        ConstantExpr field;
        if (token.IsString)
        {
            field = Literals.String(r);
        }
        else if (token.Kind is TokenKind.Identifier or TokenKind.QuotedIdentifier or TokenKind.UnicodeIdentifier
            || token.Keyword is K.Year or K.Month or K.Day or K.Hour or K.Minute or K.Second)
        {
            field = new ConstantExpr(token.Span, ConstantKind.String, Names.Take(r).Name);
        }
        else
        {
            throw r.Unexpected();
        }

        r.Expect(K.From);
        var source = ExpressionParser.ParseInside(r);
        return Close(r, start, "extract", field, source);
    }

    private static FunctionCallExpr Normalize(TokenReader r)
    {
        var start = Open(r);
        var value = ExpressionParser.ParseInside(r);
        if (!r.Accept(','))
        {
            return Close(r, start, "normalize", value);
        }

        if (r.Current.Keyword is not (K.Nfc or K.Nfd or K.Nfkc or K.Nfkd))
        {
            throw r.Unexpected();
        }

        var form = r.Advance();
        return Close(r, start, "normalize", value, new ConstantExpr(form.Span, ConstantKind.String, r.TextOf(form).ToUpperInvariant()));
    }

    private static FunctionCallExpr Position(TokenReader r)
    {
        var start = Open(r);
        var sought = ExpressionParser.ParseRestricted(r);
        r.Expect(K.In);
        var text = ExpressionParser.ParseRestricted(r);
        return Close(r, start, "position", text, sought);
    }

    private static FunctionCallExpr Overlay(TokenReader r)
    {
        var start = Open(r);
        var arguments = PlainArguments(r, K.Placing);
        if (arguments is not [{ Name: null, Value: var text }] || !r.Accept(K.Placing))
        {
            return ClosePlain(r, start, "overlay", arguments);
        }

        var replacement = ExpressionParser.ParseInside(r);
        r.Expect(K.From);
        var from = ExpressionParser.ParseInside(r);
        return r.Accept(K.For)
            ? Close(r, start, "overlay", text, replacement, from, ExpressionParser.ParseInside(r))
            : Close(r, start, "overlay", text, replacement, from);
    }

    private static FunctionCallExpr Substring(TokenReader r)
    {
        var start = Open(r);
        var arguments = PlainArguments(r, K.From, K.For, K.Similar);
        if (arguments is not [{ Name: null, Value: var text }] || r.At(')'))
        {
            return ClosePlain(r, start, "substring", arguments);
        }

        if (r.Accept(K.Similar))
        {
            var pattern = ExpressionParser.ParseInside(r);
            r.Expect(K.Escape);
            return Close(r, start, "substring", text, pattern, ExpressionParser.ParseInside(r));
        }

        if (r.Accept(K.From))
        {
            var from = ExpressionParser.ParseInside(r);
            return r.Accept(K.For)
                ? Close(r, start, "substring", text, from, ExpressionParser.ParseInside(r))
                : Close(r, start, "substring", text, from);
        }

        r.Expect(K.For);
        var length = ExpressionParser.ParseInside(r);
        if (r.Accept(K.From))
        {
            return Close(r, start, "substring", text, ExpressionParser.ParseInside(r), length);
        }

        // FOR alone counts from 1, and takes an int4.
        var int4 = new SqlTypeName(length.Span, new QualifiedName(length.Span, [new("pg_catalog", length.Span), new("int4",
            length.Span)]))
        { IsSqlSpelling = true };
        var one = new ConstantExpr(length.Span, ConstantKind.Integer, 1.ToString(CultureInfo.InvariantCulture));
        return Close(r, start, "substring", text, one, new CastExpr(length.Span, length, int4, CastSyntax.DoubleColon, length.Span.Start));
    }

    private static FunctionCallExpr Trim(TokenReader r)
    {
        var start = Open(r);
        var name = r.Current.Keyword switch { K.Leading => "ltrim", K.Trailing => "rtrim", _ => "btrim" };
        if (r.Current.Keyword is K.Leading or K.Trailing or K.Both)
        {
            r.Advance();
        }

        if (r.Accept(K.From))
        {
            return Close(r, start, name, Lists.Separated(r, ExpressionParser.ParseInside).AsSpan());
        }

        var first = Lists.Separated(r, ExpressionParser.ParseInside);
        if (first.Length == 1 && r.Accept(K.From))
        {
            SqlExpr[] arguments = [.. Lists.Separated(r, ExpressionParser.ParseInside), first[0]];
            return Close(r, start, name, arguments);
        }

        return Close(r, start, name, first.AsSpan());
    }

    // The arguments of an ordinary call; after a lone one the words that go on in SQL's own way are left to the caller.
    private static ImmutableArray<CallArgument> PlainArguments(TokenReader r, params ReadOnlySpan<K> words)
    {
        if (r.At(')'))
        {
            return [];
        }

        var first = Calls.Argument(r);
        if (first.Name is null && words.Contains(r.Current.Keyword))
        {
            return [first];
        }

        var arguments = ImmutableArray.CreateBuilder<CallArgument>();
        arguments.Add(first);
        while (r.Accept(','))
        {
            arguments.Add(Calls.Argument(r));
        }

        return arguments.ToImmutable();
    }

    // An explicit call of the function, which is not searched for in pg_catalog alone.
    private static FunctionCallExpr ClosePlain(TokenReader r, int start, string name, ImmutableArray<CallArgument> arguments)
    {
        r.Expect(')');
        var word = TextSpan.FromBounds(start, start + name.Length);
        return Calls.Suffixes(r, new FunctionCallExpr(r.SpanFrom(start), new QualifiedName(word, [new Identifier(name, word)]), arguments));
    }
}
