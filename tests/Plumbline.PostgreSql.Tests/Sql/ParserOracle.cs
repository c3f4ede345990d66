using System.Globalization;
using System.Text.Json;
using Plumbline.PostgreSql.Sql;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Lexing;
using Plumbline.Schema.Text;
using Plumbline.Testing;

namespace Plumbline.PostgreSql.Tests.Sql;

/// <summary>PostgreSQL's own parser (libpg-query), and how this one's reading of a text differs from its reading.</summary>
internal sealed class ParserOracle : IDisposable
{
    private readonly NodeOracle _postgres = new("libpg-query.mjs");

    /// <summary>What the two say differently about a text, as a server receives it: where its statements stand, or the message and place of its first error.</summary>
    public List<string> Differences(string text) => [.. Differences(text, Ask(text))];

    /// <summary>Ends the oracle.</summary>
    public void Dispose() => _postgres.Dispose();

    private static IEnumerable<string> Differences(string text, Answer expected)
    {
        var actual = SqlParser.Read(text, isPsql: false).ToList();
        var error = actual.Select(static statement => statement.Statement).OfType<InvalidStatement>().FirstOrDefault()?.Error;
        if (error is not null && IsFoundLater(error))
        {
            yield break;
        }

        var message = error is null ? null : $"{error.Message} @ {(error.Position is { } position ? Characters(text, position) : null)}";
        var wanted = expected.Message is null ? null : $"{expected.Message} @ {expected.Position}";
        if (message != wanted)
        {
            yield return $"PostgreSQL: {wanted ?? "accepted"}\n    Plumbline:  {message ?? "accepted"}";
            yield break;
        }

        if (expected.Message is null)
        {
            var bytes = ByteOffsets(text);
            if (actual.Count != expected.Statements.Count)
            {
                yield return $"PostgreSQL: {expected.Statements.Count} statements\n    Plumbline:  {actual.Count} statements";
                yield break;
            }

            foreach (var (own, theirs) in actual.Zip(expected.Statements))
            {
                if (!IsSame(text, bytes, own.Span, theirs))
                {
                    yield return $"PostgreSQL: {theirs}, Plumbline: {own.Span}: {text.Substring(own.Span.Start, own.Span.Length)}";
                }
            }
        }
    }

    // A server says these behind its grammar, but before it looks anything up.
    private static bool IsFoundLater(SqlSyntaxError error) =>
        error.Message.StartsWith("misplaced ", StringComparison.Ordinal) || error.Message is "conflicting or redundant options" or "no inline code specified";

    // PostgreSQL's spans begin behind the semicolon before them, and may begin and end in white space and comments.
    private static bool IsSame(string text, int[] bytes, TextSpan span, (int Start, int End) expected)
    {
        var (start, end) = (Array.BinarySearch(bytes, expected.Start), Array.BinarySearch(bytes, expected.End));
        return start >= 0 && end >= 0 && start <= span.Start && span.End <= end && IsBlank(text, start, span.Start) && IsBlank(text, span.End, end);
    }

    private static bool IsBlank(string text, int start, int end)
    {
        var lexer = new SqlLexer(text, start, end);
        var token = lexer.Next();
        while (token.Symbol == ';')
        {
            token = lexer.Next();
        }

        return token.Kind == TokenKind.End;
    }

    // The offset in UTF-8 of each offset in the text. Half of a character of two has none of its own.
    private static int[] ByteOffsets(string text)
    {
        var offsets = new int[text.Length + 1];
        for (var i = 0; i < text.Length; i++)
        {
            offsets[i + 1] = offsets[i] + (char.IsHighSurrogate(text[i]) ? 1 : char.IsLowSurrogate(text[i]) ? 3 : text[i] < 0x80 ? 1 : text[i] < 0x800 ? 2 : 3);
        }

        return offsets;
    }

    private static string Characters(string text, int offset) =>
        text.AsSpan(0, offset).ToArray().Count(static c => !char.IsLowSurrogate(c)).ToString(CultureInfo.InvariantCulture);

    private Answer Ask(string text)
    {
        using var answer = JsonDocument.Parse(_postgres.Ask(JsonSerializer.Serialize(text)));
        var root = answer.RootElement;
        return root.TryGetProperty("message", out var message)
            ? new Answer(message.GetString(), root.GetProperty("position").GetRawText(), [])
            : new Answer(null, null, [.. root.GetProperty("statements").EnumerateArray().Select(static pair => (pair[0].GetInt32(), pair[1].GetInt32()))]);
    }

    private sealed record Answer(string? Message, string? Position, List<(int Start, int End)> Statements);
}
