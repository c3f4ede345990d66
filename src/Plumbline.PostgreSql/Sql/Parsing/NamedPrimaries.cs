using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing;

/// <summary>Operands that begin with a name: columns, function calls, and constants with a type before them.</summary>
internal static class NamedPrimaries
{
    /// <summary>An operand.</summary>
    public static SqlExpr Parse(TokenReader r)
    {
        var first = r.Current;
        if (TypedConstant(r) is { } constant)
        {
            return constant;
        }

        if (!Names.IsColumnName(first))
        {
            // A word that may name a function, but no column.
            var function = Names.TypeOrFunction(r);
            return CallOrConstant(r, new QualifiedName(function.Span, [function]));
        }

        var name = Names.Take(r);
        if (r.At('.') || r.At('['))
        {
            return Qualified(r, name);
        }

        return (r.At('(') || r.Current.IsString) && Names.IsTypeOrFunctionName(first)
            ? CallOrConstant(r, new QualifiedName(name.Span, [name]))
            : new ColumnRefExpr(name.Span, [name]);
    }

    /// <summary>What an assignment of PL/pgSQL assigns to: a variable with fields and subscripts.</summary>
    public static SqlExpr Target(TokenReader r, Identifier name) => r.At('.') || r.At('[') ? Qualified(r, name) : new ColumnRefExpr(name.Span, [name]);

    private static SqlExpr Qualified(TokenReader r, Identifier first)
    {
        var start = first.Span.Start;
        var steps = Primaries.Indirection(r);
        var names = ImmutableArray.CreateBuilder<Identifier>(steps.Length + 1);
        names.Add(first);
        var taken = 0;
        while (taken < steps.Length && steps[taken] is FieldStep field)
        {
            names.Add(field.Name);
            taken++;
        }

        if (taken == steps.Length && (r.At('(') || r.Current.IsString))
        {
            return CallOrConstant(r, new QualifiedName(r.SpanFrom(start), names.ToImmutable()));
        }

        if (taken < steps.Length && steps[taken] is StarStep)
        {
            return new ColumnRefExpr(r.SpanFrom(start), names.ToImmutable(), IsStar: true);
        }

        if (taken == steps.Length)
        {
            return new ColumnRefExpr(r.SpanFrom(start), names.ToImmutable());
        }

        var column = new ColumnRefExpr(Plumbline.Schema.Text.TextSpan.FromBounds(start, names[^1].Span.End), names.ToImmutable());
        return new IndirectionExpr(r.SpanFrom(start), column, steps[taken..]);
    }

    // int '1', numeric(10, 2) '1', interval '1' day, timestamp with time zone '…'. A word that could also be a column is one where no such thing follows.
    private static SqlExpr? TypedConstant(TokenReader r)
    {
        var start = r.Current.Start;
        var next = r.Next;
        var isType = r.Current.Keyword switch
        {
            K.Int or K.Integer or K.Smallint or K.Bigint or K.Real or K.Boolean => next.IsString,
            K.Json => next.IsString,
            K.Double => next.Keyword == K.Precision,
            K.Float or K.Decimal or K.Dec or K.Numeric => next.IsString || next.Symbol == '(',
            K.Bit or K.Character or K.Char or K.Nchar => next.IsString || next.Symbol == '(' || next.Keyword == K.Varying,
            K.National => next.Keyword is K.Character or K.Char,
            K.Varchar => next.IsString || next.Symbol == '(',
            K.Timestamp or K.Time => next.IsString || next.Symbol == '(' || (next.Keyword is K.With or K.Without && IsZone(r)),
            K.Interval => next.IsString || next.Symbol == '(',
            _ => false,
        };
        if (!isType)
        {
            return null;
        }

        if (r.At(K.Interval) && next.IsString)
        {
            r.Advance();
            var value = Literals.String(r);
            return Make(r, start, value, TypeNames.IntervalFields(r, start));
        }

        var type = TypeNames.SqlSpelling(r, start)!;
        return Make(r, start, Literals.String(r), type);
    }

    private static bool IsZone(TokenReader r) => r.Peek(2).Keyword == K.Time || (r.Next.Keyword == K.With && r.Peek(2).Keyword == K.Ordinality);

    private static CastExpr Make(TokenReader r, int start, ConstantExpr value, SqlTypeName type) =>
        new(r.SpanFrom(start), value, type, CastSyntax.TypedLiteral, start);

    private static SqlExpr CallOrConstant(TokenReader r, QualifiedName name)
    {
        var start = name.Span.Start;
        if (r.Current.IsString)
        {
            return Make(r, start, Literals.String(r), new SqlTypeName(name.Span, name));
        }

        if (!r.At('('))
        {
            throw r.Unexpected();
        }

        var call = Calls.Arguments(r, name);
        if (r.Current.IsString && Calls.MayBeTypeModifiers(call))
        {
            return ConstantWithModifiers(r, call);
        }

        return Calls.Suffixes(r, call);
    }

    private static CastExpr ConstantWithModifiers(TokenReader r, FunctionCallExpr call)
    {
        var start = call.Span.Start;
        var value = Literals.String(r);
        foreach (var argument in call.Arguments)
        {
            if (argument.Name is not null)
            {
                throw TokenReader.Error("type modifier cannot have parameter name", argument.Span.Start);
            }
        }

        if (!call.OrderBy.IsEmpty)
        {
            throw TokenReader.Error("type modifier cannot have ORDER BY", call.OrderBy[0].Span.Start);
        }

        return Make(r, start, value, new SqlTypeName(call.Span, call.Name) { Modifiers = [.. call.Arguments.Select(argument => argument.Value)] });
    }
}
