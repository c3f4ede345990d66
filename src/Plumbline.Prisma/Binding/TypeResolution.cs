using Plumbline.Prisma.Binding.Symbols;

namespace Plumbline.Prisma.Binding;

/// <summary>Second stage: finds out what the type of each field is.</summary>
internal static class TypeResolution
{
    /// <summary>Runs the stage.</summary>
    public static void Run(BindingContext context)
    {
        foreach (var declaration in context.Declarations)
        {
            if (declaration is PrismaEnum { Values.IsEmpty: true })
            {
                context.Error(declaration.Source, declaration.Syntax.Span, "Error validating: An enum must have at least one value.");
            }

            if (declaration is not FieldContainer container)
            {
                continue;
            }

            foreach (var field in container.Fields)
            {
                field.Type = Resolve(context, field);
                if (field.Type is not ModelFieldType relation)
                {
                    continue;
                }

                if (container is Model)
                {
                    field.RelationArguments = new RelationArguments();
                }
                else
                {
                    context.Error(
                        field.Source,
                        field.Syntax.Type!.BaseSpan,
                        $"Error validating composite type \"{container.Name}\": {relation.Model.Name} refers to a model, making this a relation field. "
                            + "Relation fields inside composite types are not supported.");
                }
            }
        }
    }

    private static FieldType Resolve(BindingContext context, Field field)
    {
        var syntax = field.Syntax.Type!;
        var name = syntax.Name.Text;
        if (syntax.IsUnsupported)
        {
            return new UnsupportedFieldType(name);
        }

        if (BuiltinTypes.Find(name) is { } scalar)
        {
            return new ScalarFieldType(scalar);
        }

        switch (context.ByName.GetValueOrDefault(name))
        {
            case PrismaEnum @enum:
                return new EnumFieldType(@enum);
            case Model model:
                return new ModelFieldType(model);
            case CompositeType type:
                return new CompositeFieldType(type);
        }

        var similar = BuiltinTypes.FindIgnoringCase(name)?.ToString()
            ?? context.FindWrittenLarge(name);
        var suggestion = similar is null ? "" : $" Did you mean \"{similar}\"?";
        context.Error(
            field.Source,
            syntax.Name.Span,
            $"Type \"{name}\" is neither a built-in type, nor refers to another model, composite type, or enum.{suggestion}");
        return new UnknownFieldType(name);
    }
}
