using System.Diagnostics;
using System.Text;

namespace Plumbline.Audit.Tests;

/// <summary>A folder with files for one test, outside of every repository; gone when the test ends.</summary>
internal sealed class TemporaryRepository : IDisposable
{
    public const string PostgreSql = "datasource db {\n  provider = \"postgresql\"\n}\n";

    public TemporaryRepository(params ReadOnlySpan<string> paths)
    {
        Root = Directory.CreateTempSubdirectory("plumb-").FullName;
        foreach (var path in paths)
        {
            Write(path, path.EndsWith(".prisma", StringComparison.Ordinal) ? PostgreSql : "");
        }
    }

    public string Root { get; }

    public string PathOf(string path) => Path.Combine(Root, path);

    public TemporaryRepository Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    public TemporaryRepository Write(string path, byte[] bytes)
    {
        var full = PathOf(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, bytes);
        return this;
    }

    public TemporaryRepository Folder(string path)
    {
        Directory.CreateDirectory(PathOf(path));
        return this;
    }

    public TemporaryRepository Git(params ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo("git") { WorkingDirectory = Root, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (ReadOnlySpan<string>)["-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "init.defaultBranch=main", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, process.StandardError.ReadToEnd());
        return this;
    }

    public Workspace Open(Configuration? configuration = null) => Workspace.Open(Root, configuration ?? Configuration.Empty, TestContext.Current.CancellationToken);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
