namespace Plumbline.Testing;

/// <summary>A folder of packages from npm, installed at first use from its lock file.</summary>
internal static class NpmPackages
{
    private static readonly Lock Installing = new();

    /// <summary>Installs the packages where they are not there yet.</summary>
    /// <param name="folder">The folder with <c>package.json</c> and <c>package-lock.json</c>.</param>
    /// <param name="arguments">Arguments beside those of a plain <c>npm ci</c>.</param>
    /// <exception cref="InvalidOperationException">Node or npm is not there, or the packages could not be installed.</exception>
    public static void Install(string folder, params ReadOnlySpan<string> arguments)
    {
        lock (Installing)
        {
            // The test programs of several projects may run at once: one of them installs, the others wait.
            using var guard = OpenExclusively(Path.Combine(Path.GetTempPath(), $"plumb-{Path.GetFileName(folder)}.lock"));
            var installed = Path.Combine(folder, "node_modules", ".package-lock.json");
            if (File.Exists(installed) && File.GetLastWriteTimeUtc(installed) >= File.GetLastWriteTimeUtc(Path.Combine(folder, "package-lock.json")))
            {
                return;
            }

            Command.Run("npm", ["ci", "--no-audit", "--no-fund", .. arguments], folder: folder, timeout: TimeSpan.FromMinutes(5)).EnsureSuccess();
            File.SetLastWriteTimeUtc(installed, DateTime.UtcNow);
        }
    }

    private static FileStream OpenExclusively(string path)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (attempt < 3000)
            {
                Thread.Sleep(100);
            }
        }
    }
}
