using Plumbline.Prisma.Binding.Symbols;

namespace Plumbline.Prisma.Binding.Checks;

/// <summary>Checks of one-to-many relations.</summary>
internal static class OneToManyChecks
{
    /// <summary>Runs the checks.</summary>
    public static void Run(SchemaChecks checks, Relation relation)
    {
        if (relation is not { FieldA: { } forward, FieldB: { } back })
        {
            RelationChecks.MissingOpposite(checks, (relation.FieldA ?? relation.FieldB)!);
            return;
        }

        var place = $"`{forward.Name}` on Model `{forward.Container.Name}`";
        if (forward.RelationArguments!.Fields is not { IsEmpty: false })
        {
            RelationChecks.Error(
                checks,
                forward,
                $"The relation field {place} must specify the `fields` argument in the @relation attribute. You can run `prisma format` to fix this automatically.");
        }

        if (forward.RelationArguments.References is not { IsEmpty: false })
        {
            RelationChecks.Error(checks, forward, $"The relation field {place} must specify the `references` argument in the @relation attribute.");
        }

        var behind = back.RelationArguments!;
        var (backPlace, opposite) = ($"`{back.Name}` on Model `{back.Container.Name}`", $"`{forward.Name}` on model `{forward.Container.Name}`");
        if (behind.Fields is { IsEmpty: false } || behind.References is { IsEmpty: false })
        {
            RelationChecks.Error(
                checks,
                back,
                $"The relation field {backPlace} must not specify the `fields` or `references` argument in the @relation attribute. You must only specify it on the opposite field {opposite}.");
        }

        if (behind.OnDelete is not null || behind.OnUpdate is not null)
        {
            RelationChecks.Error(
                checks,
                back,
                $"The relation field {backPlace} must not specify the `onDelete` or `onUpdate` argument in the @relation attribute. You must only specify it on the opposite field {opposite}, or in case of a many to many relation, in an explicit join table.");
        }
    }
}
