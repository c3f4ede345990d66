using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Lexing;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing;

/// <summary>Function calls ("Function Calls", "Aggregate Expressions", "Window Function Calls").</summary>
internal static class Calls
{
    /// <summary>The arguments in parentheses: the grammar's <c>func_application</c>.</summary>
    public static FunctionCallExpr Arguments(TokenReader r, QualifiedName name)
    {
        var start = name.Span.Start;
        var isLabelPossible = r.IsLabelPossible;
        r.IsLabelPossible = false;
        r.Enter();
        r.Expect('(');
        var call = new FunctionCallExpr(name.Span, name, []);
        if (r.Accept('*'))
        {
            call = call with { IsStar = true };
        }
        else if (!r.At(')'))
        {
            call = List(r, call);
        }

        r.Expect(')');
        r.Leave();
        r.IsLabelPossible = isLabelPossible;
        return call with { Span = r.SpanFrom(start) };
    }

    /// <summary>Whether a call could be a type with modifiers in front of a constant: <c>name(arguments) 'value'</c>.</summary>
    public static bool MayBeTypeModifiers(FunctionCallExpr call) => call is { IsStar: false, IsDistinct: false, IsVariadic: false, Arguments.IsEmpty: false };

    /// <summary>WITHIN GROUP, FILTER and OVER behind a call.</summary>
    public static FunctionCallExpr Suffixes(TokenReader r, FunctionCallExpr call)
    {
        var start = call.Span.Start;
        if (r.Accept(K.Within))
        {
            call = WithinGroup(r, call);
        }

        if (Filter(r) is { } filter)
        {
            call = call with { Filter = filter };
        }

        if (r.At(K.Over))
        {
            call = call with { Over = Windows.Over(r) };
        }

        return call with { Span = r.SpanFrom(start) };
    }

    /// <summary>FILTER (WHERE …); null where it is not written.</summary>
    public static SqlExpr? Filter(TokenReader r)
    {
        if (!r.Accept(K.Filter))
        {
            return null;
        }

        r.Expect('(');
        r.Expect(K.Where);
        var condition = ExpressionParser.ParseInside(r);
        r.Expect(')');
        return condition;
    }

    /// <summary>An argument with or without a name.</summary>
    public static CallArgument Argument(TokenReader r)
    {
        var start = r.Current.Start;
        if (r.Next.Kind is TokenKind.ColonEquals or TokenKind.Arrow && Names.IsTypeOrFunctionName(r.Current))
        {
            var name = Names.Take(r);
            r.Advance();
            var named = ExpressionParser.ParseInside(r);
            return new CallArgument(r.SpanFrom(start), name, named);
        }

        var value = ExpressionParser.ParseInside(r);
        return new CallArgument(r.SpanFrom(start), null, value);
    }

    private static FunctionCallExpr List(TokenReader r, FunctionCallExpr call)
    {
        var isAll = r.Accept(K.All);
        var isDistinct = !isAll && r.Accept(K.Distinct);
        var arguments = ImmutableArray.CreateBuilder<CallArgument>(1);
        var isVariadic = false;
        do
        {
            // VARIADIC stands alone or last, and not behind ALL or DISTINCT in the first place.
            isVariadic = (arguments.Count > 0 || !(isAll || isDistinct)) && !(arguments.Count > 0 && (isAll || isDistinct)) && r.Accept(K.Variadic);
            arguments.Add(Argument(r));
        }
        while (!isVariadic && r.Accept(','));
        var orderBy = Sorting.Optional(r);
        return call with { Arguments = arguments.ToImmutable(), IsDistinct = isDistinct, IsVariadic = isVariadic, OrderBy = orderBy };
    }

    private static FunctionCallExpr WithinGroup(TokenReader r, FunctionCallExpr call)
    {
        r.Expect(K.Group);
        var position = r.Current.Start;
        r.Expect('(');
        r.Expect(K.Order, K.By);
        var items = Lists.Separated(r, Sorting.Item);
        r.Expect(')');
        if (!call.OrderBy.IsEmpty)
        {
            throw TokenReader.Error("cannot use multiple ORDER BY clauses with WITHIN GROUP", position);
        }

        if (call.IsDistinct)
        {
            throw TokenReader.Error("cannot use DISTINCT with WITHIN GROUP", position);
        }

        if (call.IsVariadic)
        {
            throw TokenReader.Error("cannot use VARIADIC with WITHIN GROUP", position);
        }

        return call with { OrderBy = items, IsWithinGroup = true };
    }
}
