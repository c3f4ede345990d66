using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Lexing;
using Plumbline.PostgreSql.Sql.Parsing;

namespace Plumbline.PostgreSql.Sql.PlPgSql;

/// <summary>Blocks with their declarations and exception handlers ("Structure of PL/pgSQL", "Trapping Errors").</summary>
internal static class PlBlocks
{
    /// <summary>A block.</summary>
    public static PlBlock Parse(PlSource source)
    {
        var start = source.Current.Start;
        var label = Label(source);
        return BehindLabel(source, start, label);
    }

    /// <summary>A block whose label has been read.</summary>
    public static PlBlock BehindLabel(PlSource source, int start, Identifier? label)
    {
        source.Enter();
        var declarations = ImmutableArray.CreateBuilder<PlDeclaration>();
        if (source.Accept("declare"))
        {
            while (!source.Is("begin"))
            {
                // DECLARE may be repeated.
                if (!source.Accept("declare"))
                {
                    declarations.Add(PlDeclarations.Parse(source));
                }
            }
        }

        source.Expect("begin");
        var statements = PlStatements.Until(source, "exception", "end");
        var handlers = ImmutableArray.CreateBuilder<PlHandler>();
        if (source.Accept("exception"))
        {
            do
            {
                handlers.Add(Handler(source));
            }
            while (source.Is("when"));
        }

        source.Expect("end");
        EndLabel(source, label);
        source.Leave();
        return new PlBlock(source.SpanFrom(start), label, declarations.ToImmutable(), statements, handlers.ToImmutable());
    }

    /// <summary>A label, or nothing.</summary>
    public static Identifier? Label(PlSource source)
    {
        if (!source.Accept("<<"))
        {
            return null;
        }

        var name = source.Name();
        source.Expect(">>");
        return name;
    }

    /// <summary>The label behind END, which must be the block's own.</summary>
    public static void EndLabel(PlSource source, Identifier? label)
    {
        if (source.Current.Symbol == ';' || source.Current.Kind == TokenKind.End)
        {
            return;
        }

        var end = source.Name();
        if (label is not { } start)
        {
            throw TokenReader.Error($"end label \"{end.Name}\" specified for unlabeled block", end.Span.Start);
        }

        if (start.Name != end.Name)
        {
            throw TokenReader.Error($"end label \"{end.Name}\" differs from block's label \"{start.Name}\"", end.Span.Start);
        }
    }

    /// <summary>A condition: a name, or SQLSTATE and a string.</summary>
    public static PlCondition Condition(PlSource source)
    {
        var start = source.Current.Start;
        var name = source.Name();
        if (name.Name != "sqlstate" || !source.Current.IsString)
        {
            return new PlCondition(name.Span, name.Name, false);
        }

        var position = source.Current.Start;
        var state = source.String().Text;
        return state.Length == 5 && state.All(static c => char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c))
            ? new PlCondition(source.SpanFrom(start), state, true)
            : throw TokenReader.Error("invalid SQLSTATE code", position);
    }

    private static PlHandler Handler(PlSource source)
    {
        var start = source.Current.Start;
        source.Expect("when");
        var conditions = ImmutableArray.CreateBuilder<PlCondition>(1);
        do
        {
            conditions.Add(Condition(source));
        }
        while (source.Accept("or"));
        source.Expect("then");
        var statements = PlStatements.Until(source, "when", "end");
        return new PlHandler(source.SpanFrom(start), conditions.ToImmutable(), statements);
    }
}
