using Plumbline.Audit.Configuration;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Drift.Wording;

/// <summary>What is said of an index or constraint that only has another name.</summary>
internal static class DriftNames
{
    /// <summary>The text for an object that is the same on both sides but for its name.</summary>
    public static DriftText Renamed(SchemaChange change, string what) => new(
        $"The {what} {change.To} is called {change.From} in the migrations",
        $"Schema and migrations have the same {what}; the schema calls it {change.To}, the migrations {change.From}.",
        "Queries are not affected. The next migrate dev renames it, and SQL that names it (DROP, ON CONFLICT ON CONSTRAINT) fails on one side.",
        $"Rename the {what} in a migration, or give it its name in the schema with map: \"{change.From}\".",
        Severity.Low);

    /// <summary>The table that a change is about, as people write it.</summary>
    public static string TableOf(SchemaChange change)
    {
        if ((change.ToParent ?? change.FromParent) is { } parent)
            return parent.Name.Schema == "public" ? parent.Name.Name : parent.Name.ToString();

        return change.Subject.Table ?? change.Subject.Name;
    }
}
