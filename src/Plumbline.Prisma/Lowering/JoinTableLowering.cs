using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Schema.Model;
using ReferentialAction = Plumbline.Schema.Model.ReferentialAction;

namespace Plumbline.Prisma.Lowering;

/// <summary>The tables of implicit many-to-many relations. Prisma documentation, "Many-to-many relations", "Conventions for relation tables".</summary>
internal static class JoinTableLowering
{
    private const string ColumnA = "A";
    private const string ColumnB = "B";

    // Prisma 6.0 replaced the unique index over both columns by a primary key.
    private static readonly Version FirstWithPrimaryKey = new(6, 0);

    /// <summary>The table of a relation; null where the schema leaves it open.</summary>
    /// <param name="relation">An implicit many-to-many relation.</param>
    /// <param name="tables">The tables of the models.</param>
    /// <param name="context">What is around it.</param>
    public static Table? Lower(Relation relation, IReadOnlyDictionary<Model, Table> tables, LoweringContext context)
    {
        if (relation.FieldA is not { } fieldA || relation.FieldB is not { } fieldB
            || !tables.TryGetValue(relation.ModelA, out var tableA) || !tables.TryGetValue(relation.ModelB, out var tableB)
            || FindKey(relation.ModelA, context) is not { } keyA || FindKey(relation.ModelB, context) is not { } keyB)
        {
            return null;
        }

        var name = JoinTableNames.Table(relation.JoinTableName);
        var hasPrimaryKey = context.Options.PrismaVersion >= FirstWithPrimaryKey;
        var byB = new Index { Name = JoinTableNames.Index(name, "_B_index"), Keys = [KeyOf(ColumnB)], Location = fieldA.Location };
        var unique = new Index
        {
            Name = JoinTableNames.Index(name, "_AB_unique"),
            Keys = [KeyOf(ColumnA), KeyOf(ColumnB)],
            IsUnique = true,
            IsPrismaUnique = true,
            Location = fieldA.Location,
        };
        return new Table
        {
            // Prisma puts the table beside that of side A.
            Name = new ObjectName(tableA.Name.Schema, DatabaseNames.Cut(name)),
            Location = fieldA.Location,
            Columns = [ColumnOf(ColumnA, keyA, fieldA), ColumnOf(ColumnB, keyB, fieldB)],
            PrimaryKey = hasPrimaryKey
                ? new KeyConstraint { Name = JoinTableNames.Index(name, "_AB_pkey"), Columns = [ColumnA, ColumnB], Location = fieldA.Location }
                : null,
            Indexes = hasPrimaryKey ? [byB] : [unique, byB],
            ForeignKeys = context.Schema.RelationMode == RelationMode.Prisma
                ? []
                : [ForeignKeyOf(name, ColumnA, tableA, keyA, fieldA), ForeignKeyOf(name, ColumnB, tableB, keyB, fieldB)],
        };
    }

    private static Column? FindKey(Model model, LoweringContext context) =>
        model.PrimaryKey is { Fields: [{ Field: var field }, ..] } && ReferenceEquals(field.Container, model) && context.TypeOf(field) is { } type
            ? new Column { Name = LoweringContext.NameOf(field), Type = type }
            : null;

    private static IndexKey KeyOf(string column) => new() { Column = column };

    private static Column ColumnOf(string name, Column key, Field field) =>
        new() { Name = name, Type = key.Type, IsNullable = false, Location = field.Location };

    private static ForeignKey ForeignKeyOf(string table, string column, Table referenced, Column key, Field field) => new()
    {
        Name = JoinTableNames.ForeignKey(table, column),
        Columns = [column],
        ReferencedTable = referenced.Name,
        ReferencedColumns = [key.Name],
        OnDelete = ReferentialAction.Cascade,
        OnUpdate = ReferentialAction.Cascade,
        Location = field.Location,
    };
}
