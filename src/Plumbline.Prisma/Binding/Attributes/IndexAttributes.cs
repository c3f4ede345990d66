using System.Collections.Immutable;
using Plumbline.Prisma.Binding.Symbols;

namespace Plumbline.Prisma.Binding.Attributes;

/// <summary><c>@unique</c>, <c>@@unique</c>, <c>@@index</c> and <c>@@fulltext</c>.</summary>
internal static class IndexAttributes
{
    /// <summary>Binds the <c>@unique</c> of a field.</summary>
    public static ModelIndex BindOnField(BindingContext context, Model model, Field field, AttributeArguments unique)
    {
        var mappedName = unique.TakeName("map");
        var length = unique.TakeLength();
        var sort = unique.TakeSort();
        var isClustered = unique.TakeClustered();
        return new ModelIndex
        {
            Kind = ModelIndexKind.Unique,
            Model = model,
            Fields = [new IndexedField(field, [], sort, length, null)],
            SourceField = field,
            MappedName = mappedName,
            IsClustered = isClustered,
            Where = WhereArgument.Take(context, model, unique),
            Syntax = unique.Attribute,
        };
    }

    /// <summary>Binds an <c>@@index</c>.</summary>
    public static ModelIndex BindIndex(BindingContext context, Model model, AttributeArguments index)
    {
        var fields = TakeFields(context, model, index, isUnique: false);
        var name = index.TakeName("name");
        var mappedName = index.TakeName("map");
        if (name is not null && mappedName is not null)
        {
            index.Error(
                "The `@@index` attribute accepts the `name` argument as an alias for the `map` argument for legacy reasons. It does not accept both though. "
                    + "Please use the `map` argument to specify the database name of the index.");
            (name, mappedName) = (null, null);
        }

        var algorithm = TakeAlgorithm(context, index);
        var isClustered = index.TakeClustered();
        return new ModelIndex
        {
            Kind = ModelIndexKind.Normal,
            Model = model,
            Fields = fields,
            MappedName = mappedName ?? name,
            Algorithm = algorithm,
            IsClustered = isClustered,
            Where = WhereArgument.Take(context, model, index),
            Syntax = index.Attribute,
        };
    }

    /// <summary>Binds an <c>@@unique</c>.</summary>
    public static ModelIndex BindUnique(BindingContext context, Model model, AttributeArguments unique)
    {
        var fields = TakeFields(context, model, unique, isUnique: true);
        var name = unique.TakeName("name");
        var mappedName = unique.TakeName("map");
        CheckClientName(context, model, unique, name, "@@unique");
        var isClustered = unique.TakeClustered();
        return new ModelIndex
        {
            Kind = ModelIndexKind.Unique,
            Model = model,
            Fields = fields,
            ClientName = name,
            MappedName = mappedName,
            IsClustered = isClustered,
            Where = WhereArgument.Take(context, model, unique),
            Syntax = unique.Attribute,
        };
    }

    /// <summary>Binds an <c>@@fulltext</c>.</summary>
    public static ModelIndex BindFulltext(BindingContext context, Model model, AttributeArguments fulltext) => new()
    {
        Kind = ModelIndexKind.Fulltext,
        Model = model,
        Fields = TakeFields(context, model, fulltext, isUnique: false),
        MappedName = fulltext.TakeName("map"),
        Syntax = fulltext.Attribute,
    };

    /// <summary>Checks that a name can stand in the generated client.</summary>
    public static void CheckClientName(BindingContext context, Model model, AttributeArguments arguments, string? name, string attribute)
    {
        if (name is not null && !name.All(c => c == '_' || char.IsAsciiLetterOrDigit(c)))
        {
            context.Error(
                model.Source,
                arguments.Attribute.Span,
                $"Error validating model \"{model.Name}\": The `name` property within the `{attribute}` attribute only allows for the following characters: `_a-zA-Z0-9`.");
        }
    }

    private static IndexAlgorithm? TakeAlgorithm(BindingContext context, AttributeArguments index)
    {
        if (index.Take("type") is not { } value || Coerce.Constant(context, index.Source, value) is not { } type)
        {
            return null;
        }

        switch (type)
        {
            case "BTree":
                return IndexAlgorithm.BTree;
            case "Hash":
                return IndexAlgorithm.Hash;
            case "Gist":
                return IndexAlgorithm.Gist;
            case "Gin":
                return IndexAlgorithm.Gin;
            case "SpGist":
                return IndexAlgorithm.SpGist;
            case "Brin":
                return IndexAlgorithm.Brin;
            default:
                index.Error($"Unknown index type: {type}.");
                return null;
        }
    }

    private static ImmutableArray<IndexedField> TakeFields(BindingContext context, Model model, AttributeArguments arguments, bool isUnique)
    {
        if (arguments.TakeDefault("fields") is not { } value)
        {
            return [];
        }

        var references = FieldReferences.OfIndex(context, arguments, model, value, followsPaths: true);
        var prefix = isUnique ? "unique " : "";
        if (references.Unknown.Count > 0)
        {
            Error(context, model, arguments, $"The {prefix}index definition refers to the unknown fields: {string.Join(", ", references.Unknown)}.");
        }

        if (references.Relations.Count > 0)
        {
            var underlying = references.Relations.SelectMany(r => r.RelationArguments?.Fields ?? []).Select(f => f.Name).ToList();
            var suggestion = underlying.Count == 0 ? "" : $" Did you mean `@@{(isUnique ? "unique" : "index")}([{string.Join(", ", underlying)}])`?";
            var names = string.Join(", ", references.Relations.Select(f => f.Name));
            Error(
                context,
                model,
                arguments,
                $"The {prefix}index definition refers to the relation fields {names}. Index definitions must reference only scalar fields.{suggestion}");
        }

        return references.Fields ?? [];
    }

    private static void Error(BindingContext context, Model model, AttributeArguments arguments, string message) =>
        context.Error(model.Source, arguments.Attribute.Span, $"Error validating model \"{model.Name}\": {message}");
}
