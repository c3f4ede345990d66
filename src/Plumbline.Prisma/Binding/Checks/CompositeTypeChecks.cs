using Plumbline.Prisma.Binding.Symbols;

namespace Plumbline.Prisma.Binding.Checks;

/// <summary>Checks of composite types.</summary>
internal static class CompositeTypeChecks
{
    /// <summary>Runs the checks.</summary>
    public static void Run(SchemaChecks checks, IEnumerable<CompositeType> types)
    {
        foreach (var type in types)
        {
            if (checks.Datasource is { Provider: not "mongodb" } && checks.IsPostgreSql)
            {
                checks.Invalid(type.Source, type.Syntax.Span, "Composite types are not supported on Postgres.");
            }
            else if (type.Fields.IsEmpty && checks.HasNoErrors)
            {
                checks.Invalid(type.Source, type.Syntax.Span, "A type must have at least one field defined.");
            }
        }
    }
}
