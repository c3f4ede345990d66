using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Lexing;

namespace Plumbline.PostgreSql.Replay.Procedures;

/// <summary>
/// PL/pgSQL's way with names: where a statement names no column but a variable, its value stands for it. The statement is resolved as it is; where that
/// fails at the name of a variable, a NULL of the variable's type is put there, and it is resolved again.
/// </summary>
internal static class VariableText
{
    private const int Limit = 200;

    /// <summary>Does something with a statement's text, until no variable blocks it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="variables">The variables.</param>
    /// <param name="parameters">How many parameters USING gives.</param>
    /// <param name="use">What is done.</param>
    /// <exception cref="RefusedException">It is refused for another reason; the server points nowhere for it.</exception>
    public static void Resolve(string text, VariableScope variables, int parameters, Action<string> use)
    {
        text = WithoutParameters(text, parameters);
        for (var i = 0; ; i++)
        {
            try
            {
                use(text);
                return;
            }
            catch (RefusedException refused)
            {
                if (i < Limit && refused.Error is { SqlState: "42703" or "42P01", Position: { } position }
                    && Replace(text, position, variables) is { } replaced)
                {
                    text = replaced;
                    continue;
                }

                throw new RefusedException(refused.Error with { Position = null });
            }
        }
    }

    /// <summary>The text with a value for each parameter.</summary>
    public static string WithoutParameters(string text, int parameters)
    {
        if (parameters == 0 || !text.Contains('$', StringComparison.Ordinal))
        {
            return text;
        }

        var places = ImmutableArray.CreateBuilder<Token>();
        var lexer = new SqlLexer(text, 0, text.Length);
        for (var token = lexer.Next(); token.Kind is not (TokenKind.End or TokenKind.Error); token = lexer.Next())
        {
            if (token.Kind == TokenKind.Parameter && int.TryParse(text.AsSpan(token.Start + 1, token.End - token.Start - 1), out var number)
                && number <= parameters)
            {
                places.Add(token);
            }
        }

        for (var i = places.Count - 1; i >= 0; i--)
        {
            text = string.Concat(text.AsSpan(0, places[i].Start), "NULL", text.AsSpan(places[i].End));
        }

        return text;
    }

    private static string? Replace(string text, int position, VariableScope variables)
    {
        if (position < 0 || position >= text.Length)
        {
            return null;
        }

        var lexer = new SqlLexer(text, position, text.Length);
        var names = new List<string>();
        var end = position;
        while (true)
        {
            var token = lexer.Next();
            if (token.Kind is not (TokenKind.Identifier or TokenKind.QuotedIdentifier or TokenKind.UnicodeIdentifier or TokenKind.Keyword))
            {
                break;
            }

            names.Add(TokenText.ReadIdentifier(text, token).Name);
            end = token.End;
            if (lexer.Next().Symbol != '.')
            {
                break;
            }
        }

        if (names.Count == 0)
        {
            return null;
        }

        var isFound = variables.TryFind(names[0], out var variable) || (names.Count > 1 && variables.TryFind(names[0], names[1], out variable));
        if (!isFound)
        {
            return null;
        }

        var isField = names.Count > 1 && variable!.Name == names[0];
        if (isField && variable!.Value is RecordValue record && !record.TryGet(names[1], out _))
        {
            throw new RefusedException("42703", $"record \"{names[0]}\" has no field \"{names[1]}\"");
        }

        var value = isField || variable!.Type is null ? "NULL" : $"(NULL::{variable.Type})";
        return string.Concat(text.AsSpan(0, position), value, text.AsSpan(end));
    }
}
