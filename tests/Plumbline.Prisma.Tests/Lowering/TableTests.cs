using Plumbline.Prisma.Lowering;
using Plumbline.Schema.Model;

namespace Plumbline.Prisma.Tests.Lowering;

public sealed class TableTests
{
    private const string ManyToMany =
        """
        model Post {
          id   Int   @id
          tags Tag[]
        }
        model Tag {
          id    String @id @db.Uuid
          posts Post[]
        }
        """;

    [Theory]
    [InlineData("4.16.2", null, "_PostToTag_AB_unique _PostToTag_B_index")]
    [InlineData("5.22.0", null, "_PostToTag_AB_unique _PostToTag_B_index")]
    [InlineData("6.0", "_PostToTag_AB_pkey", "_PostToTag_B_index")]
    [InlineData("6.19.0", "_PostToTag_AB_pkey", "_PostToTag_B_index")]
    [InlineData("7.0", "_PostToTag_AB_pkey", "_PostToTag_B_index")]
    public void A_many_to_many_table_has_a_primary_key_since_Prisma_6(string version, string? primaryKey, string indexes)
    {
        var table = Assert.Single(Lowered.Schema(ManyToMany, new LoweringOptions { PrismaVersion = Version.Parse(version) }).Tables, t => t.ModelName is null);
        Assert.Equal(primaryKey, table.PrimaryKey?.Name);
        Assert.Equal(indexes, string.Join(' ', table.Indexes.Select(i => i.Name)));
    }

    [Fact]
    public void What_names_no_schema_lies_in_that_of_the_url()
    {
        var schema = Lowered.Schema(ManyToMany + "\nenum Kind {\n  A\n}\nmodel User {\n  id Int @id @default(autoincrement())\n  kind Kind @default(A)\n}", new LoweringOptions { DefaultSchema = "core" });
        Assert.All(schema.Tables, t => Assert.Equal("core", t.Name.Schema));
        Assert.Equal(["core"], schema.VisibleNamespaces!.Value);
        Assert.Equal(["core"], schema.Namespaces.Select(n => n.Name));
        var user = schema.Tables.Single(t => t.ModelName == "User");
        Assert.Equal(["nextval('core.\"User_id_seq\"'::regclass)", "'A'::core.\"Kind\""], user.Columns.Select(c => c.Default!.Text));
    }

    [Fact]
    public void A_many_to_many_table_references_both_keys_in_the_order_of_the_models_names()
    {
        var table = Lowered.Schema(ManyToMany).Tables.Single(t => t.Name.Name == "_PostToTag");
        Assert.Equal(["A integer", "B uuid"], table.Columns.Select(c => $"{c.Name} {c.Type}"));
        Assert.Equal(
            ["_PostToTag_A_fkey A public.Post Cascade Cascade", "_PostToTag_B_fkey B public.Tag Cascade Cascade"],
            table.ForeignKeys.Select(k => $"{k.Name} {k.Columns[0]} {k.ReferencedTable} {k.OnDelete} {k.OnUpdate}"));
    }

    [Theory]
    [InlineData("Int", "User", "", ReferentialAction.Restrict, ReferentialAction.Cascade)]
    [InlineData("Int?", "User?", "", ReferentialAction.SetNull, ReferentialAction.Cascade)]
    [InlineData("Int", "User?", "", ReferentialAction.Restrict, ReferentialAction.Cascade)]
    [InlineData("Int?", "User?", ", onDelete: NoAction, onUpdate: Restrict", ReferentialAction.NoAction, ReferentialAction.Restrict)]
    [InlineData("Int", "User", ", onDelete: SetDefault, onUpdate: SetNull", ReferentialAction.SetDefault, ReferentialAction.SetNull)]
    public void What_is_required_restricts_deletion_and_what_is_optional_becomes_null(
        string key, string relation, string actions, ReferentialAction onDelete, ReferentialAction onUpdate)
    {
        var schema = Lowered.Schema($$"""
            model User {
              id Int @id
              ps Post[]
            }
            model Post {
              id Int @id
              uid {{key}} @map("user_id")
              u {{relation}} @relation(fields: [uid], references: [id]{{actions}})
            }
            """);
        var foreignKey = Assert.Single(schema.Tables.Single(t => t.ModelName == "Post").ForeignKeys);
        Assert.Equal(("Post_user_id_fkey", "u", onDelete, onUpdate), (foreignKey.Name, foreignKey.FieldName, foreignKey.OnDelete, foreignKey.OnUpdate));
    }

    [Fact]
    public void Where_the_client_keeps_references_whole_there_are_no_foreign_keys()
    {
        var schema = Lowered.File($"datasource db {{\n  provider = \"postgresql\"\n  relationMode = \"prisma\"\n}}\n{ManyToMany}");
        Assert.Equal(3, schema.Tables.Length);
        Assert.All(schema.Tables, t => Assert.Empty(t.ForeignKeys));
    }

    [Fact]
    public void Keys_and_indexes_have_the_names_of_Prisma_cut_at_63_bytes()
    {
        var name = new string('a', 80);
        var table = Assert.Single(Lowered.Schema($"model M {{\n  id Int @id\n  c Int @unique\n  d String\n  @@index([d])\n  @@map(\"{name}\")\n}}\n").Tables);
        Assert.Equal(name[..63], table.Name.Name);
        Assert.Equal(name[..58] + "_pkey", table.PrimaryKey!.Name);
        Assert.Equal([name[..59] + "_idx", name[..59] + "_key"], table.Indexes.Select(i => i.Name));
    }

    [Fact]
    public void A_unique_field_is_a_unique_index_that_PostgreSQL_may_hold_as_a_constraint()
    {
        var index = Assert.Single(Assert.Single(Lowered.Schema("model M {\n  id Int @id\n  c Int @unique(sort: Desc)\n}\n").Tables).Indexes);
        Assert.True(index is { Name: "M_c_key", IsUnique: true, IsPrismaUnique: true, Keys: [{ Column: "c", IsDescending: true, NullsFirst: true }] });
    }

    [Theory]
    [InlineData("Json", "type: Gin", "", "gin", null)]
    [InlineData("Json", "type: Gin", "(ops: JsonbOps)", "gin", null)]
    [InlineData("Json", "type: Gin", "(ops: JsonbPathOps)", "gin", "jsonb_path_ops")]
    [InlineData("Int[]", "type: Gin", "(ops: ArrayOps)", "gin", null)]
    [InlineData("String @db.Inet", "type: Gist", "(ops: InetOps)", "gist", "inet_ops")]
    [InlineData("String @db.Inet", "type: SpGist", "(ops: InetOps)", "spgist", null)]
    [InlineData("String", "type: Hash", "", "hash", null)]
    [InlineData("String", "type: Brin", "(ops: TextBloomOps)", "brin", "text_bloom_ops")]
    [InlineData("DateTime", "type: Brin", "(ops: TimestampMinMaxOps)", "brin", null)]
    [InlineData("String", "type: BTree", "(ops: raw(\"text_pattern_ops\"))", "btree", "text_pattern_ops")]
    [InlineData("String", "type: BTree", "(ops: raw(\"text_ops\"))", "btree", null)]
    [InlineData("Role", "type: BTree", "(ops: raw(\"enum_ops\"))", "btree", null)]
    public void An_operator_class_is_told_where_it_is_not_the_default_one(string type, string arguments, string key, string method, string? operatorClass)
    {
        var table = Assert.Single(Lowered.Schema($"model M {{\n  id Int @id\n  f {type}\n  @@index([f{key}], {arguments})\n}}\nenum Role {{\n  A\n}}\n").Tables);
        var index = Assert.Single(table.Indexes);
        Assert.Equal((method, operatorClass), (index.Method, index.Keys[0].OperatorClass));
    }

    [Theory]
    [InlineData("{ b: true }", "(b = true)", true)]
    [InlineData("{ b: { not: false } }", "(b <> false)", true)]
    [InlineData("{ s: null }", "(\"S\" IS NULL)", true)]
    [InlineData("{ s: { not: null }, i: -5 }", "((\"S\" IS NOT NULL) AND (i = '-5'::integer))", true)]
    [InlineData("{ s: \"it's\" }", "(\"S\" = 'it''s'::text)", true)]
    [InlineData("{ d: \"2020-01-01T00:00:00Z\" }", "\"d\" = '2020-01-01T00:00:00Z'", false)]
    [InlineData("raw(\"i > 5\")", "i > 5", false)]
    public void A_partial_index_has_its_condition(string where, string expected, bool isCanonical)
    {
        var table = Assert.Single(Lowered.File($$"""
            generator client {
              provider        = "prisma-client"
              output          = "client"
              previewFeatures = ["partialIndexes"]
            }
            datasource db {
              provider = "postgresql"
            }
            model M {
              id Int      @id
              b  Boolean
              i  Int
              s  String?  @map("S")
              d  DateTime
              @@index([i], where: {{where}})
            }
            """).Tables);
        Assert.Equal(new SqlExpression(expected, isCanonical), Assert.Single(table.Indexes).Predicate);
    }

    [Fact]
    public void A_schema_speaks_of_the_database_schemas_that_its_datasource_lists()
    {
        var schema = Lowered.File("""
            datasource db {
              provider = "postgresql"
              schemas  = ["public", "auth", "unused"]
            }
            model User {
              id Int @id @default(autoincrement())
              r  Role @default(A)
              @@schema("auth")
            }
            enum Role {
              A
              @@schema("auth")
            }
            """);
        Assert.Equal(["auth", "public", "unused"], schema.VisibleNamespaces!.Value);
        Assert.Equal(["auth", "public"], schema.Namespaces.Select(n => n.Name));
        var table = Assert.Single(schema.Tables);
        Assert.Equal("auth.User", table.Name.ToString());
        Assert.Equal(["nextval('auth.\"User_id_seq\"'::regclass)", "'A'::auth.\"Role\""], table.Columns.Select(c => c.Default!.Text));
    }

    [Fact]
    public void A_view_is_known_but_is_no_table_and_has_no_foreign_keys()
    {
        var schema = Lowered.File("""
            generator client {
              provider        = "prisma-client"
              output          = "client"
              previewFeatures = ["views"]
            }
            datasource db {
              provider = "postgresql"
            }
            model User {
              id Int @id
              vs V[]
            }
            view V {
              id  Int @unique
              uid Int
              u   User @relation(fields: [uid], references: [id])
              @@map("v")
            }
            """);
        Assert.Equal("User", Assert.Single(schema.Tables).ModelName);
        var view = Assert.Single(schema.Views);
        Assert.Equal(("public.v", "V"), (view.Name.ToString(), view.ModelName));
        Assert.Equal(["id", "uid"], view.Columns.Select(c => c.Name));
    }

    [Fact]
    public void Ignored_models_and_fields_are_in_the_database()
    {
        var table = Assert.Single(Lowered.Schema("model M {\n  a Int\n  b Int\n  @@ignore\n}\n").Tables);
        Assert.True(table.IsIgnored);
        Assert.Equal(2, table.Columns.Length);
    }
}
