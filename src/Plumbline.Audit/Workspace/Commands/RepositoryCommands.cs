using System.Collections.Immutable;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Packages;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Commands;

/// <summary>The commands that a repository runs: in the scripts of its packages and in the files of its continuous integration.</summary>
internal sealed class RepositoryCommands
{
    /// <summary>What files that configure continuous integration are called together.</summary>
    public const string FilesOfKind = "CI files";

    private static readonly string[] CiFiles =
    [
        ".gitlab-ci.yml", ".travis.yml", ".circleci/config.yml", "azure-pipelines.yml", "bitbucket-pipelines.yml", "cloudbuild.yaml", "cloudbuild.yml", "Jenkinsfile", ".drone.yml",
    ];

    private readonly ILookup<string, ScriptCommand> _scriptsByName;
    private readonly ILookup<WorkspaceFile, SimpleCommand> _ciByFile;

    private RepositoryCommands(ImmutableArray<ScriptCommand> scripts, ImmutableArray<WorkspaceFile> ciFiles, ImmutableArray<CiCommand> ci, ImmutableArray<Diagnostic> exceeded, bool isWhole)
    {
        IsWhole = isWhole;
        Exceeded = exceeded;
        Scripts = scripts;
        _scriptsByName = scripts.ToLookup(s => s.Script.Name, StringComparer.Ordinal);
        CiFilesFound = ciFiles;
        Ci = ci;
        _ciByFile = ci.ToLookup(c => c.File, c => c.Command);
    }

    /// <summary>The endings of programs that are run from their source.</summary>
    public static ImmutableArray<string> ProgramEndings { get; } = [".sh", ".ts", ".mts", ".js", ".mjs", ".cjs", ".py"];

    /// <summary>Every simple command of every script of every package.</summary>
    public ImmutableArray<ScriptCommand> Scripts { get; }

    /// <summary>The files that configure continuous integration, sorted by path.</summary>
    public ImmutableArray<WorkspaceFile> CiFilesFound { get; }

    /// <summary>Every simple command in those files.</summary>
    public ImmutableArray<CiCommand> Ci { get; }

    /// <summary>The budgets that those files exceed.</summary>
    public ImmutableArray<Diagnostic> Exceeded { get; }

    /// <summary>Whether all of these files, and all manifests, were read: else what no command does may be done by one that is not known.</summary>
    public bool IsWhole { get; }

    /// <summary>The commands of a file of the continuous integration, and those of the scripts that they name, and so on.</summary>
    /// <param name="file">The file, one of <see cref="CiFilesFound"/>.</param>
    public IEnumerable<SimpleCommand> ReachedBy(WorkspaceFile file)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Queue<SimpleCommand>(_ciByFile[file]);
        while (pending.TryDequeue(out var command))
        {
            yield return command;
            foreach (var word in command.Words)
            {
                if (!seen.Add(word))
                    continue;

                foreach (var script in _scriptsByName[word])
                    pending.Enqueue(script.Command);
            }
        }
    }

    /// <summary>Whether a command runs a program, script or file that has a word in its name, or is the name of a step that has it.</summary>
    /// <param name="command">The command.</param>
    /// <param name="word">The word, in any case.</param>
    public bool Names(SimpleCommand command, string word)
    {
        for (var i = 0; i < command.Words.Length; i++)
        {
            var name = command.Words[i];
            if (name.Contains(word, StringComparison.OrdinalIgnoreCase) &&
                (i == 0 || command.Words[0] == "name:" || _scriptsByName.Contains(name) || ProgramEndings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal))))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a command runs Plumbline's audit or comparison.</summary>
    public static bool RunsPlumbline(SimpleCommand command)
    {
        var i = command.Words.IndexOf("plumb");
        return i >= 0 && i + 1 < command.Words.Length && command.Words[i + 1] is "audit" or "diff" or "status";
    }

    /// <summary>Whether a file configures continuous integration.</summary>
    public static bool IsCi(string path) =>
        CiFiles.Contains(path) ||
        ((path.StartsWith(".github/workflows/", StringComparison.Ordinal) || path.StartsWith(".github/actions/", StringComparison.Ordinal) ||
            path.StartsWith(".buildkite/", StringComparison.Ordinal)) &&
            (path.EndsWith(".yml", StringComparison.Ordinal) || path.EndsWith(".yaml", StringComparison.Ordinal)));

    /// <summary>Reads the commands of a workspace.</summary>
    public static RepositoryCommands Read(Repository workspace)
    {
        ImmutableArray<ScriptCommand> scripts =
        [
            .. workspace.Packages.Where(package => !PackageTemplates.IsTemplate(package, workspace)).SelectMany(package => package.Scripts.SelectMany(script => CommandLine.Parse(script.Command).Select(c => new ScriptCommand(package, script, c)))),
        ];
        ImmutableArray<WorkspaceFile> files = [.. workspace.Files.Where(f => IsCi(f.Path))];
        var commands = ImmutableArray.CreateBuilder<CiCommand>();
        var exceeded = ImmutableArray.CreateBuilder<Diagnostic>();
        var texts = new KindTexts(FilesOfKind);
        foreach (var file in files)
        {
            if (texts.TextOf(file) is not { } text)
                continue;

            commands.AddRange(CiFileReader.Read(file, text, out var problem));
            if (problem is not null)
                exceeded.Add(problem);
        }

        if (texts.Exceeded is { } last)
            exceeded.Add(last);

        var isWhole = exceeded.Count == 0 && files.All(file => file.Text is not null) && workspace.Packages.All(package => package.Problem is null);
        return new RepositoryCommands(scripts, files, commands.ToImmutable(), exceeded.ToImmutable(), isWhole);
    }
}

/// <summary>A simple command of a package's script.</summary>
/// <param name="Package">The package.</param>
/// <param name="Script">The script.</param>
/// <param name="Command">The command.</param>
internal sealed record ScriptCommand(PackageManifest Package, PackageScript Script, SimpleCommand Command);

/// <summary>A simple command in a file of the continuous integration.</summary>
/// <param name="File">The file.</param>
/// <param name="Place">The line.</param>
/// <param name="Command">The command.</param>
internal sealed record CiCommand(WorkspaceFile File, SourceLocation Place, SimpleCommand Command);
