using Plumbline.Testing;

namespace Plumbline.Hostile.Tests.Git;

/// <summary>A repository that a trick is played in, and a folder outside of it that nothing may be opened in.</summary>
internal sealed class TrickRepository : IDisposable
{
    // Git makes it once; each test gets a copy. A file's path with what it holds, and a folder's path without.
    private static readonly Lazy<IReadOnlyList<(string Path, byte[]? Content)>> Original = new(Make);

    private readonly string _folder = Directory.CreateTempSubdirectory("plumb-").FullName;

    /// <summary>Makes a repository with a schema and the migration that fits it.</summary>
    public TrickRepository()
    {
        Directory.CreateDirectory(Outside);
        Repository = new TemporaryRepository();
        foreach (var (path, content) in Original.Value)
        {
            _ = content is null ? Repository.Folder(path) : Repository.Write(path, content);
        }

        Repository.Git("update-index", "--refresh");
    }

    /// <summary>The repository.</summary>
    public TemporaryRepository Repository { get; private set; }

    /// <summary>The name of the folder outside: no path that is opened may contain it.</summary>
    public string Marker { get; } = "marker-" + Guid.NewGuid().ToString("N");

    /// <summary>Full path of the folder outside.</summary>
    public string Outside => Path.Combine(_folder, Marker);

    /// <summary>Whether a trap was run.</summary>
    public IEnumerable<string> Sprung => Directory.EnumerateFiles(_folder, "sprung-*").Select(Path.GetFileName)!;

    /// <summary>A file outside.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="text">What it holds.</param>
    public string File(string name, string text = "")
    {
        var path = Path.Combine(Outside, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    /// <summary>A program outside, which shows that it was run.</summary>
    /// <param name="name">Its name.</param>
    public string Trap(string name = "trap")
    {
        var path = File(name, $"#!/bin/sh\necho > '{_folder}/sprung-{Path.GetFileName(name)}'\n");
        System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    /// <summary>Sets a setting of the repository.</summary>
    public TrickRepository Set(string name, string value)
    {
        Repository.Git("config", "--add", name, value);
        return this;
    }

    /// <summary>Writes a file of the repository.</summary>
    public TrickRepository Write(string path, string text)
    {
        Repository.Write(path, text);
        return this;
    }

    /// <summary>Moves something of the repository outside, and puts a link in its place.</summary>
    public TrickRepository LinkOut(string path)
    {
        var target = Path.Combine(Outside, Path.GetFileName(path));
        var full = Repository.PathOf(path);
        if (Directory.Exists(full))
        {
            Directory.Move(full, target);
        }
        else
        {
            if (!System.IO.File.Exists(full))
            {
                Repository.Write(path, "");
            }

            System.IO.File.Move(full, target);
        }

        Repository.Link(path, target);
        return this;
    }

    /// <summary>Makes the objects of a file missing that only the last commit has.</summary>
    public TrickRepository LoseObject()
    {
        Write("prisma/gone.prisma", "// gone\n");
        Repository.Git("add", ".").Git("commit", "-q", "-m", "b");
        var id = Command.Run("git", ["rev-parse", "HEAD:prisma/gone.prisma"], folder: Repository.Root).EnsureSuccess().Output.Trim();
        System.IO.File.Delete(Repository.PathOf($".git/objects/{id[..2]}/{id[2..]}"));
        return this;
    }

    /// <summary>The same as an archive that was unpacked: other times and files, so that git's index knows none of them; and, where that is possible, another owner.</summary>
    public void Unpack()
    {
        var unpacked = new TemporaryRepository();
        Command.Run("sh", ["-c", "tar -C \"$0\" -cf - . | tar -C \"$1\" --touch -xf -", Repository.Root, unpacked.Root]).EnsureSuccess();
        if (Environment.IsPrivilegedProcess)
        {
            Command.Run("chown", ["-hR", "12345:12345", unpacked.Root]).EnsureSuccess();
        }

        Repository.Dispose();
        Repository = unpacked;
    }

    /// <summary>Forgets what was run.</summary>
    public void Reset()
    {
        foreach (var name in Sprung.ToList())
        {
            System.IO.File.Delete(Path.Combine(_folder, name));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Repository.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static List<(string Path, byte[]? Content)> Make()
    {
        using var repository = new TemporaryRepository()
            .Write("prisma/schema.prisma", TemporaryRepository.PostgreSql + "model users {\n  id Int @id\n}\n")
            .Write("prisma/migrations/20250101120000_init/migration.sql", "CREATE TABLE \"users\" (\"id\" INTEGER NOT NULL, CONSTRAINT \"users_pkey\" PRIMARY KEY (\"id\"));\n")
            .Write("prisma/migrations/migration_lock.toml", "provider = \"postgresql\"\n")
            .Git("init", "-q").Git("add", ".").Git("commit", "-q", "-m", "a")
            .Git("config", "user.name", "a").Git("config", "user.email", "a@example.org");
        return
        [
            .. Directory.GetDirectories(repository.Root, "*", SearchOption.AllDirectories).Select(folder => (Path.GetRelativePath(repository.Root, folder), (byte[]?)null)),
            .. Directory.GetFiles(repository.Root, "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) != ".sample")
                .Select(file => (Path.GetRelativePath(repository.Root, file), (byte[]?)System.IO.File.ReadAllBytes(file))),
        ];
    }
}
