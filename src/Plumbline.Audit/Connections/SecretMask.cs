using System.Buffers;
using System.Text.RegularExpressions;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Connections;

/// <summary>
/// Hides secrets in what is shown to people: better too much than too little. Lines of files are masked with what is known about the file (<see cref="Line"/>), and
/// every line that leaves the program once more with what it tells itself (<see cref="Text"/>). Columns stay where they are, except where a value ends is not known.
/// </summary>
public static partial class SecretMask
{
    private const char Star = '*';

    // How far above a line its INSERT may begin.
    private const int LongestStatement = 400;

    private static readonly SearchValues<string> Hints = SearchValues.Create(
        ["//", ":/", ":\\", "pass", "pwd", "secret", "api_key", "apikey", "api-key", "token", "credential", "private_key", "privatekey"], StringComparison.OrdinalIgnoreCase);

    // What "plumb url" says instead of a password: where it comes from.
    private static readonly string[] Sources = [PasswordSource.Url, PasswordSource.ServiceFile, PasswordSource.PasswordFile, PasswordSource.Variable];

    private static readonly SearchValues<char> UrlEnds = SearchValues.Create(" \t\r\n<>|");

    /// <summary>Whether lines of a file may be shown at all: of an environment file none is.</summary>
    public static bool CanShow(string path) => !EnvironmentFile.IsName(RelativePath.NameOf(path));

    /// <summary>Whether a text has a word or sign without which <see cref="Text"/> and <see cref="Code"/> find nothing.</summary>
    public static bool MayHoldSecret(ReadOnlySpan<char> text) => text.ContainsAny(Hints);

    /// <summary>A line of a file with whatever may be a secret replaced by stars, character by character.</summary>
    public static string Line(SourceText text, int line)
    {
        var written = text.Line(line).ToString();
        if (IsValueOfLineAbove(text, line))
        {
            return Stars(written);
        }

        if (SecretColumns(text, line))
        {
            written = Literal().Replace(written, match => new string(Star, match.Length));
        }

        if (!MayHoldSecret(written))
        {
            return written;
        }

        var masked = written.ToCharArray();

        // A password may hold anything, the signs that end a URL among it: what stands before the last @ of the line goes.
        var start = UrlStart(written, 0);
        var end = written.LastIndexOf('@');
        if (start >= 0 && end > start)
        {
            Array.Fill(masked, Star, start, end - start);
        }

        if (Setting().Match(written) is { Success: true } setting)
        {
            var from = setting.Index + setting.Length;
            Array.Fill(masked, Star, from, masked.Length - from);
        }

        return Text(new string(masked));
    }

    /// <summary>Any text with the secrets that it shows to be some: passwords of URLs and of connection strings, and literals behind the name of a secret.</summary>
    /// <param name="text">One line.</param>
    public static string Text(string text)
    {
        if (!MayHoldSecret(text))
        {
            return text;
        }

        var masked = Code(text);
        return Assigned().Replace(masked, static match => Hide(match, "value"));
    }

    /// <summary>SQL or a schema with the passwords of URLs and of roles replaced; everything else stays what it is.</summary>
    /// <param name="text">One line.</param>
    public static string Code(string text)
    {
        if (!MayHoldSecret(text))
        {
            return text;
        }

        text = Urls(text);
        text = Parameter().Replace(text, static match => Hide(match, "value"));
        return RolePassword().Replace(text, static match => Hide(match, "value"));
    }

    // The quotes stay, so that JSON is still JSON and SQL still SQL.
    private static string Hide(Match match, string group)
    {
        var value = match.Groups[group];
        var from = value.Index - match.Index;
        var to = from + value.Length;
        while (from < to && match.Value[from] is '\\' or '"' or '\'' or '`')
        {
            from++;
        }

        while (to > from && match.Value[to - 1] is '"' or '\'' or '`' or '\\')
        {
            to--;
        }

        var secret = match.Value.AsSpan(from, to - from);
        return secret.Trim(Star).IsEmpty || Array.IndexOf(Sources, secret.ToString()) >= 0 ? match.Value : string.Concat(match.Value.AsSpan(0, from), "***", match.Value.AsSpan(to));
    }

    private static string Urls(string text)
    {
        for (var from = UrlStart(text, 0); from >= 0; from = UrlStart(text, from))
        {
            var end = UrlEnd(text, from);
            var login = text.AsSpan(from, end - from);
            var at = login.LastIndexOf('@');
            if (at > 0 && login[..at].IndexOf(':') is var colon and >= 0 && !login[(colon + 1)..at].Trim(Star).IsEmpty)
            {
                text = string.Concat(text.AsSpan(0, from + colon + 1), "***", text.AsSpan(from + at));
            }

            from = Math.Min(text.Length, from + 1);
        }

        return text;
    }

    // Behind "://", and behind what people write instead: ":/", "//", ":\\".
    private static int UrlStart(string text, int from)
    {
        if (Slashes().Match(text, Math.Min(from, text.Length)) is { Success: true } slashes)
        {
            return slashes.Index + slashes.Length;
        }

        return -1;
    }

    // In quotes a URL ends with them. An escaped quote is one of the password.
    private static int UrlEnd(string text, int start)
    {
        var scheme = start - 1;
        while (scheme > 0 && (char.IsAsciiLetterOrDigit(text[scheme - 1]) || text[scheme - 1] is '+' or '.' or '-' or ':' or '/' or '\\' or '_'))
        {
            scheme--;
        }

        var quote = scheme > 0 && text[scheme - 1] is '"' or '\'' or '`' ? text[scheme - 1] : '\0';
        if (quote == '\0')
        {
            return text.AsSpan(start).IndexOfAny(UrlEnds) is var end and >= 0 ? start + end : text.Length;
        }

        for (var i = start; i < text.Length; i++)
        {
            if (text[i] == quote && text[i - 1] != '\\')
            {
                if (i + 1 < text.Length && text[i + 1] == quote && quote == '\'')
                {
                    i++;
                    continue;
                }

                return i;
            }
        }

        return text.Length;
    }

    private static bool IsValueOfLineAbove(SourceText text, int line)
    {
        for (var above = line - 1; above >= Math.Max(1, line - 2); above--)
        {
            var content = text.Line(above).TrimEnd();
            if (content.Length > 0)
            {
                return MayHoldSecret(content) && Unfinished().IsMatch(content);
            }
        }

        return false;
    }

    // Whether a line is part of an INSERT into columns that are named like secrets.
    private static bool SecretColumns(SourceText text, int line)
    {
        if (!text.Path.EndsWith(".sql", StringComparison.OrdinalIgnoreCase) || !text.Line(line).Contains('\''))
        {
            return false;
        }

        for (var above = line; above >= Math.Max(1, line - LongestStatement); above--)
        {
            var content = text.Line(above);
            if (above < line && content.TrimEnd().EndsWith(";"))
            {
                return false;
            }

            if (content.Contains("insert", StringComparison.OrdinalIgnoreCase) && content.Contains("into", StringComparison.OrdinalIgnoreCase))
            {
                for (var column = above; column <= line; column++)
                {
                    if (SecretName().IsMatch(text.Line(column)))
                    {
                        return true;
                    }
                }

                return false;
            }
        }

        return false;
    }

    private static string Stars(string line)
    {
        var masked = line.ToCharArray();
        for (var i = 0; i < masked.Length; i++)
        {
            masked[i] = char.IsWhiteSpace(masked[i]) ? masked[i] : Star;
        }

        return new string(masked);
    }

    // password=…, "password": …, PASSWORD '…', api_key=… and their like, up to the end of the line.
    [GeneratedRegex(
        """(?:pass(?:word|wd|phrase)?|pwd|secret|api[_-]?key|private_?key|token|credentials?)[\w-]{0,40}["'`]?\s*(?:=|:|,\s*(?=')|\s(?=(?:E|U&)?'|\$))\s*""",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Setting();

    [GeneratedRegex("""(?:pass(?:word|wd|phrase)?|pwd|secret|api[_-]?key|private_?key|token|credentials?)[\w-]{0,40}["'`]?\s*(?:[=:]\s*)?$""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Unfinished();

    [GeneratedRegex("""(?:pass(?:word|wd|phrase)|pwd|secret|api_?key|private_?key|token|credential|hash)""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    // String literals of SQL, as far as they reach in the line.
    [GeneratedRegex("""'(?:[^']|'')*'?|\$\w*\$.*""", RegexOptions.CultureInvariant)]
    private static partial Regex Literal();

    [GeneratedRegex("""://|:\\\\|:\\|:/|//""", RegexOptions.CultureInvariant)]
    private static partial Regex Slashes();

    // ?password=… and &sslpassword=… of a URL, password=… of a connection string, PGPASSWORD=… of a command.
    [GeneratedRegex("""(?:password|passwd|pwd|secret|token|api_?key)(?:=|%3D)(?<value>'[^']*'|[^\s"'`&<>,;)\\]+)""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Parameter();

    // ALTER ROLE x PASSWORD '…', in each quoting of SQL.
    [GeneratedRegex("""\bPASSWORD\s+(?<value>(?:E|U&)?'(?:[^']|'')*'?|\$\w*\$.*)""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex RolePassword();

    // "password": "…", DB_PASSWORD: …, secret = '…'; in JSON the quotes may be escaped.
    [GeneratedRegex(
        """(?:pass(?:word|wd|phrase)|pwd|secret|api[_-]?key|private_?key|token)\\?["'`]?\s*[=:]\s*(?<value>\\?"(?:[^"\\]|\\[^"])*\\?"|'(?:[^']|'')*'|`[^`]*`)""",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Assigned();
}
