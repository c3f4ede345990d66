using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Prisma.Syntax;

namespace Plumbline.Prisma.Binding.Attributes;

/// <summary>Third stage: reads the attributes of fields, values and blocks, each by itself.</summary>
internal static class AttributeBinding
{
    /// <summary>Runs the stage.</summary>
    public static void Run(BindingContext context)
    {
        // Relations first: that an index names a relation field is answered with the fields of its @relation.
        foreach (var model in context.Models)
        {
            foreach (var field in model.RelationFields)
            {
                RelationFieldAttributes.Bind(context, field);
            }
        }

        foreach (var declaration in context.Declarations)
        {
            switch (declaration)
            {
                case Model model:
                    ModelAttributes.Bind(context, model);
                    break;
                case PrismaEnum @enum:
                    BindEnum(context, @enum);
                    break;
                case CompositeType type:
                    BindCompositeType(context, type);
                    break;
            }
        }
    }

    /// <summary>Reads the name of <c>@map</c> and <c>@@map</c>.</summary>
    public static string? MappedName(BindingContext context, AttributeArguments map) =>
        map.TakeDefault("name") is { } value ? Coerce.String(context, map.Source, value) : null;

    /// <summary>Reads the name of <c>@@schema</c>.</summary>
    public static StringSyntax? SchemaName(BindingContext context, AttributeArguments schema)
    {
        var value = schema.TakeDefault("map");
        return value is null || Coerce.String(context, schema.Source, value) is null ? null : (StringSyntax)value;
    }

    private static void BindEnum(BindingContext context, PrismaEnum @enum)
    {
        foreach (var value in @enum.Values)
        {
            var attributes = new AttributeSet(context, @enum.Source, value.Syntax.Attributes);
            if (attributes.TakeSingle("map") is { } valueMap)
            {
                value.MappedName = MappedName(context, valueMap);
                valueMap.ReportUnknown();
            }

            attributes.ReportUnknown();
        }

        var own = new AttributeSet(context, @enum.Source, [.. @enum.Syntax.Attributes.Select(a => a.Attribute)]);
        if (own.TakeSingle("map") is { } map)
        {
            @enum.MappedName = MappedName(context, map);
            map.ReportUnknown();
        }

        if (own.TakeSingle("schema") is { } schema)
        {
            var name = SchemaName(context, schema);
            (@enum.SchemaName, @enum.SchemaNameSpan) = (name?.Value, name?.Span);
            schema.ReportUnknown();
        }

        own.ReportUnknown();
    }

    private static void BindCompositeType(BindingContext context, CompositeType type)
    {
        var mapped = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in type.Fields)
        {
            if (field.Type is ModelFieldType or UnknownFieldType)
            {
                continue;
            }

            var attributes = new AttributeSet(context, type.Source, field.Syntax.Attributes);
            if (field.Type is ScalarFieldType)
            {
                field.NativeType = attributes.TakeNativeType();
            }

            if (attributes.TakeSingle("map") is { } map)
            {
                field.MappedName = MappedName(context, map);
                if (field.MappedName is { } name)
                {
                    CheckMappedName(context, type, field, name, mapped);
                }

                map.ReportUnknown();
            }

            if (attributes.TakeSingle("default") is { } @default)
            {
                DefaultAttribute.BindInCompositeType(context, field, @default);
                @default.ReportUnknown();
            }

            attributes.ReportUnknown();
        }
    }

    private static void CheckMappedName(BindingContext context, CompositeType type, Field field, string name, HashSet<string> mapped)
    {
        if (!mapped.Add(name))
        {
            context.Error(type.Source, field.Syntax.Span, $"Field \"{name}\" is already defined on composite type \"{type.Name}\".");
        }

        if (type.FindField(name) is { MappedName: null })
        {
            context.Error(type.Source, field.Syntax.Span, $"Field \"{field.Name}\" is already defined on composite type \"{type.Name}\".");
        }
    }
}
