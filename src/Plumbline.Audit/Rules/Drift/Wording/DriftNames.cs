using Plumbline.Audit.Configuration;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Drift.Wording;

/// <summary>What is said of an index or constraint that only has another name.</summary>
internal static class DriftNames
{
    /// <summary>The text for an object that is the same on both sides but for its name. What exists is named, and the rename that Prisma would make.</summary>
    public static DriftText Renamed(SchemaChange change, string what) => new(
        $"{TableOf(change)}: the {what} {change.From} has another name than the schema expects: {change.To}",
        $"Schema and migrations have the same {what}; only its name differs.",
        $"Queries are not affected. The next prisma migrate dev renames {change.From} to {change.To}, and SQL that names it then fails.",
        $"Rename the {what} in a migration, or keep its name with map: \"{change.From}\" in the schema.",
        Severity.Low)
    {
        Subject = change.Subject with { Name = change.From ?? change.Subject.Name },
    };

    /// <summary>Names in one line: the first eight, and how many more there are.</summary>
    public static string List(IEnumerable<string> names)
    {
        const int named = 8;
        var all = names.Distinct(StringComparer.Ordinal).ToList();
        return all.Count <= named ? string.Join(", ", all) : $"{string.Join(", ", all.Take(named))} and {all.Count - named} more";
    }

    /// <summary>The table that a change is about, as people write it.</summary>
    public static string TableOf(SchemaChange change)
    {
        if ((change.ToParent ?? change.FromParent) is { } parent)
            return parent.Name.Schema == "public" ? parent.Name.Name : parent.Name.ToString();

        return change.Subject.Table ?? change.Subject.Name;
    }
}
