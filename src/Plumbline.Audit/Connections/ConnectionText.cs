using System.Text.RegularExpressions;
using Plumbline.PostgreSql.Catalog;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Connections;

/// <summary>Finds database URLs in files of any kind: whatever the syntax around, a name stands before a URL on one line.</summary>
internal static partial class ConnectionText
{
    private const int LongestLine = 4000;

    /// <summary>A URL in a text.</summary>
    /// <param name="Variable">The name before it.</param>
    /// <param name="Value">The URL, or the variable that gives it.</param>
    /// <param name="Location">Where it stands, from the name to its end.</param>
    public sealed record Mention(string Variable, string Value, SourceLocation Location);

    /// <summary>The URLs in a text, and the variables of known names that a secret or another variable fills.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isKnown">Whether a name is that of a database URL.</param>
    public static IEnumerable<Mention> Find(SourceText text, Func<string, bool> isKnown)
    {
        var pairName = "";
        for (var line = 1; line <= text.LineCount; line++)
        {
            var content = text.Line(line);
            if (content.Length > LongestLine || content.TrimStart() is ['#', ..] or ['/', '/', ..] or ['-', '-', ..])
            {
                continue;
            }

            var isUrl = content.Contains("://", StringComparison.Ordinal) && content.Contains("postgres", StringComparison.Ordinal);
            if (!isUrl && !content.Contains('$') && !content.Contains("name", StringComparison.Ordinal) && !content.Contains("key", StringComparison.Ordinal))
            {
                continue;
            }

            var written = content.ToString();
            foreach (Match match in (isUrl ? Url() : Reference()).Matches(written))
            {
                var name = match.Groups["name"].Value;

                // - name: DATABASE_URL⏎ value: …, as Kubernetes and Render write it.
                name = name is "value" or "defaultValue" && pairName.Length > 0 ? pairName : name;
                if (isUrl ? name is not ("http" or "https") : isKnown(name))
                {
                    // Where a quote or blank cuts a password in two, what stands before it is no host.
                    var value = match.Groups["value"].Value;
                    if (isUrl && NamesNoPlace(value))
                    {
                        continue;
                    }

                    var isTorn = isUrl && !value.Contains('@') && written.AsSpan(match.Index + match.Length).Contains('@');

                    // What a backslash stands for differs from language to language.
                    value = isTorn || value.Contains('\\') ? value + Unknown : value;
                    var start = match.Index + match.Groups["name"].Value.LastIndexOf('.') + 1;
                    var location = new SourceLocation(text.Path, line, start + 1, line, match.Index + match.Length + 1);
                    yield return new Mention(name[(name.LastIndexOf('.') + 1)..], value, location);
                }
            }

            if (Pair().Match(written) is { Success: true } pair)
            {
                pairName = pair.Groups["name"].Value;
            }
        }
    }

    /// <summary>A candidate from what is written somewhere.</summary>
    /// <param name="template">Everything about it but the URL.</param>
    /// <param name="value">What is written, its quotes removed.</param>
    /// <param name="lookup">Gives the values of variables in it.</param>
    public static ConnectionCandidate Read(ConnectionCandidate template, string value, Func<string, string?> lookup)
    {
        return Literal(template, Variable().Replace(value.Trim(), match => Resolve(match, lookup)));
    }

    /// <summary>A candidate from a value in which nothing is to be replaced.</summary>
    public static ConnectionCandidate Literal(ConnectionCandidate template, string resolved)
    {
        var isUnknown = resolved.Contains(Unknown, StringComparison.Ordinal);
        if (!DatabaseUrl.IsUrl(resolved))
        {
            return template with { Problem = isUnknown ? "Its value is set elsewhere." : SchemeProblem(resolved) };
        }

        if (template.IsCut)
        {
            return template with { Problem = "A # begins a comment and cuts the value off. Quote the value, or write the # as %23." };
        }

        if (!DatabaseUrl.TryParse(resolved, out var url, out var error))
        {
            return template with { Problem = isUnknown ? "Parts of it are set elsewhere." : error };
        }

        var hasUnknownPlace = resolved.EndsWith(Unknown, StringComparison.Ordinal) ||
            url.Hosts.Any(host => host.Name.Contains(Unknown, StringComparison.Ordinal)) || url.Database?.Contains(Unknown, StringComparison.Ordinal) == true;
        if (hasUnknownPlace)
        {
            return template with { Problem = "Parts of it are set elsewhere." };
        }

        var user = url.User?.Contains(Unknown, StringComparison.Ordinal) == true ? null : url.User;
        return template with { Url = url with { User = user, Parameters = [.. url.Parameters.Where(parameter => !parameter.Value.Contains(Unknown, StringComparison.Ordinal))] } };
    }

    /// <summary>Whether a URL is there to be filled in, and names no database.</summary>
    public static bool IsPlaceholder(ConnectionCandidate candidate)
    {
        if (candidate.Url is not { } url)
        {
            return false;
        }

        // Names that are reserved for examples may stand for a real one anywhere but in a template.
        if (candidate.Origin == ConnectionOrigin.Template && url.Hosts.Any(host => host.Name.Contains("example", StringComparison.OrdinalIgnoreCase)))
        {
            return true;
        }

        if (url is { Hosts.IsEmpty: true, Database: null, User: null, Parameters.IsEmpty: true })
        {
            return true;
        }

        string?[] parts = [.. url.Hosts.Select(host => host.Name), url.Database];
        return Array.Exists(parts, part => part is not null && IsPlaceholder(part));
    }

    /// <summary>Whether the name of a host or of a database is there to be filled in.</summary>
    public static bool IsPlaceholder(string name) =>
        name.IndexOfAny(['<', '>', '[', ']', '{', '}', '*', '…']) >= 0 || name.Contains("...", StringComparison.Ordinal) || PlaceholderWord().IsMatch(name);

    // A prefix that a text is compared with, and an ellipsis in place of what is written elsewhere.
    private static bool NamesNoPlace(string value)
    {
        var rest = value.AsSpan(value.IndexOf("://", StringComparison.Ordinal) + 3);
        return rest.IsEmpty || rest.Trim("./).,;…").IsEmpty || rest.Contains('…') || rest.Contains("...", StringComparison.Ordinal);
    }

    // Stands for a value that is not known, and can be part of no name.
    private const string Unknown = "\u0001";

    private static string Resolve(Match match, Func<string, string?> lookup)
    {
        if (match.Groups["name"] is not { Success: true } name)
        {
            return Unknown;
        }

        var own = lookup(name.Value);
        return !string.IsNullOrEmpty(own)
            ? own
            : match.Groups["default"] is { Success: true, Length: > 0 } other
            ? Variable().Replace(other.Value, inner => Resolve(inner, lookup))
            : Unknown;
    }

    private static string SchemeProblem(string value)
    {
        var scheme = Scheme().Match(value);
        return scheme.Success ? $"It is not a PostgreSQL URL: it begins with {scheme.Value}." : "It is not a PostgreSQL URL.";
    }

    [GeneratedRegex("""(?<![A-Za-z0-9_])(?<name>(?>[A-Za-z_][A-Za-z0-9_.]*))["'`]?(?>\s*)(?:\?\?|\|\||[=:,(])?(?>\s*)\(?(?>\s*)["'`]?(?<value>(?:\$\{[A-Za-z_][A-Za-z0-9_]*:?-)?postgres(?:ql)?://(?:\$\{\{[^}]*\}\}|\$\{[^}]*\}|[^\s"'`])*)""", RegexOptions.CultureInvariant)]
    private static partial Regex Url();

    [GeneratedRegex("""(?<![A-Za-z0-9_])(?<name>(?>[A-Za-z_][A-Za-z0-9_]*))["']?(?>\s*)[=:](?>\s*)["']?(?<value>\$\{\{[^}]*\}\}|\$\{(?:\$\{[^{}]*\}|[^{}])*\}|\$[A-Za-z_][A-Za-z0-9_]*)["']?""", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();

    [GeneratedRegex("""^\s*(?:-\s*)?["']?(?:name|key)["']?\s*:\s*["']?(?<name>[A-Za-z_][A-Za-z0-9_]*)["']?,?\s*$""", RegexOptions.CultureInvariant)]
    private static partial Regex Pair();

    [GeneratedRegex("""\$\{\{[^}]*\}\}|\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(?::?-(?<default>(?:\$\{[^{}]*\}|[^{}])*)|:?[?+][^{}]*)?\}?|\$(?<name>[A-Za-z_][A-Za-z0-9_]*)|\$\([^)]*\)""", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();

    [GeneratedRegex("^[a-z][a-z0-9+]{0,20}://", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Scheme();

    [GeneratedRegex(
        "^(?:HOST|HOSTNAME|DATABASE|DB_NAME|DBNAME|host|hostname|endpoint|mydb|db_name|dummy)$|placeholder|your|xxx|change.?me|replace|dummy",
        RegexOptions.CultureInvariant)]
    private static partial Regex PlaceholderWord();
}
