using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Workspace;
using Plumbline.Audit.Workspace.Commands;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Environments;

/// <summary>Nothing in the repository generates the Prisma Client.</summary>
internal sealed class ClientNotGeneratedRule : Rule
{
    private static readonly string[] BuildFiles = ["turbo.json", "nx.json", "project.json", "Makefile", "justfile", "Taskfile.yml", "vercel.json", "netlify.toml", "render.yaml", "railway.toml", "railway.json", "nixpacks.toml", "fly.toml", "Procfile", "lefthook.yml"];

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "environment/client-not-generated",
        Title = "Nothing generates the Prisma Client",
        Severity = Severity.Low,
        Needs = [RuleNeed.Schema, RuleNeed.Repository],
        What = """
            `prisma-client` generators, and `prisma-client-js` generators with an `output` or from Prisma 7 on, whose client is not in the repository,
            where no package script, CI file, build file or shell script runs `prisma generate` or a command that includes it (`migrate dev`, `db
            push`). Older versions generate the client in `node_modules` on install.
            """,
        Why = "After a fresh checkout, importing the client fails or uses an outdated client.",
        Bad = """
            ```json
            { "scripts": { "build": "next build" } }
            ```
            """,
        Good = """
            ```json
            { "scripts": { "postinstall": "prisma generate", "build": "next build" } }
            ```
            """,
        Fix = "Run `prisma generate` in `postinstall`, or before the build.",
        WhenOff = "When a tool outside the repository runs it.",
    };

    private static readonly RepositoryFact<bool> Runs = new(IsRun);

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        if (project.Prisma?.Generators.FirstOrDefault(generator => NeedsRun(generator, project)) is not { } generator || project.Repository.Packages.IsEmpty ||
            IsCommitted(generator, project) || Runs.Of(project.Repository))
            return;

        sink.Report(new Observation
        {
            Title = $"Nothing runs prisma generate for the client of {project.Name}",
            Message = $"The generator {generator.Name} writes its client {(generator.Output is { } output ? "to " + output : "when prisma generate runs")}; that folder is not in the repository, and no script, CI file or build file runs prisma generate.",
            Impact = "After a fresh checkout the client is missing. After a schema change it is outdated.",
            Recommendation = "Run prisma generate in \"postinstall\", or before the build.",
            Project = project.Name,
            Subject = new Subject(SubjectKind.Package, "@prisma/client"),
            Locations = [new FindingLocation(LocationRole.Schema, generator.Location)],
        });
    }

    private static bool NeedsRun(Generator generator, ProjectFacts project) =>
        generator.Provider == "prisma-client" ||
            (generator.Provider == "prisma-client-js" && (generator.Output is not null || project.Project.PrismaVersion.Major >= 7));

    private static bool IsCommitted(Generator generator, ProjectFacts project)
    {
        var folder = RelativePath.FolderOf(generator.Source.Path);
        return generator.Output is { } output &&
            (RelativePath.Resolve(folder, output) is not { } path ||
                project.Repository.Under(path).Any());
    }

    // What could not be read may run it.
    private static bool IsRun(Repository workspace)
    {
        if (workspace.Packages.Any(package => package.Problem is not null || package.Scripts.Any(script => Generates(script.Command))))
            return true;

        foreach (var file in workspace.Files)
        {
            var isScript = RepositoryCommands.IsCi(file.Path) || BuildFiles.Contains(file.Name, StringComparer.Ordinal) ||
                file.Name.Contains("Dockerfile", StringComparison.Ordinal) ||
                file.Name.EndsWith(".sh", StringComparison.Ordinal) || file.Path.StartsWith(".husky/", StringComparison.Ordinal) ||
                    (file.Path.Contains("scripts/", StringComparison.Ordinal) && file.Name.EndsWith("js", StringComparison.Ordinal));
            if (isScript && (file.Text is not { } text || Generates(text.Text)))
                return true;
        }

        return false;
    }

    // Words in any order of quotes and options between: execSync('prisma generate'), ["prisma", "generate"], prisma --schema x generate.
    private static bool Generates(string text) =>
        text.Contains("prisma", StringComparison.Ordinal) &&
        (text.Contains("generate", StringComparison.Ordinal) || text.Contains("migrate dev", StringComparison.Ordinal) ||
            text.Contains("db push", StringComparison.Ordinal) || text.Contains("migrate reset", StringComparison.Ordinal));
}
