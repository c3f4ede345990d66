using Plumbline.PostgreSql.Catalog;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Connections;

/// <summary>A place that gives a database URL, or could.</summary>
public sealed record ConnectionCandidate
{
    /// <summary>What kind of place.</summary>
    public required ConnectionOrigin Origin { get; init; }

    /// <summary>The variable, or the key of a configuration, that holds it.</summary>
    public required string Variable { get; init; }

    /// <summary>What the URL is for.</summary>
    public ConnectionPurpose Purpose { get; init; }

    /// <summary>Where it is; null for the environment of the process.</summary>
    public SourceLocation? Location { get; init; }

    /// <summary>The URL; null where it is not known.</summary>
    public DatabaseUrl? Url { get; init; }

    /// <summary>Why the URL is not known, in a sentence that shows nothing of it; null where it is known.</summary>
    public string? Problem { get; init; }

    /// <summary>The environment that the place is for, such as <c>production</c> or <c>test</c>; null where it tells none.</summary>
    public string? Environment { get; init; }

    /// <summary>Whether a <c>#</c>, which begins a comment, cuts the value off.</summary>
    public bool IsCut { get; init; }

    /// <summary>The place as people call it: <c>.env: DATABASE_URL</c>.</summary>
    public string Source => Location is null ? $"the environment: {Variable}" : $"{Location.Path}: {Variable}";
}

/// <summary>The kinds of places that give database URLs, in the order in which Prisma and the application would look.</summary>
public enum ConnectionOrigin
{
    /// <summary>The environment of the process.</summary>
    Process,

    /// <summary><c>.env</c>.</summary>
    DotEnv,

    /// <summary><c>.env.local</c> and its like, which frameworks read and Prisma does not.</summary>
    LocalFile,

    /// <summary><c>.env.production</c> and its like.</summary>
    ModeFile,

    /// <summary><c>.env.example</c> and its like: to be copied, read by nobody.</summary>
    Template,

    /// <summary><c>prisma.config.ts</c>.</summary>
    PrismaConfig,

    /// <summary>The datasource of the Prisma schema.</summary>
    PrismaSchema,

    /// <summary>A file of Docker Compose.</summary>
    Compose,

    /// <summary>A file of the continuous integration.</summary>
    ContinuousIntegration,

    /// <summary>A file that describes a deployment.</summary>
    Deployment,

    /// <summary>A file of the application that names a default.</summary>
    Code,

    /// <summary><c>plumb.yaml</c>.</summary>
    Configuration,
}

/// <summary>What a database URL is for.</summary>
public enum ConnectionPurpose
{
    /// <summary>The application's queries.</summary>
    Main,

    /// <summary>Migrations, past a pooler.</summary>
    Direct,

    /// <summary>The shadow database of <c>prisma migrate dev</c>.</summary>
    Shadow,

    /// <summary>Reaching from outside what the main URL reaches inside the platform.</summary>
    Public,

    /// <summary>Something else.</summary>
    Other,
}

/// <summary>The names of the kinds of places and purposes.</summary>
public static class ConnectionNames
{
    /// <summary>The name of a kind of place in JSON.</summary>
    public static string Name(this ConnectionOrigin origin) => origin switch
    {
        ConnectionOrigin.Process => "process",
        ConnectionOrigin.DotEnv => "env-file",
        ConnectionOrigin.LocalFile => "env-local-file",
        ConnectionOrigin.ModeFile => "env-mode-file",
        ConnectionOrigin.Template => "template",
        ConnectionOrigin.PrismaConfig => "prisma-config",
        ConnectionOrigin.PrismaSchema => "prisma-schema",
        ConnectionOrigin.Compose => "docker-compose",
        ConnectionOrigin.ContinuousIntegration => "ci",
        ConnectionOrigin.Deployment => "deployment",
        ConnectionOrigin.Code => "code",
        _ => "plumb.yaml",
    };

    /// <summary>The name of a purpose in JSON.</summary>
    public static string Name(this ConnectionPurpose purpose) => purpose switch
    {
        ConnectionPurpose.Main => "main",
        ConnectionPurpose.Direct => "direct",
        ConnectionPurpose.Shadow => "shadow",
        ConnectionPurpose.Public => "public",
        _ => "other",
    };

    /// <summary>The name of a reach in JSON.</summary>
    public static string Name(this HostReach reach) => reach switch
    {
        HostReach.Socket => "socket",
        HostReach.Local => "local",
        HostReach.Network => "network",
        HostReach.Internal => "internal",
        HostReach.Proxy => "proxy",
        HostReach.Public => "public",
        _ => "unknown",
    };
}
