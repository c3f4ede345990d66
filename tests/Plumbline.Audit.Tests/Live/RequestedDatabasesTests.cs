using Plumbline.Audit.Configuration;
using Plumbline.Audit.Connections;
using Plumbline.Audit.Live;
using Plumbline.Audit.Tests.Workspace;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Live;

public sealed class RequestedDatabasesTests
{
    [Theory]
    [InlineData("postgresql://app:secret@db.shop.dev/shop?schema=core", "postgresql://app:secret@db.shop.dev:5432/shop?schema=core", true)]
    [InlineData("postgresql://app:secret@db.shop.dev/shop", "postgresql://app:secret@db.shop.dev/other", false)]
    public void Projects_with_the_same_url_have_one_database(string first, string second, bool isOne)
    {
        const string schema = "datasource db {\n  provider = \"postgresql\"\n  url = env(\"DATABASE_URL\")\n}\n";
        using var repository = new TemporaryRepository()
            .Write("a/prisma/schema.prisma", schema).Write("a/.env", $"DATABASE_URL={first}\n")
            .Write("b/prisma/schema.prisma", schema).Write("b/.env", $"DATABASE_URL={second}\n");
        var workspace = repository.Open();
        Assert.Equal(2, workspace.Projects.Length);
        if (isOne)
            Assert.Equal("shop", RequestedDatabases.Choose(null, workspace, AuditConfiguration.Empty, ProcessEnvironment.Empty).Database);
        else
            Assert.Throws<InputException>(() => RequestedDatabases.Choose(null, workspace, AuditConfiguration.Empty, ProcessEnvironment.Empty));
    }
}
