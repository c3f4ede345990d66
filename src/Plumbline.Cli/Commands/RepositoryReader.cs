using Plumbline.Audit.Configuration;
using Plumbline.Audit.Workspace;
using Plumbline.Audit.Workspace.Files;

namespace Plumbline.Cli.Commands;

/// <summary>Opens the repository that a command audits.</summary>
internal static class RepositoryReader
{
    /// <summary>Opens a folder.</summary>
    /// <exception cref="InputException">It has nothing that could be audited: silence about it would look like agreement.</exception>
    public static Repository Open(string path, AuditConfiguration configuration, CancellationToken cancellation)
    {
        var repository = Repository.Open(path, configuration, cancellation);
        if (repository.Projects.IsEmpty)
        {
            throw new InputException(NothingFound(path, repository));
        }

        var migrations = repository.Projects.SelectMany(project => project.History?.Migrations ?? []);
        var files = repository.Projects.SelectMany(project => project.SchemaFiles).Concat(migrations.Select(migration => migration.Script).OfType<WorkspaceFile>()).ToList();
        return files.Count > 0 && files.All(file => file.Text is null) ? throw new InputException(files[0].Problem!) : repository;
    }

    private static string NothingFound(string path, Repository repository)
    {
        if (!repository.OtherProviderProjects.IsEmpty)
        {
            var named = string.Join(", ", repository.OtherProviderProjects.Select(project => $"{project.SchemaPath ?? project.ExpectedMigrationsPath} ({project.Provider})"));
            return $"{path} has no Prisma schema for PostgreSQL. Schemas for other databases are not read: {named}.";
        }

        if (!repository.UnsupportedProjects.IsEmpty)
        {
            return $"{path} has no Prisma schema that can be read. Contracts of Prisma 8 are not read yet: {string.Join(", ", repository.UnsupportedProjects.Select(project => project.Path))}.";
        }

        var nested = repository.NestedRepositories.IsEmpty
            ? ""
            : $" It contains other repositories; audit each by itself: {string.Join(", ", repository.NestedRepositories)}.";
        return repository.Files.IsEmpty && nested.Length == 0
            ? $"{path} is empty: there is nothing to audit."
            : $"{path} has neither a Prisma schema nor Prisma migrations.{nested} Name another folder, or name the schema in plumb.yaml under \"projects\".";
    }
}
