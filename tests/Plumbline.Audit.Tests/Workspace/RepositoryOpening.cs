using Plumbline.Audit.Configuration;
using Plumbline.Audit.Workspace;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Workspace;

internal static class RepositoryOpening
{
    public static Repository Open(this TemporaryRepository repository, AuditConfiguration? configuration = null) =>
        Repository.Open(repository.Root, configuration ?? AuditConfiguration.Empty, TestContext.Current.CancellationToken);
}
