using Plumbline.Prisma.Binding.Symbols;

namespace Plumbline.Prisma.Binding.Checks;

/// <summary>Checks of relations: what both sides say together.</summary>
internal static class RelationChecks
{
    /// <summary>The attribute as the messages call it.</summary>
    public const string Attribute = "@relation";

    /// <summary>Runs the checks.</summary>
    public static void Run(SchemaChecks checks, ConstraintNamespace names, Relation relation)
    {
        if (relation.Kind == RelationKind.ImplicitManyToMany)
        {
            ManyToManyChecks.Run(checks, relation);
            return;
        }

        if (relation.Kind == RelationKind.EmbeddedManyToMany)
        {
            ManyToManyChecks.RunEmbedded(checks, relation);
            return;
        }

        if (relation is { FieldA: { } forward })
        {
            if (relation.FieldB is not null)
            {
                ReferentialCycles.Check(checks, relation);
            }

            CheckReferencesUnique(checks, relation, forward);
            CheckLengths(checks, forward);
            CheckArity(checks, forward);
            CheckTypes(checks, relation, forward);
        }

        CheckName(checks, names, relation);
        if (relation.FieldA is { } field)
        {
            CheckSetNull(checks, field);
        }

        if (relation.Kind == RelationKind.OneToOne)
        {
            OneToOneChecks.Run(checks, relation);
        }
        else
        {
            OneToManyChecks.Run(checks, relation);
        }
    }

    /// <summary>Says that something is wrong with the <c>@relation</c> of a field.</summary>
    public static void Error(SchemaChecks checks, Field field, string message) => checks.AttributeError(field.Source, field.Syntax.Span, Attribute, message);

    /// <summary>Says that the other side of a relation is missing.</summary>
    public static void MissingOpposite(SchemaChecks checks, Field field)
    {
        var kind = SchemaChecks.KindOf(field.Container);
        var target = ((ModelFieldType)field.Type).Model.Name;
        checks.Error(
            field.Source,
            field.Syntax.Span,
            $"Error validating field `{field.Name}` in {kind} `{field.Container.Name}`: The relation field `{field.Name}` on {kind} `{field.Container.Name}` is missing an "
                + $"opposite relation field on the model `{target}`. Either run `prisma format` or add it manually.");
    }

    private static void CheckReferencesUnique(SchemaChecks checks, Relation relation, Field forward)
    {
        if (forward.RelationArguments!.References is not { IsEmpty: false } references)
        {
            return;
        }

        var names = references.Select(f => f.Name).Order(StringComparer.Ordinal).ToList();
        if (UniqueCriteria.Of(relation.ModelB).Any(c => c.Length == names.Count &&
            c.Select(f => f.Field.Name).Order(StringComparer.Ordinal).SequenceEqual(names)))
        {
            return;
        }

        var shown = string.Join(", ", references.Select(f => f.Name));
        var advice = references.Length == 1
            ? $"Consider adding an `@unique` attribute to the field `{shown}` in the model `{relation.ModelB.Name}`."
            : $"Consider adding an `@@unique([{shown}])` attribute to the model `{relation.ModelB.Name}`.";
        Error(checks, forward, $"The argument `references` must refer to a unique criterion in the related model. {advice}");
    }

    private static void CheckLengths(SchemaChecks checks, Field forward)
    {
        var arguments = forward.RelationArguments!;
        if (arguments is { Fields: { } fields, References: { } references, Syntax: { } syntax } && fields.Length != references.Length)
        {
            checks.Invalid(forward.Source, syntax.Span, "You must specify the same number of fields in `fields` and `references`.");
        }
    }

    private static void CheckArity(SchemaChecks checks, Field forward)
    {
        if (forward.Arity == FieldArity.Required && forward.RelationArguments!.Fields is { } fields && fields.Any(f => f.Arity == FieldArity.Optional))
        {
            checks.Invalid(
                forward.Source,
                forward.Syntax.Span,
                $"The relation field `{forward.Name}` uses the scalar fields {string.Join(", ", fields.Select(f => f.Name))}. At least one of those fields is optional. "
                    + "Hence the relation field must be optional as well.");
        }
    }

    private static void CheckTypes(SchemaChecks checks, Relation relation, Field forward)
    {
        if (forward.RelationArguments!.Fields is not { } fields)
        {
            return;
        }

        var references = forward.RelationArguments.References ?? [.. UniqueCriteria.FirstStrict(relation.ModelB)];
        foreach (var (referencing, referenced) in fields.Zip(references))
        {
            if (!referencing.Type.Equals(referenced.Type))
            {
                Error(
                    checks,
                    forward,
                    $"The type of the field `{referencing.Name}` in the model `{referencing.Container.Name}` is not matching the type of the referenced field "
                        + $"`{referenced.Name}` in model `{referenced.Container.Name}`.");
            }
        }
    }

    private static void CheckName(SchemaChecks checks, ConstraintNamespace names, Relation relation)
    {
        var name = relation.ForeignKeyName!;
        foreach (var violation in names.ViolationsOfForeignKey(relation.ModelA, name))
        {
            var message = ModelChecks.NotUnique(name, violation);
            if (relation.FieldA is { } field)
            {
                var map = field.RelationArguments?.Syntax is { } syntax ? ModelChecks.ArgumentSpan(syntax, "map") : null;
                checks.AttributeError(field.Source, map ?? field.Syntax.Span, Attribute, message);
            }
            else
            {
                checks.AttributeError(relation.ModelB.Source, relation.ModelB.Syntax.Span, Attribute, message);
            }
        }
    }

    private static void CheckSetNull(SchemaChecks checks, Field forward)
    {
        var arguments = forward.RelationArguments!;
        if (!checks.IsPostgreSql || (arguments.Fields is { } fields && fields.All(f => f.Arity != FieldArity.Required)))
        {
            return;
        }

        foreach (var (action, name) in (ReadOnlySpan<(ReferentialAction?, string)>)[(arguments.OnDelete, "onDelete"), (arguments.OnUpdate, "onUpdate")])
        {
            if (action != ReferentialAction.SetNull)
            {
                continue;
            }

            if (checks.RelationMode == RelationMode.ForeignKeys)
            {
                checks.Warn(
                    forward.Source,
                    forward.Syntax.Span,
                    $"The `{name}` referential action of a relation should not be set to `SetNull` when a referenced field is required. "
                        + "We recommend either to choose another referential action, or to make the referenced fields optional. "
                        + "Read more at https://pris.ly/d/postgres-set-null ");
            }
            else
            {
                Error(
                    checks,
                    forward,
                    $"The `{name}` referential action of a relation must not be set to `SetNull` when a referenced field is required.\n"
                        + "Either choose another referential action, or make the referenced fields optional.\n");
            }
        }
    }
}
