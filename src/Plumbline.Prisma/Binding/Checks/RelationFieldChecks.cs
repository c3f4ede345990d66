using Plumbline.Prisma.Binding.Symbols;

namespace Plumbline.Prisma.Binding.Checks;

/// <summary>Checks of the relation fields of a model, each by itself.</summary>
internal static class RelationFieldChecks
{
    /// <summary>Runs the checks.</summary>
    /// <returns>False where a relation is ambiguous: then Prisma checks nothing more.</returns>
    public static bool Run(SchemaChecks checks, ConstraintNamespace names, Model model)
    {
        foreach (var field in model.RelationFields)
        {
            if (Ambiguity(names, model, field) is { } ambiguity)
            {
                checks.ModelError(model, field.Syntax.Span, ambiguity);
                return false;
            }

            FieldChecks.CheckClientName(checks, names, field);
            CheckIgnored(checks, model, field);
            CheckActions(checks, field);
            if (field.RelationArguments is { MappedName: { } mappedName, Syntax: { } relation })
            {
                ModelChecks.CheckName(checks, model, relation, mappedName, "@relation");
            }

            CheckIndex(checks, model, field);
        }

        return true;
    }

    private static string? Ambiguity(ConstraintNamespace names, Model model, Field field)
    {
        var fields = names.RelationFields(field);
        if (fields.Count < 2)
        {
            return null;
        }

        var related = ((ModelFieldType)field.Type).Model;
        var isSelf = ReferenceEquals(model, related);
        var isNamed = field.RelationArguments?.Name is not null;
        var list = List(fields);
        return (isSelf, isNamed, fields.Count) switch
        {
            (true, false, 2) =>
                $"Ambiguous self relation detected. The fields {list} in model `{model.Name}` both refer to `{related.Name}`. If they are part of the same relation add the same relation name for them with `@relation(<name>)`.",
            (true, false, _) =>
                $"Unnamed self relation detected. The fields {list} in model `{model.Name}` have no relation name. Please provide a relation name for one of them by adding `@relation(<name>).",
            (true, true, 2) => null,
            (true, true, _) =>
                $"Wrongly named self relation detected. The fields {list} in model `{model.Name}` have the same relation name. At most two relation fields can belong to the same relation and therefore have the same name. Please assign a different relation name to one of them.",
            (false, false, _) =>
                $"Ambiguous relation detected. The fields {list} in model `{model.Name}` both refer to `{related.Name}`. Please provide different relation names for them by adding `@relation(<name>).",
            _ =>
                $"Wrongly named relation detected. The fields {list} in model `{model.Name}` both use the same relation name. Please provide different relation names for them through `@relation(<name>).",
        };
    }

    private static string List(IReadOnlyList<Field> fields) =>
        $"{string.Join(", ", fields.Take(fields.Count - 1).Select(f => $"`{f.Name}`"))} and `{fields[^1].Name}`";

    private static void CheckIgnored(SchemaChecks checks, Model model, Field field)
    {
        var related = ((ModelFieldType)field.Type).Model;
        if (related.IsIgnored && !field.IsIgnored && !model.IsIgnored)
        {
            checks.AttributeError(
                field.Source,
                field.Syntax.Span,
                "@ignore",
                $"The relation field `{field.Name}` on Model `{model.Name}` must specify the `@ignore` attribute, because the model {related.Name} it is pointing to is marked ignored.");
        }
    }

    private static void CheckActions(SchemaChecks checks, Field field)
    {
        var arguments = field.RelationArguments!;
        CheckAction(checks, field, arguments.OnDelete, "onDelete");
        CheckAction(checks, field, arguments.OnUpdate, "onUpdate");
    }

    private static void CheckAction(SchemaChecks checks, Field field, ReferentialAction? action, string argument)
    {
        // With foreign keys PostgreSQL has all actions.
        if (!checks.IsPostgreSql || checks.RelationMode != RelationMode.Prisma || action is not (ReferentialAction.SetDefault or ReferentialAction.NoAction))
        {
            return;
        }

        var message = $"Invalid referential action: `{action}`. Allowed values: (`Cascade`, `Restrict`, `SetNull`)";
        if (action == ReferentialAction.NoAction)
        {
            message += ". `NoAction` is not implemented for Postgres when using `relationMode = \"prisma\"`, you could try using `Restrict` instead. Learn more at https://pris.ly/d/relation-mode";
        }

        checks.Invalid(field.Source, ModelChecks.ArgumentSpan(field.RelationArguments!.Syntax!, argument) ?? field.Syntax.Span, message);
    }

    private static void CheckIndex(SchemaChecks checks, Model model, Field field)
    {
        if (!checks.IsPostgreSql || checks.RelationMode != RelationMode.Prisma ||
            field.RelationArguments is not { Fields: { IsEmpty: false } fields, Syntax: { } relation })
        {
            return;
        }

        var isIndexed = model.Indexes.Select(i => i.Fields).Append(model.PrimaryKey?.Fields ?? [])
            .Any(i => i.Take(fields.Length).Select(f => f.Field).SequenceEqual(fields));
        if (!isIndexed)
        {
            checks.Warn(
                field.Source,
                relation.Span,
                "With `relationMode = \"prisma\"`, no foreign keys are used, so relation fields will not benefit from the index usually created by the relational database under the hood. "
                    + "This can lead to poor performance when querying these fields. We recommend adding an index manually. Learn more at https://pris.ly/d/relation-mode-prisma-indexes\" ");
        }
    }
}
