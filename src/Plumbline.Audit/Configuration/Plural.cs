using System.Globalization;

namespace Plumbline.Audit.Configuration;

/// <summary>Numbers that agree with their nouns.</summary>
public static class Plural
{
    /// <summary>A count with its noun: <c>1 finding</c>, <c>3 findings</c>.</summary>
    /// <param name="count">The count.</param>
    /// <param name="one">The noun for one.</param>
    /// <param name="many">The noun for several, or none.</param>
    public static string Of(int count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");
}
