using System.Collections.Immutable;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Projects;

/// <summary>Finds the <c>datasource</c> of a Prisma schema without reading the rest of it: which files belong together is decided before any is
/// parsed.</summary>
internal static class DatasourceScanner
{
    /// <summary>What a file's datasource says.</summary>
    /// <param name="Provider">Its provider; null where it names none.</param>
    /// <param name="Span">Where the provider stands, or the block's keyword.</param>
    public sealed record Datasource(string? Provider, TextSpan Span)
    {
        /// <summary>The variable that gives the URL; null where none is named.</summary>
        public string? UrlVariable { get; init; }

        /// <summary>The URL where it is written out; else null.</summary>
        public string? Url { get; init; }

        /// <summary>Where the URL or its variable stands.</summary>
        public TextSpan UrlSpan { get; init; }

        /// <summary>The database schemas that it lists.</summary>
        public ImmutableArray<string> Schemas { get; init; } = [];
    }

    /// <summary>The first datasource of a text; null where it has none.</summary>
    public static Datasource? Find(string text)
    {
        var position = 0;
        var depth = 0;
        while (Next(text, ref position) is { } token)
        {
            if (Is(text, token, "{"))
            {
                depth++;
            }
            else if (Is(text, token, "}"))
            {
                depth = Math.Max(0, depth - 1);
            }
            else if (depth == 0 && Is(text, token, "datasource"))
            {
                var start = position;
                if (Next(text, ref position) is { } name && char.IsLetter(text[name.Start]) && Next(text, ref position) is { } brace && Is(text, brace, "{"))
                {
                    return ReadBlock(text, position, token);
                }

                position = start;
            }
        }

        return null;
    }

    private static Datasource ReadBlock(string text, int position, TextSpan keyword)
    {
        var datasource = new Datasource(null, keyword);
        while (Next(text, ref position) is { } token && !Is(text, token, "}"))
        {
            if (Is(text, token, "provider") && Next(text, ref position) is { } equals && Is(text, equals, "=") && Next(text, ref position) is { } value)
            {
                // Prisma 1 and early 2 allowed a list of providers; the first decides.
                if (Is(text, value, "[") && Next(text, ref position) is { } first)
                {
                    value = first;
                }

                if (text[value.Start] == '"' && value.Length >= 2)
                {
                    datasource = datasource with { Provider = Content(text, value), Span = value };
                }
            }
            else if (Is(text, token, "url") && NextIs(text, ref position, "=") && Next(text, ref position) is { } url)
            {
                if (text[url.Start] == '"')
                {
                    datasource = datasource with { Url = Content(text, url), UrlSpan = url };
                }
                else if (Is(text, url, "env") && NextIs(text, ref position, "(") && Next(text, ref position) is { } name && text[name.Start] == '"')
                {
                    datasource = datasource with { UrlVariable = Content(text, name), UrlSpan = name };
                }
            }
            else if (Is(text, token, "schemas") && NextIs(text, ref position, "=") && NextIs(text, ref position, "["))
            {
                while (Next(text, ref position) is { } item && !Is(text, item, "]") && !Is(text, item, "}"))
                {
                    datasource = text[item.Start] == '"' ? datasource with { Schemas = datasource.Schemas.Add(Content(text, item)) } : datasource;
                }
            }
        }

        return datasource;
    }

    private static bool NextIs(string text, ref int position, string expected) => Next(text, ref position) is { } token && Is(text, token, expected);

    private static string Content(string text, TextSpan literal) => literal.Length < 2 ? "" : text.Substring(literal.Start + 1, literal.Length - 2);

    private static bool Is(string text, TextSpan token, string expected) => text.AsSpan(token.Start, token.Length).SequenceEqual(expected);

    private static TextSpan? Next(string text, ref int position)
    {
        while (position < text.Length)
        {
            var start = position;
            var character = text[position];
            if (char.IsWhiteSpace(character))
            {
                position++;
            }
            else if (character == '/' && position + 1 < text.Length && text[position + 1] is '/' or '*')
            {
                position = text[position + 1] == '/' ? IndexOrEnd(text, "\n", position, 0) : IndexOrEnd(text, "*/", position + 2, 2);
            }
            else if (character == '"')
            {
                position++;
                while (position < text.Length && text[position] is not ('"' or '\n'))
                {
                    position += text[position] == '\\' ? 2 : 1;
                }

                position = Math.Min(position + 1, text.Length);
                return TextSpan.FromBounds(start, position);
            }
            else if (char.IsLetterOrDigit(character) || character == '_')
            {
                while (position < text.Length && (char.IsLetterOrDigit(text[position]) || text[position] == '_'))
                {
                    position++;
                }

                return TextSpan.FromBounds(start, position);
            }
            else
            {
                position++;
                return new TextSpan(start, 1);
            }
        }

        return null;
    }

    private static int IndexOrEnd(string text, string value, int from, int behind) =>
        text.IndexOf(value, Math.Min(from, text.Length), StringComparison.Ordinal) is var index and >= 0 ? index + behind : text.Length;
}
