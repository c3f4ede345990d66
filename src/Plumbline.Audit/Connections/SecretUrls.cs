using System.Buffers;
using System.Text;

namespace Plumbline.Audit.Connections;

/// <summary>The passwords in URLs, and in what people write instead of them, within one line. Each character is looked at a bounded number of times.</summary>
internal static class SecretUrls
{
    private const char Star = '*';
    private const string Hidden = "***";

    // No name of a scheme is longer.
    private const int LongestScheme = 64;

    private static readonly SearchValues<char> UrlEnds = SearchValues.Create(" \t\r\n<>|");
    private static readonly SearchValues<char> TokenEnds = SearchValues.Create(" \t\r\n<>|\"'`");

    // What stands before a colon where a name with an @ sign follows, and no password.
    private static readonly HashSet<string> Prefixes = new(StringComparer.OrdinalIgnoreCase)
    {
        "mailto", "email", "mail", "e-mail", "from", "to", "cc", "bcc", "by", "author", "owner", "contact", "sip", "sips", "xmpp", "acct", "npm", "workspace", "jsr", "git", "ssh", "scp",
    };

    // Schemes of databases, which people forget the slashes of.
    private static readonly HashSet<string> Schemes = new(StringComparer.OrdinalIgnoreCase)
    {
        "postgresql", "postgres", "postgre", "pgsql", "prisma+postgres", "mysql", "mariadb", "mongodb", "mongodb+srv", "redis", "rediss", "amqp", "amqps", "sqlserver", "cockroachdb",
    };

    /// <summary>Where the next URL's part behind its slashes begins; -1 where there is none.</summary>
    /// <param name="text">The line.</param>
    /// <param name="from">Where to look from.</param>
    public static int StartOf(string text, int from) => StartOf(text, from, out _);

    /// <summary>Whether a text has a login (<c>user:password@host</c>) that no slashes stand before.</summary>
    public static bool MayHoldLogin(ReadOnlySpan<char> text)
    {
        while (text.IndexOf('@') is var at and >= 0)
        {
            if (at > 1 && at + 1 < text.Length && IsHostStart(text[at + 1]) && text[..at].LastIndexOfAny(TokenEnds) is var before && text[(before + 1)..at].Contains(':'))
            {
                return true;
            }

            text = text[(at + 1)..];
        }

        return false;
    }

    /// <summary>A line with the passwords of its URLs replaced.</summary>
    /// <param name="text">The line.</param>
    public static string Mask(string text)
    {
        StringBuilder? masked = null;
        var copied = 0;
        var colon = -1;

        // How far a URL reaches depends on what it is quoted with.
        Span<Reach> reaches = [default, default, default, default];
        for (var start = StartOf(text, 0, out var slashes); start >= 0; start = StartOf(text, start, out slashes))
        {
            ref var reach = ref reaches[QuoteBefore(text, slashes) switch { '"' => 1, '\'' => 2, '`' => 3, _ => 0 }];
            if (start >= reach.End)
            {
                var end = EndOf(text, start, QuoteBefore(text, slashes));
                reach = new Reach(end, start + text.AsSpan(start, end - start).LastIndexOf('@'));
            }

            if (reach.LastAt <= start)
            {
                continue;
            }

            if (colon < start)
            {
                colon = text.IndexOf(':', start) is var next and >= 0 ? next : text.Length;
            }

            if (colon >= reach.LastAt)
            {
                continue;
            }

            if (!text.AsSpan(colon + 1, reach.LastAt - colon - 1).Trim(Star).IsEmpty)
            {
                masked = (masked ?? new StringBuilder(text.Length)).Append(text, copied, colon + 1 - copied).Append(Hidden);
                copied = reach.LastAt;
            }

            start = reach.LastAt;
        }

        return masked is null ? text : masked.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>A line with the passwords replaced that stand before an @ sign without the slashes of a URL: <c>postgresql:user:password@host</c>, <c>user:password@host/database</c>.</summary>
    /// <param name="text">The line.</param>
    /// <param name="hasSchemes">Whether only those with the scheme of a database are meant.</param>
    public static string MaskLogins(string text, bool hasSchemes)
    {
        StringBuilder? masked = null;
        var copied = 0;
        for (var at = text.IndexOf('@'); at >= 0;)
        {
            var start = text.AsSpan(0, at).LastIndexOfAny(TokenEnds) + 1;
            var end = text.AsSpan(at).IndexOfAny(TokenEnds) is var length and >= 0 ? at + length : text.Length;
            if (PasswordIn(text.AsSpan(start, end - start), hasSchemes) is var (from, to))
            {
                masked = (masked ?? new StringBuilder(text.Length)).Append(text, copied, start + from - copied).Append(Hidden);
                copied = start + to;
            }

            at = text.IndexOf('@', end);
        }

        return masked is null ? text : masked.Append(text, copied, text.Length - copied).ToString();
    }

    private static (int From, int To)? PasswordIn(ReadOnlySpan<char> token, bool hasSchemes)
    {
        var at = token.LastIndexOf('@');
        var colon = token.IndexOf(':');
        if (colon <= 0 || at <= colon + 1 || at + 1 >= token.Length || !IsHostStart(token[at + 1]) || token[colon + 1] is ':' or '/' or '\\' || token[at - 1] is '/' || token.IndexOf("//") >= 0)
        {
            return null;
        }

        var name = token[..colon];
        name = name[(name.LastIndexOfAny("=([{,;") + 1)..];
        var isScheme = Schemes.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);
        var password = token[(colon + 1)..at];
        if (!isScheme && (hasSchemes || !IsUser(name) || Prefixes.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name) || password.IndexOfAny('/', '\\') >= 0))
        {
            return null;
        }

        return password.Trim(Star).IsEmpty || IsVersion(token[(at + 1)..]) ? null : (colon + 1, at);
    }

    private static bool IsUser(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('_' or '-' or '.' or '%' or '+' or '$' or '}'))
            {
                return false;
            }
        }

        return name.Length > 0;
    }

    // A version of a package or the digest of an image: npm:name@1.2, postgres:16@sha256:…
    private static bool IsVersion(ReadOnlySpan<char> host)
    {
        if (host.StartsWith("sha256:") || host.StartsWith("sha512:"))
        {
            return true;
        }

        var end = host.IndexOfAny(":/?,;)");
        host = end < 0 ? host : host[..end];
        return char.IsAsciiDigit(host[0]) && (host.Count('.') != 3 || host.ContainsAnyExcept("0123456789."));
    }

    private static bool IsHostStart(char c) => char.IsLetterOrDigit(c) || c == '[';

    // Behind "://", and behind what people write instead: ":/", "//", ":\\". Of a run of slashes the last one counts.
    private static int StartOf(string text, int from, out int slashes)
    {
        while (from < text.Length && text.AsSpan(from).IndexOfAny('/', '\\') is var length and >= 0)
        {
            slashes = from + length;
            from = slashes + 1;
            while (from < text.Length && text[from] is '/' or '\\')
            {
                from++;
            }

            if ((slashes > 0 && text[slashes - 1] == ':') || text.AsSpan(slashes, from - slashes).IndexOf("//") >= 0)
            {
                return from;
            }
        }

        slashes = -1;
        return -1;
    }

    // The quote in front of the scheme, if there is one.
    private static char QuoteBefore(string text, int slashes)
    {
        var scheme = slashes;
        while (scheme > 0 && slashes - scheme < LongestScheme && (char.IsAsciiLetterOrDigit(text[scheme - 1]) || text[scheme - 1] is '+' or '.' or '-' or ':' or '/' or '\\' or '_'))
        {
            scheme--;
        }

        return scheme > 0 && text[scheme - 1] is '"' or '\'' or '`' ? text[scheme - 1] : '\0';
    }

    // In quotes a URL ends with them. An escaped quote is one of the password.
    private static int EndOf(string text, int start, char quote)
    {
        if (quote == '\0')
        {
            return text.AsSpan(start).IndexOfAny(UrlEnds) is var end and >= 0 ? start + end : text.Length;
        }

        for (var i = text.IndexOf(quote, start); i >= 0; i = i < text.Length ? text.IndexOf(quote, i) : -1)
        {
            if (text[i - 1] == '\\')
            {
                i++;
            }
            else if (quote == '\'' && i + 1 < text.Length && text[i + 1] == quote)
            {
                i += 2;
            }
            else
            {
                return i;
            }
        }

        return text.Length;
    }

    // Where a URL ends, and the last @ sign before.
    private readonly record struct Reach(int End, int LastAt);
}
