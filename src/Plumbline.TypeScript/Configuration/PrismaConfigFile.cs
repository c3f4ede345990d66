using System.Collections.Immutable;
using Plumbline.Schema.Text;

namespace Plumbline.TypeScript.Configuration;

/// <summary>
/// What a <c>prisma.config.ts</c> says. It is a program and is not run: the literals and the names of variables that stand at its keys are read, with
/// <c>path.join</c> and <c>path.resolve</c> around paths. Prisma documentation, "Config API".
/// </summary>
public sealed record PrismaConfigFile
{
    private static readonly ImmutableArray<string> Extensions = [".ts", ".mts", ".cts", ".js", ".mjs", ".cjs"];

    // prisma7.config is what Prisma 7.10 reads beside the configuration of Prisma 8.
    private static readonly ImmutableArray<string> Names = ["prisma.config", "prisma7.config"];

    private static readonly ImmutableArray<string> HiddenNames = ["prisma", "prisma.config", "prisma7", "prisma7.config"];

    /// <summary>The path of the file.</summary>
    public required string Path { get; init; }

    /// <summary>The folder that its paths are relative to.</summary>
    public string Folder => FolderOf(Path) is var folder && NameOf(folder) == ".config" ? FolderOf(folder) : folder;

    /// <summary>Paths that may be the schema, likeliest first, relative to <see cref="Folder"/>; empty where it names none.</summary>
    public ImmutableArray<string> Schema { get; init; } = [];

    /// <summary>Paths that may be the migrations' folder, likeliest first.</summary>
    public ImmutableArray<string> Migrations { get; init; } = [];

    /// <summary><c>migrations.initShadowDb</c>: SQL that runs in the shadow database before the migrations; null where there is none.</summary>
    public ScriptValue? InitShadowDb { get; init; }

    /// <summary>The file that <c>migrations.initShadowDb</c> reads its SQL from, relative to <see cref="Folder"/>; null where it reads none.</summary>
    public string? InitShadowDbFile { get; init; }

    /// <summary><c>tables.external</c>: tables that somebody else creates, such as <c>auth.users</c>.</summary>
    public ImmutableArray<ScriptValue> ExternalTables { get; init; } = [];

    /// <summary><c>enums.external</c>: enums that somebody else creates.</summary>
    public ImmutableArray<ScriptValue> ExternalEnums { get; init; } = [];

    /// <summary>The variables and literals of <c>datasource.url</c>, in the order in which they are tried; empty where it names none.</summary>
    public ImmutableArray<UrlReference> Url { get; init; } = [];

    /// <summary>Those of <c>datasource.shadowDatabaseUrl</c>.</summary>
    public ImmutableArray<UrlReference> ShadowUrl { get; init; } = [];

    /// <summary>Whether it loads an environment file: with such a configuration, Prisma itself reads none.</summary>
    public bool LoadsEnvironment { get; init; }

    /// <summary>Whether variables in the values of environment files are replaced.</summary>
    public bool Expands { get; init; }

    /// <summary>Every text that it writes out; the names of environment files are among them.</summary>
    public ImmutableArray<string> Literals { get; init; } = [];

    /// <summary>What shows that it configures Prisma 8 (<c>definePrismaConfig</c>, <c>@prisma/orm-…</c>, <c>ormConfig</c>); null where nothing does.</summary>
    public ScriptValue? Prisma8 { get; init; }

    /// <summary>The budget that the file exceeds; null where it is read to its end.</summary>
    public Diagnostic? Exceeded { get; init; }

    /// <summary>Whether a path is that of such a file: <c>prisma.config.ts</c>, or <c>.config/prisma.ts</c>.</summary>
    public static bool IsConfig(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!path.Contains("prisma", StringComparison.Ordinal))
            return false;

        foreach (var extension in Extensions)
        {
            if (path.EndsWith(extension, StringComparison.Ordinal))
            {
                var stem = path[..^extension.Length];
                return Names.Contains(NameOf(stem)) || (NameOf(FolderOf(stem)) == ".config" && HiddenNames.Contains(NameOf(stem)));
            }
        }

        return false;
    }

    /// <summary>Reads a file.</summary>
    public static PrismaConfigFile Read(SourceText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return ReadingBudget.OfSettings(text) is { } exceeded ? new PrismaConfigFile { Path = text.Path, Exceeded = exceeded } : new PrismaConfigReader(text).Read();
    }

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static string FolderOf(string path) => path.LastIndexOf('/') is var slash and > 0 ? path[..slash] : "";
}
