using System.Globalization;
using System.Text.RegularExpressions;
using Plumbline.Schema.Text;

namespace Plumbline.TypeScript.Usage;

/// <summary>The value that the application's code gives a setting of the pool where the environment has none: <c>process.env.DB_POOL_SIZE ??
/// '10'</c>.</summary>
/// <param name="Variable">The variable, such as <c>DB_POOL_SIZE</c>.</param>
/// <param name="Value">The value; null where the code reads the variable and has no value of its own.</param>
/// <param name="Location">Where.</param>
public sealed partial record PoolDefault(string Variable, int? Value, SourceLocation Location)
{
    /// <summary>The variable of the pool's size.</summary>
    public const string Size = "DB_POOL_SIZE";

    /// <summary>The variable of the time that a query waits for a connection.</summary>
    public const string Timeout = "DB_POOL_TIMEOUT";

    /// <summary>The variable that says whether there is a PgBouncer in between.</summary>
    public const string PgBouncer = "DB_PGBOUNCER";

    /// <summary>The values in a file.</summary>
    public static IEnumerable<PoolDefault> Find(SourceText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Text.Contains("DB_P", StringComparison.Ordinal) ? Read(text) : [];
    }

    private static IEnumerable<PoolDefault> Read(SourceText text)
    {
        foreach (Match match in Reading().Matches(text.Text))
        {
            int? value = int.TryParse(match.Groups["value"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
            yield return new PoolDefault(match.Groups["name"].Value, value, text.LocationOf(new TextSpan(match.Index, match.Length)));
        }
    }

    [GeneratedRegex("""\b(?:process\.)?env(?:\.|\[['"])(?<name>DB_POOL_SIZE|DB_POOL_TIMEOUT|DB_PGBOUNCER)(?:['"]\])?(?:[^\r\n;|?]{0,20}(?:\?\?|\|\|)\s*['"]?(?<value>\d{1,9})['"]?)?""", RegexOptions.CultureInvariant)]
    private static partial Regex Reading();
}
