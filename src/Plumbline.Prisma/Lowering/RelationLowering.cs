using System.Collections.Immutable;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Schema.Model;
using PrismaAction = Plumbline.Prisma.Binding.Symbols.ReferentialAction;
using ReferentialAction = Plumbline.Schema.Model.ReferentialAction;

namespace Plumbline.Prisma.Lowering;

/// <summary>The foreign keys of relations that have their key in a model's table.</summary>
internal static class RelationLowering
{
    /// <summary>The foreign key of a relation; null for one without a key, and where the schema leaves it open.</summary>
    /// <param name="relation">The relation.</param>
    /// <param name="tables">The tables of the models.</param>
    /// <param name="context">What is around it.</param>
    public static ForeignKey? Lower(Relation relation, IReadOnlyDictionary<Model, Table> tables, LoweringContext context)
    {
        if (relation.FieldA is not { } field || relation.ForeignKeyName is not { } name
            || !tables.ContainsKey(relation.ModelA) || !tables.TryGetValue(relation.ModelB, out var referenced))
        {
            return null;
        }

        var columns = ColumnsOf(relation.ReferencingFields, relation.ModelA, context);
        var referencedColumns = ColumnsOf(relation.ReferencedFields, relation.ModelB, context);
        if (columns.IsEmpty || columns.Length != referencedColumns.Length)
        {
            return null;
        }

        return new ForeignKey
        {
            Name = DatabaseNames.Cut(name),
            Location = field.Location,
            FieldName = field.Name,
            Columns = columns,
            ReferencedTable = referenced.Name,
            ReferencedColumns = referencedColumns,
            OnDelete = relation.OnDelete is { } onDelete ? ActionOf(onDelete) : DefaultOnDelete(relation, field),
            OnUpdate = relation.OnUpdate is { } onUpdate ? ActionOf(onUpdate) : ReferentialAction.Cascade,
        };
    }

    // Prisma documentation, "Referential actions", "Referential action defaults": what is required can't be set to NULL.
    private static ReferentialAction DefaultOnDelete(Relation relation, Field field) =>
        field.Arity == FieldArity.Required || relation.ReferencingFields.Any(f => f.Arity == FieldArity.Required)
            ? ReferentialAction.Restrict
            : ReferentialAction.SetNull;

    private static ReferentialAction ActionOf(PrismaAction action) => action switch
    {
        PrismaAction.Cascade => ReferentialAction.Cascade,
        PrismaAction.Restrict => ReferentialAction.Restrict,
        PrismaAction.SetNull => ReferentialAction.SetNull,
        PrismaAction.SetDefault => ReferentialAction.SetDefault,
        _ => ReferentialAction.NoAction,
    };

    private static ImmutableArray<string> ColumnsOf(ImmutableArray<Field> fields, Model model, LoweringContext context) =>
        fields.All(f => ReferenceEquals(f.Container, model) && context.TypeOf(f) is not null) ? [.. fields.Select(LoweringContext.NameOf)] : [];
}
