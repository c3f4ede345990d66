using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Plumbline.Audit.Workspace.Commands;
using Plumbline.Audit.Workspace.Containers;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Projects;

/// <summary>The version of a server.</summary>
/// <param name="Major">Its major version.</param>
/// <param name="Evidence">What tells it, such as <c>postgres:16 in docker-compose.yml:5</c>.</param>
internal sealed record ServerVersion(int Major, string Evidence);

/// <summary>
/// Finds out which PostgreSQL a repository's migrations are meant for, from the images that its containers run, in development and in continuous integration.
/// Of several the
/// lowest counts: what that one refuses, the migrations must not do.
/// </summary>
internal static partial class ServerVersionFinder
{
    private const int Oldest = 9;
    private const int Newest = 99;

    // The names of images are written in lower case.
    private static readonly ImmutableArray<string> Marks = ["postgres", "postgis", "pgvector", "timescale"];

    /// <summary>The version; null where no image tells one.</summary>
    /// <param name="tree">The files.</param>
    /// <param name="exceeded">The budgets that files exceed.</param>
    public static ServerVersion? Find(FileTree tree, out ImmutableArray<Diagnostic> exceeded)
    {
        var problems = ImmutableArray.CreateBuilder<Diagnostic>();
        var compositions = Read(tree, "Docker Compose files", IsComposition, problems);
        var pipelines = Read(tree, RepositoryCommands.FilesOfKind, RepositoryCommands.IsCi, problems);
        exceeded = problems.ToImmutable();
        ServerVersion? lowest = null;
        foreach (var pipeline in pipelines)
        {
            foreach (var image in pipeline.Images)
                lowest = Lower(lowest, pipeline, image, [pipeline]);
        }

        foreach (var composition in compositions)
        {
            foreach (var image in composition.Images)
                lowest = Lower(lowest, composition, image, pipelines);
        }

        return lowest;
    }

    /// <summary>Where containers run Supabase's own image of PostgreSQL, as text, such as <c>supabase/postgres:15.1.1 in docker-compose.yml:5</c>; null where none does.</summary>
    public static string? FindSupabase(FileTree tree)
    {
        // The name of an image comes from these files, whatever it is put together of. Most are not taken apart.
        if (!tree.Files.Any(file => (IsComposition(file.Path) || RepositoryCommands.IsCi(file.Path)) && file.Text?.Text.Contains("supabase", StringComparison.Ordinal) == true))
            return null;

        var pipelines = Read(tree, RepositoryCommands.FilesOfKind, RepositoryCommands.IsCi, []);
        foreach (var file in Read(tree, "Docker Compose files", IsComposition, []).Concat(pipelines))
        {
            foreach (var image in file.Images)
            {
                if (ContainerVariables.Resolve(image, pipelines).FirstOrDefault(IsSupabase) is { } found)
                    return $"{found} in {file.Path}:{image.Line}";
            }
        }

        return null;
    }

    private static bool IsSupabase(string image)
    {
        const string name = "supabase/postgres";
        var at = image.LastIndexOf(name, StringComparison.Ordinal);
        var end = at + name.Length;
        return at >= 0 && (at == 0 || image[at - 1] == '/') && (end == image.Length || image[end] is ':' or '@');
    }

    /// <summary>The major version of PostgreSQL in an image; null where it is no PostgreSQL, or its tag names no version of it.</summary>
    /// <param name="image">The image, such as <c>docker.io/postgis/postgis:16-3.4</c>.</param>
    public static int? VersionOf(string image)
    {
        var digest = image.IndexOf('@', StringComparison.Ordinal);
        var named = digest < 0 ? image : image[..digest];
        var name = named[(named.LastIndexOf('/') + 1)..];
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return null;

        // The tags of extensions' images begin with the extension's version and name PostgreSQL's behind pg.
        var tag = name[(colon + 1)..];
        var match = name[..colon] switch
        {
            "postgres" or "postgresql" or "postgis" => LeadingVersion().Match(tag),
            var other when other.StartsWith("pgvector", StringComparison.Ordinal) || other.StartsWith("timescaledb", StringComparison.Ordinal) =>
                VersionBehindPg().Match(tag),
            _ => Match.Empty,
        };
        return match.Success && int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var version) &&
            version is >= Oldest and <= Newest
            ? version
            : null;
    }

    private static ServerVersion? Lower(ServerVersion? lowest, ContainerFile file, ContainerImage image, IReadOnlyList<ContainerFile> settings)
    {
        foreach (var resolved in ContainerVariables.Resolve(image, settings))
        {
            if (VersionOf(resolved) is { } version && (lowest is null || version < lowest.Major))
                lowest = new ServerVersion(version, $"{resolved} in {file.Path}:{image.Line}");
        }

        return lowest;
    }

    // Most files name no PostgreSQL, and are not taken apart.
    private static List<ContainerFile> Read(FileTree tree, string kind, Func<string, bool> isWanted, ICollection<Diagnostic> exceeded)
    {
        var files = new List<ContainerFile>();
        var texts = new KindTexts(kind);
        foreach (var file in tree.Files)
        {
            if (isWanted(file.Path) && texts.TextOf(file) is { } text && Marks.Any(mark => text.Text.Contains(mark, StringComparison.Ordinal)))
                files.Add(ContainerFileReader.Read(text));
        }

        foreach (var problem in files.Select(file => file.Exceeded).Append(texts.Exceeded).OfType<Diagnostic>())
            exceeded.Add(problem);

        return files;
    }

    private static bool IsComposition(string path)
    {
        var name = path.AsSpan(path.LastIndexOf('/') + 1);
        return (name.EndsWith(".yml", StringComparison.Ordinal) || name.EndsWith(".yaml", StringComparison.Ordinal)) &&
            name.Contains("compose", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^(\d{1,2})(?![\d])", RegexOptions.CultureInvariant)]
    private static partial Regex LeadingVersion();

    [GeneratedRegex(@"(?<![a-z])pg(\d{1,2})(?![\d])", RegexOptions.CultureInvariant)]
    private static partial Regex VersionBehindPg();
}
