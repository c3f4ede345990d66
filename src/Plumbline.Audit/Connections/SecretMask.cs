using System.Text.RegularExpressions;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Connections;

/// <summary>Hides secrets in lines of files that are shown to people: better too much than too little. Columns stay where they are.</summary>
public static partial class SecretMask
{
    private const char Star = '*';

    /// <summary>Whether lines of a file may be shown at all: of an environment file none is.</summary>
    public static bool CanShow(string path) => !EnvironmentFile.IsName(RelativePath.NameOf(path));

    /// <summary>A line of a text with whatever may be a secret replaced by stars, character by character.</summary>
    public static string Line(SourceText text, int line)
    {
        var written = text.Line(line);
        if (!written.Contains("://", StringComparison.Ordinal) && !written.Contains("pass", StringComparison.OrdinalIgnoreCase) &&
            !written.Contains("secret", StringComparison.OrdinalIgnoreCase) && !written.Contains("api", StringComparison.OrdinalIgnoreCase))
        {
            return written.ToString();
        }

        var masked = written.ToString().ToCharArray();

        // A password may hold anything, the signs that end a URL among it: what stands before the last @ of the line goes.
        var start = written.IndexOf("://");
        var end = written.LastIndexOf('@');
        if (start >= 0 && end > start)
        {
            Array.Fill(masked, Star, start + 3, end - start - 3);
        }

        if (Setting().Match(written.ToString()) is { Success: true } setting)
        {
            var from = setting.Index + setting.Length;
            Array.Fill(masked, Star, from, masked.Length - from);
        }

        return new string(masked);
    }

    // password=…, "password": …, PASSWORD '…', api_key=… and their like, up to the end of the line.
    [GeneratedRegex("""(?:pass(?:word|wd|phrase)?|secret|api_?key)["'`]?\s*(?:=|:|\s(?=E?'))\s*""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Setting();
}
