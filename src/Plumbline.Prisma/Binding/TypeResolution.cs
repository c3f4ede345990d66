namespace Plumbline.Prisma.Binding;

/// <summary>Second stage: finds out what the type of each field is.</summary>
internal static class TypeResolution
{
    /// <summary>Runs the stage.</summary>
    public static void Run(BindingContext context)
    {
        foreach (var container in context.Declarations.OfType<FieldContainer>())
        {
            foreach (var field in container.Fields)
            {
                field.Type = Resolve(context, field);
                if (field.Type is ModelFieldType && container is Model)
                {
                    field.RelationArguments = new RelationArguments();
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

        context.Error(field.Source, syntax.Name.Span, $"Type \"{name}\" is neither a built-in type, nor refers to another model, composite type, or enum.");
        return new UnknownFieldType(name);
    }
}
