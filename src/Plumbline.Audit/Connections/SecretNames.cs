using System.Text.RegularExpressions;

namespace Plumbline.Audit.Connections;

/// <summary>Names of secrets.</summary>
internal static partial class SecretNames
{
    /// <summary>Whether a name is that of a secret, or of something about one: <c>password</c>, <c>apiKeyHash</c>, <c>token_kind</c>.</summary>
    /// <param name="name">The name.</param>
    public static bool IsSecret(ReadOnlySpan<char> name) => Secret().IsMatch(name);

    /// <summary>Whether what has a name is a secret itself: not the kind of a token, or the algorithm of a hash.</summary>
    /// <param name="name">The name of a column.</param>
    public static bool HoldsSecret(ReadOnlySpan<char> name) => IsSecret(name) && !About().IsMatch(name);

    [GeneratedRegex(
        """(?:pass(?:word|wd|phrase)|pwd|secret|api_?key|private_?key|token|credential|hash|(?:^|[_"\s.])(?:pw|pass)(?:$|[_"\s])|(?-i:[a-z0-9](?:Pw|Pass))(?:$|["\s]))""",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Secret();

    [GeneratedRegex("""(?:types?|kinds?|status|state|name|methods?|algorithms?|algo|provider|format|version|prefix|scopes?|roles?|locale|length)"?$""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex About();
}
