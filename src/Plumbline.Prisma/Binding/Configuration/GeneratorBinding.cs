using Plumbline.Prisma.Binding.Attributes;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Prisma.Syntax;

namespace Plumbline.Prisma.Binding.Configuration;

/// <summary>Reads a generator.</summary>
internal static class GeneratorBinding
{
    /// <summary>Binds it.</summary>
    public static void Bind(BindingContext context, Generator generator)
    {
        var properties = new PropertyReader(context, generator);
        if (!properties.IsComplete)
        {
            return;
        }

        if (generator.Syntax.Properties.LastOrDefault(p => p.Name.Text == "engineType")?.Value is { } engineType and not StringSyntax)
        {
            Coerce.Mismatch<object>(context, generator.Source, engineType, "String");
        }

        if (generator.Syntax.Properties.All(p => p.Name.Text != "provider"))
        {
            context.Error(generator.Source, generator.Syntax.Span, $"Argument \"provider\" is missing in generator block \"{generator.Name}\".");
            return;
        }

        generator.Provider = properties.TakeUrl("provider")?.Value;
        generator.Output = properties.TakeUrl("output")?.Value;
        if (properties.TakeStrings("previewFeatures") is not var (features, syntax))
        {
            return;
        }

        generator.PreviewFeatures = [.. features.Select(f => f.Value)];
        foreach (var feature in generator.PreviewFeatures)
        {
            if (PreviewFeatures.IsDeprecated(feature))
            {
                context.Warn(
                    generator.Source,
                    syntax.Span,
                    $"Preview feature \"{feature}\" is deprecated. The functionality can be used without specifying it as a preview feature.");
            }
            else if (!PreviewFeatures.IsCurrent(feature) && !PreviewFeatures.IsRemoved(feature))
            {
                context.Error(
                    generator.Source,
                    syntax.Span,
                    $"The preview feature \"{feature}\" is not known. Expected one of: {PreviewFeatures.Active}");
            }
        }
    }
}
