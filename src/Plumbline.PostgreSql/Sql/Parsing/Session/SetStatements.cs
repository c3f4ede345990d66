using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Session;
using Plumbline.PostgreSql.Sql.Lexing;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing.Session;

/// <summary>SET, RESET and SHOW (pages of the same names).</summary>
internal static class SetStatements
{
    /// <summary>SET as a statement.</summary>
    public static SqlStatement Parse(TokenReader r)
    {
        var start = r.Expect(K.Set).Start;
        if (r.At(K.Constraints) && r.Next.Keyword != K.To && r.Next.Symbol is not ('=' or '.'))
        {
            return Constraints(r, start);
        }

        var isName = IsName(r);
        var scope = SetScope.Default;
        if (!isName && r.Accept(K.Local))
        {
            scope = SetScope.Local;
        }
        else if (!isName && r.At(K.Session) && r.Next.Keyword is not (K.Authorization or K.Characteristics))
        {
            r.Advance();
            scope = SetScope.Session;
        }

        if (r.At(K.Transaction) && r.Next.Keyword != K.Snapshot && !IsName(r))
        {
            r.Advance();
            return Modes(r, start, scope, "TRANSACTION");
        }

        if (r.AtPair(K.Session, K.Characteristics))
        {
            r.Advance();
            r.Expect(K.Characteristics, K.As, K.Transaction);
            return Modes(r, start, scope, "SESSION CHARACTERISTICS");
        }

        return Rest(r, start, scope);
    }

    /// <summary>SET or RESET of a function, role or database.</summary>
    public static SetStatement OfFunction(TokenReader r)
    {
        if (r.At(K.Reset))
        {
            return Reset(r);
        }

        var start = r.Expect(K.Set).Start;
        return Rest(r, start, SetScope.Default);
    }

    /// <summary>The name behind RESET or SHOW, and where it ends.</summary>
    public static string VariableOrSpecial(TokenReader r)
    {
        if (r.At(K.Time) && r.Next.Keyword == K.Zone)
        {
            r.Advance();
            r.Advance();
            return "timezone";
        }

        if (r.At(K.Transaction) && r.Next.Keyword == K.Isolation)
        {
            r.Advance();
            r.Expect(K.Isolation, K.Level);
            return "transaction_isolation";
        }

        if (r.At(K.Session) && r.Next.Keyword == K.Authorization)
        {
            r.Advance();
            r.Advance();
            return "session_authorization";
        }

        return r.Accept(K.All) ? "all" : Variable(r);
    }

    /// <summary>RESET.</summary>
    public static SetStatement Reset(TokenReader r)
    {
        var start = r.Expect(K.Reset).Start;
        var isAll = r.At(K.All);
        var name = VariableOrSpecial(r);
        return new SetStatement(r.SpanFrom(start), SetScope.Default, name, isAll ? SetKind.ResetAll : SetKind.Reset, []);
    }

    /// <summary>SHOW.</summary>
    public static ShowStatement Show(TokenReader r)
    {
        var start = r.Expect(K.Show).Start;
        var name = VariableOrSpecial(r);
        return new ShowStatement(r.SpanFrom(start), name);
    }

    /// <summary>A word or a string; TRUE, FALSE and ON among the words.</summary>
    public static ConstantExpr BooleanOrString(TokenReader r)
    {
        if (r.Current.IsString)
        {
            return Literals.String(r);
        }

        var token = r.Current;
        if (token.Keyword is K.True or K.False or K.On)
        {
            r.Advance();
            return new ConstantExpr(token.Span, ConstantKind.String, TokenText.FoldCase(r.TextOf(token)));
        }

        var word = Names.NonReserved(r);
        return new ConstantExpr(word.Span, ConstantKind.String, word.Name);
    }

    private static bool IsName(TokenReader r) =>
        r.Next.Keyword == K.To || r.Next.Symbol is '=' or '.' || (r.Next.Keyword == K.From && r.Peek(2).Keyword == K.Current);

    private static SetConstraintsStatement Constraints(TokenReader r, int start)
    {
        r.Expect(K.Constraints);
        var names = r.Accept(K.All) ? [] : Lists.Separated(r, Names.Relation);
        if (!r.At(K.Deferred, K.Immediate))
        {
            throw r.Unexpected();
        }

        var isDeferred = r.Advance().Keyword == K.Deferred;
        return new SetConstraintsStatement(r.SpanFrom(start), names, isDeferred);
    }

    private static SetStatement Modes(TokenReader r, int start, SetScope scope, string name)
    {
        var modes = Transactions.Modes(r, isRequired: true);
        return new SetStatement(r.SpanFrom(start), scope, name, SetKind.Value, [.. modes]);
    }

    private static string Variable(TokenReader r)
    {
        var name = Names.Column(r).Name;
        while (r.Accept('.'))
        {
            name += "." + Names.Column(r).Name;
        }

        return name;
    }

    private static SetStatement Rest(TokenReader r, int start, SetScope scope)
    {
        if (!IsName(r))
        {
            switch (r.Current.Keyword)
            {
                case K.Time:
                    r.Advance();
                    r.Expect(K.Zone);
                    return TimeZone(r, start, scope);
                case K.Catalog:
                    r.Advance();
                    var catalog = Literals.String(r);
                    throw TokenReader.Error("current database cannot be changed", catalog.Span.Start, "0A000");
                case K.Schema when r.Next.IsString:
                    r.Advance();
                    return Value(r, start, scope, "search_path", Literals.String(r));
                case K.Names:
                    r.Advance();
                    return r.Current.IsString ? Value(r, start, scope, "client_encoding", Literals.String(r)) : Default(r, start, scope, "client_encoding");
                case K.Role:
                    r.Advance();
                    return Value(r, start, scope, "role", BooleanOrStringWord(r));
                case K.Session when r.Next.Keyword == K.Authorization:
                    r.Advance();
                    r.Advance();
                    return r.At(K.Default)
                        ? Default(r, start, scope, "session_authorization")
                        : Value(r, start, scope, "session_authorization", BooleanOrStringWord(r));
                case K.Xml when r.Next.Keyword == K.Option:
                    r.Advance();
                    r.Advance();
                    if (!r.At(K.Document, K.Content))
                    {
                        throw r.Unexpected();
                    }

                    return Value(r, start, scope, "xmloption", BooleanOrStringWord(r));
                case K.Transaction when r.Next.Keyword == K.Snapshot:
                    r.Advance();
                    r.Advance();
                    return Value(r, start, scope, "TRANSACTION SNAPSHOT", Literals.String(r));
            }
        }

        return Generic(r, start, scope);
    }

    private static ConstantExpr BooleanOrStringWord(TokenReader r)
    {
        var start = r.Current.Start;
        var text = Names.NonReservedOrString(r);
        return new ConstantExpr(r.SpanFrom(start), ConstantKind.String, text);
    }

    private static SetStatement Generic(TokenReader r, int start, SetScope scope)
    {
        var name = Variable(r);
        if (r.Accept(K.From, K.Current))
        {
            return new SetStatement(r.SpanFrom(start), scope, name, SetKind.FromCurrent, []);
        }

        if (!r.Accept('='))
        {
            r.Expect(K.To);
        }

        if (r.At(K.Default))
        {
            return Default(r, start, scope, name);
        }

        var values = Lists.Separated<SqlNode>(r, static r =>
            r.At('+') || r.At('-') || r.At(TokenKind.Integer) || r.At(TokenKind.Numeric) ? Literals.Number(r) : BooleanOrString(r));
        return new SetStatement(r.SpanFrom(start), scope, name, SetKind.Value, values);
    }

    private static SetStatement TimeZone(TokenReader r, int start, SetScope scope)
    {
        var token = r.Current;
        switch (token.Keyword)
        {
            case K.Default or K.Local:
                return Default(r, start, scope, "timezone");
            case K.Interval when !r.Next.IsString && r.Next.Symbol != '(':
                r.Advance();
                throw r.Unexpected();
            case K.Interval:
                return Value(r, start, scope, "timezone", Primaries.Parse(r));
        }

        if (token.IsString)
        {
            return Value(r, start, scope, "timezone", Literals.String(r));
        }

        if (token.Kind is TokenKind.Identifier or TokenKind.QuotedIdentifier or TokenKind.UnicodeIdentifier)
        {
            var name = Names.Take(r);
            return Value(r, start, scope, "timezone", new ConstantExpr(name.Span, ConstantKind.String, name.Name));
        }

        return Value(r, start, scope, "timezone", Literals.Number(r));
    }

    private static SetStatement Value(TokenReader r, int start, SetScope scope, string name, SqlNode value) =>
        new(r.SpanFrom(start), scope, name, SetKind.Value, [value]);

    private static SetStatement Default(TokenReader r, int start, SetScope scope, string name)
    {
        if (r.At(K.Default, K.Local))
        {
            r.Advance();
        }

        return new SetStatement(r.SpanFrom(start), scope, name, SetKind.Default, []);
    }
}
