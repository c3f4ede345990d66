using Plumbline.Audit.Workspace.Files;
using Plumbline.Cli.Tests;
using Plumbline.Testing;

namespace Plumbline.Hostile.Tests.Files;

/// <summary>Files that change while they are read: what is opened is what was looked at, and what has gone is reported.</summary>
public sealed class ChangingFileTests : IDisposable
{
    private const string Path = "prisma/migrations/20250101120000_init/migration.sql";

    private readonly TemporaryRepository _outside = new TemporaryRepository().Write("migration.sql", "secret_marker").Write("20250101120000_init/migration.sql", "secret_marker");
    private readonly TemporaryRepository _repository = new TemporaryRepository()
        .Write("prisma/schema.prisma", TemporaryRepository.PostgreSql + "model users {\n  id Int @id\n}\n")
        .Write(Path, "CREATE TABLE \"users\" (\"id\" INTEGER NOT NULL, CONSTRAINT \"users_pkey\" PRIMARY KEY (\"id\"));\n")
        .Write("prisma/migrations/migration_lock.toml", "provider = \"postgresql\"\n");

    /// <inheritdoc/>
    public void Dispose()
    {
        _outside.Dispose();
        _repository.Dispose();
    }

    // The folder of a file was looked at before, and is a link when the file is opened.
    [Theory]
    [InlineData(Path, "migration.sql")]
    [InlineData("prisma/migrations/20250101120000_init", "20250101120000_init")]
    [InlineData("prisma/migrations", "")]
    public void A_link_that_takes_the_place_of_what_was_looked_at_is_not_followed(string replaced, string target)
    {
        var files = DiskFiles.Instance.Within(_repository.Root);
        Assert.NotNull(files.Read(Path, _repository.PathOf(Path)).Text);
        Assert.True(files.MayHold(_repository.PathOf(Path), new FileWords(1 << 20, "users")));

        var full = _repository.PathOf(replaced);
        if (File.Exists(full))
        {
            File.Delete(full);
        }
        else
        {
            Directory.Delete(full, recursive: true);
        }

        File.CreateSymbolicLink(full, _outside.PathOf(target));
        var content = files.Read(Path, _repository.PathOf(Path));
        Assert.Null(content.Text);
        Assert.Equal("The file is a link that leads outside the repository.", content.Problem!.Message);
        Assert.False(files.MayHold(_repository.PathOf(Path), new FileWords(1 << 20, "secret_marker")));
    }

    [Fact]
    public async Task Files_that_come_and_go_while_the_audit_runs()
    {
        using var end = new CancellationTokenSource();
        var change = Task.Run(() => Change(end.Token), TestContext.Current.CancellationToken);
        for (var i = 0; i < 60; i++)
        {
            var result = i % 2 == 0 ? Plumb.Run("audit", _repository.Root, "--verbose") : Plumb.Run("inspect", _repository.PathOf("prisma/migrations"));
            Assert.InRange(result.ExitCode, 0, 2);
            Assert.DoesNotContain("bug in plumb", result.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("secret_marker", result.Output + result.Error, StringComparison.Ordinal);
        }

        await end.CancelAsync();
        await change;
    }

    private void Change(CancellationToken end)
    {
        var (file, link, folder, aside) = (_repository.PathOf(Path), _outside.PathOf("migration.sql"), _repository.PathOf("prisma/migrations/20250101120000_init"), _repository.PathOf("aside"));
        var text = File.ReadAllBytes(file);
        while (!end.IsCancellationRequested)
        {
            File.Delete(file);
            File.CreateSymbolicLink(file, link);
            File.Delete(file);
            File.WriteAllBytes(file, []);
            File.WriteAllBytes(file, text);
            Directory.Move(folder, aside);
            File.CreateSymbolicLink(folder, _outside.PathOf("20250101120000_init"));
            File.Delete(folder);
            Directory.Move(aside, folder);
        }
    }
}
