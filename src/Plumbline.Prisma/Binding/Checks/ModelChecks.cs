using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Prisma.Syntax;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Binding.Checks;

/// <summary>Checks of a model and its primary key.</summary>
internal static class ModelChecks
{
    /// <summary>Runs the checks.</summary>
    public static void Run(SchemaChecks checks, ConstraintNamespace names, Model model)
    {
        CheckUniqueCriteria(checks, model);
        if (model.PrimaryKey is not { } key)
        {
            return;
        }

        var attribute = key.SourceField is null ? "@@id" : "@id";
        CheckName(checks, model, key.Syntax, key.DatabaseName, attribute);
        foreach (var violation in names.ViolationsOfPrimaryKey(model, key.DatabaseName))
        {
            checks.AttributeError(model.Source, ArgumentSpan(key.Syntax, "map") ?? key.Syntax.Span, attribute, NotUnique(key.DatabaseName, violation));
        }

        if (key.ClientName is { } name && names.IsClientNameRepeated(model, name))
        {
            checks.AttributeError(model.Source, ArgumentSpan(key.Syntax, "name") ?? key.Syntax.Span, attribute, ClientNameNotUnique(name));
        }

        if (key.Fields.IsEmpty)
        {
            checks.AttributeError(
                model.Source,
                key.Syntax.Span,
                attribute,
                $"The list of fields in an `{attribute}()` attribute cannot be empty. Please specify at least one field.");
        }

        CheckClientName(checks, model, key);
        CheckOptions(checks, model, key, attribute);
    }

    /// <summary>What is said about a name of the database that stands twice.</summary>
    public static string NotUnique(string name, string where) =>
        $"The given constraint name `{name}` has to be unique in the following namespace: {where}. Please provide a different name using the `map` argument.";

    /// <summary>What is said about a name of the client that stands twice.</summary>
    public static string ClientNameNotUnique(string name) =>
        $"The given custom name `{name}` has to be unique on the model. Please provide a different name for the `name` argument.";

    /// <summary>The span of an argument; null where it is not there.</summary>
    public static TextSpan? ArgumentSpan(AttributeSyntax attribute, string name) => attribute.ArgumentsOrNone.FirstOrDefault(a => a.Name?.Text == name)?.Span;

    /// <summary>Checks that the database does not cut a name.</summary>
    public static void CheckName(SchemaChecks checks, Model model, AttributeSyntax syntax, string? name, string attribute)
    {
        if (checks.IsPostgreSql && name is not null && System.Text.Encoding.UTF8.GetByteCount(name) > ConstraintNames.MaximumLength)
        {
            checks.Error(
                model.Source,
                syntax.Span,
                $"Error validating model \"{model.Name}\": The constraint name '{name}' specified in the `map` argument for the `{attribute}` constraint is too long for "
                    + $"your chosen provider. The maximum allowed length is {ConstraintNames.MaximumLength} bytes.");
        }
    }

    private static void CheckUniqueCriteria(SchemaChecks checks, Model model)
    {
        if (model.IsIgnored || UniqueCriteria.Of(model).Any(UniqueCriteria.IsStrict))
        {
            return;
        }

        var message = "Each model must have at least one unique criteria that has only required fields. Either mark a single field with `@id`, `@unique` "
            + "or add a multi field criterion with `@@id([])` or `@@unique([])` to the model.";
        var loose = UniqueCriteria.Of(model).Select(c => $"- {string.Join(", ", c.Select(f => f.Field.Name))}").ToList();
        if (loose.Count > 0)
        {
            message += $" The following unique criterias were not considered as they contain fields that are not required:\n{string.Join('\n', loose)}";
        }

        checks.ModelError(model, model.Syntax.Span, message);
    }

    private static void CheckClientName(SchemaChecks checks, Model model, PrimaryKey key)
    {
        if (key.Fields.Length <= 1)
        {
            return;
        }

        var name = string.Join('_', key.Fields.Select(f => f.Field.Name));
        if (model.FindField(name) is { IsRelation: false })
        {
            checks.ModelError(
                model,
                key.Syntax.Span,
                $"The field `{name}` clashes with the `@@id` attribute's name. Please resolve the conflict by providing a custom id name: `@@id([...], name: \"custom_name\")`");
        }
    }

    private static void CheckOptions(SchemaChecks checks, Model model, PrimaryKey key, string attribute)
    {
        if (!checks.IsPostgreSql)
        {
            return;
        }

        if (key.Fields.Any(f => f.Length is not null))
        {
            checks.AttributeError(
                model.Source, key.Syntax.Span, attribute, "The length argument is not supported in the primary key with the current connector");
        }

        if (key.Fields.Any(f => f.Sort is not null))
        {
            checks.AttributeError(
                model.Source, key.Syntax.Span, attribute, "The sort argument is not supported in the primary key with the current connector");
        }

        if (key.IsClustered is not null)
        {
            checks.AttributeError(model.Source, key.Syntax.Span, attribute, "Defining clustering is not supported in the current connector.");
        }
    }
}
