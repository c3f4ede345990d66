using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Binding.Checks;

/// <summary>Checks of <c>@@schema</c>.</summary>
internal static class SchemaAttributeChecks
{
    private const string NotDefined = "This schema is not defined in the datasource. Read more on `@@schema` at https://pris.ly/d/multi-schema";

    /// <summary>Checks a model or view.</summary>
    public static void Run(SchemaChecks checks, Model model)
    {
        if (!Check(checks, model.Source, model.SchemaName, model.SchemaNameSpan))
        {
            checks.ModelError(model, model.Syntax.Span, $"This {SchemaChecks.KindOf(model)} is missing an `@@schema` attribute.");
        }
    }

    /// <summary>Checks an enum.</summary>
    public static void Run(SchemaChecks checks, PrismaEnum @enum)
    {
        if (!Check(checks, @enum.Source, @enum.SchemaName, @enum.SchemaNameSpan))
        {
            checks.Error(@enum.Source, @enum.Syntax.Span, "This enum is missing an `@@schema` attribute.");
        }
    }

    // False where the attribute is missing.
    private static bool Check(SchemaChecks checks, SourceText source, string? name, TextSpan? span)
    {
        if (!checks.IsPostgreSql)
        {
            return true;
        }

        if (name is null)
        {
            return checks.Schemas.Count == 0;
        }

        if (!checks.Schemas.Contains(name))
        {
            checks.Error(source, span!.Value, NotDefined);
        }

        return true;
    }
}
