using System.Text;

namespace Plumbline.Testing;

/// <summary>A folder with files for one test, outside of every repository; gone when the test ends.</summary>
public sealed class TemporaryRepository : IDisposable
{
    /// <summary>A datasource for PostgreSQL.</summary>
    public const string PostgreSql = "datasource db {\n  provider = \"postgresql\"\n}\n";

    /// <summary>Makes a folder with some files: <c>.prisma</c> files with a datasource, others empty.</summary>
    public TemporaryRepository(params ReadOnlySpan<string> paths)
    {
        Root = Directory.CreateTempSubdirectory("plumb-").FullName;
        foreach (var path in paths)
        {
            Write(path, path.EndsWith(".prisma", StringComparison.Ordinal) ? PostgreSql : "");
        }
    }

    /// <summary>Full path of the folder.</summary>
    public string Root { get; }

    /// <summary>Full path of something in it.</summary>
    public string PathOf(string path) => Path.Combine(Root, path);

    /// <summary>Writes a file, and the folders that it lies in.</summary>
    public TemporaryRepository Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a file, and the folders that it lies in.</summary>
    public TemporaryRepository Write(string path, byte[] bytes)
    {
        var full = PathOf(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, bytes);
        return this;
    }

    /// <summary>Makes an empty folder.</summary>
    public TemporaryRepository Folder(string path)
    {
        Directory.CreateDirectory(PathOf(path));
        return this;
    }

    /// <summary>Makes a symbolic link.</summary>
    public TemporaryRepository Link(string path, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        File.CreateSymbolicLink(PathOf(path), target);
        return this;
    }

    /// <summary>Runs git in it.</summary>
    /// <exception cref="InvalidOperationException">Git refused.</exception>
    public TemporaryRepository Git(params ReadOnlySpan<string> arguments)
    {
        Command.Run("git", ["-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "init.defaultBranch=main", .. arguments], folder: Root).EnsureSuccess();
        return this;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Root, recursive: true);
}
