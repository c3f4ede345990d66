using Plumbline.Audit.Facts;
using Plumbline.Audit.Views;
using Plumbline.Audit.Workspace;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Projects;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Tests.Views;

public sealed class SharedSchemaViewTests
{
    private const string Shop = """
        model Shop {
          id     String  @id
          name   String?
          orders Order[]

          @@map("shops")
        }

        model Order {
          id     String @id
          shop   Shop   @relation(fields: [shopId], references: [id])
          shopId String @map("shop_id")

          @@map("orders")
        }
        """;

    [Fact]
    public void Equal_models_agree() =>
        Assert.Equal(["Order orders agrees", "Shop shops agrees"], Build(Shop, Shop).SchemaComparison.Select(m => $"{m.Model} {m.Table} {m.Status}"));

    [Fact]
    public void A_model_that_lacks_fields_is_a_subset_and_says_which()
    {
        var shop = Build(Shop, Shop.Replace("  name   String?\n", "", StringComparison.Ordinal)).SchemaComparison.Single(m => m.Model == "Shop");

        Assert.Equal(("subset", true, "monitor lacks name."), (shop.Status, shop.AtRisk, shop.Why));
        var name = shop.Fields.Single(f => f.Name == "name");
        Assert.Equal("missing", name.Status);
        Assert.Equal([KeyValuePair.Create<string, string?>("app", "String?"), KeyValuePair.Create<string, string?>("monitor", null)], name.Types);
    }

    [Fact]
    public void A_field_of_another_type_differs()
    {
        var shop = Build(Shop, Shop.Replace("name   String?", "name   String", StringComparison.Ordinal)).SchemaComparison.Single(m => m.Model == "Shop");

        Assert.Equal(("differs", "The projects have different fields or types: name."), (shop.Status, shop.Why));
    }

    [Fact]
    public void A_column_under_two_field_names_is_one_column() =>
        Assert.Equal("agrees", Build(Shop, Shop.Replace("shopId String", "shopKey String", StringComparison.Ordinal).Replace("[shopId]", "[shopKey]", StringComparison.Ordinal)).SchemaComparison.Single(m => m.Model == "Order").Status);

    [Fact]
    public void A_model_that_only_one_project_has_is_missing_from_the_other()
    {
        var session = Build(Shop + "\n\nmodel Session {\n  id String @id\n}", Shop).SchemaComparison.Single(m => m.Model == "Session");

        Assert.Equal("missing", session.Status);
        Assert.Equal(["monitor"], session.MissingFrom);
    }

    [Fact]
    public void A_table_under_two_model_names_is_mapped()
    {
        var views = Build(Shop, Shop.Replace("model Shop", "model Store", StringComparison.Ordinal).Replace("Shop ", "Store ", StringComparison.Ordinal));

        Assert.Equal(["orders True", "shops False"], views.TableMappings.Select(m => $"{m.Table} {m.Agrees}"));
        Assert.Equal([KeyValuePair.Create("app", "Shop"), KeyValuePair.Create("monitor", "Store")], views.TableMappings[1].Names);
    }

    [Fact]
    public void Projects_with_other_tables_share_nothing()
    {
        var views = Build(Shop, "model Event {\n  id Int @id\n}");

        Assert.Empty(views.SchemaComparison);
        Assert.Empty(views.TableMappings);
    }

    private static AuditViews Build(string app, string monitor)
    {
        var workspace = new Repository { Root = "/repository", RepositoryRoot = "/repository", Projects = [ProjectOf("app", app), ProjectOf("monitor", monitor)] };
        return ViewBuilder.Build(new RepositoryFacts(workspace, AuditOptions.Default));
    }

    private static Project ProjectOf(string name, string schema) => new()
    {
        Name = name,
        SchemaPath = $"{name}/schema.prisma",
        SchemaFiles = [new WorkspaceFile(new SourceText($"{name}/schema.prisma", schema + "\n\ndatasource db {\n  provider = \"postgresql\"\n}\n"))],
        ExpectedMigrationsPath = $"{name}/migrations",
        Provider = "postgresql",
    };
}
