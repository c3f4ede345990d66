using System.Collections.Immutable;
using System.Text;

namespace Plumbline.Schema.Text;

/// <summary>
/// The words that a name consists of, whatever its convention. A capital starts a word, also after a digit; of several capitals, the first and one before a
/// lower-case letter do.
/// </summary>
public static class NameWords
{
    /// <summary>The words in lower case: <c>lastTrainedAt</c>, <c>last_trained_at</c> and <c>LAST-TRAINED-AT</c> all are last, trained, at.</summary>
    public static ImmutableArray<string> Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var words = ImmutableArray.CreateBuilder<string>();
        var start = 0;
        for (var i = 0; i <= name.Length; i++)
        {
            var isSeparator = i == name.Length || !char.IsLetterOrDigit(name[i]);
            if (!isSeparator && !StartsWord(name, i))
                continue;

            if (i > start)
                words.Add(name[start..i].ToLowerInvariant());

            start = isSeparator ? i + 1 : i;
        }

        return words.ToImmutable();
    }

    /// <summary>The name in snake_case: <c>userId</c> becomes <c>user_id</c>, <c>HTTPRequest</c> becomes <c>http_request</c>. Separators are kept.</summary>
    public static string ToSnake(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var result = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (StartsWord(name, i))
                result.Append('_');

            result.Append(char.ToLowerInvariant(name[i]));
        }

        return result.ToString();
    }

    // Whether a word starts at a capital that follows another word.
    private static bool StartsWord(string name, int i) =>
        i > 0 && char.IsUpper(name[i]) && char.IsLetterOrDigit(name[i - 1]) &&
        (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
}
