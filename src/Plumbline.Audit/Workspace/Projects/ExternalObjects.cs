using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Workspace.Projects;

/// <summary>
/// The tables and enums that <c>prisma.config.*</c> lists as external: somebody else creates them, Prisma Migrate looks at them on neither side, and their names are not the project's.
/// </summary>
internal sealed class ExternalObjects
{
    private readonly HashSet<ObjectName> _tables;
    private readonly HashSet<ObjectName> _enums;

    private ExternalObjects(HashSet<ObjectName> tables, HashSet<ObjectName> enums)
    {
        _tables = tables;
        _enums = enums;
    }

    /// <summary>No objects.</summary>
    public static ExternalObjects None { get; } = new([], []);

    /// <summary>The external objects of a project; none where there is no project.</summary>
    public static ExternalObjects Of(Project? project) =>
        project is null ? None : new([.. project.ExternalTables.Select(table => table.Name)], [.. project.ExternalEnums.Select(type => type.Name)]);

    /// <summary>A database without them. A foreign key of another table to one of them stays: that is the other table's.</summary>
    public DatabaseSchema Without(DatabaseSchema schema) => _tables.Count == 0 && _enums.Count == 0
        ? schema
        : schema with
        {
            Tables = [.. schema.Tables.Where(table => !_tables.Contains(table.Name))],
            Enums = [.. schema.Enums.Where(type => !_enums.Contains(type.Name))],
            Sequences = [.. schema.Sequences.Where(sequence => sequence.OwnedByTable is not { } owner || !_tables.Contains(owner))],
        };

    /// <summary>Whether the table of a model is one of them.</summary>
    /// <param name="model">The model.</param>
    /// <param name="defaultSchema">The schema of models that name none.</param>
    public bool HasTableOf(Model model, string defaultSchema) => _tables.Count > 0 && _tables.Contains(new ObjectName(model.SchemaName ?? defaultSchema, model.DatabaseName));

    /// <summary>Whether the type of an enum is one of them.</summary>
    /// <param name="type">The enum.</param>
    /// <param name="defaultSchema">The schema of enums that name none.</param>
    public bool HasTypeOf(PrismaEnum type, string defaultSchema) => _enums.Count > 0 && _enums.Contains(new ObjectName(type.SchemaName ?? defaultSchema, type.DatabaseName));
}
