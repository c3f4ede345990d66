using System.Globalization;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Packages;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Environments;

/// <summary>The Prisma packages in one package.json have different versions.</summary>
internal sealed class PrismaVersionMismatchRule : Rule
{
    private const string Cli = "prisma";
    private const string Client = "@prisma/client";

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "environment/prisma-version-mismatch",
        Title = "Prisma packages have different versions",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Repository],
        What = """
            `prisma`, `@prisma/client` and `@prisma/adapter-…` of one `package.json` whose version ranges do not overlap: different major versions, or
            different pinned versions. If a package has only the client, it is compared with `prisma` of the root. Ranges that overlap are left to the
            lock file. A `@prisma/client` that no generator writes to and no file imports is reported as unused instead.
            """,
        Why = "The CLI generates a client that does not match the installed runtime. Prisma warns about this, and code that depends on the difference fails.",
        Bad = """
            ```json
            { "dependencies": { "@prisma/client": "5.22.0" }, "devDependencies": { "prisma": "6.1.0" } }
            ```
            """,
        Good = """
            ```json
            { "dependencies": { "@prisma/client": "6.1.0" }, "devDependencies": { "prisma": "6.1.0" } }
            ```
            """,
        Fix = "Use the same version for all Prisma packages.",
        WhenOff = "Never: the versions belong together.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnRepository(Check);

    private static void Check(RepositoryFacts context, ObservationSink sink)
    {
        var root = context.Repository.Packages.FirstOrDefault(package => package.File.Folder.Length == 0);
        foreach (var package in context.Repository.Packages)
        {
            var cli = package.Dependencies.FirstOrDefault(IsCli) ?? root?.Dependencies.FirstOrDefault(IsCli);
            if (cli is null || VersionRange.Parse(cli.Range) is not { } expected)
                continue;

            foreach (var dependency in package.Dependencies)
            {
                if ((dependency.Name != Client && !dependency.Name.StartsWith("@prisma/adapter-", StringComparison.Ordinal)) ||
                    VersionRange.Parse(dependency.Range) is not { } found || found.Meets(expected))
                    continue;

                if (IsUnused(dependency, package, context))
                {
                    sink.Report(new Observation
                    {
                        Severity = Severity.Low,
                        Title = $"{dependency.Name} in {package.File.Path} is not used",
                        Message = $"No generator of the schema writes a client, and no file of the package imports {dependency.Name}. Its version {dependency.Range} does not match prisma {cli.Range} either.",
                        Impact = "Every install downloads a package that nothing uses.",
                        Recommendation = $"Remove {dependency.Name} from {package.File.Path}.",
                        Project = context.ProjectOf(package)?.Name,
                        Subject = new Subject(SubjectKind.Package, dependency.Name),
                        Locations = [new FindingLocation(LocationRole.Configuration, dependency.Location)],
                        Discriminator = package.File.Path,
                    });
                    continue;
                }

                sink.Report(new Observation
                {
                    Title = $"{dependency.Name} {dependency.Range} in {package.File.Path} and prisma {cli.Range} do not match",
                    Message = $"No version satisfies both {dependency.Range} and {cli.Range}.",
                    Impact = "prisma generate writes a client for a runtime other than the installed one.",
                    Recommendation = "Use the same version for both.",
                    Project = context.ProjectOf(package)?.Name,
                    Subject = new Subject(SubjectKind.Package, dependency.Name),
                    Locations =
                        [new FindingLocation(LocationRole.Configuration, dependency.Location), new FindingLocation(LocationRole.Configuration, cli.Location)],
                    Discriminator = package.File.Path,
                });
            }
        }
    }

    // Where the schemas generate no client, only an import can use the package.
    private static bool IsUnused(PackageDependency dependency, PackageManifest package, RepositoryFacts context) =>
        dependency.Name == Client && context.Projects.Any(p => p.Prisma is not null) &&
        !context.Projects.Any(p => p.Prisma?.Generators.Any(g => g.Provider?.Contains("client", StringComparison.Ordinal) == true) == true) &&
        !context.Repository.Under(package.File.Folder).Any(f => IsCode(f.Name) && Imports(f));

    private static bool IsCode(string name) => Path.GetExtension(name) is ".ts" or ".tsx" or ".mts" or ".cts" or ".js" or ".jsx" or ".mjs" or ".cjs" or ".vue" or ".svelte";

    // A file that could not be read may import it.
    private static bool Imports(WorkspaceFile file) =>
        file.Text?.Text is not { } text || (text.Contains("\"" + Client, StringComparison.Ordinal) || text.Contains("'" + Client, StringComparison.Ordinal));

    private static bool IsCli(PackageDependency dependency) => dependency.Name == Cli;

    // As npm reads x.y.z, ^x.y.z and ~x.y.z; whatever else is written (a tag, a catalog, a workspace) says nothing here.
    private sealed record VersionRange(char Sign, int Major, int Minor, int Patch)
    {
        public static VersionRange? Parse(string written)
        {
            var sign = written is ['^' or '~', ..] ? written[0] : '=';
            var parts = written.TrimStart('^', '~', 'v').Split('.');
            return parts.Length == 3 && Number(parts[0]) is { } major && Number(parts[1]) is { } minor && Number(parts[2]) is { } patch
                ? new VersionRange(sign, major, minor, patch)
                : null;

            static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        }

        // The higher of the two lower ends is the lowest version that can satisfy both.
        public bool Meets(VersionRange other)
        {
            var lowest = (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch)) >= 0 ? this : other;
            return Includes(lowest) && other.Includes(lowest);
        }

        private bool Includes(VersionRange version) => Sign switch
        {
            '^' => Major == version.Major && (Minor, Patch).CompareTo((version.Minor, version.Patch)) <= 0,
            '~' => Major == version.Major && Minor == version.Minor && Patch <= version.Patch,
            _ => (Major, Minor, Patch) == (version.Major, version.Minor, version.Patch),
        };
    }
}
