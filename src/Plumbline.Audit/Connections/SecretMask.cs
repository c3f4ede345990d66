using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Plumbline.Audit.Workspace.Files;
using Plumbline.PostgreSql.Sql;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Connections;

/// <summary>
/// Hides secrets in what is shown to people: better too much than too little. Lines of files are masked with what is known about the file (<see cref="Line"/>), and
/// every line that leaves the program once more with what it tells itself (<see cref="Text"/>). Columns stay where they are, except where a value ends is not known.
/// </summary>
public static partial class SecretMask
{
    private const char Star = '*';

    // How many empty lines may stand between a name and its value.
    private const int LargestGap = 20;

    private static readonly string[] Hints =
        ["//", ":/", ":\\", "pass", "pwd", "secret", "api_key", "apikey", "api-key", "token", "credential", "private_key", "privatekey"];

    // What "plumb url" says instead of a password: where it comes from.
    private static readonly string[] Sources = [PasswordSource.Url, PasswordSource.ServiceFile, PasswordSource.PasswordFile, PasswordSource.Variable];

    // Of each file that lines are shown of: its strings of SQL that may be secrets, and where its code is.
    private static readonly ConditionalWeakTable<SourceText, SecretParts> Parts = [];

    /// <summary>Whether lines of a file may be shown at all: of an environment file none is.</summary>
    public static bool CanShow(string path) => !EnvironmentFile.IsName(RelativePath.NameOf(path));

    /// <summary>Whether a text has a word or sign without which <see cref="Text"/> and <see cref="Code"/> find nothing.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isPartOfMuch">Whether so much text is looked through that it is worth preparing a search for all words at once.</param>
    public static bool MayHoldSecret(ReadOnlySpan<char> text, bool isPartOfMuch = false) =>
        (isPartOfMuch ? text.ContainsAny(AllHints.Values) : HasHint(text)) || SecretUrls.MayHoldLogin(text);

    /// <summary>A line of a file with whatever may be a secret replaced by stars, character by character.</summary>
    public static string Line(SourceText text, int line)
    {
        var written = text.Line(line).ToString();
        var start = OffsetOf(text, line);
        var above = LineAbove(text, line);
        if (above > 0 && !GoesOn(text, above, line))
        {
            return Stars(written);
        }

        written = Without(PartsOf(text).Strings, start, written, 0);
        if (above > 0)
        {
            written = Without(PartsOf(text).Opaque, start, written, 0);
        }

        if (!MayHoldSecret(written))
        {
            return written;
        }

        var masked = written.ToCharArray();

        // A password may hold anything, the signs that end a URL among it: what stands before the last @ of the line goes.
        var url = SecretUrls.StartOf(written, 0);
        var end = written.LastIndexOf('@');
        if (url >= 0 && end > url)
        {
            Array.Fill(masked, Star, url, end - url);
        }

        var (quotes, counted) = (0, 0);
        for (var setting = Setting().Match(written); setting.Success; setting = setting.NextMatch())
        {
            var from = setting.Index + setting.Length;
            quotes += written.AsSpan(counted, from - counted).Count('"');
            if (quotes % 2 != 0 || !PartsOf(text).IsCall(start + setting.Index, start + from, start + written.Length))
            {
                Array.Fill(masked, Star, from, masked.Length - from);
                break;
            }

            // The arguments of the call may be secrets.
            masked = counted > 0 ? masked : Without(PartsOf(text).Opaque, start, new string(masked), from).ToCharArray();
            counted = from;
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

        var masked = SecretUrls.MaskLogins(Known(text), hasSchemes: false);
        if (Relation().IsMatch(masked))
        {
            return masked;
        }

        masked = Assigned().Replace(masked, static match => Hide(match, "value"));
        masked = Variable().Replace(masked, static match => Hide(match, "value"));
        return (HasSettings().IsMatch(masked) ? SpacedParameter() : LikePassword()).Replace(masked, static match => Hide(match, "value"));
    }

    /// <summary>SQL or a schema with the passwords of URLs and of roles replaced; everything else stays what it is.</summary>
    /// <param name="text">One line.</param>
    public static string Code(string text)
    {
        if (!MayHoldSecret(text))
        {
            return text;
        }

        return SecretUrls.MaskLogins(Known(text), hasSchemes: true);
    }

    private static string Known(string text)
    {
        text = SecretDefaults.Mask(SecretUrls.Mask(text));
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

    // The line that ends with a name, or with a name and a sign, that this line may hold the value of; else 0.
    private static int LineAbove(SourceText text, int line)
    {
        for (var above = line - 1; above >= Math.Max(1, line - LargestGap); above--)
        {
            var content = text.Line(above).TrimEnd();
            if (content.Length > 0)
            {
                return MayHoldSecret(content) && Unfinished().IsMatch(content) ? above : 0;
            }
        }

        return 0;
    }

    // ALTER TABLE "Token" and, on the next line, ADD COLUMN have no value; nor has SET token = and, on the next line, f(x).
    private static bool GoesOn(SourceText text, int above, int line)
    {
        var last = text.Line(above).TrimEnd();
        var written = text.Line(line);
        var end = OffsetOf(text, line) + written.Length;
        var start = end - written.TrimStart().Length;
        var name = OffsetOf(text, above) + last.Length - 1;
        var parts = PartsOf(text);
        return last[^1] is '=' or ':' ? parts.IsCall(name, start, end) : parts.BeginsClause(name, start, end);
    }

    private static SecretParts PartsOf(SourceText text) =>
        Parts.GetValue(text, static text => text.Path.EndsWith(".sql", StringComparison.OrdinalIgnoreCase) ? SecretStrings.OfScript(text.Text, SecretNames.IsSecret) : SecretStrings.OfEmbedded(text.Text, SecretNames.IsSecret));

    private static int OffsetOf(SourceText text, int line) => text.Text.AsSpan().Overlaps(text.Line(line), out var start) ? start : text.Text.Length;

    // A line with what spans cover of it hidden, from a column on.
    private static string Without(IReadOnlyList<TextSpan> spans, int start, string written, int column)
    {
        char[]? masked = null;
        for (var i = SecretParts.FirstBehind(spans, start + column); i < spans.Count && spans[i].Start < start + written.Length; i++)
        {
            masked ??= written.ToCharArray();
            var (from, to) = (Math.Max(column, spans[i].Start - start), Math.Min(written.Length, spans[i].End - start));
            Hide(masked.AsSpan(from, to - from));
        }

        return masked is null ? written : new string(masked);
    }

    private static string Stars(string line)
    {
        var masked = line.ToCharArray();
        Hide(masked);
        return new string(masked);
    }

    private static void Hide(Span<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = char.IsWhiteSpace(text[i]) ? text[i] : Star;
        }
    }

    private static bool HasHint(ReadOnlySpan<char> text)
    {
        foreach (var hint in Hints)
        {
            if (text.Contains(hint, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static class AllHints
    {
        public static SearchValues<string> Values { get; } = SearchValues.Create(Hints, StringComparison.OrdinalIgnoreCase);
    }

    // A relation of a Mermaid diagram (MermaidDiagram): the name of a table and the columns of a key are no assignment.
    [GeneratedRegex("""^ {2}[\w()\[\]-]+ (?:\|\||\|o)--(?:o\||o\{) [\w()\[\]-]+ : "[^"]*"\r?\n?$""", RegexOptions.CultureInvariant)]
    private static partial Regex Relation();

    // password=…, "password": …, PASSWORD '…', api_key=… and their like, up to the end of the line.
    [GeneratedRegex(
        """(?:pass(?:word|wd|phrase)?|pwd|secret|api[_-]?key|private_?key|token|credentials?)[\w-]{0,40}["'`]?\s*(?:=|:|,\s*(?=')|\s(?=(?:E|U&)?'|\$))\s*""",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Setting();

    [GeneratedRegex("""(?:pass(?:word|wd|phrase)?|pwd|secret|api[_-]?key|private_?key|token|credentials?)[\w-]{0,40}["'`]?\s*(?:[=:]\s*)?$""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Unfinished();

    // ?password=… and &sslpassword=… of a URL, password=… of a connection string, PGPASSWORD=… of a command. A comma, semicolon, parenthesis or ampersand ends the value where
    // another name or a blank follows.
    [GeneratedRegex(
        """(?:password|passwd|pwd|secret|token|api_?key)(?:=|%3D)(?<value>'[^']*'|(?:[^\s"'`&<>,;)\\]|[,;)](?=[^\s"'`<>,;)\]}\\])(?![\w.-]+\s*=)|&(?![&\s]|$|[\w.%-]+=)|\\(?![\\"'`nrtu]|$))+)""",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Parameter();

    // ALTER ROLE x PASSWORD '…', in each quoting of SQL, within a string too. In JSON a line break is an escape.
    [GeneratedRegex(
        """\bPASSWORD(?:\s|\\[nrt]|/\*(?:[^*]|\*(?!/)){0,80}\*/)+(?<value>(?:E|U&)?(?:''[^']+(?:''|$)|'(?:[^']|'')*'?)|\$\w*\$.*)""",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex RolePassword();

    // "password": "…", DB_PASSWORD: …, secret = '…', SET app.secret_key TO '…'; in JSON the quotes may be escaped.
    [GeneratedRegex(
        """(?:pass(?:word|wd|phrase)|pwd|secret|api[_-]?key|private_?key|token)(?:\\?["'`]?\s*[=:]\s*|[\w-]{0,40}(?:\s*=\s*|\s+TO\s+)(?=E?'|\$))(?<value>\\?"(?:[^"\\]|\\[^"])*\\?"|E?'(?:[^']|'')*'|`[^`]*`|\$\w*\$.*)""",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Assigned();

    // POSTGRES_PASSWORD: …, without quotes.
    [GeneratedRegex("""(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|API_?KEY|PRIVATE_KEY|TOKEN)(?:_[A-Z0-9_]{0,40})?\s*[:=]\s*(?<value>[^\s"'`&<>,;()\\]+)""", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();

    // password = …, without quotes, where the value is neither code nor the name of a type or an algorithm.
    [GeneratedRegex(
        """(?:password|passwd|passphrase|pwd|secret|api[_-]?key|private_?key|token)\s*[=:]\s*(?!(?:int|float|serial|varchar|utf-?|sha-?|md|base|[hre]s|v)\d+\b)(?<value>(?>(?=[\w+/!#%^*~-]{0,200}[a-z])(?=[\w+/!#%^*~-]{0,200}[0-9!#%^*~])[\w+/!#%^*~-]+))(?![(.])""",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex LikePassword();

    // host=… password = …: in a connection string of libpq blanks may stand around the sign.
    [GeneratedRegex("""\b(?:host|hostaddr|dbname|user|sslmode)\s?=""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex HasSettings();

    [GeneratedRegex("""(?:password|passwd|pwd)\s*=\s*(?<value>'(?:[^'\\]|\\.)*'|[^\s"'`&<>,;()\\]+)""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex SpacedParameter();
}
