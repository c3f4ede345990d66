using System.Collections.Immutable;
using System.Globalization;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Packages;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Projects;

/// <summary>Finds the version of Prisma that a folder uses: what a lock file installed, else what <c>package.json</c> asks for.</summary>
internal sealed class PrismaVersionFinder(FileTree tree)
{
    private static readonly string[] Packages = ["prisma", "@prisma/client"];

    /// <summary>The names of the files that tell it.</summary>
    public static ImmutableArray<string> FileNames => ["package.json", .. LockFiles];

    private static readonly string[] LockFiles = ["package-lock.json", "pnpm-lock.yaml", "yarn.lock", "bun.lock"];

    private readonly Dictionary<string, List<PrismaVersion>> _lockedVersions = new(StringComparer.Ordinal);

    /// <summary>The version that a folder uses; <see cref="PrismaVersion.Assumed"/> where nothing says it.</summary>
    public PrismaVersion Find(string folder)
    {
        var asked = Asked(folder);
        foreach (var lockFile in LockFiles.SelectMany(name => tree.FindUpward(name, folder)))
        {
            // A lock file may hold several versions, for several packages: the one of the major version that is asked for counts.
            var versions = LockedVersions(lockFile);
            var fitting = versions.Where(version => asked is null || (version.Major == asked.Major && version.Minor >= asked.Minor));
            if (fitting.MaxBy(version => (version.Major * 1000) + version.Minor) is { } locked)
            {
                return locked;
            }
        }

        return asked ?? PrismaVersion.Assumed;
    }

    private PrismaVersion? Asked(string folder)
    {
        foreach (var file in tree.FindUpward("package.json", folder))
        {
            var manifest = PackageManifestReader.Read(file);
            foreach (var package in Packages)
            {
                foreach (var dependency in manifest.Dependencies)
                {
                    if (dependency.Name == package && Parse(dependency.Range, dependency.Location) is { } version)
                    {
                        return version;
                    }
                }
            }
        }

        return null;
    }

    // Several projects may ask at once, and for the same large file.
    private List<PrismaVersion> LockedVersions(WorkspaceFile file)
    {
        lock (_lockedVersions)
        {
            if (!_lockedVersions.TryGetValue(file.Path, out var versions))
            {
                versions = file.Text is { } text ? ReadLockFile(text) : [];
                _lockedVersions.Add(file.Path, versions);
            }

            return versions;
        }
    }

    // Every lock file names package and version near each other, in one of these forms; reading them in full would take longer than all the rest.
    private static List<PrismaVersion> ReadLockFile(SourceText text)
    {
        var versions = new List<PrismaVersion>();
        foreach (var package in Packages)
        {
            // package-lock.json: "node_modules/prisma": {⏎ "version": "6.19.0"
            Collect($"node_modules/{package}\": {{", "\"version\": \"");

            // pnpm-lock.yaml: prisma@6.19.0: (quoted, or with a slash before it in older ones); bun.lock: ["prisma@6.19.0"
            Collect($" {package}@", "");
            Collect($"'{package}@", "");
            Collect($"/{package}@", "");
            Collect($"[\"{package}@", "");

            // yarn.lock: prisma@^6.0.0:⏎  version "6.19.0" (a colon instead of the blank in newer ones)
            Collect($"\n{package}@", "\n  version \"");
            Collect($"\n\"{package}@", "\n  version \"");
            Collect($"\n\"{package}@", "\n  version: ");
        }

        return versions;

        void Collect(string before, string between)
        {
            for (var i = text.Text.IndexOf(before, StringComparison.Ordinal); i >= 0; i = text.Text.IndexOf(before, i + 1, StringComparison.Ordinal))
            {
                var from = i + before.Length;
                if (between.Length > 0)
                {
                    var window = Math.Min(400, text.Text.Length - from);
                    var found = text.Text.IndexOf(between, from, window, StringComparison.Ordinal);
                    if (found < 0)
                    {
                        continue;
                    }

                    from = found + between.Length;
                }

                var end = from;
                while (end < text.Text.Length && (char.IsAsciiLetterOrDigit(text.Text[end]) || text.Text[end] is '.' or '-'))
                {
                    end++;
                }

                if (end > from && char.IsAsciiDigit(text.Text[from]) &&
                    Parse(text.Text[from..end], text.LocationOf(TextSpan.FromBounds(from, end))) is { } version)
                {
                    versions.Add(version);
                }
            }
        }
    }

    private static PrismaVersion? Parse(string range, SourceLocation location)
    {
        var start = range.AsSpan().IndexOfAnyInRange('0', '9');
        if (start < 0 || (start > 0 && range[..start].IndexOfAny(['/', '<', ':']) >= 0))
        {
            return null;
        }

        var parts = range[start..].Split('.', '-', ' ');
        var minor = parts.Length > 1 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        return int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major) ? new PrismaVersion(major, minor, range, location) : null;
    }
}
