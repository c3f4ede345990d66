using System.Collections.Immutable;
using Plumbline.Prisma.Binding.Attributes;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Prisma.Syntax;

namespace Plumbline.Prisma.Binding.Configuration;

/// <summary>Reads a datasource.</summary>
internal static class DatasourceBinding
{
    private static readonly Version FirstWithoutUrls = new(7, 0);

    private static readonly ImmutableArray<string> Providers = ["postgresql", "postgres", "mysql", "sqlite", "sqlserver", "mongodb", "cockroachdb"];

    private const string Elsewhere = "Move connection URLs to `prisma.config.ts`. See https://pris.ly/d/config-datasource";

    /// <summary>Binds it.</summary>
    public static void Bind(BindingContext context, Datasource datasource)
    {
        var properties = new PropertyReader(context, datasource);
        if (!properties.IsComplete)
        {
            return;
        }

        datasource.Provider = BindProvider(context, datasource, properties);
        if (datasource.Provider is null)
        {
            return;
        }

        datasource.RelationMode = BindRelationMode(context, datasource, properties);
        if (datasource.IsPostgreSql && properties.Take("extensions")?.Value is { } extensions)
        {
            datasource.Extensions = ExtensionBinding.Bind(context, datasource, extensions);
        }

        BindUrls(context, datasource, properties);
        if (properties.Take("previewFeatures") is { } features)
        {
            context.Error(
                datasource.Source,
                features.Span,
                "Preview features are only supported in the generator block. Please move this field to the generator block.");
        }

        BindSchemas(context, datasource, properties);
        foreach (var property in properties.Rest)
        {
            context.Error(datasource.Source, property.Span, $"Property not known: \"{property.Name.Text}\".");
        }
    }

    private static string? BindProvider(BindingContext context, Datasource datasource, PropertyReader properties)
    {
        void Error(SyntaxNode node, string message) =>
            context.Error(datasource.Source, node.Span, $"Error validating datasource `{datasource.Name}`: {message}");

        switch (properties.Take("provider")?.Value)
        {
            case null:
                context.Error(datasource.Source, datasource.Syntax.Span, $"Argument \"provider\" is missing in data source block \"{datasource.Name}\".");
                return null;
            case CallSyntax { Name.Text: "env" }:
                context.Error(datasource.Source, datasource.Syntax.Span, "A datasource must not use the env() function in the provider argument.");
                return null;
            case StringSyntax { Value: "" } empty:
                Error(empty, "The provider argument in a datasource must not be empty");
                return null;
            case StringSyntax text when !Providers.Contains(text.Value):
                context.Error(datasource.Source, text.Span, $"Datasource provider not known: \"{text.Value}\".");
                return null;
            case StringSyntax text:
                return text.Value;
            case { } other:
                Error(other, "The provider argument in a datasource must be a string literal");
                return null;
        }
    }

    // From Prisma 7 on these are in prisma.config.ts; a schema of an earlier version has them here. What they say is read in any case.
    private static void BindUrls(BindingContext context, Datasource datasource, PropertyReader properties)
    {
        var isRefused = context.PrismaVersion >= FirstWithoutUrls;
        datasource.Url = Take("url", "Move connection URLs for Migrate to `prisma.config.ts` and pass either `adapter` for a direct database connection or `accelerateUrl` for Accelerate to the " +
            "`PrismaClient` constructor. See https://pris.ly/d/config-datasource and https://pris.ly/d/prisma7-client-config");
        datasource.ShadowDatabaseUrl = Take("shadowDatabaseUrl", Elsewhere);
        datasource.DirectUrl = Take("directUrl", Elsewhere);

        ConnectionUrl? Take(string name, string elsewhere)
        {
            if (!isRefused)
            {
                return properties.TakeUrl(name);
            }

            if (properties.Take(name) is not { } property)
            {
                return null;
            }

            context.Error(datasource.Source, property.Span, $"The datasource property `{name}` is no longer supported in schema files. {elsewhere}");
            return PropertyReader.UrlOf(datasource.Source, property.Value!);
        }
    }

    private static RelationMode BindRelationMode(BindingContext context, Datasource datasource, PropertyReader properties)
    {
        var (mode, integrity) = (properties.Take("relationMode"), properties.Take("referentialIntegrity"));
        if (integrity is not null)
        {
            context.Warn(
                datasource.Source,
                integrity.Span,
                "The `referentialIntegrity` attribute is deprecated. Please use `relationMode` instead. Learn more at https://pris.ly/d/relation-mode");
            if (mode is not null)
            {
                context.Error(
                    datasource.Source,
                    integrity.Span,
                    "The `referentialIntegrity` and `relationMode` attributes cannot be used together. Please use only `relationMode` instead.");
                return RelationMode.ForeignKeys;
            }
        }

        if ((mode ?? integrity)?.Value is not { } value || Coerce.String(context, datasource.Source, value) is not { } text)
        {
            return RelationMode.ForeignKeys;
        }

        switch (text)
        {
            case "prisma":
                return RelationMode.Prisma;
            case "foreignKeys":
                return RelationMode.ForeignKeys;
            default:
                context.Error(
                    datasource.Source,
                    datasource.Syntax.Span,
                    $"Error validating datasource `relationMode`: Invalid relation mode setting: \"{text}\". Supported values: \"prisma\", \"foreignKeys\"");
                return RelationMode.ForeignKeys;
        }
    }

    private static void BindSchemas(BindingContext context, Datasource datasource, PropertyReader properties)
    {
        if (properties.TakeStrings("schemas") is not var (schemas, syntax))
        {
            return;
        }

        if (schemas.Count == 0)
        {
            context.Error(datasource.Source, syntax.Span, "If provided, the schemas array can not be empty.");
            return;
        }

        datasource.Schemas = [.. schemas.Select(s => s.Value).Order(StringComparer.Ordinal)];
        foreach (var repeated in schemas.GroupBy(s => s.Value).SelectMany(g => g.Take(g.Count() - 1)))
        {
            context.Error(datasource.Source, repeated.Span, "Duplicated schema names are not allowed");
        }
    }
}
