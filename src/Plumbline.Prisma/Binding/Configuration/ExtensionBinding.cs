using System.Collections.Immutable;
using Plumbline.Prisma.Binding.Attributes;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Prisma.Syntax;

namespace Plumbline.Prisma.Binding.Configuration;

/// <summary>Reads the <c>extensions</c> of a datasource (Prisma documentation, "PostgreSQL extensions").</summary>
internal static class ExtensionBinding
{
    /// <summary>Binds them.</summary>
    public static ImmutableArray<DatasourceExtension> Bind(BindingContext context, Datasource datasource, ExpressionSyntax value)
    {
        var extensions = ImmutableArray.CreateBuilder<DatasourceExtension>();
        foreach (var item in value is ArraySyntax array ? array.Elements : [value])
        {
            switch (item)
            {
                case ConstantSyntax constant:
                    extensions.Add(new DatasourceExtension(constant.Text, constant.Text, null, null, datasource.Source.LocationOf(constant.Span)));
                    break;
                case CallSyntax call:
                    extensions.Add(Bind(context, datasource, call));
                    break;
                default:
                    Coerce.Mismatch<object>(context, datasource.Source, item, "constant or function");
                    break;
            }
        }

        extensions.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return extensions.DrainToImmutable();
    }

    private static DatasourceExtension Bind(BindingContext context, Datasource datasource, CallSyntax call)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var argument in call.Arguments.Arguments)
        {
            if (argument.Name is not { } name)
            {
                context.Error(datasource.Source, argument.Span, "Error validating: The argument must have a name");
            }
            else if (values.ContainsKey(name.Text))
            {
                context.Error(datasource.Source, argument.Span, $"Error validating: The argument `{name.Text}` can only be defined once");
            }
            else
            {
                values[name.Text] = Coerce.String(context, datasource.Source, argument.Value);
                if (name.Text is not ("map" or "schema" or "version"))
                {
                    context.Error(datasource.Source, argument.Span, $"Argument not known: \"{name.Text}\".");
                }
                else if (values[name.Text] is null)
                {
                    context.Error(datasource.Source, argument.Span, $"Error validating: The `{name.Text}` argument must be a string literal");
                }
            }
        }

        return new DatasourceExtension(
            call.Name.Text,
            values.GetValueOrDefault("map") ?? call.Name.Text,
            values.GetValueOrDefault("schema"),
            values.GetValueOrDefault("version"),
            datasource.Source.LocationOf(call.Span));
    }
}
