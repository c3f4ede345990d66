using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Lexing;
using Plumbline.PostgreSql.Sql.Parsing.Queries;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing;

/// <summary>The functions of SQL/JSON ("JSON Functions and Operators").</summary>
internal static class JsonCalls
{
    /// <summary>Such a call; null where none begins here.</summary>
    public static SqlExpr? TryParse(TokenReader r) => r.Current.Keyword switch
    {
        K.JsonObject => Object(r),
        K.JsonArray => Array(r),
        K.JsonObjectagg => ObjectAggregate(r),
        K.JsonArrayagg => ArrayAggregate(r),
        K.Json => Constructor(r),
        K.JsonScalar => Scalar(r),
        K.JsonSerialize => Serialize(r),
        K.JsonQuery or K.JsonExists or K.JsonValue => Query(r),
        K.MergeAction => MergeAction(r),
        _ => null,
    };

    /// <summary>A value with FORMAT JSON behind it, where written.</summary>
    public static CallArgument Value(TokenReader r)
    {
        var value = ExpressionParser.ParseInside(r);
        Format(r);
        return new CallArgument(r.SpanFrom(value.Span.Start), null, value);
    }

    /// <summary>FORMAT JSON [ENCODING name], where written.</summary>
    public static void Format(TokenReader r)
    {
        if (r.AcceptPair(K.Format, K.Json) && r.Accept(K.Encoding))
        {
            Names.Column(r);
        }
    }

    /// <summary>PASSING value AS name, …, where written.</summary>
    public static void Passing(TokenReader r, ImmutableArray<CallArgument>.Builder arguments)
    {
        if (!r.Accept(K.Passing))
        {
            return;
        }

        do
        {
            var value = Value(r);
            r.Expect(K.As);
            var name = Names.Label(r);
            arguments.Add(value with { Name = name, Span = r.SpanFrom(value.Span.Start) });
        }
        while (r.Accept(','));
    }

    /// <summary>What is done ON EMPTY and ON ERROR, and with wrappers and quotes, where written.</summary>
    public static void Behaviors(TokenReader r, ImmutableArray<CallArgument>.Builder arguments)
    {
        if (r.At(K.With, K.Without))
        {
            var isWith = r.Advance().Keyword == K.With;
            if (isWith && r.At(K.Conditional, K.Unconditional))
            {
                r.Advance();
            }

            r.Accept(K.Array);
            r.Expect(K.Wrapper);
        }

        if (r.At(K.Keep, K.Omit) && r.Next.Keyword == K.Quotes)
        {
            r.Advance();
            r.Advance();
            if (r.Accept(K.On))
            {
                r.Expect(K.Scalar, K.String);
            }
        }

        var isEmptyDone = false;
        while (r.Current.Keyword is K.Default or K.Error or K.Null or K.True or K.False or K.Unknown or K.Empty)
        {
            if (r.Accept(K.Default))
            {
                var value = ExpressionParser.ParseInside(r);
                arguments.Add(new CallArgument(value.Span, null, value));
            }
            else if (r.Advance().Keyword == K.Empty && r.At(K.Array, K.Object))
            {
                r.Advance();
            }

            r.Expect(K.On);
            if (!isEmptyDone && r.Accept(K.Empty))
            {
                isEmptyDone = true;
                continue;
            }

            r.Expect(K.Error);
            return;
        }
    }

    private static (Token Name, ImmutableArray<CallArgument>.Builder Arguments) Open(TokenReader r)
    {
        var name = r.Advance();
        r.Expect('(');
        return (name, ImmutableArray.CreateBuilder<CallArgument>());
    }

    private static SqlStandardCallExpr Close(TokenReader r, Token name, ImmutableArray<CallArgument>.Builder arguments, SqlTypeName? returning)
    {
        r.Expect(')');
        return new SqlStandardCallExpr(r.SpanFrom(name.Start), TokenText.FoldCase(r.TextOf(name)), arguments.ToImmutable(), returning);
    }

    // The aggregates may have FILTER and OVER behind them.
    private static SqlStandardCallExpr CloseAggregate(
        TokenReader r, Token name, ImmutableArray<CallArgument>.Builder arguments, SqlTypeName? returning)
    {
        var call = Close(r, name, arguments, returning);
        var filter = Calls.Filter(r);
        var over = r.At(K.Over) ? Windows.Over(r) : null;
        return call with { Span = r.SpanFrom(name.Start), Filter = filter, Over = over };
    }

    private static SqlTypeName? Returning(TokenReader r)
    {
        if (!r.Accept(K.Returning))
        {
            return null;
        }

        var type = TypeNames.Parse(r);
        Format(r);
        return type;
    }

    private static void NullClause(TokenReader r)
    {
        if (r.At(K.Null, K.Absent))
        {
            r.Advance();
            r.Expect(K.On, K.Null);
        }
    }

    // name VALUE value, or name : value.
    private static void NameAndValue(TokenReader r, ImmutableArray<CallArgument>.Builder arguments, SqlExpr name)
    {
        if (!r.Accept(K.Value))
        {
            r.Expect(':');
        }

        arguments.Add(new CallArgument(name.Span, null, name));
        arguments.Add(Value(r));
    }

    private static SqlExpr Object(TokenReader r)
    {
        var (name, arguments) = Open(r);
        if (!r.At(')') && !r.At(K.Returning))
        {
            var first = Calls.Argument(r);
            if (first.Name is not null || (!r.At(K.Value) && !r.At(':')))
            {
                return PlainObject(r, name, arguments, first);
            }

            NameAndValue(r, arguments, first.Value);
            while (r.Accept(','))
            {
                NameAndValue(r, arguments, ExpressionParser.ParseInside(r));
            }

            NullClause(r);
            Tests.JsonUniqueKeys(r);
        }

        return Close(r, name, arguments, Returning(r));
    }

    // The function json_object, which is older than the standard's syntax.
    private static FunctionCallExpr PlainObject(TokenReader r, Token word, ImmutableArray<CallArgument>.Builder arguments, CallArgument first)
    {
        arguments.Add(first);
        while (r.Accept(','))
        {
            arguments.Add(Calls.Argument(r));
        }

        r.Expect(')');
        var name = new QualifiedName(word.Span, [new Identifier("json_object", word.Span)]);
        return Calls.Suffixes(r, new FunctionCallExpr(r.SpanFrom(word.Start), name, arguments.ToImmutable()));
    }

    private static SqlStandardCallExpr Array(TokenReader r)
    {
        var (name, arguments) = Open(r);
        if (QueryParser.IsStart(r))
        {
            var query = QueryParser.ParseOpen(r);
            Format(r);
            arguments.Add(new CallArgument(query.Span, null, new SubqueryExpr(query.Span, SubqueryKind.Array, query)));
        }
        else if (!r.At(')') && !r.At(K.Returning))
        {
            arguments.AddRange(Lists.Separated(r, Value));
            NullClause(r);
        }

        return Close(r, name, arguments, Returning(r));
    }

    private static SqlStandardCallExpr ObjectAggregate(TokenReader r)
    {
        var (name, arguments) = Open(r);
        NameAndValue(r, arguments, ExpressionParser.ParseInside(r));
        NullClause(r);
        Tests.JsonUniqueKeys(r);
        return CloseAggregate(r, name, arguments, Returning(r));
    }

    private static SqlStandardCallExpr ArrayAggregate(TokenReader r)
    {
        var (name, arguments) = Open(r);
        arguments.Add(Value(r));
        foreach (var item in Sorting.Optional(r))
        {
            arguments.Add(new CallArgument(item.Span, null, item.Value));
        }

        NullClause(r);
        return CloseAggregate(r, name, arguments, Returning(r));
    }

    private static SqlStandardCallExpr Constructor(TokenReader r)
    {
        var (name, arguments) = Open(r);
        arguments.Add(Value(r));
        Tests.JsonUniqueKeys(r);
        return Close(r, name, arguments, null);
    }

    private static SqlStandardCallExpr Scalar(TokenReader r)
    {
        var (name, arguments) = Open(r);
        var value = ExpressionParser.ParseInside(r);
        arguments.Add(new CallArgument(value.Span, null, value));
        return Close(r, name, arguments, null);
    }

    private static SqlStandardCallExpr Serialize(TokenReader r)
    {
        var (name, arguments) = Open(r);
        arguments.Add(Value(r));
        return Close(r, name, arguments, Returning(r));
    }

    private static SqlStandardCallExpr Query(TokenReader r)
    {
        var (name, arguments) = Open(r);
        arguments.Add(Value(r));
        r.Expect(',');
        var path = ExpressionParser.ParseInside(r);
        arguments.Add(new CallArgument(path.Span, null, path));
        Passing(r, arguments);
        var returning = name.Keyword == K.JsonExists ? null : Returning(r);
        Behaviors(r, arguments);
        return Close(r, name, arguments, returning);
    }

    private static SqlStandardCallExpr MergeAction(TokenReader r)
    {
        var (name, arguments) = Open(r);
        return Close(r, name, arguments, null);
    }
}
