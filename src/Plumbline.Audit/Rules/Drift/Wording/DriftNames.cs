using System.Text;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.History;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Drift.Wording;

/// <summary>What is said of an index or constraint that only has another name.</summary>
internal static class DriftNames
{
    // A name is cut before a character of up to four bytes that would go beyond 63.
    private const int ShortestTruncated = 60;

    /// <summary>The text for an object that is the same on both sides but for its name. What exists is named, and the rename that Prisma would make.</summary>
    /// <param name="change">The rename.</param>
    /// <param name="what">What kind of object it is.</param>
    /// <param name="project">The project, whose migrations tell whether PostgreSQL truncated the name.</param>
    public static DriftText Renamed(SchemaChange change, string what, ProjectFacts project) => new(
        $"{TableOf(change)}: the {what} {change.From} has a different name than the schema expects: {change.To}",
        $"Schema and migrations have the same {what}; only its name differs.{Truncated(change, project)}",
        $"Queries are not affected. {project.NextMigration.Does($"renames {change.From} to {change.To}, and SQL that names it then fails")}.",
        $"Rename the {what} in a migration, or keep its name with map: \"{change.From}\" in the schema.",
        Severity.Low)
    {
        Subject = change.Subject with { Name = change.From ?? change.Subject.Name },
        Cause = project.Causes.Of(change) ?? new Cause(CauseKind.OtherName, "names", "The migrations name them otherwise than the schema expects"),
    };

    // The commonest cause: Prisma shortens a long name before its suffix, PostgreSQL cuts off the end.
    private static string Truncated(SchemaChange change, ProjectFacts project)
    {
        if (change.From is not { } name || Encoding.UTF8.GetByteCount(name) < ShortestTruncated)
            return "";

        var full = project.Statements.All.SelectMany(NewNames.Of).FirstOrDefault(n => n.Name.Uncut is not null && n.Name.Name == name).Name.Uncut;
        return full is null ? "" : $" The migration names it {full}, which PostgreSQL truncates to 63 bytes.";
    }

    /// <summary>The table that a change is about, as people write it.</summary>
    public static string TableOf(SchemaChange change)
    {
        if ((change.ToParent ?? change.FromParent) is { } parent)
            return ObjectText.Of(parent.Name);

        return change.Subject.Table ?? change.Subject.Name;
    }
}
