namespace Plumbline.Schema.Text;

/// <summary>How many letters of one name have to be inserted, dropped or replaced to get another one: Levenshtein's distance.</summary>
public static class EditDistance
{
    private const int LongestOnStack = 128;

    /// <summary>The distance of two names.</summary>
    /// <param name="left">A name.</param>
    /// <param name="right">Another one.</param>
    /// <param name="limit">Where the distance is greater than this, so is the result, and no more is known of it.</param>
    /// <param name="swapsNeighbors">Whether two neighboring letters in the wrong order count as one mistake, and the case of letters as none: slips of the
    /// fingers.</param>
    public static int Of(ReadOnlySpan<char> left, ReadOnlySpan<char> right, int limit = int.MaxValue, bool swapsNeighbors = false)
    {
        if (Math.Abs(left.Length - right.Length) > limit)
        {
            return limit + 1;
        }

        var width = right.Length + 1;
        var rows = width <= LongestOnStack ? stackalloc int[width * 3] : new int[width * 3];
        var before = rows[..width];
        var previous = rows.Slice(width, width);
        var current = rows.Slice(2 * width, width);
        for (var j = 0; j < width; j++)
        {
            previous[j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j < width; j++)
            {
                var value = Math.Min(Math.Min(previous[j], current[j - 1]) + 1, previous[j - 1] + (AreSame(left[i - 1], right[j - 1]) ? 0 : 1));
                if (swapsNeighbors && i > 1 && j > 1 && AreSame(left[i - 1], right[j - 2]) && AreSame(left[i - 2], right[j - 1]))
                {
                    value = Math.Min(value, before[j - 2] + 1);
                }

                current[j] = value;
            }

            var oldest = before;
            before = previous;
            previous = current;
            current = oldest;
        }

        return previous[right.Length];

        bool AreSame(char one, char other) => one == other || (swapsNeighbors && char.ToLowerInvariant(one) == char.ToLowerInvariant(other));
    }
}
