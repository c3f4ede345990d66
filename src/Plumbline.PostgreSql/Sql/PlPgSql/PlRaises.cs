using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Lexing;
using Plumbline.PostgreSql.Sql.Parsing;

namespace Plumbline.PostgreSql.Sql.PlPgSql;

/// <summary>RAISE ("Errors and Messages").</summary>
internal static class PlRaises
{
    /// <summary>The statement.</summary>
    public static PlRaise Parse(PlSource source, int start)
    {
        source.Expect("raise");
        var level = "exception";
        if (source.Current.Kind is TokenKind.Identifier or TokenKind.Keyword)
        {
            var word = TokenText.FoldCase(source.TextOf(source.Current));
            if (word is "debug" or "log" or "info" or "notice" or "warning" or "exception")
            {
                level = word;
                source.Advance();
            }
        }

        string? format = null;
        PlCondition? condition = null;
        var arguments = ImmutableArray.CreateBuilder<SqlExpr>();
        if (source.Current.IsString)
        {
            var constant = source.String();
            format = constant.Text;
            while (source.Accept(','))
            {
                var end = source.Find(token => token.Symbol == ',' || source.Is(token, "using"));
                arguments.Add(end.Symbol == ';' ? source.Expression() : source.Expression(",", "using"));
            }

            CheckPlaceholders(format, arguments.Count, constant.Span.Start);
        }
        else if (source.Current.Symbol != ';' && !source.Is("using"))
        {
            condition = PlBlocks.Condition(source);
        }

        var options = source.Accept("using") ? Options(source) : [];
        return new PlRaise(source.SpanFrom(start), level, format, arguments.ToImmutable(), condition, options);
    }

    private static ImmutableArray<DefinitionOption> Options(PlSource source)
    {
        var options = ImmutableArray.CreateBuilder<DefinitionOption>();
        do
        {
            var name = source.Name();
            if (name.Name is not ("errcode" or "message" or "detail" or "hint" or "column" or "constraint" or "datatype" or "table" or "schema"))
            {
                throw TokenReader.Error("unrecognized RAISE statement option", name.Span.Start);
            }

            if (source.Current.Kind != TokenKind.ColonEquals && source.Current.Symbol != '=')
            {
                throw TokenReader.Error("syntax error, expected \"=\"", source.Current.Start);
            }

            source.Advance();
            var end = source.Find(static token => token.Symbol == ',');
            var value = end.Symbol == ',' ? source.Expression(",") : source.Expression();
            options.Add(new DefinitionOption(source.SpanFrom(name.Span.Start), null, name.Name, value));
        }
        while (source.Accept(','));
        return options.ToImmutable();
    }

    // Each % stands for an argument, and %% for itself.
    private static void CheckPlaceholders(string format, int arguments, int position)
    {
        var expected = 0;
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] == '%')
            {
                if (i + 1 < format.Length && format[i + 1] == '%')
                {
                    i++;
                }
                else
                {
                    expected++;
                }
            }
        }

        if (expected != arguments)
        {
            throw TokenReader.Error(expected < arguments ? "too many parameters specified for RAISE" : "too few parameters specified for RAISE", position);
        }
    }
}
