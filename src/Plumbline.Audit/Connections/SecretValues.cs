using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using Plumbline.PostgreSql.Sql;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Connections;

/// <summary>
/// The secrets that one run has met: passwords in its arguments, and the defaults of columns that are named like a secret. Wherever one of them stands in what the
/// program writes it is hidden, whatever escapes it is written with. All members may be called by several threads.
/// </summary>
public sealed class SecretValues
{
    private const string Hidden = "***";

    // What is shorter is no secret, and would be found everywhere.
    private const int Shortest = 4;

    // What is as long and has letters and digits is a word of nothing else.
    private const int Unmistakable = 8;

    // Nobody has more. Whatever stands in single quotes is hidden then.
    private const int Enough = 500;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _quoted = new(StringComparer.Ordinal);
    private readonly HashSet<string> _assigned = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unmistakable = new(StringComparer.Ordinal);
    private volatile Matcher? _matcher;

    private int Count => _quoted.Count + _assigned.Count + _unmistakable.Count;

    // Where a value has to stand to be one.
    private enum Place
    {
        // Between quotes.
        Quoted,

        // Behind the sign that a password stands behind in a URL.
        Assigned,

        // Anywhere, as a word.
        Anywhere,
    }

    /// <summary>Takes in what the arguments of the program hold.</summary>
    /// <param name="arguments">The arguments.</param>
    public void LearnArguments(IEnumerable<string> arguments) => Learn(arguments.Where(SecretArguments.MayHold).SelectMany(SecretArguments.In), _assigned);

    /// <summary>Takes in what the defaults of a schema hold.</summary>
    /// <param name="schema">The schema; null where there is none.</param>
    public void Learn(DatabaseSchema? schema)
    {
        if (schema is not null)
        {
            Learn(schema.Tables.SelectMany(table => table.Columns).Where(HasConstant).SelectMany(column => ConstantsOf(column, schema)).Where(constant => constant.Length >= Shortest), _quoted);
        }
    }

    /// <summary>Whether a text may hold one of the secrets.</summary>
    /// <param name="text">The text.</param>
    public bool MayBeIn(ReadOnlySpan<char> text) => _matcher is { } matcher && matcher.MayMatch(text);

    /// <summary>A text with the secrets replaced.</summary>
    /// <param name="text">The text.</param>
    public string Hide(string text) => _matcher is { } matcher && matcher.MayMatch(text) ? matcher.Hide(text) : text;

    private static bool HasConstant(Column column) => column.Default is { } value && value.Text.Contains('\'', StringComparison.Ordinal);

    // Of columns that hold no secrets only what a function takes as its key.
    private static IEnumerable<string> ConstantsOf(Column column, DatabaseSchema schema)
    {
        var isSecret = HoldsText(column.Type, schema) && (SecretNames.HoldsSecret(column.Name) || (column.FieldName is { } field && SecretNames.HoldsSecret(field)));
        return isSecret || column.Default!.Text.Contains('(', StringComparison.Ordinal)
            ? ((string?[])[column.Default!.Text, column.Default.Source]).OfType<string>().SelectMany(text => SecretConstants.Of(text, isSecret))
            : [];
    }

    private static bool HoldsText(ColumnType type, DatabaseSchema schema) => type.Schema is null
        ? type.Name is "text" or "character varying" or "character" or "name" or "bytea" or "json" or "jsonb"
        : !schema.Enums.Any(other => other.Name == type.QualifiedName);

    private void Learn(IEnumerable<string> secrets, HashSet<string> others)
    {
        lock (_lock)
        {
            var count = Count;
            foreach (var secret in secrets)
            {
                if (Count <= Enough && !string.IsNullOrWhiteSpace(secret.Trim('*')))
                {
                    var isUnmistakable = secret.Length >= Unmistakable && secret.Any(char.IsAsciiDigit) && secret.Any(char.IsAsciiLetter);
                    (isUnmistakable ? _unmistakable : others).Add(secret);
                }
            }

            if (Count > Enough)
            {
                _matcher = new Matcher([(Place.Quoted, null)]);
            }
            else if (Count > count)
            {
                _matcher = new Matcher([(Place.Quoted, [.. _quoted]), (Place.Assigned, [.. _assigned]), (Place.Anywhere, [.. _unmistakable])]);
            }
        }
    }

    private sealed class Matcher
    {
        private readonly SearchValues<string> _cores;
        private readonly Lazy<(Place Place, Regex Pattern)[]> _patterns;

        // The secrets, with where they have to stand. Without any whatever stands in quotes is one.
        public Matcher((Place Place, string[]? Secrets)[] places)
        {
            _cores = SearchValues.Create([.. places.SelectMany(place => place.Secrets?.Select(CoreOf) ?? ["'"])], StringComparison.Ordinal);
            _patterns = new Lazy<(Place Place, Regex Pattern)[]>(() => [.. places.Where(place => place.Secrets is not []).Select(place => (place.Place, PatternOf(place.Secrets)))]);
        }

        public bool MayMatch(ReadOnlySpan<char> text) => text.ContainsAny(_cores);

        public string Hide(string text)
        {
            foreach (var (place, pattern) in _patterns.Value)
            {
                text = Hide(text, place, pattern);
            }

            return text;
        }

        private static string Hide(string text, Place place, Regex pattern)
        {
            StringBuilder? hidden = null;
            var copied = 0;
            foreach (var match in pattern.EnumerateMatches(text))
            {
                var end = match.Index + match.Length;
                if (IsOne(place, text.AsSpan(0, match.Index), text.AsSpan(match.Index, match.Length), text.AsSpan(end)))
                {
                    hidden = (hidden ?? new StringBuilder(text.Length)).Append(text, copied, match.Index - copied).Append(Hidden);
                    copied = end;
                }
            }

            return hidden is null ? text : hidden.Append(text, copied, text.Length - copied).ToString();
        }

        private static bool IsOne(Place place, ReadOnlySpan<char> before, ReadOnlySpan<char> value, ReadOnlySpan<char> after) => place switch
        {
            Place.Quoted => before.Length > 0 && after.TrimStart('\\') is [var close, ..] && IsQuote(before[^1]) && IsQuote(close),
            Place.Assigned => IsAssignment(before) && !(after is [var next, ..] && char.IsLetterOrDigit(next) && char.IsLetterOrDigit(value[^1])),
            _ => !(before is [.., var last] && char.IsLetterOrDigit(last) && char.IsLetterOrDigit(value[0]) && !IsAssignment(before)) && !(after is [var first, ..] && char.IsLetterOrDigit(first) && char.IsLetterOrDigit(value[^1])),
        };

        private static bool IsQuote(char sign) => sign is '\'' or '"' or '`' or '$' or ',' or '{' or '}';

        private static bool IsAssignment(ReadOnlySpan<char> before) =>
            before is [.., ':' or '=' or '：' or '＝'] || before.EndsWith("%3A", StringComparison.OrdinalIgnoreCase) || before.EndsWith("%EF%BC%9A", StringComparison.OrdinalIgnoreCase) || before.EndsWith("%3D", StringComparison.OrdinalIgnoreCase);

        // The longest part that no escape changes.
        private static string CoreOf(string value)
        {
            var (start, length) = (0, 0);
            for (int i = 0, from = 0; i <= value.Length; i++)
            {
                if (i < value.Length && char.IsAsciiLetterOrDigit(value[i]))
                {
                    continue;
                }

                (start, length) = i - from > length ? (from, i - from) : (start, length);
                from = i + 1;
            }

            // A value of signs alone can be escaped as a whole.
            return length > 0 ? value.Substring(start, length) : value[..1];
        }

        // The time is in proportion to the length of a line, whatever the secrets are.
        private static Regex PatternOf(string[]? secrets) => new(
            secrets is null ? "[^'\"]+" : string.Join('|', secrets.OrderByDescending(secret => secret.Length).Select(FormsOf)),
            RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

        // Letters and digits are written as they are; other characters as they are, doubled, or as an escape of SQL, JSON, Markdown, a terminal, a URL or GitHub.
        private static string FormsOf(string value)
        {
            var pattern = new StringBuilder();
            foreach (var c in value)
            {
                if (char.IsAsciiLetterOrDigit(c))
                {
                    pattern.Append(c);
                }
                else if (char.IsWhiteSpace(c))
                {
                    pattern.Append(@"(?:[\s`]|\\+(?:[nrtfv]|u[0-9A-Fa-f]{4})|%[0-9A-Fa-f]{2})*");
                }
                else
                {
                    var written = Regex.Escape(c.ToString());
                    pattern.Append($@"(?:\\*{written}{{1,2}}|\\+u[0-9A-Fa-f]{{4}}|\\[bef0]|(?:%[0-9A-Fa-f]{{2}})+|&#?\w+;)");
                }
            }

            return pattern.ToString();
        }
    }
}
