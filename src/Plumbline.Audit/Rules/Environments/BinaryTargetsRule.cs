using System.Collections.Immutable;
using System.Globalization;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Workspace.Containers;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Prisma.Syntax;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Environments;

/// <summary>The client is generated for a different system than the image that it is copied into.</summary>
internal sealed class BinaryTargetsRule : Rule
{
    private const int FirstWithoutEngines = 7;
    private const string Native = "native";

    // Commands of a stage that generate a client, or install one.
    private static readonly ImmutableArray<string> Preparing = ["prisma", "install", " ci", "generate", "libc", "gcompat"];

    // A client without an engine, or one with a configured engine path.
    private static readonly ImmutableArray<string> WithoutEngine =
        ["--no-engine", "--accelerate", "--data-proxy", "PRISMA_QUERY_ENGINE_LIBRARY", "PRISMA_CLI_BINARY_TARGETS"];

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "environment/binary-targets",
        Title = "The query engine is not generated for the image that runs it",
        Severity = Severity.Low,
        Needs = [RuleNeed.Schema, RuleNeed.Repository],
        What = """
            Dockerfiles whose last stage is based on a different system than the stage that it copies `node_modules` from (Alpine, which has musl, and
            Debian or Ubuntu, which have glibc), that neither installs nor generates anything itself, where `binaryTargets` of the generator has no
            target for that kind. Prisma 7, `engineType = "client"`, clients without an engine, images whose name does not show their system, and
            targets from a variable are ignored.
            """,
        Why = """
            The application starts and fails at its first query: `Prisma Client could not locate the Query Engine for runtime
            "linux-musl-openssl-3.0.x"`.
            """,
        Bad = """
            ```dockerfile
            FROM node:20 AS build
            RUN npm ci && npx prisma generate
            FROM node:20-alpine
            COPY --from=build /app/node_modules ./node_modules
            ```
            """,
        Good = """
            ```prisma
            generator client {
              provider      = "prisma-client-js"
              binaryTargets = ["native", "linux-musl-openssl-3.0.x"]
            }
            ```
            """,
        Fix = "Add the target to `binaryTargets`, or base both stages on the same image.",
        WhenOff = "When the engine is added to the image in another way.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        if (project.Project.PrismaVersion is not { Location: not null, Major: < FirstWithoutEngines } || project.Repository.Projects.Length != 1 ||
            project.Prisma?.Generators.FirstOrDefault(g => g.Provider == "prisma-client-js") is not { } generator ||
            IsWithoutEngine(generator, project) || TargetsOf(generator) is not { } targets)
            return;

        foreach (var file in project.Repository.Files)
        {
            if (IsDockerfile(file) && file.Text is { } text && Look(DockerStages.Read(text), targets) is { } hit)
                sink.Report(Draft(hit, targets, generator, project, file));
        }
    }

    private enum Libc
    {
        Unknown,
        Musl,
        Glibc,
    }

    private sealed record Hit(DockerStage Build, DockerStage Last, Libc Needed);

    private static Hit? Look(ImmutableArray<DockerStage> stages, ImmutableArray<string> targets)
    {
        if (stages.Length < 2)
            return null;

        var last = stages[^1];
        var needed = LibcOf(last, stages);
        if (needed == Libc.Unknown || targets.Any(target => LibcOf(target) == needed) || WithBases(last, stages).Any(Prepares))
            return null;

        foreach (var (from, arguments) in last.Copies)
        {
            if (!arguments.Contains("node_modules", StringComparison.Ordinal) || Find(from, stages) is not { } build)
                continue;

            var made = LibcOf(build, stages);
            if (made != Libc.Unknown && made != needed && WithBases(build, stages).Any(Prepares))
                return new Hit(build, last, needed);
        }

        return null;
    }

    private static bool IsDockerfile(WorkspaceFile file) => DockerStages.IsDockerfile(file.Name);

    private static bool Prepares(DockerStage stage) => stage.Runs.Any(run => Preparing.Any(word => run.Contains(word, StringComparison.Ordinal)));

    private static IEnumerable<DockerStage> WithBases(DockerStage stage, ImmutableArray<DockerStage> stages)
    {
        for (DockerStage? at = stage; at is not null; at = Find(at.Image, stages) is { } found && stages.IndexOf(found) < stages.IndexOf(at) ? found : null)
            yield return at;
    }

    private static DockerStage? Find(string name, ImmutableArray<DockerStage> stages) =>
        stages.FirstOrDefault(s => string.Equals(s.Name, name, StringComparison.OrdinalIgnoreCase)) ??
            (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < stages.Length ? stages[number] : null);

    private static Libc LibcOf(DockerStage stage, ImmutableArray<DockerStage> stages)
    {
        var image = WithBases(stage, stages).Last().Image;
        var isKnown = !image.Contains('$', StringComparison.Ordinal) || image.EndsWith("-alpine", StringComparison.Ordinal) || image.EndsWith("-slim", StringComparison.Ordinal);
        if (!isKnown)
            return Libc.Unknown;

        if (image.Contains("alpine", StringComparison.Ordinal))
            return Libc.Musl;

        var name = image.Split(':', '@')[0];
        return name is "node" or "debian" or "ubuntu" || name.StartsWith("gcr.io/distroless/nodejs", StringComparison.Ordinal) ? Libc.Glibc : Libc.Unknown;
    }

    // Prisma's documentation, "binaryTargets options".
    private static Libc LibcOf(string target) =>
        target.StartsWith("linux-musl", StringComparison.Ordinal) ? Libc.Musl
        : target.StartsWith("debian-", StringComparison.Ordinal) || target.StartsWith("linux-", StringComparison.Ordinal) ? Libc.Glibc
        : Libc.Unknown;

    private static bool IsWithoutEngine(Generator generator, ProjectFacts project) =>
        generator.PreviewFeatures.Contains("queryCompiler") || generator.Syntax.Properties.Any(p => p.Name.Text == "engineType") ||
        project.Repository.Packages.Any(p => p.Scripts.Any(s => NoEngine(s.Command))) ||
        project.Repository.Files.Any(f => IsDockerfile(f) && (f.Text is not { } text || NoEngine(text.Text)));

    private static bool NoEngine(string text) => WithoutEngine.Any(word => text.Contains(word, StringComparison.Ordinal));

    // Null where a variable sets it.
    private static ImmutableArray<string>? TargetsOf(Generator generator)
    {
        return generator.Syntax.Properties.LastOrDefault(p => p.Name.Text == "binaryTargets")?.Value switch
        {
            null => [Native],
            StringSyntax one => [one.Value],
            ArraySyntax many when many.Elements.All(e => e is StringSyntax) => [.. many.Elements.OfType<StringSyntax>().Select(e => e.Value)],
            _ => null,
        };
    }

    private static Observation Draft(Hit hit, ImmutableArray<string> targets, Generator generator, ProjectFacts project, WorkspaceFile file)
    {
        var (target, onArm) = hit.Needed == Libc.Musl
            ? ("linux-musl-openssl-3.0.x", "linux-musl-arm64-openssl-3.0.x")
            : ("debian-openssl-3.0.x", "linux-arm64-openssl-3.0.x");
        return new Observation
        {
            Title = $"{file.Path} copies a Prisma Client that has no engine for {hit.Last.Image}",
            Message = $"The last stage is based on {hit.Last.Image} and copies node_modules from a stage based on {hit.Build.Image}; " +
                $"binaryTargets is [{string.Join(", ", targets)}], which has no target for it.",
            Impact = "The application fails at its first query: Prisma Client could not locate the Query Engine.",
            Recommendation = $"Add {target} to binaryTargets (on ARM {onArm}), or base both stages on the same image.",
            Project = project.Name,
            Subject = new Subject(SubjectKind.File, file.Path),
            Expected = target,
            Found = string.Join(", ", targets),
            Locations = [new FindingLocation(LocationRole.Configuration, hit.Last.Location), new FindingLocation(LocationRole.Schema, generator.Location)],
            Effort = Effort.Small,
        };
    }
}
