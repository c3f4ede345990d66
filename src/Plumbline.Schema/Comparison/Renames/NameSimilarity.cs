using Plumbline.Schema.Text;

namespace Plumbline.Schema.Comparison.Renames;

/// <summary>How much two names look like names of one thing, from 0 to 1: by the words that they share, and by how these are written.</summary>
internal static class NameSimilarity
{
    /// <summary>Words that say little of what they name: two columns that share only these are not alike.</summary>
    private static readonly HashSet<string> WeakWords = new[]
    {
        "id", "at", "on", "by", "is", "has", "the", "of", "to", "in", "for", "url", "name", "type", "kind", "count", "date", "time", "data", "key", "code", "value", "text", "flag", "num", "number", "no", "list", "info",
    }.ToHashSet();

    /// <summary>Words of which one excludes the other.</summary>
    private static readonly Dictionary<string, string> Opposites = new Dictionary<string, string>
    {
        ["start"] = "end",
        ["first"] = "last",
        ["min"] = "max",
        ["old"] = "new",
        ["created"] = "updated",
        ["from"] = "until",
        ["before"] = "after",
        ["source"] = "target",
        ["sender"] = "receiver",
        ["width"] = "height",
        ["latitude"] = "longitude",
        ["lat"] = "lng",
        ["input"] = "output",
        ["parent"] = "child",
        ["open"] = "closed",
        ["previous"] = "next",
        ["in"] = "out",
    };

    /// <summary>The words of a name, in lower case and without plurals.</summary>
    internal static List<string> Words(string name) => [.. NameWords.Of(name).Select(Singular)];

    /// <summary>The name without case, separators and plurals.</summary>
    internal static string Key(string name) => string.Concat(Words(name));

    /// <summary>How alike two names are.</summary>
    internal static double Of(string left, string right)
    {
        var leftWords = Words(left);
        var rightWords = Words(right);
        if (leftWords.Count == 0 || rightWords.Count == 0)
        {
            return 0;
        }

        if (string.Concat(leftWords) == string.Concat(rightWords))
        {
            return 1;
        }

        if (Exclude(leftWords, rightWords) || Exclude(rightWords, leftWords))
        {
            return 0;
        }

        var shared = 0.0;
        var leftWeight = leftWords.Sum(Weight);
        var rightWeight = rightWords.Sum(Weight);
        var hasStrongWord = false;
        var rest = new List<string>(rightWords);
        foreach (var word in leftWords)
        {
            var (best, likeness) = (-1, 0.0);
            for (var i = 0; i < rest.Count; i++)
            {
                var like = WordLikeness(word, rest[i]);
                if (like > likeness)
                {
                    (best, likeness) = (i, like);
                }
            }

            if (best >= 0)
            {
                shared += likeness * Math.Min(Weight(word), Weight(rest[best]));
                hasStrongWord |= Weight(word) >= 1 && Weight(rest[best]) >= 1;
                rest.RemoveAt(best);
            }
        }

        // A name whose words all stand in the other is likely to be that name, longer or shorter; one that shares a word with it is not.
        var likenessOfAll = shared / (leftWeight + rightWeight - shared);
        var isPart = rightWords.Count - rest.Count == Math.Min(leftWords.Count, rightWords.Count);
        return hasStrongWord && isPart
            ? (0.5 * likenessOfAll) + (0.5 * shared / Math.Min(leftWeight, rightWeight))
            : hasStrongWord
            ? likenessOfAll
            : 0.5 * likenessOfAll;
    }

    private static double Weight(string word) => WeakWords.Contains(word) ? 0.25 : 1;

    private static string Singular(string word) =>
        word.Length > 3 && word[^1] == 's' && word[^2] != 's'
            ? word.EndsWith("ies", StringComparison.Ordinal) && word.Length > 4
            ? word[..^3] + "y"
            : word[..^1]
            : word;

    private static bool Exclude(List<string> left, List<string> right)
    {
        foreach (var word in left)
        {
            if (Opposites.TryGetValue(word, out var opposite) && !right.Contains(word) && right.Contains(opposite) && !left.Contains(opposite))
            {
                return true;
            }
        }

        return false;
    }

    private static double WordLikeness(string left, string right)
    {
        if (left == right)
        {
            return 1;
        }

        var shorter = left.Length < right.Length ? left : right;
        var longer = left.Length < right.Length ? right : left;
        if (shorter.Length >= 3 && longer.StartsWith(shorter, StringComparison.Ordinal))
        {
            return 0.8;
        }

        if (shorter.Length < 4)
        {
            return 0;
        }

        var likeness = 1 - ((double)EditDistance.Of(shorter, longer) / longer.Length);
        return likeness >= 0.75 ? likeness : 0;
    }
}
