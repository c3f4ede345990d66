using Plumbline.Prisma.Binding.Symbols;

namespace Plumbline.Prisma.Binding.Checks;

/// <summary>Checks of one-to-one relations.</summary>
internal static class OneToOneChecks
{
    /// <summary>Runs the checks.</summary>
    public static void Run(SchemaChecks checks, Relation relation)
    {
        var forward = relation.FieldA!;
        if (relation.FieldB is not { } back)
        {
            RelationChecks.MissingOpposite(checks, forward);
            CheckUnique(checks, relation, forward);
            return;
        }

        CheckDefined(checks, forward, back, "fields", a => a.Fields is not { IsEmpty: false });
        CheckDefined(checks, forward, back, "references", a => a.References is not { IsEmpty: false });
        CheckOneSide(checks, forward, back, "references", a => a.References is { IsEmpty: false });
        CheckOneSide(checks, forward, back, "fields", a => a.Fields is { IsEmpty: false });
        CheckActions(checks, forward, back);
        CheckUnique(checks, relation, forward);
        CheckSides(checks, forward, back);
    }

    private static string Place(Field field) => $"`{field.Name}` on Model `{field.Container.Name}`";

    private static void CheckDefined(SchemaChecks checks, Field forward, Field back, string argument, Func<RelationArguments, bool> isMissing)
    {
        if (!isMissing(forward.RelationArguments!) || !isMissing(back.RelationArguments!))
        {
            return;
        }

        foreach (var (field, other) in (ReadOnlySpan<(Field, Field)>)[(forward, back), (back, forward)])
        {
            RelationChecks.Error(
                checks,
                field,
                $"The relation fields {Place(field)} and {Place(other)} do not provide the `{argument}` argument in the @relation attribute. You have to provide it on one of the two fields.");
        }
    }

    private static void CheckOneSide(SchemaChecks checks, Field forward, Field back, string argument, Func<RelationArguments, bool> isThere)
    {
        if (!isThere(forward.RelationArguments!) || !isThere(back.RelationArguments!))
        {
            return;
        }

        foreach (var field in (ReadOnlySpan<Field>)[forward, back])
        {
            RelationChecks.Error(
                checks,
                field,
                $"The relation fields {Place(forward)} and {Place(back)} both provide the `{argument}` argument in the @relation attribute. You have to provide it only on one of the two fields.");
        }
    }

    private static void CheckActions(SchemaChecks checks, Field forward, Field back)
    {
        static bool HasActions(Field field) => field.RelationArguments is { OnDelete: not null } or { OnUpdate: not null };
        if (!HasActions(back))
        {
            return;
        }

        if (!HasActions(forward))
        {
            RelationChecks.Error(
                checks,
                back,
                $"The relation field {Place(back)} must not specify the `onDelete` or `onUpdate` argument in the @relation attribute. You must only specify it on the opposite field `{forward.Name}` on model `{forward.Container.Name}`.");
            return;
        }

        foreach (var (field, other) in (ReadOnlySpan<(Field, Field)>)[(back, forward), (forward, back)])
        {
            RelationChecks.Error(
                checks,
                field,
                $"The relation fields {Place(field)} and {Place(other)} both provide the `onDelete` or `onUpdate` argument in the @relation attribute. You have to provide it only on one of the two fields.");
        }
    }

    private static void CheckUnique(SchemaChecks checks, Relation relation, Field forward)
    {
        if (forward.RelationArguments!.Fields is not { } fields
            || UniqueCriteria.Of(relation.ModelA).Any(c => c.Select(f => f.Field).SequenceEqual(fields)))
        {
            return;
        }

        var names = string.Join(", ", fields.Select(f => f.Name));
        var advice = fields.Length == 1
            ? $"Either add an `@unique` attribute to the field `{names}`, or change the relation to one-to-many."
            : $"Either add an `@@unique([{names}])` attribute to the model, or change the relation to one-to-many.";
        RelationChecks.Error(checks, forward, $"A one-to-one relation must use unique fields on the defining side. {advice}");
    }

    // Each of these is asked only where nothing else is wrong: it would only repeat that in other words.
    private static void CheckSides(SchemaChecks checks, Field forward, Field back)
    {
        var behind = back.RelationArguments!;
        if (checks.HasNoErrors)
        {
            CheckMixup(checks, forward, back);
        }

        if (checks.HasNoErrors && back.Arity == FieldArity.Required)
        {
            var model = forward.Container.Name;
            RelationChecks.Error(
                checks,
                back,
                $"The relation field {Place(back)} is required. This is not valid because it's not possible to enforce this constraint on the database level. Please change the field type from `{model}` to `{model}?` to fix this.");
        }

        if (checks.HasNoErrors && forward.Arity == FieldArity.Required && (behind.Fields is not null || behind.References is not null))
        {
            RelationChecks.Error(
                checks,
                back,
                $"The relation field `{back}` defines the `fields` and/or `references` argument. You must set them on the required side of the relation (`{forward}`) in order for the constraints to be enforced. Alternatively, you can change this field to be required and the opposite optional, or make both sides of the relation optional.");
        }
    }

    private static void CheckMixup(SchemaChecks checks, Field forward, Field back)
    {
        var (front, behind) = (forward.RelationArguments!, back.RelationArguments!);
        if (front.Fields is { IsEmpty: false } && behind.References is { IsEmpty: false })
        {
            var message =
                $"The relation field {Place(forward)} provides the `fields` argument in the @relation attribute. And the related field {Place(back)} provides the `references` argument. You must provide both arguments on the same side.";
            RelationChecks.Error(checks, forward, message);
            RelationChecks.Error(checks, back, message);
        }

        if (front.References is { IsEmpty: false } && behind.Fields is { IsEmpty: false })
        {
            RelationChecks.Error(
                checks,
                forward,
                $"The relation field {Place(forward)} provides the `references` argument in the @relation attribute. And the related field {Place(back)} provides the `fields` argument. You must provide both arguments on the same side.");
        }
    }
}
