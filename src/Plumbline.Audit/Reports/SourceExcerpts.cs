using Plumbline.Audit.Connections;
using Plumbline.Audit.Workspace;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Reports;

/// <summary>The lines of the repository's files that findings point to.</summary>
internal sealed class SourceExcerpts
{
    private const int MaximumLines = 6;
    private const int MaximumColumns = 200;
    private readonly Repository _repository;

    /// <summary>Excerpts from the files of a repository.</summary>
    public SourceExcerpts(Repository repository) => _repository = repository;

    /// <summary>The first lines of a place; null where its file is not available.</summary>
    public string? Of(SourceLocation place)
    {
        if (_repository.Find(place.Path) is not { Text: { } text } || place.Line > text.LineCount || !SecretMask.CanShow(place.Path))
            return null;

        // What ends at the very beginning of a line does not reach into it.
        var end = place.EndLine > place.Line && place.EndColumn == 1 ? place.EndLine - 1 : place.EndLine;
        var last = Math.Min(Math.Min(end, place.Line + MaximumLines - 1), text.LineCount);
        var lines = new List<string>();
        for (var line = place.Line; line <= last; line++)
        {
            var content = SecretMask.Line(text, line);
            lines.Add(content.Length > MaximumColumns ? content[..MaximumColumns] + "…" : content);
        }

        if (last < end)
            lines.Add("…");

        return string.Join('\n', Unindented(lines));
    }

    /// <summary>The language of a file's fence.</summary>
    public static string LanguageOf(string path) => path[(path.LastIndexOf('.') + 1)..] switch
    {
        "prisma" => "prisma",
        "sql" => "sql",
        "json" => "json",
        "yml" or "yaml" => "yaml",
        "toml" => "toml",
        _ => "",
    };

    private static IEnumerable<string> Unindented(List<string> lines)
    {
        var indent = lines.Where(l => l.Trim().Length > 0).Select(l => l.Length - l.TrimStart().Length).DefaultIfEmpty(0).Min();
        return lines.Select(l => l.Length >= indent ? l[indent..] : l);
    }
}
