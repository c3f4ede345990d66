using System.Text;
using System.Text.RegularExpressions;

namespace Plumbline.Audit.Connections.Credentials;

/// <summary>What a password looks like.</summary>
internal enum PasswordLook
{
    /// <summary>Something that is to be filled in.</summary>
    Placeholder,

    /// <summary>What examples and databases on one's own machine use: common words, or the name of the user.</summary>
    Common,

    /// <summary>A simple word or number that may be one.</summary>
    Weak,

    /// <summary>As a careful person makes it: letters and digits, or letters in both cases.</summary>
    Strong,

    /// <summary>As a program makes it: letters and digits in no order.</summary>
    Generated,
}

/// <summary>Tells passwords from what stands in their place.</summary>
internal static partial class PasswordLooks
{
    // The mean length from which on the parts of a password are words.
    private const int LongestPart = 3;
    private const int Shortest = 4;
    private const int ShortestStrong = 8;

    // What examples, templates and databases on one's own machine are made of.
    private static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        "abc", "abcd", "abcdef", "access", "admin", "admins", "alice", "an", "api", "app", "application", "asdf", "auth", "backend", "bar", "baz", "bob",
        "change", "ci", "client", "cloud", "complex", "correct", "credential", "credentials", "data", "database", "db", "def", "default", "demo", "dev",
        "developer", "development", "docker", "fake", "foo", "for", "full", "generate", "generated", "good", "guest", "hard", "hello", "here", "host",
        "hunter", "in", "insecure", "integration", "invalid", "is", "it", "key", "let", "local", "localhost", "login", "long", "main", "master", "me",
        "mock", "monkey", "mysql", "my", "name", "new", "no", "not", "of", "old", "only", "or", "owner", "pass", "passphrase", "passwd", "password", "pg",
        "postgres", "postgresql", "prisma", "private", "prod", "production", "pw", "pwd", "qwerty", "rand", "random", "read", "reader", "readonly", "real",
        "reset", "role", "root", "safe", "sample", "secret", "secure", "server", "service", "shadow", "some", "something", "sql", "staging", "strong",
        "super", "superuser", "temp", "temporary", "test", "tester", "testing", "tests", "the", "this", "tmp", "to", "token", "top", "unsafe", "use", "user",
        "username", "value", "very", "web", "welcome", "worker", "write", "writer", "xyz",
    };

    /// <summary>What a password looks like.</summary>
    /// <param name="password">The password.</param>
    /// <param name="names">The names beside it: of the user, the database, the host.</param>
    public static PasswordLook Of(string password, params ReadOnlySpan<string?> names)
    {
        if (Marker().IsMatch(password) || Capitals().IsMatch(password) || !password.Any(char.IsLetterOrDigit))
            return PasswordLook.Placeholder;

        if (password.Length < Shortest || IsRepeated(password) || IsSequence(password) || IsMadeOfWords(password, names))
            return PasswordLook.Common;

        var letters = password.Count(char.IsAsciiLetter);
        var kinds = (password.Any(char.IsAsciiDigit) ? 1 : 0) + (password.Any(char.IsAsciiLetterLower) ? 1 : 0) + (password.Any(char.IsAsciiLetterUpper) ? 1 : 0);
        if (password.Length < ShortestStrong || kinds < 2 || letters < 2)
            return PasswordLook.Weak;

        return password.Length < LongestPart * Parts(password) ? PasswordLook.Generated : PasswordLook.Strong;
    }

    // How many words and numbers a name in camel case would have. Words of a person are longer than those that chance makes.
    private static int Parts(string password)
    {
        var parts = 0;
        var before = CharacterKind.Other;
        foreach (var c in password)
        {
            var kind = char.IsAsciiDigit(c)
                ? CharacterKind.Digit
                : char.IsAsciiLetterUpper(c)
                ? CharacterKind.Upper
                : char.IsLetter(c)
                ? CharacterKind.Lower
                : CharacterKind.Other;
            parts += kind != CharacterKind.Other && kind != before && (before, kind) is not (CharacterKind.Upper, CharacterKind.Lower) ? 1 : 0;
            before = kind;
        }

        return parts;
    }

    // aaaaaaaa, abababab.
    private static bool IsRepeated(string password)
    {
        var others = password.AsSpan().TrimStart(password[0]);
        return others.IsEmpty || others.IndexOfAnyExcept(password[0], others[0]) < 0;
    }

    // 12345678, 87654321.
    private static bool IsSequence(string password) =>
        "01234567890123456789".Contains(password, StringComparison.Ordinal) || "98765432109876543210".Contains(password, StringComparison.Ordinal);

    private static bool IsMadeOfWords(string password, ReadOnlySpan<string?> names)
    {
        var own = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (name is not null)
                own.UnionWith(name.ToLowerInvariant().Split(['_', '-', '.', '@', ' ']).Append(Letters(name, likeLetters: false)).Where(word => word.Length > 1));
        }

        return IsMadeOf(Letters(password, likeLetters: false), own) || IsMadeOf(Letters(password, likeLetters: true), own);
    }

    // P@ssw0rd is password to everyone.
    private static string Letters(string password, bool likeLetters)
    {
        var letters = new StringBuilder(password.Length);
        foreach (var c in password)
        {
            var letter = likeLetters
                ? c switch { '0' => 'o', '1' => 'i', '3' => 'e', '4' => 'a', '5' => 's', '7' => 't', '@' => 'a', '$' => 's', _ => c }
                : c;
            if (char.IsLetter(letter))
                letters.Append(char.ToLowerInvariant(letter));
        }

        return letters.ToString();
    }

    // A few letters among digits are no words.
    private static bool IsMadeOf(string letters, HashSet<string> own)
    {
        if (letters.Length < 3)
            return false;

        var ends = new bool[letters.Length + 1];
        ends[0] = true;
        for (var start = 0; start < letters.Length; start++)
        {
            for (var end = start + 1; ends[start] && end <= letters.Length; end++)
            {
                var word = letters[start..end];
                ends[end] |= Words.Contains(word) || own.Contains(word);
            }
        }

        return ends[^1];
    }

    // Variables, formats, brackets, ellipses, and words that ask for something else.
    [GeneratedRegex(
        """[<>{}\[\]`…•\s]|\$[A-Za-z_(]|%[sdvq]|\*\*|\.\.\.|xxx|(?:change|replace|fill|insert|enter|put).{0,2}(?:me|it|this|in|with|your|here|you)|your|example|placeholder|redacted|dummy|sample|hidden|masked|changed|replace|t[o0]d[o0]|^hash|^SCRAM-SHA-256\$|^md5[0-9a-f]{32}$|\|\||\\""",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Marker();

    // PASSWORD, YOUR_DB_PASSWORD, STRONG-PASSWORD.
    [GeneratedRegex("^[A-Z]+(?:[_-][A-Z]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Capitals();

    private enum CharacterKind
    {
        Other,
        Lower,
        Upper,
        Digit,
    }
}
