using System.Globalization;

namespace Plumbline.Testing;

/// <summary>Where the programs of a PostgreSQL server lie.</summary>
/// <param name="Bin">The folder of <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c>.</param>
/// <param name="Libraries">The folder of the libraries that came with them; null where they use the system's.</param>
internal sealed record ServerPrograms(string Bin, string? Libraries)
{
    private const string Packaged = "/usr/lib/postgresql";

    // Installing takes seconds for one version and a minute for all: 'dotnet test' installs no more than it runs.
    private const int InstalledAtFirstUse = 18;

    /// <summary>The folder of the packages that bring servers.</summary>
    public static string PackageFolder => ProjectRoot.Combine("tests", "servers");

    /// <summary>Those on the path, else of Debian's packages version 15 before others.</summary>
    /// <exception cref="InvalidOperationException">There are none.</exception>
    public static ServerPrograms Default()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Concat(Directory.Exists(Packaged) ? Directory.GetDirectories(Packaged).OrderByDescending(f => f == $"{Packaged}/15").Select(f => Path.Combine(f, "bin")) : []);
        return folders.FirstOrDefault(IsComplete) is { } bin
            ? new ServerPrograms(bin, null)
            : throw new InvalidOperationException(
                "The tests need PostgreSQL's server programs (initdb, pg_ctl, postgres), version 15. On Debian or Ubuntu: apt-get install postgresql-15.");
    }

    /// <summary>Those of a version: of Debian's packages, else of npm's.</summary>
    /// <exception cref="InvalidOperationException">There are none.</exception>
    public static ServerPrograms OfVersion(int version)
    {
        var packaged = string.Create(CultureInfo.InvariantCulture, $"{Packaged}/{version}/bin");
        if (IsComplete(packaged))
        {
            return new ServerPrograms(packaged, null);
        }

        InvalidOperationException? failure = null;
        if (version == InstalledAtFirstUse)
        {
            try
            {
                NpmPackages.Install(PackageFolder, "--omit=optional", "--ignore-scripts");
            }
            catch (InvalidOperationException e)
            {
                failure = e;
            }
        }

        var native = Path.Combine(PackageFolder, "node_modules", string.Create(CultureInfo.InvariantCulture, $"pg{version}"), "native");
        var bin = Path.Combine(native, "bin");
        return IsComplete(bin)
            ? new ServerPrograms(bin, Path.Combine(native, "lib"))
            : throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"The tests need the server programs of PostgreSQL {version}, in {packaged} (on Debian or Ubuntu: apt-get install postgresql-{version}) or from npm: run 'eng/versions.sh {version}', which installs them in tests/servers. {failure?.Message}").TrimEnd(), failure);
    }

    /// <summary>How a shell calls a program.</summary>
    public string Call(string program) => (Libraries is null ? "" : $"LD_LIBRARY_PATH='{Libraries}' ") + $"'{Path.Combine(Bin, program)}'";

    /// <summary>These, where the server's own user can read them.</summary>
    /// <param name="folder">A folder that it can read.</param>
    // The packages lie in the checkout, which may lie where only its owner may look. Their script that makes the libraries' short names is run on the copy:
    // npm may be set not to run scripts.
    public ServerPrograms CopyTo(string folder)
    {
        if (Libraries is null)
        {
            return this;
        }

        var copy = Path.Combine(folder, "native");
        Command.Run("cp", ["-R", Path.GetDirectoryName(Bin)!, copy]).EnsureSuccess();
        Command.Run("chmod", ["-R", "a+rX", copy]).EnsureSuccess();
        Command.Run("node", [Path.Combine(Bin, "..", "..", "scripts", "hydrate-symlinks.js")], folder: folder).EnsureSuccess();
        return new ServerPrograms(Path.Combine(copy, "bin"), Path.Combine(copy, "lib"));
    }

    private static bool IsComplete(string folder) => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl"));
}
