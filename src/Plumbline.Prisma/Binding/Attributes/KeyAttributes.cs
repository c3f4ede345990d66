using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Prisma.Syntax;

namespace Plumbline.Prisma.Binding.Attributes;

/// <summary><c>@id</c> and <c>@@id</c>.</summary>
internal static class KeyAttributes
{
    /// <summary>Binds the <c>@id</c> of a field.</summary>
    public static void BindOnField(BindingContext context, Model model, Field field, AttributeArguments id)
    {
        if (model.PrimaryKey is not null)
        {
            ModelError(context, model, model.Syntax, "At most one field must be marked as the id field with the `@id` attribute.");
            return;
        }

        var mappedName = id.TakeName("map");
        var length = id.TakeLength();
        var sort = id.TakeSort();
        model.PrimaryKey = new PrimaryKey
        {
            Model = model,
            Fields = [new IndexedField(field, [], sort, length, null)],
            SourceField = field,
            MappedName = mappedName,
            IsClustered = id.TakeClustered(),
            Syntax = id.Attribute,
        };
    }

    /// <summary>Binds the <c>@@id</c> of a model.</summary>
    public static void BindOnModel(BindingContext context, Model model, AttributeArguments id)
    {
        if (id.TakeDefault("fields") is not { } value)
        {
            return;
        }

        var references = FieldReferences.OfIndex(context, id, model, value, followsPaths: false);
        if (references.Unknown.Count > 0)
        {
            ModelError(context, model, value, $"The multi field id declaration refers to the unknown {FieldsText(references.Unknown)}.");
        }

        if (references.Relations.Count > 0)
        {
            var relations = FieldsText([.. references.Relations.Select(f => f.Name)]);
            ModelError(
                context, model, id.Attribute, $"The id definition refers to the relation {relations}. ID definitions must reference only scalar fields.");
        }

        if (references.Fields is not { } fields)
        {
            return;
        }

        var optional = fields.Where(f => f.Field.Arity != FieldArity.Required).Select(f => f.Field.Name).ToList();
        if (optional.Count > 0 && !model.IsIgnored)
        {
            ModelError(
                context, model, id.Attribute, $"The id definition refers to the optional {FieldsText(optional)}. ID definitions must reference only required fields.");
        }

        if (model.PrimaryKey is not null)
        {
            ModelError(
                context, model, model.Syntax, "Each model must have at most one id criteria. You can't have `@id` and `@@id` at the same time.");
        }

        var mappedName = id.TakeName("map");
        var name = id.TakeName("name");
        IndexAttributes.CheckClientName(context, model, id, name, "@@id");
        model.PrimaryKey = new PrimaryKey
        {
            Model = model,
            Fields = fields,
            ClientName = name,
            MappedName = mappedName,
            IsClustered = id.TakeClustered(),
            Syntax = id.Attribute,
        };
    }

    /// <summary>Checks that the field of an <c>@id</c> is required; it is known only now whether the model is ignored.</summary>
    public static void CheckArity(BindingContext context, Model model)
    {
        if (!model.IsIgnored && model.PrimaryKey is { SourceField: { } field } key && field.Arity != FieldArity.Required)
        {
            context.Error(model.Source, key.Syntax.Span, "Error parsing attribute \"@id\": Fields that are marked as id must be required.");
        }
    }

    private static string FieldsText(List<string> names) => $"{(names.Count == 1 ? "field" : "fields")} {string.Join(", ", names.Select(n => $"`{n}`"))}";

    private static void ModelError(BindingContext context, Model model, SyntaxNode node, string message) =>
        context.Error(model.Source, node.Span, $"Error validating model \"{model.Name}\": {message}");
}
