using System.Text.RegularExpressions;

namespace Plumbline.Audit.Connections;

/// <summary>
/// The passwords in an argument of the program. What begins like a URL is one to its end, whatever characters it has: people mistype and misquote URLs, and a message
/// about that shows them the argument.
/// </summary>
internal static partial class SecretArguments
{
    /// <summary>Whether an argument has a sign without which it holds no password.</summary>
    /// <param name="argument">The argument.</param>
    public static bool MayHold(string argument) => argument.Any(static character => character is ':' or '：' or '=' or '＝' or '%');

    /// <summary>The passwords, as they are written.</summary>
    /// <param name="argument">The argument.</param>
    public static IEnumerable<string> In(string argument)
    {
        if (LoginIn(argument) is { Length: > 0 } password)
        {
            yield return password;
        }

        foreach (Match parameter in Parameter().Matches(argument))
        {
            var name = Uri.UnescapeDataString(parameter.Groups["name"].Value);
            var from = parameter.Index + parameter.Length;
            var end = argument.IndexOf('&', from);
            if ((SecretNames.IsSecret(name) || PasswordName().IsMatch(name)) && from < argument.Length)
            {
                yield return argument[from..(end < 0 ? argument.Length : end)];
            }
        }
    }

    // user:password@host, behind the slashes of a URL or without any.
    private static string? LoginIn(string argument)
    {
        var scheme = Scheme().Match(argument);
        var start = scheme.Length;
        if (!scheme.Success && Colon().Match(argument) is { Success: true } first)
        {
            start = argument.AsSpan(0, first.Index).LastIndexOfAny('/', '\\') + 1;
        }

        // An address of IPv6 has colons of its own.
        var from = start < argument.Length && argument[start] == '[' ? Math.Max(start, argument.IndexOf(']', start)) : start;
        var colon = Colon().Match(argument, from);
        if (!colon.Success)
        {
            return null;
        }

        var begin = colon.Index + colon.Length;
        var at = LastSign().Match(argument);
        if (at.Success && at.Index >= begin)
        {
            var password = argument[begin..at.Index];

            // REV:PATH has both signs too.
            return scheme.Success || password.AsSpan().IndexOfAny('/', '\\') < 0 ? password : null;
        }

        // A URL that lacks its host: what is no port is a password.
        return scheme.Success && NoPort().Match(argument, begin) is { Success: true } rest && rest.Index == begin ? rest.Value : null;
    }

    // postgresql://, and what people write instead: ":/", "//", ":\\", their percent-encoded and their full-width forms, and no slashes.
    [GeneratedRegex("""^(?:[^:/\\：%]{0,64}(?:[:：]|%3A)(?:[/\\／]|%2F)+|(?:[/\\／]|%2F){2,}|(?:--?[\w-]+=)?(?:postgres(?:ql)?|prisma\+postgres)(?:[:：]|%3A))""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Scheme();

    [GeneratedRegex("[:：]|%3A", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Colon();

    // Where one is written as it is, a percent-encoded one is a part of the password.
    [GeneratedRegex("[@＠](?=[^@＠]*$)|(?<![@＠].*)%40(?!.*(?:%40|[@＠]))", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex LastSign();

    [GeneratedRegex("""(?!\d*(?:[/?#,]|%2F|%3F|$))[^/?#]+?(?=[/?#]|%2F|%3F|$)""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex NoPort();

    [GeneratedRegex("""(?<=^|[?&;\s]|%3F|%26)(?<name>[^?&;=＝\s]{2,80}?)(?:[=＝]|%3D)""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Parameter();

    [GeneratedRegex("pass|pwd", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex PasswordName();
}
