using Plumbline.Prisma.Binding.Symbols;

namespace Plumbline.Prisma.Binding.Checks;

/// <summary>Two tables, or two enums, of one name can't be in one database schema.</summary>
internal static class DatabaseNameChecks
{
    /// <summary>Checks models and views.</summary>
    public static void CheckModels(SchemaChecks checks)
    {
        var names = new Dictionary<(string? Schema, string Name), Model>();
        foreach (var model in checks.ModelsAndViews)
        {
            var key = (model.SchemaName, model.DatabaseName);
            if (names.TryGetValue(key, out var existing))
            {
                // The error stands at the @@map that makes the names alike, whichever of the two has it.
                var (blamed, other) = model.MappedName is not null ? (model, existing) : (existing, model);
                var map = blamed.Syntax.Attributes.FirstOrDefault(a => a.Attribute.Name.Text == "map");
                checks.Error(
                    blamed.Source,
                    map?.Span ?? blamed.Syntax.Name.Span,
                    $"The {SchemaChecks.KindOf(model)} with database name \"{model.DatabaseName}\" could not be defined because another model or view with this name exists: \"{other.Name}\"");
            }

            names[key] = model;
        }
    }

    /// <summary>Checks enums.</summary>
    public static void CheckEnums(SchemaChecks checks, IEnumerable<PrismaEnum> enums)
    {
        var names = new HashSet<(string? Schema, string Name)>();
        foreach (var @enum in enums)
        {
            if (!names.Add((@enum.SchemaName, @enum.DatabaseName)))
            {
                checks.Error(@enum.Source, @enum.Syntax.Span, "An enum with the same database name is already defined.");
            }
        }
    }
}
