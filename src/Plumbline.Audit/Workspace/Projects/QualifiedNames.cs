using System.Collections.Immutable;
using Plumbline.Audit.Workspace.Migrations;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Projects;

/// <summary>
/// Finds the schema that a history qualifies names with although it creates them without one: the schema that the connection names. Works on the text alone, since
/// it decides how the migrations are replayed.
/// </summary>
internal static class QualifiedNames
{
    private const int MostNames = 200;

    // How far back a line comment is looked for: a script may be one line.
    private const int LongestComment = 1_000;

    // Behind these words stands the name of a table or type, never an alias.
    private static readonly ImmutableArray<string> Keywords = ["TABLE", "EXISTS", "ONLY", "REFERENCES", "INTO", "TYPE"];

    private static readonly ImmutableArray<string> Known =
    [
        "public", "pg_catalog", "information_schema", "pg_temp", "auth", "storage", "extensions", "realtime", "vault", "cron", "net", "graphql", "graphql_public",
    ];

    /// <summary>The schema that is named and never created, with the place that names it; null where there is none.</summary>
    /// <param name="history">The history.</param>
    /// <param name="created">The schemas that exist without a migration: those that the datasource lists.</param>
    public static (string Schema, SourceLocation Location)? FindUncreated(MigrationHistory history, ImmutableArray<string> created)
    {
        var texts = TextsOf(history);
        HashSet<string>? own = null;
        return Find(texts, schema => !Known.Contains(schema) && !created.Contains(schema) && !(own ??= NamesBehind(texts, "SCHEMA ", "SCHEMA IF NOT EXISTS ")).Contains(schema));
    }

    /// <summary>Where the history names <c>public</c> for what it creates without a schema; null where it does not.</summary>
    public static SourceLocation? FindPublic(MigrationHistory history) => Find(TextsOf(history), schema => schema == "public")?.Location;

    private static List<SourceText> TextsOf(MigrationHistory history) => [.. history.Migrations.Select(migration => migration.Script?.Text).OfType<SourceText>()];

    private static (string Schema, SourceLocation Location)? Find(List<SourceText> texts, Func<string, bool> isWanted)
    {
        var tried = new HashSet<(string, string)>();
        HashSet<string>? unqualified = null;
        foreach (var text in texts)
        {
            foreach (var (schema, name, span) in Names(text.Text))
            {
                if (isWanted(schema) && tried.Count < MostNames && tried.Add((schema, name)) &&
                    (unqualified ??= NamesBehind(texts, "CREATE TABLE ", "CREATE TABLE IF NOT EXISTS ", "CREATE TYPE ")).Contains(name))
                {
                    return (schema, text.LocationOf(span));
                }
            }
        }

        return null;
    }

    private static IEnumerable<(string Schema, string Name, TextSpan Span)> Names(string text)
    {
        for (var i = text.IndexOf('.', StringComparison.Ordinal); i > 0; i = text.IndexOf('.', i + 1))
        {
            var start = StartOfName(text, i);
            if (start < 0 || i + 1 >= text.Length || !Keywords.Contains(WordBefore(text, start), StringComparer.OrdinalIgnoreCase) || IsInComment(text, start))
            {
                continue;
            }

            var end = EndOfName(text, i + 1);
            if (end > i + 1)
            {
                yield return (Plain(text[start..i]), Plain(text[(i + 1)..end]), TextSpan.FromBounds(start, end));
            }
        }
    }

    private static int StartOfName(string text, int end)
    {
        if (text[end - 1] == '"')
        {
            return end < 2 ? -1 : text.LastIndexOf('"', end - 2);
        }

        var start = end;
        while (start > 0 && IsPart(text[start - 1]))
        {
            start--;
        }

        return start == end ? -1 : start;
    }

    private static int EndOfName(string text, int start)
    {
        if (text[start] == '"')
        {
            return text.IndexOf('"', start + 1) + 1;
        }

        var end = start;
        while (end < text.Length && IsPart(text[end]))
        {
            end++;
        }

        return end;
    }

    private static string WordBefore(string text, int start)
    {
        var end = start;
        while (end > 0 && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        var begin = end;
        while (begin > 0 && IsPart(text[begin - 1]))
        {
            begin--;
        }

        return end == start ? "" : text[begin..end];
    }

    private static bool IsInComment(string text, int at)
    {
        var before = text.AsSpan(0, at)[Math.Max(0, at - LongestComment)..];
        return before[(before.LastIndexOf('\n') + 1)..].Contains("--", StringComparison.Ordinal);
    }

    // All of them at once: a history may name as many schemas as it creates.
    private static HashSet<string> NamesBehind(List<SourceText> texts, params ReadOnlySpan<string> phrases)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var source in texts)
        {
            var text = source.Text;
            foreach (var words in phrases)
            {
                for (var i = text.IndexOf(words, StringComparison.OrdinalIgnoreCase); i >= 0; i = text.IndexOf(words, i + 1, StringComparison.OrdinalIgnoreCase))
                {
                    var start = i + words.Length;
                    if (start < text.Length && EndOfName(text, start) is var end && end > start && (end >= text.Length || text[end] != '.'))
                    {
                        names.Add(Plain(text[start..end]));
                    }
                }
            }
        }

        return names;
    }

    private static string Plain(string name) => name is ['"', .., '"'] ? name[1..^1] : name.ToLowerInvariant();

    private static bool IsPart(char character) => char.IsLetterOrDigit(character) || character is '_' or '$';
}
