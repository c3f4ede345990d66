using Plumbline.Audit.Configuration;
using Plumbline.Audit.Workspace;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Projects;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Workspace;

public sealed class NearbyListingTests
{
    private const string Migration = "prisma/migrations/1_a/migration.sql";

    [Fact]
    public void Tracked_files_that_are_wanted_and_still_there_are_listed()
    {
        using var repository = Tracked();
        File.Delete(repository.PathOf("packages/b/package.json"));
        Assert.Equal(["packages/a/" + Migration, "packages/a/prisma/schema.prisma", "packages/b/.env.example"], List(repository, "packages/a/prisma"));
    }

    [Fact]
    public void New_files_around_a_source_are_listed_unless_git_ignores_them()
    {
        using var repository = Tracked().Write(".gitignore", "*.local\nbuild/\n").Write("docker-compose.yml", "").Write(".env.local", "").Write(".github/workflows/ci.yml", "").Write("packages/a/prisma.config.ts", "").Write("packages/b/compose.yml", "");
        Assert.Equal(
            [".github/workflows/ci.yml", "docker-compose.yml", "packages/a/prisma.config.ts"],
            List(repository, "packages/a/prisma").Except(List(Tracked(), "packages/a/prisma")));
    }

    [Fact]
    public void Without_an_index_git_is_asked()
    {
        using var repository = new TemporaryRepository("prisma/schema.prisma", "a.ts").Git("init", "-q");
        Assert.Equal(["prisma/schema.prisma"], List(repository, "prisma"));
    }

    [Fact]
    public void The_projects_are_those_of_the_whole_repository()
    {
        using var repository = new TemporaryRepository("a/prisma/schema.prisma", "b/db/models/base.prisma", "c/other/notes.ts", "b/db/migrations/migration_lock.toml")
            .Write("a/" + Migration, "CREATE TABLE core.x (id int);\nCREATE TABLE x (id int);\n").Write("b/db/migrations/1_b/migration.sql", "SELECT 1;\n")
            .Write("a/package.json", """{ "name": "a", "dependencies": { "prisma": "5.1.0" } }""").Write("b/package.json", """{ "name": "b", "prisma": { "schema": "db/models" } }""")
            .Write("compose.yml", "services:\n  db:\n    image: postgres:16\n").Write("b/supabase/config.toml", "").Write("b/.env", "DATABASE_URL=postgresql://u@h/d?schema=b\n").Git("init", "-q").Git("add", ".");
        var whole = repository.Open();
        var near = RepositoryOpener.Open(
            DiskFiles.Instance, repository.Root, repository.Root, DiskFiles.Instance.ListAround(repository.Root, [repository.PathOf("a")], ProjectFiles.IsWanted, TestContext.Current.CancellationToken), AuditConfiguration.Empty);
        Assert.Equal(Describe(whole), Describe(near));
        Assert.Equal((whole.Platform, whole.PostgreSqlVersion), (near.Platform, near.PostgreSqlVersion));
        Assert.Equal(2, whole.Projects.Length);
    }

    private static IEnumerable<(string, string?, string?, string, string)> Describe(Repository repository) => repository.Projects.Select(project =>
        (project.Name, project.SchemaPath, project.History?.Path, project.DefaultSchema.Name, project.PrismaVersion.Text));

    private static TemporaryRepository Tracked() =>
        new TemporaryRepository("packages/a/prisma/schema.prisma", "packages/a/" + Migration, "packages/b/package.json", "packages/b/.env.example", "packages/b/index.ts").Git("init", "-q").Git("add", ".");

    private static IEnumerable<string> List(TemporaryRepository repository, string folder) =>
        NearbyListing.Of(repository.Root, [repository.PathOf(folder)], ProjectFiles.IsWanted, new TreeBoundary(repository.Root), TestContext.Current.CancellationToken).Paths;
}
