using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Lexing;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing;

/// <summary>The functions of SQL/XML ("XML Functions").</summary>
internal static class XmlCalls
{
    /// <summary>Such a call; null where none begins here.</summary>
    public static SqlExpr? TryParse(TokenReader r) => r.Current.Keyword switch
    {
        K.Xmlconcat => Call(r, static (r, arguments) => Add(arguments, ExpressionParser.List(r))),
        K.Xmlelement => Call(r, Element),
        K.Xmlexists => Call(r, static (r, arguments) => Exists(r, arguments)),
        K.Xmlforest => Call(r, static (r, arguments) => arguments.AddRange(Lists.Separated(r, Labeled))),
        K.Xmlparse => Call(r, Parse),
        K.Xmlpi => Call(r, Instruction),
        K.Xmlroot => Call(r, Root),
        K.Xmlserialize => Serialize(r),
        _ => null,
    };

    /// <summary>XMLEXISTS' and XMLTABLE's <c>path PASSING document</c>.</summary>
    public static ImmutableArray<SqlExpr> PathAndDocument(TokenReader r)
    {
        var path = Primaries.Parse(r);
        r.Expect(K.Passing);
        PassingMechanism(r);
        var document = Primaries.Parse(r);
        PassingMechanism(r);
        return [path, document];
    }

    private static SqlStandardCallExpr Call(TokenReader r, Action<TokenReader, ImmutableArray<CallArgument>.Builder> read)
    {
        var name = r.Advance();
        r.Expect('(');
        var arguments = ImmutableArray.CreateBuilder<CallArgument>();
        read(r, arguments);
        r.Expect(')');
        return new SqlStandardCallExpr(r.SpanFrom(name.Start), TokenText.FoldCase(r.TextOf(name)), arguments.ToImmutable(), null);
    }

    private static void Exists(TokenReader r, ImmutableArray<CallArgument>.Builder arguments) => Add(arguments, PathAndDocument(r));

    private static void Element(TokenReader r, ImmutableArray<CallArgument>.Builder arguments)
    {
        r.Expect(K.Name);
        var name = Names.Label(r);
        arguments.Add(new CallArgument(name.Span, name, new ConstantExpr(name.Span, ConstantKind.String, name.Name)));
        if (!r.Accept(','))
        {
            return;
        }

        if (r.At(K.Xmlattributes) && r.Next.Symbol == '(')
        {
            r.Advance();
            arguments.AddRange(Lists.InParentheses(r, Labeled));
            if (!r.Accept(','))
            {
                return;
            }
        }

        Add(arguments, ExpressionParser.List(r));
    }

    private static void Parse(TokenReader r, ImmutableArray<CallArgument>.Builder arguments)
    {
        DocumentOrContent(r);
        Add(arguments, [ExpressionParser.ParseInside(r)]);
        if (r.At(K.Preserve, K.Strip))
        {
            r.Advance();
            r.Expect(K.Whitespace);
        }
    }

    private static void Instruction(TokenReader r, ImmutableArray<CallArgument>.Builder arguments)
    {
        r.Expect(K.Name);
        var name = Names.Label(r);
        arguments.Add(new CallArgument(name.Span, name, new ConstantExpr(name.Span, ConstantKind.String, name.Name)));
        if (r.Accept(','))
        {
            Add(arguments, [ExpressionParser.ParseInside(r)]);
        }
    }

    private static void Root(TokenReader r, ImmutableArray<CallArgument>.Builder arguments)
    {
        Add(arguments, [ExpressionParser.ParseInside(r)]);
        r.Expect(',');
        r.Expect(K.Version);
        if (!r.AcceptPair(K.No, K.Value))
        {
            Add(arguments, [ExpressionParser.ParseInside(r)]);
        }

        if (r.Accept(','))
        {
            r.Expect(K.Standalone);
            if (r.Accept(K.No))
            {
                r.Accept(K.Value);
            }
            else
            {
                r.Expect(K.Yes);
            }
        }
    }

    private static SqlStandardCallExpr Serialize(TokenReader r)
    {
        var name = r.Advance();
        r.Expect('(');
        DocumentOrContent(r);
        var value = ExpressionParser.ParseInside(r);
        r.Expect(K.As);
        var type = TypeNames.Simple(r);
        if (r.At(K.No, K.Indent))
        {
            r.Accept(K.No);
            r.Expect(K.Indent);
        }

        r.Expect(')');
        return new SqlStandardCallExpr(r.SpanFrom(name.Start), "xmlserialize", [new CallArgument(value.Span, null, value)], type);
    }

    private static void DocumentOrContent(TokenReader r)
    {
        if (!r.At(K.Document, K.Content))
        {
            throw r.Unexpected();
        }

        r.Advance();
    }

    private static void PassingMechanism(TokenReader r)
    {
        if (r.Accept(K.By))
        {
            if (!r.At(K.Ref, K.Value))
            {
                throw r.Unexpected();
            }

            r.Advance();
        }
    }

    private static CallArgument Labeled(TokenReader r)
    {
        var start = r.Current.Start;
        var value = ExpressionParser.ParseInside(r);
        Identifier? name = r.Accept(K.As) ? Names.Label(r) : null;
        return new CallArgument(r.SpanFrom(start), name, value);
    }

    private static void Add(ImmutableArray<CallArgument>.Builder arguments, ImmutableArray<SqlExpr> values)
    {
        foreach (var value in values)
        {
            arguments.Add(new CallArgument(value.Span, null, value));
        }
    }
}
