using Plumbline.Prisma.Binding.Symbols;

namespace Plumbline.Prisma.Binding.Checks;

/// <summary>Checks of the indexes and unique constraints of a model.</summary>
internal static class IndexChecks
{
    /// <summary>What the messages call the attribute of an index.</summary>
    public static string AttributeName(ModelIndex index) => index.Kind switch
    {
        ModelIndexKind.Normal => "@@index",
        ModelIndexKind.Fulltext => "@@fulltext",
        _ => index.SourceField is null ? "@@unique" : "@unique",
    };

    /// <summary>Runs the checks.</summary>
    public static void Run(SchemaChecks checks, ConstraintNamespace names, Model model)
    {
        foreach (var index in model.Indexes)
        {
            Run(checks, names, index);
        }
    }

    private static void Run(SchemaChecks checks, ConstraintNamespace names, ModelIndex index)
    {
        var model = index.Model;
        var attribute = AttributeName(index);
        void Error(string message) => checks.AttributeError(model.Source, index.Syntax.Span, attribute, message);

        if (index.Fields.IsEmpty)
        {
            Error("The list of fields in an index cannot be empty. Please specify at least one field.");
        }

        foreach (var violation in names.ViolationsOfIndex(model, index.DatabaseName))
        {
            var span = ModelChecks.ArgumentSpan(index.Syntax, "map") ?? ModelChecks.ArgumentSpan(index.Syntax, "name") ?? index.Syntax.Span;
            checks.AttributeError(model.Source, span, attribute, ModelChecks.NotUnique(index.DatabaseName, violation));
        }

        CheckClientName(checks, names, index, attribute);
        if (!checks.IsPostgreSql)
        {
            return;
        }

        if (index.Fields.Any(f => f.Length is not null))
        {
            Error("The length argument is not supported in an index definition with the current connector");
        }

        if (index.Algorithm == IndexAlgorithm.Hash && index.Fields.Any(f => f.Sort is not null))
        {
            Error("Hash type does not support sort option.");
        }

        if (index.Kind == ModelIndexKind.Fulltext)
        {
            Error("Defining fulltext indexes is not supported with the current connector.");
        }

        ModelChecks.CheckName(checks, model, index.Syntax, index.MappedName, attribute);
        if (index.IsClustered is not null)
        {
            Error("Defining clustering is not supported in the current connector.");
        }

        if (index.Kind != ModelIndexKind.Normal && index.Fields.Any(f => f.OperatorClass is not null))
        {
            Error("Operator classes can only be defined to fields in an @@index attribute.");
        }

        if (index.Where is not null && !checks.PreviewFeatures.Contains("partialIndexes"))
        {
            checks.AttributeError(
                model.Source,
                ModelChecks.ArgumentSpan(index.Syntax, "where") ?? index.Syntax.Span,
                attribute,
                "Partial indexes are a preview feature. Add \"partialIndexes\" to previewFeatures in your generator block.");
        }
    }

    private static void CheckClientName(SchemaChecks checks, ConstraintNamespace names, ModelIndex index, string attribute)
    {
        var model = index.Model;
        if (index.Kind == ModelIndexKind.Unique && index.Fields.Length > 1)
        {
            var name = string.Join('_', index.Fields.Select(f => f.Field.Name));
            if (model.FindField(name) is { IsRelation: false })
            {
                checks.ModelError(
                    model,
                    index.Syntax.Span,
                    $"The field `{name}` clashes with the `{attribute}` name. Please resolve the conflict by providing a custom id name: `{attribute}([...], name: \"custom_name\")`");
            }
        }

        if (index.ClientName is { } clientName && names.IsClientNameRepeated(model, clientName))
        {
            var span = ModelChecks.ArgumentSpan(index.Syntax, "name") ?? index.Syntax.Span;
            checks.AttributeError(model.Source, span, attribute, ModelChecks.ClientNameNotUnique(clientName));
        }
    }
}
