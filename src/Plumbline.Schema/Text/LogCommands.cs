using System.Text;

namespace Plumbline.Schema.Text;

/// <summary>
/// What a CI system takes for a command where it stands in a log. GitHub documentation, "Workflow commands for GitHub Actions": a line that begins with two colons behind
/// blanks, and <c>##[</c> anywhere. Microsoft documentation, "Logging commands" of Azure Pipelines; JetBrains documentation, "Service messages" of TeamCity.
/// </summary>
public static class LogCommands
{
    private const string Colons = "::";

    private const string Signs = "##";

    /// <summary>Whether a text has one of the signs that are taken for a command anywhere in a line.</summary>
    public static bool HasMark(ReadOnlySpan<char> text) => IndexOfMark(text) >= 0;

    /// <summary>A text with those signs escaped.</summary>
    public static string EscapeMarks(string text)
    {
        if (!HasMark(text))
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 16);
        var rest = text.AsSpan();
        while (IndexOfMark(rest) is var at and >= 0)
        {
            escaped.Append(rest[..(at + 1)]).Append(InertText.EscapeOf('#'));
            rest = rest[(at + 2)..];
        }

        return escaped.Append(rest).ToString();
    }

    /// <summary>The offsets of the characters without which a text has no commands, in their order. A line with two colons at its beginning and none behind them is no command.</summary>
    public static IReadOnlyList<int> In(string text)
    {
        List<int>? found = null;
        for (var at = text.IndexOf(Colons, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Colons, at + 2, StringComparison.Ordinal))
        {
            if (BeginsLine(text, at) && RestOfLine(text, at + 2).Contains(Colons, StringComparison.Ordinal))
            {
                (found ??= []).Add(at);
            }
        }

        if (HasMark(text))
        {
            found ??= [];
            for (var (from, at) = (0, 0); (at = IndexOfMark(text.AsSpan(from))) >= 0;)
            {
                from += at + 1;
                found.Add(from);
            }

            found.Sort();
        }

        return found ?? (IReadOnlyList<int>)[];
    }

    private static int IndexOfMark(ReadOnlySpan<char> text)
    {
        for (var from = 0; text[from..].IndexOf(Signs) is var at and >= 0;)
        {
            from += at;
            var name = text[(from + Signs.Length)..];
            if (name.StartsWith("[") || name.StartsWith("vso[", StringComparison.OrdinalIgnoreCase) || name.StartsWith("teamcity[", StringComparison.OrdinalIgnoreCase))
            {
                return from;
            }

            from++;
        }

        return -1;
    }

    private static bool BeginsLine(string text, int at)
    {
        while (at > 0 && char.IsWhiteSpace(text[at - 1]) && text[at - 1] is not ('\n' or '\r'))
        {
            at--;
        }

        return at == 0 || text[at - 1] is '\n' or '\r';
    }

    private static ReadOnlySpan<char> RestOfLine(string text, int at) =>
        text.AsSpan(at) is var rest && rest.IndexOfAny('\n', '\r') is var end and >= 0 ? rest[..end] : rest;
}
