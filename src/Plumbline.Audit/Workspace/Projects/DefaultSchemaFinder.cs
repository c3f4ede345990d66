using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Migrations;
using Plumbline.Schema.Text;
using Plumbline.TypeScript.Configuration;

namespace Plumbline.Audit.Workspace.Projects;

/// <summary>Finds the database schema that a project's connection names. The environment of the process has no part in it: an audit says the same on every
/// machine.</summary>
internal sealed class DefaultSchemaFinder(FileTree tree)
{
    private const string UsualVariable = "DATABASE_URL";

    private readonly UrlMentions _mentions = new(tree);

    /// <summary>The schema of a project.</summary>
    /// <param name="schema">Its Prisma schema; null where it has none.</param>
    /// <param name="config">The <c>prisma.config.ts</c> that governs it; null where there is none.</param>
    /// <param name="history">Its migrations; null where it has none.</param>
    /// <param name="folder">The folder that places are compared with.</param>
    public DefaultSchema Find(SchemaCandidate? schema, PrismaConfigFile? config, MigrationHistory? history, string folder)
    {
        var named = Literal(schema, config) ?? FromUrl(Variables(schema, config), folder, null);
        if (named is { IsPublic: false })
        {
            return history is not null && QualifiedNames.FindPublic(history) is { } place
                ? new DefaultSchema(DefaultSchema.Public.Name, DefaultSchemaOrigin.Migrations, place, $"the migrations name the schema public ({place.Path}:{place.Line})")
                : named;
        }

        if (history is not null && QualifiedNames.FindUncreated(history, schema?.Datasource?.Schemas ?? []) is var (needed, location))
        {
            return FromUrl(Variables(schema, config), folder, needed) ?? new DefaultSchema(
                needed,
                DefaultSchemaOrigin.Migrations,
                location,
                $"{location.Path}:{location.Line} names the schema {needed}, which no migration creates, for what the migrations create without a schema");
        }

        return named ?? DefaultSchema.Public;
    }

    private static DefaultSchema? Literal(SchemaCandidate? schema, PrismaConfigFile? config)
    {
        if (config?.Url.FirstOrDefault(reference => reference.Value is not null) is { Value: { } url, Location: var place })
        {
            return Named(UrlMentions.SchemaOf(url), place);
        }

        return schema?.Datasource?.Url is { } written
            ? Named(UrlMentions.SchemaOf(written), schema.DatasourceFile!.Text!.LocationOf(schema.Datasource.UrlSpan))
            : null;
    }

    private static List<string> Variables(SchemaCandidate? schema, PrismaConfigFile? config)
    {
        List<string> names = [.. (config?.Url ?? []).Select(reference => reference.Variable).OfType<string>()];
        if (names.Count == 0)
        {
            names.Add(schema?.Datasource?.UrlVariable ?? UsualVariable);
        }

        return names;
    }

    private DefaultSchema? FromUrl(List<string> variables, string folder, string? wanted)
    {
        foreach (var mention in _mentions.Of(variables, folder))
        {
            if (wanted is null || mention.Schema == wanted)
            {
                return Named(mention.Schema, mention.Location);
            }
        }

        return null;
    }

    private static DefaultSchema Named(string? name, SourceLocation place) => name is null
        ? DefaultSchema.Public with { Location = place, Why = $"the URL in {place.Path}:{place.Line} names no schema" }
        : new DefaultSchema(name, DefaultSchemaOrigin.Url, place, $"the URL in {place.Path}:{place.Line} says ?schema={name}");
}
