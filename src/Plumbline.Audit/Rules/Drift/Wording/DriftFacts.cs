using Plumbline.Audit.Facts;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Drift.Wording;

/// <summary>Facts about a change that several drift rules judge by.</summary>
internal static class DriftFacts
{
    /// <summary>Whether two foreign keys are the same but for what happens on delete and update.</summary>
    public static bool DiffersInActionsOnly(SchemaChange change) =>
        change is { FromObject: ForeignKey from, ToObject: ForeignKey to } &&
        from.Columns.SequenceEqual(to.Columns) &&
        from.ReferencedTable == to.ReferencedTable &&
        from.ReferencedColumns.SequenceEqual(to.ReferencedColumns) &&
        (from.OnDelete != to.OnDelete || from.OnUpdate != to.OnUpdate);

    /// <summary>Whether another index or key that does the same work is the one to keep: one that the schema has too, or of several that it lacks the first by name.</summary>
    /// <param name="other">The other one.</param>
    /// <param name="name">Its name.</param>
    /// <param name="change">The one that only the migrations have.</param>
    /// <param name="project">The project.</param>
    public static bool Stays(SchemaObject other, string name, SchemaChange change, ProjectFacts project) =>
        string.CompareOrdinal(name, change.Subject.Name) < 0 || !project.Drift!.Changes.Any(c => c.ToObject is null && ReferenceEquals(c.FromObject, other));

    /// <summary>Whether the client leaves the model out (<c>@@ignore</c>), so that no query of it can meet the difference.</summary>
    public static bool IsIgnored(NamedObject? table) => table is Table { IsIgnored: true };

    /// <summary>Whether an INSERT that does not name the column is refused.</summary>
    public static bool NeedsValue(Column column) =>
        column is { IsNullable: false, Default: null, Identity: IdentityKind.None, Generated: null };

    /// <summary>Whether the column numbers its rows on one side only: then its default is not another one, but none.</summary>
    public static bool CountsOnOneSide(SchemaChange change) =>
        change is { FromObject: Column from, ToObject: Column to } && CountsUp(from) != CountsUp(to);

    /// <summary>Whether the database numbers the rows: by a sequence or as an identity.</summary>
    public static bool CountsUp(Column column) =>
        column.Identity != IdentityKind.None || column.Default?.Text.StartsWith("nextval(", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The Prisma name of a subject, in parentheses for the middle of a sentence; empty where it has none, or the same.</summary>
    public static string PrismaName(Subject subject)
    {
        var name = subject is { Model: { } model, Field: { } field } ? $"{model}.{field}" : subject.Model;
        if (name is null || name == subject.ToString())
            return "";

        var kind = subject.Field is not null ? "field" : subject.Kind is SubjectKind.Enum or SubjectKind.EnumValue ? "enum" : "model";
        return $" ({kind} {name})";
    }
}
