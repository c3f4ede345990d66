using Plumbline.Prisma.Binding.Symbols;

namespace Plumbline.Prisma.Binding.Checks;

/// <summary>Checks of many-to-many relations without a model between them.</summary>
internal static class ManyToManyChecks
{
    /// <summary>Runs the checks of a relation whose table only Prisma knows.</summary>
    public static void Run(SchemaChecks checks, Relation relation)
    {
        ReadOnlySpan<Field> sides = [relation.FieldA!, relation.FieldB!];
        foreach (var field in sides)
        {
            CheckKey(checks, field);
        }

        foreach (var field in sides)
        {
            foreach (var span in new[] { field.RelationArguments!.OnDeleteSpan, field.RelationArguments.OnUpdateSpan }.OfType<Schema.Text.TextSpan>())
            {
                checks.Invalid(field.Source, span, "Referential actions on implicit many-to-many relations are not supported");
            }
        }

        foreach (var field in sides)
        {
            if (field.RelationArguments!.References is not null)
            {
                RelationChecks.Error(
                    checks,
                    field,
                    "Implicit many-to-many relation should not have references argument defined. Either remove it, or change the relation to one-to-many.");
            }
        }
    }

    /// <summary>Runs the checks of a relation with lists of identifiers, which only MongoDB has.</summary>
    public static void RunEmbedded(SchemaChecks checks, Relation relation)
    {
        if (!checks.IsPostgreSql)
        {
            return;
        }

        foreach (var field in (ReadOnlySpan<Field>)[relation.FieldA!, relation.FieldB!])
        {
            checks.Invalid(
                field.Source,
                field.Syntax.Span,
                "Embedded many-to-many relations are not supported on Postgres. Please use the syntax defined in https://pris.ly/d/relational-database-many-to-many");
        }
    }

    private static void CheckKey(SchemaChecks checks, Field field)
    {
        var related = ((ModelFieldType)field.Type).Model;
        if (related.PrimaryKey is not { Fields: [{ Field: var id }] })
        {
            var kind = SchemaChecks.KindOf(related);
            checks.Error(
                field.Source,
                field.Syntax.Span,
                $"Error validating field `{field.Name}` in {kind} `{field.Container.Name}`: The relation field `{field.Name}` on {kind} `{field.Container.Name}` references "
                    + $"`{related.Name}` which does not have an `@id` field. Models without `@id` cannot be part of a many to many relation. Use an explicit intermediate "
                    + "Model to represent this relationship.");
            return;
        }

        if (field.RelationArguments!.References is { } references && (references is not [var only] || !ReferenceEquals(only, id)))
        {
            checks.Invalid(
                field.Source,
                field.Syntax.Span,
                "Implicit many-to-many relations must always reference the id field of the related model. Change the argument `references` to use the id field of the "
                    + $"related model `{related.Name}`. But it is referencing the following fields that are not the id: {string.Join(", ", references.Select(f => f.Name))}");
        }
    }
}
