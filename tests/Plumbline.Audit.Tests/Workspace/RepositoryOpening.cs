using Plumbline.Testing;

namespace Plumbline.Audit.Tests;

internal static class RepositoryOpening
{
    public static Workspace Open(this TemporaryRepository repository, Configuration? configuration = null) =>
        Workspace.Open(repository.Root, configuration ?? Configuration.Empty, TestContext.Current.CancellationToken);
}
