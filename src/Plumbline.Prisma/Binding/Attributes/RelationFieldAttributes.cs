using System.Collections.Immutable;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Prisma.Syntax;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Binding.Attributes;

/// <summary>The attributes of a relation field.</summary>
internal static class RelationFieldAttributes
{
    /// <summary>Binds them.</summary>
    public static void Bind(BindingContext context, Field field)
    {
        var attributes = new AttributeSet(context, field.Source, field.Syntax.Attributes);
        if (attributes.TakeSingle("relation") is { } relation)
        {
            BindRelation(context, field, relation);
            relation.ReportUnknown();
        }

        if (attributes.TakeSingle("id") is { } id)
        {
            id.Error($"The field `{field.Name}` is a relation field and cannot be marked with `@id`. Only scalar fields can be declared as id.");
        }

        if (attributes.TakeSingle("ignore") is { } ignore)
        {
            field.IsIgnored = true;
            ignore.ReportUnknown();
        }

        attributes.TakeSingle("default")?.Error("Cannot set a default value on a relation field.");
        if (attributes.TakeSingle("map") is { } map)
        {
            map.Error("The attribute `@map` cannot be used on relation fields.");
            map.TakeDefault("name");
        }

        if (attributes.TakeSingle("unique") is { } unique)
        {
            var fields = field.RelationArguments!.Fields ?? [];
            var suggestion = fields.Length switch
            {
                0 => "",
                1 => $" Did you mean to put it on `{fields[0].Name}`?",
                _ => $" Did you mean to provide `@@unique([{string.Join(", ", fields.Select(f => f.Name))}])`?",
            };
            unique.Error($"The field `{field.Name}` is a relation field and cannot be marked with `unique`. Only scalar fields can be made unique.{suggestion}");
        }

        attributes.ReportUnknown();
    }

    private static void BindRelation(BindingContext context, Field field, AttributeArguments relation)
    {
        var result = field.RelationArguments!;
        result.Syntax = relation.Attribute;
        if (relation.Take("fields") is { } fields)
        {
            result.Fields = BindFields(context, field, relation, fields);
        }

        if (relation.Take("references") is { } references)
        {
            result.References = BindReferences(context, field, relation, references);
        }

        if (relation.TakeDefaultQuietly("name") is { } nameValue && Coerce.String(context, field.Source, nameValue) is { } name)
        {
            if (name.Length == 0)
            {
                relation.Error("A relation cannot have an empty name.");
            }
            else
            {
                result.Name = name;
            }
        }

        (result.OnDelete, result.OnDeleteSpan) = TakeAction(context, relation, "onDelete");
        (result.OnUpdate, result.OnUpdateSpan) = TakeAction(context, relation, "onUpdate");
        result.MappedName = relation.TakeName("map");
    }

    private static ImmutableArray<Field> BindFields(BindingContext context, Field field, AttributeArguments relation, ExpressionSyntax value)
    {
        var references = FieldReferences.OfRelation(context, relation, (Model)field.Container, value);
        if (references.Unknown.Count > 0)
        {
            context.Error(
                field.Source,
                value.Span,
                "Error validating: The argument fields must refer only to existing fields. The following fields do not exist in this model: "
                    + string.Join(", ", references.Unknown));
        }

        if (references.Relations.Count > 0)
        {
            context.Error(
                field.Source,
                value.Span,
                "Error validating: The argument fields must refer only to scalar fields. But it is referencing the following relation fields: "
                    + string.Join(", ", references.Relations.Select(f => f.Name)));
        }

        return [.. (references.Fields ?? []).Select(f => f.Field)];
    }

    private static ImmutableArray<Field> BindReferences(BindingContext context, Field field, AttributeArguments relation, ExpressionSyntax value)
    {
        var model = ((ModelFieldType)field.Type).Model;
        var references = FieldReferences.OfRelation(context, relation, model, value);
        if (references.Unknown.Count > 0)
        {
            context.Error(
                field.Source,
                relation.Attribute.Span,
                $"Error validating: The argument `references` must refer only to existing fields in the related model `{model.Name}`. "
                    + $"The following fields do not exist in the related model: {string.Join(", ", references.Unknown)}");
        }

        if (references.Relations.Count > 0)
        {
            context.Error(
                field.Source,
                relation.Attribute.Span,
                $"Error validating: The argument `references` must refer only to scalar fields in the related model `{model.Name}`. "
                    + $"But it is referencing the following relation fields: {string.Join(", ", references.Relations.Select(f => f.Name))}");
        }

        return [.. (references.Fields ?? []).Select(f => f.Field)];
    }

    private static (ReferentialAction? Action, TextSpan? Span) TakeAction(BindingContext context, AttributeArguments relation, string name)
    {
        if (relation.Take(name) is not { } value || Coerce.Constant(context, relation.Source, value) is not { } action)
        {
            return default;
        }

        switch (action)
        {
            case "Cascade":
                return (ReferentialAction.Cascade, value.Span);
            case "Restrict":
                return (ReferentialAction.Restrict, value.Span);
            case "NoAction":
                return (ReferentialAction.NoAction, value.Span);
            case "SetNull":
                return (ReferentialAction.SetNull, value.Span);
            case "SetDefault":
                return (ReferentialAction.SetDefault, value.Span);
            default:
                relation.ErrorAt(value.Span, $"Invalid referential action: `{action}`");
                return default;
        }
    }
}
