using Plumbline.Prisma.Binding.Symbols;

namespace Plumbline.Prisma.Binding.Configuration;

/// <summary>Reads the datasources and generators.</summary>
internal static class ConfigurationBinding
{
    /// <summary>Runs the stage.</summary>
    /// <returns>The preview features that are switched on.</returns>
    public static IReadOnlySet<string> Run(BindingContext context)
    {
        var features = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var generator in context.Declarations.OfType<Generator>())
        {
            GeneratorBinding.Bind(context, generator);
            features.UnionWith(generator.PreviewFeatures);
        }

        var datasources = context.Declarations.OfType<Datasource>().ToList();
        foreach (var datasource in datasources)
        {
            DatasourceBinding.Bind(context, datasource);
        }

        if (datasources.Count(d => d.Provider is not null) > 1)
        {
            foreach (var datasource in datasources)
            {
                context.Error(
                    datasource.Source,
                    datasource.Syntax.Span,
                    $"Error validating datasource `{datasource.Name}`: You defined more than one datasource. This is not allowed yet because support for multiple databases has "
                        + "not been implemented yet.");
            }
        }

        return features;
    }
}
