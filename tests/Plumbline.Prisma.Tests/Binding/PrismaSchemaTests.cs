using Plumbline.Prisma.Binding;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Prisma.Syntax;
using Plumbline.Prisma.Tests.Oracle;
using Plumbline.Schema.Text;
using Plumbline.Testing;

namespace Plumbline.Prisma.Tests.Binding;

public sealed class PrismaSchemaTests
{
    private static readonly PrismaSchema Clinic = Read(ProjectRoot.Combine("tests", "Plumbline.Prisma.Tests", "Fixtures", "clinic.prisma"));
    private static readonly PrismaSchema Shop = Read(ProjectRoot.Combine("tests", "Plumbline.Prisma.Tests", "Fixtures", "shop"));

    [Fact]
    public void The_fixtures_are_valid()
    {
        Assert.Empty(Clinic.Diagnostics);
        Assert.DoesNotContain(Shop.Diagnostics, d => d.Severity == DiagnosticSeverity.Error);
    }

    [Fact]
    public void A_datasource_has_its_provider_urls_and_extensions()
    {
        var datasource = Clinic.Datasource!;
        Assert.True(datasource.IsPostgreSql);
        Assert.Equal(("DATABASE_URL", "DIRECT_URL"), (datasource.Url!.EnvironmentVariable, datasource.DirectUrl!.EnvironmentVariable));
        Assert.Equal(
            [("citext", "citext", null, null), ("pgcrypto", "pgcrypto", "public", "1.3"), ("uuid_ossp", "uuid-ossp", null, null)],
            datasource.Extensions.Select(e => (e.Name, e.DatabaseName, e.Schema, e.Version)));
        Assert.Equal((RelationMode.Prisma, "sales stock"), (Shop.RelationMode, string.Join(' ', Shop.Datasource!.Schemas)));
    }

    [Fact]
    public void Files_of_a_folder_make_one_schema()
    {
        Assert.Equal(["Customer", "Address", "Order", "OrderLine", "Product", "Category"], Shop.Models.Select(m => m.Name));
        Assert.Equal("sales/order.prisma", Shop.Enums.Single().Source.Path);
        Assert.Equal("stock", Shop.Models.Single(m => m.Name == "Product").SchemaName);
    }

    [Theory]
    [InlineData("email", "user_email_unique")]
    [InlineData("role,createdAt", "user_role_created")]
    [InlineData("createdAt", "users_created_at_idx")]
    public void An_index_has_its_fields_and_its_name(string fields, string name) =>
        Assert.Equal(name, User.Indexes.First(i => string.Join(',', i.Fields.Select(f => f.Field.Name)) == fields).DatabaseName);

    [Fact]
    public void An_index_has_its_type_operator_class_sort_and_predicate()
    {
        var settings = User.Indexes.Single(i => i.Fields is [{ Field.Name: "settings" }]);
        Assert.Equal((IndexAlgorithm.Gin, new OperatorClass("JsonbPathOps", IsRaw: false)), (settings.Algorithm!.Value, settings.Fields[0].OperatorClass));
        Assert.Equal(SortOrder.Descending, User.Indexes.Single(i => i.MappedName == "user_role_created").Fields[1].Sort);
        Assert.Equal("\"deletedAt\" IS NULL", Assert.IsType<RawIndexPredicate>(User.Indexes.Single(i => i.ClientName == "person").Where).Sql);
        var conditions = Assert.IsType<ObjectIndexPredicate>(User.Indexes.Single(i => i.MappedName == "user_live_manager").Where).Conditions;
        Assert.Equal([("deletedAt", "null"), ("active", "true")], conditions.Select(c => (c.Field.Name, ((ConstantSyntax)c.Value).Text)));
    }

    [Fact]
    public void A_default_is_what_its_field_can_hold()
    {
        Assert.Equal("gen_random_uuid()", Assert.IsType<FunctionDefault>(User.FindField("id")!.Default).Text);
        Assert.Equal("PATIENT", Assert.IsType<EnumDefault>(User.FindField("role")!.Default).Value.Name);
        Assert.Equal(3, Assert.IsType<ListDefault>(User.FindField("scores")!.Default).Elements.Length);
        Assert.Equal("-1.5", Assert.IsType<NumberSyntax>(Assert.IsType<LiteralDefault>(User.FindField("ratio")!.Default).Value).Text);
    }

    [Fact]
    public void A_native_type_has_its_arguments() => Assert.Equal("Decimal(10,2)", User.FindField("balance")!.NativeType!.ToString());

    [Theory]
    [InlineData("Management", RelationKind.OneToMany, "User.manager", "User.reports", "user_manager_fk")]
    [InlineData("Friends", RelationKind.ImplicitManyToMany, "User.friendOf", "User.friends", null)]
    [InlineData("ProfileToUser", RelationKind.OneToOne, "Profile.user", "User.profile", "Profile_userId_fkey")]
    [InlineData("Follow", RelationKind.OneToOne, "Visit.follows", "Visit.followed", "Visit_followsId_fkey")]
    [InlineData("GroupToTag", RelationKind.ImplicitManyToMany, "Group.tags", "Tag.groups", null)]
    [InlineData("ItemToNote", RelationKind.OneToMany, "Note.item", "Item.notes", "Note_visitId_line_fkey")]
    public void A_relation_has_both_its_sides(string name, RelationKind kind, string sideA, string sideB, string? foreignKey)
    {
        var relation = Clinic.Relations.Single(r => r.Name == name);
        Assert.Equal((kind, sideA, sideB, foreignKey), (relation.Kind, relation.FieldA!.ToString(), relation.FieldB!.ToString(), relation.ForeignKeyName));
    }

    [Fact]
    public void A_block_that_is_not_closed_hides_no_other()
    {
        var schema = Read(("schema.prisma", """
            model A {
              id Int @id
              b  B?

            model B {
              id Int @id
              a  A   @relation(fields: [id], references: [id])
            }

            enum C {
              X
              Y

            """));
        Assert.Equal(["A", "B"], schema.Models.Select(m => m.Name));
        Assert.Equal(["X", "Y"], schema.Enums.Single().Values.Select(v => v.Name));
        Assert.Equal(RelationKind.OneToOne, schema.Relations.Single().Kind);
        Assert.Equal("schema.prisma:5:1", schema.Diagnostics[0].Location.ToString());
    }

    [Fact]
    public void Names_that_are_cut_keep_their_suffix()
    {
        var table = new string('é', 40);
        Assert.Equal(new string('é', 29) + "_pkey", ConstraintNames.PrimaryKey(table));
        Assert.Equal(63, ConstraintNames.Index(new string('x', 80), ["a"]).Length);
    }

    [Theory]
    [InlineData("metrics")]
    [InlineData("tracing")]
    [InlineData("interactiveTransactions")]
    public void Preview_features_of_earlier_versions_are_accepted(string feature)
    {
        var schema = Read(("schema.prisma", $"generator client {{\n  provider = \"prisma-client-js\"\n  previewFeatures = [\"{feature}\"]\n}}\n"));
        Assert.False(schema.HasErrors);
    }

    private static Model User => Clinic.Models.Single(m => m.Name == "User");

    private static PrismaSchema Read(string path) => PrismaSchema.Read(SchemaFiles.Read(path));

    private static PrismaSchema Read(params (string Path, string Text)[] files) => PrismaSchema.Read([.. files.Select(f => new SourceText(f.Path, f.Text))]);
}
