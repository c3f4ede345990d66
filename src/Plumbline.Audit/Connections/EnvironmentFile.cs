using System.Collections.Immutable;
using Plumbline.Audit.Connections.Dotenv;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Connections;

/// <summary>An environment file.</summary>
internal sealed class EnvironmentFile
{
    private readonly Lazy<ImmutableArray<DotenvEntry>> _entries;

    private EnvironmentFile(WorkspaceFile file, ConnectionOrigin origin, string? mode, bool isLocal)
    {
        File = file;
        Origin = origin;
        Mode = mode;
        IsLocal = isLocal;
        _entries = new Lazy<ImmutableArray<DotenvEntry>>(() => file.Text is { } text && Exceeded is null ? DotenvReader.Read(text) : []);
    }

    /// <summary>The file.</summary>
    public WorkspaceFile File { get; }

    /// <summary>The budget that the file exceeds; null where it is read.</summary>
    public Diagnostic? Exceeded => File.Text is { } text ? ReadingBudget.OfSettings(text) : null;

    /// <summary>What kind of place it is.</summary>
    public ConnectionOrigin Origin { get; }

    /// <summary>The environment that it is for, such as <c>production</c>; null where it is for all.</summary>
    public string? Mode { get; }

    /// <summary>Whether it is one machine's own: <c>.env.local</c>, <c>.env.test.local</c>.</summary>
    public bool IsLocal { get; }

    /// <summary>Its variables.</summary>
    public ImmutableArray<DotenvEntry> Entries => _entries.Value;

    /// <summary>A file as an environment file; null where its name is that of none: <c>.env</c>, <c>.env.*</c>, <c>*.env</c>, <c>env.sample</c>.</summary>
    public static EnvironmentFile? Of(WorkspaceFile file)
    {
        if (!IsName(file.Name))
        {
            return null;
        }

        string[] words = [.. file.Name.Split('.', StringSplitOptions.RemoveEmptyEntries).Where(word => word != "env")];
        var isTemplate = Array.Exists(words, EnvironmentFileNames.IsTemplateWord);
        var isLocal = words.Contains("local", StringComparer.Ordinal);
        var mode = Array.Find(words, word => word != "local" && !EnvironmentFileNames.IsTemplateWord(word));
        var origin = isTemplate
            ? ConnectionOrigin.Template
            : isLocal
            ? ConnectionOrigin.LocalFile
            : mode is not null
            ? ConnectionOrigin.ModeFile
            : ConnectionOrigin.DotEnv;
        return new EnvironmentFile(file, origin, Normalize(mode), isLocal);
    }

    /// <summary>Whether a file's name is that of an environment file.</summary>
    public static bool IsName(string name) => EnvironmentFileNames.IsName(name);

    private static string? Normalize(string? mode) => mode?.ToLowerInvariant() switch
    {
        "prod" or "live" => "production",
        "dev" => "development",
        "stage" or "stg" => "staging",
        var other => other,
    };
}
