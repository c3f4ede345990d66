using System.Collections.Immutable;
using Plumbline.Audit.Workspace.Projects;
using Plumbline.TypeScript.Configuration;

namespace Plumbline.Audit.Connections;

/// <summary>How a project gets its database URL.</summary>
internal sealed record ProjectConnection
{
    /// <summary>The project.</summary>
    public required Project Project { get; init; }

    /// <summary>The variables and literals that may give the URL of the application's queries, in the order in which they are tried.</summary>
    public required ImmutableArray<UrlReference> Url { get; init; }

    /// <summary>Those of <c>directUrl</c>.</summary>
    public ImmutableArray<UrlReference> DirectUrl { get; init; } = [];

    /// <summary>What the schema's own datasource names, which counts for the client where a configuration file counts for the CLI.</summary>
    public ImmutableArray<UrlReference> SchemaUrl { get; init; } = [];

    /// <summary>Those of <c>shadowDatabaseUrl</c>.</summary>
    public ImmutableArray<UrlReference> ShadowUrl { get; init; } = [];

    /// <summary>The <c>prisma.config.ts</c> that it has; null where it has none.</summary>
    public PrismaConfigFile? Config { get; init; }

    /// <summary>The environment files that its migrations read, first the one that wins.</summary>
    public ImmutableArray<EnvironmentFile> PrismaFiles { get; init; } = [];

    /// <summary>The environment files that the application reads, where its framework has an order of its own; first the one that wins.</summary>
    public ImmutableArray<EnvironmentFile> ApplicationFiles { get; init; } = [];

    /// <summary>The name of that framework; null where there is none.</summary>
    public string? Framework { get; init; }

    /// <summary>Whether the CLI of Prisma reads environment files: with a <c>prisma.config.ts</c>, and from Prisma 7 on, only where that one loads
    /// them.</summary>
    public bool PrismaReadsFiles => Config?.LoadsEnvironment ?? Project.PrismaVersion.Major < 7;

    /// <summary>The variables that it names, and those that its own are published under.</summary>
    public IEnumerable<string> Variables =>
        DirectUrl.Concat(ShadowUrl).Concat(Url).Select(r => r.Variable).Concat(Url.Select(r => r.Variable is { } name ? ConnectionVariables.PublicOf(name) : null)).OfType<string>();

    /// <summary>The purpose of a variable.</summary>
    public ConnectionPurpose PurposeOf(string variable)
    {
        if (DirectUrl.Any(r => r.Variable == variable) || ConnectionVariables.IsDirect(variable))
        {
            return ConnectionPurpose.Direct;
        }

        if (ShadowUrl.Any(r => r.Variable == variable) || ConnectionVariables.IsShadow(variable))
        {
            return ConnectionPurpose.Shadow;
        }

        return Url.Any(r => r.Variable == variable) ? ConnectionPurpose.Main
            : Url.Any(r => r.Variable is { } name && ConnectionVariables.PublicOf(name) == variable) ? ConnectionPurpose.Public
            : ConnectionPurpose.Other;
    }
}

/// <summary>The names that database URLs go by.</summary>
internal static class ConnectionVariables
{
    /// <summary>The name where nothing else is said.</summary>
    public const string Default = "DATABASE_URL";

    private static readonly string[] Direct =
        ["DIRECT_URL", "DIRECT_DATABASE_URL", "DATABASE_URL_UNPOOLED", "POSTGRES_URL_NON_POOLING", "DATABASE_DIRECT_URL", "MIGRATE_DATABASE_URL"];
    private static readonly string[] Shadow = ["SHADOW_DATABASE_URL", "SHADOW_URL"];
    private static readonly string[] Others = [Default, "DATABASE_PUBLIC_URL", "POSTGRES_URL", "POSTGRES_PRISMA_URL", "POSTGRESQL_URL", "PG_URL", "DB_URL"];

    /// <summary>Whether a name is one for a URL past the pooler.</summary>
    public static bool IsDirect(string name) => Direct.Contains(name, StringComparer.Ordinal);

    /// <summary>Whether a name is one for the shadow database.</summary>
    public static bool IsShadow(string name) => Shadow.Contains(name, StringComparer.Ordinal);

    /// <summary>Whether a name is known for a database URL.</summary>
    public static bool IsKnown(string name) => IsDirect(name) || IsShadow(name) || Others.Contains(name, StringComparer.Ordinal);

    /// <summary>The name of the URL that is reached from outside: <c>DATABASE_PUBLIC_URL</c> beside <c>DATABASE_URL</c>, as Railway has it.</summary>
    public static string PublicOf(string name) => name.EndsWith("_URL", StringComparison.Ordinal) ? name[..^4] + "_PUBLIC_URL" : name + "_PUBLIC";
}
