using System.Text;

namespace Plumbline.Audit.Connections.Dotenv;

/// <summary>Replaces variables in the values of environment files as dotenv-expand does (<c>expandValue</c> of its <c>lib/main.js</c>).</summary>
internal static class DotenvExpansion
{
    /// <summary>The values of a file with their variables replaced. A variable that the process has keeps the process's value.</summary>
    /// <param name="entries">The variables of the file; of two of one name the later one counts.</param>
    /// <param name="process">The environment of the process.</param>
    /// <param name="budget">What they may be rewritten to; values beyond it stay as they are written.</param>
    public static Dictionary<string, string> Expand(IEnumerable<DotenvEntry> entries, Func<string, string?> process, ExpansionBudget budget)
    {
        var parsed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            parsed[entry.Name] = entry.Value;
        }

        var expanded = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in parsed)
        {
            var own = process(name) is { Length: > 0 } set && set != value ? set : ExpandValue(value, Lookup, expanded, budget);
            expanded[name] = own.Replace("\\$", "$", StringComparison.Ordinal);
        }

        return expanded;

        // dotenv has put the values of the file into the process's environment before any of them is expanded.
        string? Lookup(string name) => process(name) ?? parsed.GetValueOrDefault(name);
    }

    private static string ExpandValue(string value, Func<string, string?> lookup, Dictionary<string, string> expanded, ExpansionBudget budget)
    {
        var result = value;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var round = 0; FindReference(result) is { } reference && budget.TryUse(round, result.Length); round++)
        {
            seen.Add(result);
            var (name, sign, rest) = Split(reference.Expression);
            var current = lookup(name);
            string replacement;
            if (sign is '+')
            {
                replacement = string.IsNullOrEmpty(current) ? "" : rest;
            }
            else
            {
                replacement = string.IsNullOrEmpty(current) || seen.Contains(current) ? rest : current;
            }

            // In it, $` stands for everything before it.
            if (!budget.TryUse(round, Math.Max(replacement.Length, (long)replacement.AsSpan().Count('$') * result.Length)))
                break;

            result = ReplaceFirst(result, result.Substring(reference.Start, reference.Length), replacement);
            if (expanded.TryGetValue(name, out var before) && result == before)
            {
                break;
            }
        }

        return result;
    }

    private sealed record Reference(int Start, int Length, string Expression);

    // ${…} without braces inside, or $NAME; not behind a backslash.
    private static Reference? FindReference(string text)
    {
        for (var i = text.IndexOf('$', StringComparison.Ordinal); i >= 0 && i + 1 < text.Length; i = text.IndexOf('$', i + 1))
        {
            if (i > 0 && text[i - 1] == '\\')
            {
                continue;
            }

            if (text[i + 1] == '{')
            {
                var end = text.AsSpan(i + 2).IndexOfAny('{', '}');
                if (end > 0 && text[i + 2 + end] == '}')
                {
                    return new Reference(i, end + 3, text.Substring(i + 2, end));
                }
            }
            else if (char.IsAsciiLetter(text[i + 1]) || text[i + 1] == '_')
            {
                var end = i + 2;
                while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
                {
                    end++;
                }

                return new Reference(i, end - i, text[(i + 1)..end]);
            }
        }

        return null;
    }

    // NAME:-default, NAME-default, NAME:+alternative or NAME+alternative.
    private static (string Name, char Sign, string Word) Split(string expression)
    {
        for (var i = 0; i < expression.Length; i++)
        {
            var length = expression[i] == ':' && i + 1 < expression.Length && expression[i + 1] is '+' or '-' ? 2 : expression[i] is '+' or '-' ? 1 : 0;
            if (length > 0)
            {
                return (expression[..i], expression[i + length - 1], expression[(i + length)..]);
            }
        }

        return (expression, '\0', "");
    }

    // JavaScript's replace() gives $$, $&, $` and $' in the new text a meaning.
    private static string ReplaceFirst(string text, string old, string replacement)
    {
        var start = text.IndexOf(old, StringComparison.Ordinal);
        if (!replacement.Contains('$', StringComparison.Ordinal))
        {
            return string.Concat(text.AsSpan(0, start), replacement, text.AsSpan(start + old.Length));
        }

        var result = new StringBuilder().Append(text, 0, start);
        for (var i = 0; i < replacement.Length; i++)
        {
            var next = replacement[i] == '$' && i + 1 < replacement.Length ? replacement[i + 1] : '\0';
            switch (next)
            {
                case '$':
                    result.Append('$');
                    break;
                case '&':
                    result.Append(old);
                    break;
                case '`':
                    result.Append(text, 0, start);
                    break;
                case '\'':
                    result.Append(text, start + old.Length, text.Length - start - old.Length);
                    break;
                default:
                    result.Append(replacement[i]);
                    continue;
            }

            i++;
        }

        return result.Append(text, start + old.Length, text.Length - start - old.Length).ToString();
    }
}
