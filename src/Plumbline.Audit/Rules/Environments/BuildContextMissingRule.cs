using Plumbline.Audit.Configuration;
using Plumbline.Audit.Connections;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Workspace;
using Plumbline.Audit.Workspace.Containers;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Rules.Environments;

/// <summary>A service of Docker Compose is built from a folder that does not exist.</summary>
internal sealed class BuildContextMissingRule : Rule
{
    // The output of build steps is not committed.
    private static readonly string[] Generated = ["dist", "build", "out", "output", "node_modules", "target", "tmp", "vendor", "generated", ".next", ".output"];
    private static readonly string[] Data = ["template", "templates", "fixture", "fixtures", "__fixtures__", "test", "tests", "example", "examples"];

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "environment/build-context-missing",
        Title = "A Docker Compose service is built from a folder that does not exist",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Repository],
        What = """
            `build` and `build.context` of services in Docker Compose files that name a folder with no file in the repository, neither relative to the Compose file nor to the root. URLs,
            paths with variables, paths outside the repository and folders for generated files are ignored.
            """,
        Why = "`docker compose up` and `docker compose build` stop with `unable to prepare context: path not found`, even for someone who needs only the database in the same file.",
        Bad = """
            ```yaml
            services:
              worker:
                build: ./services/worker # moved to apps/worker
            ```
            """,
        Good = """
            ```yaml
            services:
              worker:
                build: ./apps/worker
            ```
            """,
        Fix = "Correct the path, or remove the service.",
        WhenOff = "When another step creates the folder before Compose runs.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnRepository(Check);

    private static void Check(RepositoryFacts context, ObservationSink sink)
    {
        foreach (var file in context.Repository.Files)
        {
            if (!ConnectionFiles.IsCompose(file.Path) || file.Folder.Split('/').Any(folder => Data.Contains(folder, StringComparer.OrdinalIgnoreCase)) || file.Text is not { } text)
                continue;

            foreach (var missing in ContainerFileReader.Read(text).Builds.Where(build => IsMissing(build, file, context.Repository)).GroupBy(build => build.Context, StringComparer.Ordinal))
            {
                var services = string.Join(", ", missing.Select(build => build.Service));
                sink.Report(new Observation
                {
                    Title = $"{file.Path} builds {services} from {missing.Key}, which does not exist",
                    Message = $"The repository has no file in {RelativePath.Resolve(file.Folder, missing.Key)}.",
                    Impact = "docker compose up stops with \"unable to prepare context: path not found\".",
                    Recommendation = "Correct the path, or remove the service.",
                    Project = context.ProjectOf(file.Path)?.Name,
                    Subject = new Subject(SubjectKind.File, RelativePath.Resolve(file.Folder, missing.Key)!),
                    Locations =
                    [
                        .. missing.Select(build => new FindingLocation(
                            LocationRole.Configuration, new SourceLocation(file.Path, build.Line, build.Column, build.Line, build.EndColumn))),
                    ],
                    Discriminator = services,
                });
            }
        }
    }

    private static bool IsMissing(ContainerBuild build, WorkspaceFile file, Repository repository)
    {
        var written = build.Context;
        if (written.Length == 0 || written[0] is '~' or '/' || written.IndexOfAny(['$', '{', ':', '*']) >= 0 || written.StartsWith("git@", StringComparison.Ordinal))
            return false;

        // Behind several -f options, paths are relative to the first file, which mostly lies in the root.
        return IsAbsent(RelativePath.Resolve(file.Folder, written), repository) && IsAbsent(RelativePath.Resolve("", written), repository, orOutside: true);
    }

    private static bool IsAbsent(string? folder, Repository repository, bool orOutside = false) =>
        folder is null
            ? orOutside
            : folder.Length > 0 && !folder.Split('/').Any(part => Generated.Contains(part, StringComparer.OrdinalIgnoreCase)) &&
                !repository.HasAt(folder) && !repository.IsUnread(folder) &&
                !repository.NestedRepositories.Any(nested => RelativePath.IsWithin(folder, nested));
}
