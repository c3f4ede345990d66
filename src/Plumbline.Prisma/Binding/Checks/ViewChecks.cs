using Plumbline.Prisma.Binding.Symbols;

namespace Plumbline.Prisma.Binding.Checks;

/// <summary>Checks of a view.</summary>
internal static class ViewChecks
{
    private static readonly Version FirstWithoutKeys = new(6, 13);
    private static readonly Version FirstWithUniqueAgain = new(6, 14);

    private const string NotBacked = "@@unique annotations on views are not backed by unique indexes in the database and cannot ";

    /// <summary>Runs the checks.</summary>
    public static void Run(SchemaChecks checks, Model view)
    {
        if (!checks.PreviewFeatures.Contains("views"))
        {
            checks.Invalid(view.Source, view.Syntax.Span, "View definitions are only available with the `views` preview feature.");
        }

        // Up to 6.12 a view had keys and indexes as a model has; 6.13 refused all of them, and every later version all but unique criteria.
        if (checks.PrismaVersion is not { } version || version < FirstWithoutKeys)
        {
            return;
        }

        if (view.PrimaryKey is { } key)
        {
            checks.Invalid(view.Source, key.Syntax.Span, "Views cannot have primary keys.");
        }

        foreach (var index in view.Indexes)
        {
            if (index.Kind != ModelIndexKind.Unique || version < FirstWithUniqueAgain)
            {
                checks.Invalid(view.Source, index.Syntax.Span, "Views cannot have indexes.");
            }

            if (version < FirstWithUniqueAgain)
            {
                continue;
            }

            if (index.MappedName is not null)
            {
                checks.Invalid(view.Source, index.Syntax.Span, $"{NotBacked}specify a mapped database name.");
            }

            if (index.IsClustered is not null)
            {
                checks.Invalid(view.Source, index.Syntax.Span, $"{NotBacked}be clustered.");
            }

            foreach (var _ in index.Fields.Where(f => f.Sort is not null || f.Length is not null || f.OperatorClass is not null))
            {
                checks.AttributeError(
                    view.Source, index.Syntax.Span, IndexChecks.AttributeName(index), "Scalar fields in @@unique attributes in views cannot have arguments.");
            }
        }
    }
}
