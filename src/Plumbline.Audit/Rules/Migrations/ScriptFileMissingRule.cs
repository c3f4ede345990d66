using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Workspace;
using Plumbline.Audit.Workspace.Commands;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Packages;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>A database script runs a file that the repository does not have.</summary>
internal sealed class ScriptFileMissingRule : Rule
{
    private static readonly string[] Runners = ["node", "tsx", "ts-node", "ts-node-esm", "bun", "deno", "bash", "sh", "zsh", "python", "python3"];
    private static readonly string[] SourceEndings = [".ts", ".mts", ".cts", ".js", ".mjs", ".cjs", ".sh", ".sql", ".py", ".prisma"];
    private static readonly string[] Generated = ["dist", "build", "out", "lib", "generated", ".next", ".output", "node_modules", "bin", "tmp", "coverage"];

    private static readonly string[] ChangesOfFolder = ["cd ", "--prefix", "--cwd", "--dir ", "--filter", "-C ", "workspace "];

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/script-file-missing",
        Title = "A database script runs a file that does not exist",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Repository],
        What = """
            Files that a database script names and the repository does not have: the script of `node`, `tsx`, `bash` and the like, a script that is run by its path (`./seed.sh`), `psql -f`,
            and `--schema`, `--file`, `--script` or `--config` of `prisma`. Only scripts that concern the database are checked. Paths with variables or patterns, files in folders for
            generated files, and templates are ignored.
            """,
        Why =
            "Such a script fails when it is needed. With `|| true` after it, it fails silently: the seed or the migration check never ran, and nobody noticed.",
        Bad = """
            ```json
            { "scripts": { "db:seed": "tsx prisma/seeds/main.ts || true" } }
            ```
            """,
        Good = """
            ```json
            { "scripts": { "db:seed": "tsx prisma/seed.ts" } }
            ```
            """,
        Fix = "Correct the path, or remove the script. Remove `|| true`, so that failures are visible.",
        WhenOff = "When another step creates the files before the scripts run.",
    };

    private static readonly RepositoryFact<ILookup<string, string>> Paths =
        new(repository => repository.Files.ToLookup(f => f.Name, f => f.Path, StringComparer.Ordinal));

    private static readonly RepositoryFact<ImmutableArray<string>> Dockerfiles = new(repository =>
        [.. repository.Files.Where(f => f.Name.StartsWith("Dockerfile", StringComparison.Ordinal)).Select(f => f.Text?.Text).OfType<string>()]);

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnRepository(Check);

    private static void Check(RepositoryFacts context, ObservationSink sink)
    {
        foreach (var (package, script, command) in context.Commands.Scripts)
        {
            if (!IsAboutDatabase(script) || RunsElsewhere(script))
                continue;

            foreach (var word in NamedFiles(command))
            {
                if (Resolve(package.File.Folder, word) is not { } path || context.Repository.HasAt(path) || context.Repository.IsUnread(path) || IsPutTogether(package, word, context))
                    continue;

                sink.Report(new Observation
                {
                    Title = $"The script {script.Name} {(word.EndsWith(".prisma", StringComparison.Ordinal) ? "refers to" : "runs")} {word}, which does not exist",
                    Message = $"The script is in {package.File.Path}." + (Elsewhere(path, context) is { } other ? $" A file with the same name is at {other}." : ""),
                    Impact = command.FailureIsHidden
                        ? "The script does nothing, and its failure is hidden."
                        : "The script fails when it is run.",
                    Recommendation = "Correct the path, or remove the script." + (command.FailureIsHidden ? " Do not hide its failure." : ""),
                    Project = context.ProjectOf(package)?.Name,
                    Subject = new Subject(SubjectKind.File, path),
                    Locations = [new FindingLocation(LocationRole.Configuration, script.Location)],
                    Discriminator = script.Name,
                });
            }
        }
    }

    // In another folder, or through another package manager's command that takes options for itself: which file is meant cannot be told.
    private static bool RunsElsewhere(PackageScript script) =>
        Array.Exists(ChangesOfFolder, word => script.Command.Contains(word, StringComparison.Ordinal));

    // An image that copies the package and a file of this path from elsewhere side by side: the script runs there.
    private static bool IsPutTogether(PackageManifest package, string word, RepositoryFacts context)
    {
        var ending = "/" + word.TrimStart('.', '/');
        return Dockerfiles.Of(context.Repository).Any(CopiesPackage) && NamedAs(RelativePath.NameOf(word), context).Any(path => ("/" + path).EndsWith(ending, StringComparison.Ordinal));

        bool CopiesPackage(string dockerfile) =>
            dockerfile.Split('\n').Any(line => line.AsSpan().TrimStart() is var copy && (copy.StartsWith("COPY ", StringComparison.OrdinalIgnoreCase) || copy.StartsWith("ADD ", StringComparison.OrdinalIgnoreCase)) &&
                copy.Contains(package.File.Path, StringComparison.Ordinal));
    }

    // Where a file of this name is, if there is exactly one.
    private static string? Elsewhere(string path, RepositoryFacts context)
    {
        string[] found = [.. NamedAs(RelativePath.NameOf(path), context).Take(2)];
        return found is [var only] ? only : null;
    }

    private static IEnumerable<string> NamedAs(string name, RepositoryFacts context) => Paths.Of(context.Repository)[name];

    private static bool IsAboutDatabase(PackageScript script)
    {
        foreach (var word in (ReadOnlySpan<string>)["prisma", "psql", "migrat", "seed", "database", ".sql", "schema"])
        {
            if (script.Command.Contains(word, StringComparison.OrdinalIgnoreCase) || script.Name.Contains(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return script.Name.StartsWith("db:", StringComparison.Ordinal) || script.Name.StartsWith("db-", StringComparison.Ordinal);
    }

    private static IEnumerable<string> NamedFiles(SimpleCommand command)
    {
        foreach (var option in (string[])["--schema", "--file", "--script", "--config"])
        {
            if (command.PrismaOption(option) is { } value && IsFile(value))
                yield return value;
        }

        var words = command.Words;
        if (RunByPath(words) is { } byPath)
        {
            yield return byPath;
            yield break;
        }

        for (var i = 0; i + 1 < words.Length; i++)
        {
            if (Runners.Contains(words[i], StringComparer.Ordinal))
            {
                // The first word behind the runner's own options is what it runs.
                var file = words.Skip(i + 1).SkipWhile(w => w.StartsWith('-')).FirstOrDefault();
                if (file is not null && IsFile(file))
                    yield return file;

                yield break;
            }

            if (words[i] == "-f" && words[..i].Contains("psql") && IsFile(words[i + 1]))
                yield return words[i + 1];
        }
    }

    // A program that is a file of the repository, behind settings of variables: NODE_ENV=test ./scripts/seed.sh.
    private static string? RunByPath(System.Collections.Immutable.ImmutableArray<string> words)
    {
        var start = words.LastIndexOf("--") + 1;
        var program = words.Skip(start).SkipWhile(w => w is "cross-env" || (w.Contains('=') && !w.StartsWith('-') && !w.Contains('/'))).FirstOrDefault();
        return program is not null && (program.StartsWith("./", StringComparison.Ordinal) || program.StartsWith("../", StringComparison.Ordinal)) && IsFile(program) ? program : null;
    }

    private static bool IsFile(string word) =>
        SourceEndings.Any(e => word.EndsWith(e, StringComparison.Ordinal)) &&
        !word.StartsWith('/') && !word.StartsWith('~') && word.IndexOfAny(['$', '*', '{', '?', '<', '%']) < 0 &&
        !word.Split('/').Any(part => Generated.Contains(part, StringComparer.Ordinal));

    // The path from the workspace's root; null where it leads out of it.
    private static string? Resolve(string folder, string relative)
    {
        var parts = new List<string>(folder.Split('/', StringSplitOptions.RemoveEmptyEntries));
        foreach (var part in relative.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".")
                continue;

            if (part != "..")
            {
                parts.Add(part);
            }
            else if (parts.Count == 0)
            {
                return null;
            }
            else
            {
                parts.RemoveAt(parts.Count - 1);
            }
        }

        return string.Join('/', parts);
    }
}
