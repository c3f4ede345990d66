namespace Plumbline.Schema.Comparison;

/// <summary>What a change, finding or verified fact is about.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Name">Its database name, or for things outside a database their own (a path, the name of a migration). A function's has its signature.</param>
/// <param name="Schema">The schema that it lives in; null where it lives in none.</param>
/// <param name="Table">The table (or view) that it is, or is a member of; the enum for a value; null where there is none.</param>
/// <param name="Model">The Prisma model, view or enum, where there is one.</param>
/// <param name="Field">The Prisma field, where there is one.</param>
public sealed record Subject(SubjectKind Kind, string Name, string? Schema = null, string? Table = null, string? Model = null, string? Field = null)
{
    /// <summary>The subject as people write it: <c>users.email</c>, <c>audit.events</c>; the schema <c>public</c> is left out.</summary>
    public override string ToString()
    {
        var path = Table is null || Table == Name && Kind is SubjectKind.Table or SubjectKind.View or SubjectKind.Partition ? Name : $"{Table}.{Name}";
        return Schema is null or "public" ? path : $"{Schema}.{path}";
    }
}
