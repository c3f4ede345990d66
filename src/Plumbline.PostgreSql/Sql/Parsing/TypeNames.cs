using System.Collections.Immutable;
using System.Globalization;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing;

/// <summary>Type names ("Data Types" in PostgreSQL's documentation).</summary>
internal static class TypeNames
{
    /// <summary>A type.</summary>
    public static SqlTypeName Parse(TokenReader r)
    {
        var start = r.Current.Start;
        var isSetOf = r.Accept(K.Setof);
        return WithBounds(r, start, isSetOf, Simple(r));
    }

    /// <summary>The type of a function's parameter or result, which may be <c>table.column%TYPE</c>.</summary>
    public static SqlTypeName ParseOfFunction(TokenReader r)
    {
        var start = r.Current.Start;
        var isSetOf = r.Accept(K.Setof);
        var type = Simple(r, mayReferToColumn: true);
        return type.IsColumnReference ? type with { Span = r.SpanFrom(start), IsSetOf = isSetOf } : WithBounds(r, start, isSetOf, type);
    }

    /// <summary>A type without SETOF and array bounds.</summary>
    public static SqlTypeName Simple(TokenReader r, bool mayReferToColumn = false)
    {
        var start = r.Current.Start;
        return SqlSpelling(r, start) ?? Generic(r, start, mayReferToColumn);
    }

    /// <summary>A type that SQL spells in words of its own; null where none begins here.</summary>
    public static SqlTypeName? SqlSpelling(TokenReader r, int start)
    {
        switch (r.Current.Keyword)
        {
            case K.Int or K.Integer:
                return Word(r, start, "int4");
            case K.Smallint:
                return Word(r, start, "int2");
            case K.Bigint:
                return Word(r, start, "int8");
            case K.Real:
                return Word(r, start, "float4");
            case K.Boolean:
                return Word(r, start, "bool");
            case K.Json:
                return Word(r, start, "json");
            case K.Double when r.Next.Keyword == K.Precision:
                r.Advance();
                return Word(r, start, "float8");
            case K.Float:
                r.Advance();
                return Float(r, start);
            case K.Decimal or K.Dec or K.Numeric:
                r.Advance();
                return Make(r, start, "numeric", OptionalModifiers(r));
            case K.Bit:
                r.Advance();
                var isVarying = r.Accept(K.Varying);
                return Make(r, start, isVarying ? "varbit" : "bit", OptionalModifiers(r));
            case K.Character or K.Char or K.National or K.Nchar or K.Varchar:
                return Characters(r, start);
            case K.Timestamp:
                r.Advance();
                return Time(r, start, "timestamp", "timestamptz");
            case K.Time:
                r.Advance();
                return Time(r, start, "time", "timetz");
            case K.Interval:
                r.Advance();
                return r.At('(') ? Make(r, start, "interval", PrecisionInParentheses(r)) : IntervalFields(r, start);
            default:
                return null;
        }
    }

    /// <summary>The fields that may follow INTERVAL, or behind its constant.</summary>
    public static SqlTypeName IntervalFields(TokenReader r, int start)
    {
        ReadOnlySpan<K> last = r.Current.Keyword switch
        {
            K.Year => [K.Month],
            K.Day => [K.Hour, K.Minute, K.Second],
            K.Hour => [K.Minute, K.Second],
            K.Minute => [K.Second],
            _ => [],
        };
        if (!r.At(K.Year, K.Month) && !r.At(K.Day, K.Hour) && !r.At(K.Minute, K.Second))
        {
            return Make(r, start, "interval", []);
        }

        var fields = Lexing.TokenText.FoldCase(r.TextOf(r.Current));
        var final = r.Advance();
        if (!last.IsEmpty && r.Accept(K.To))
        {
            if (!last.Contains(r.Current.Keyword))
            {
                throw r.Unexpected();
            }

            final = r.Advance();
            fields += " to " + Lexing.TokenText.FoldCase(r.TextOf(final));
        }

        var precision = final.Keyword == K.Second && r.At('(') ? PrecisionInParentheses(r) : [];
        return Make(r, start, "interval", precision) with { IntervalFields = fields };
    }

    /// <summary>A type by a name that is not SQL's own, from its first word on.</summary>
    private static SqlTypeName Generic(TokenReader r, int start, bool mayReferToColumn)
    {
        var parts = ImmutableArray.CreateBuilder<Identifier>(1);
        parts.Add(Names.TypeOrFunction(r));
        while (r.Accept('.'))
        {
            parts.Add(Names.Label(r));
        }

        var name = new QualifiedName(r.SpanFrom(start), parts.ToImmutable());
        if (mayReferToColumn && parts.Count > 1 && r.Accept('%'))
        {
            r.Expect(K.Type);
            return new SqlTypeName(r.SpanFrom(start), name) { IsColumnReference = true };
        }

        var modifiers = OptionalModifiers(r);
        return new SqlTypeName(r.SpanFrom(start), name) { Modifiers = modifiers };
    }

    private static SqlTypeName WithBounds(TokenReader r, int start, bool isSetOf, SqlTypeName type)
    {
        var bounds = ImmutableArray.CreateBuilder<int?>(0);
        if (r.Accept(K.Array))
        {
            bounds.Add(r.At('[') ? Bound(r, isRequired: true) : null);
        }
        else
        {
            while (r.At('['))
            {
                bounds.Add(Bound(r, isRequired: false));
            }
        }

        return bounds.Count == 0 && !isSetOf ? type : type with { Span = r.SpanFrom(start), IsSetOf = isSetOf, ArrayBounds = bounds.ToImmutable() };
    }

    private static int? Bound(TokenReader r, bool isRequired)
    {
        r.Expect('[');
        int? bound = r.At(']') && !isRequired ? null : Literals.Integer(r);
        r.Expect(']');
        return bound;
    }

    private static SqlTypeName Word(TokenReader r, int start, string name)
    {
        r.Advance();
        return Make(r, start, name, []);
    }

    private static SqlTypeName Make(TokenReader r, int start, string name, ImmutableArray<SqlExpr> modifiers)
    {
        var span = r.SpanFrom(start);
        return new SqlTypeName(span, new QualifiedName(span, [new Identifier("pg_catalog", span), new Identifier(name, span)]))
        {
            IsSqlSpelling = true,
            Modifiers = modifiers,
        };
    }

    private static ImmutableArray<SqlExpr> OptionalModifiers(TokenReader r) =>
        r.At('(') ? Lists.InParentheses(r, static r => ExpressionParser.Parse(r)) : [];

    private static ImmutableArray<SqlExpr> PrecisionInParentheses(TokenReader r)
    {
        r.Expect('(');
        var token = r.Current;
        var value = Literals.Integer(r);
        r.Expect(')');
        return [new ConstantExpr(token.Span, ConstantKind.Integer, value.ToString(CultureInfo.InvariantCulture))];
    }

    private static SqlTypeName Float(TokenReader r, int start)
    {
        if (!r.At('('))
        {
            return Make(r, start, "float8", []);
        }

        r.Expect('(');
        var position = r.Current.Start;
        var precision = Literals.Integer(r);
        r.Expect(')');
        return precision switch
        {
            < 1 => throw TokenReader.Error("precision for type float must be at least 1 bit", position, "22023"),
            > 53 => throw TokenReader.Error("precision for type float must be less than 54 bits", position, "22023"),
            _ => Make(r, start, precision <= 24 ? "float4" : "float8", []),
        };
    }

    private static SqlTypeName Characters(TokenReader r, int start)
    {
        if (r.Accept(K.National))
        {
            if (!r.At(K.Character, K.Char))
            {
                throw r.Unexpected();
            }
        }

        var isVarying = r.Advance().Keyword == K.Varchar || r.Accept(K.Varying);
        if (r.At('('))
        {
            return Make(r, start, isVarying ? "varchar" : "bpchar", PrecisionInParentheses(r));
        }

        // char without a length is char(1); a constant of this spelling has no length at all.
        var isConstant = r.Current.IsString;
        return Make(r, start, isVarying ? "varchar" : "bpchar", isVarying || isConstant ? [] : [new ConstantExpr(r.SpanFrom(start), ConstantKind.Integer,
            "1")]);
    }

    private static SqlTypeName Time(TokenReader r, int start, string plain, string zoned)
    {
        var precision = r.At('(') ? PrecisionInParentheses(r) : [];
        var hasZone = r.At(K.With) && r.Next.Keyword is K.Time or K.Ordinality;
        if (hasZone || r.AtPair(K.Without, K.Time))
        {
            r.Advance();
            r.Expect(K.Time, K.Zone);
        }

        return Make(r, start, hasZone ? zoned : plain, precision);
    }
}
