using Plumbline.Prisma.Lowering;
using Plumbline.Prisma.Printing;
using Plumbline.Prisma.Tests.Lowering;
using Plumbline.Schema.Model;

namespace Plumbline.Prisma.Tests.Printing;

public sealed class SchemaPrinterTests
{
    private static readonly Column Id = new() { Name = "id", Type = new ColumnType("integer"), IsNullable = false };

    private static readonly Table Users = new()
    {
        Name = new ObjectName("public", "users"),
        Columns = [Id],
        PrimaryKey = new KeyConstraint { Name = "users_pkey", Columns = ["id"] },
    };

    [Fact]
    public void Tables_with_references_become_models_with_both_sides_of_relations()
    {
        var posts = new Table
        {
            Name = new ObjectName("public", "posts"),
            Columns =
            [
                Id with { Default = new SqlExpression("nextval('posts_id_seq'::regclass)", true) },
                new Column { Name = "author id", Type = new ColumnType("integer") },
                new Column { Name = "title", Type = new ColumnType("character varying", Modifiers: "200"), IsNullable = false, Default = new SqlExpression("'it''s'::character varying", true) },
                new Column { Name = "created", Type = new ColumnType("timestamp with time zone", Modifiers: "6"), IsNullable = false, Default = new SqlExpression("now()", true) },
                new Column { Name = "tags", Type = new ColumnType("text", IsArray: true), Default = new SqlExpression("'{}'::text[]", true) },
                new Column { Name = "search", Type = new ColumnType("tsvector") },
            ],
            PrimaryKey = new KeyConstraint { Name = "pk", Columns = ["id"] },
            UniqueConstraints = [new KeyConstraint { Name = "posts_title_key", Columns = ["title"] }],
            Indexes = [new Index { Name = "posts_search_idx", Method = "gin", Keys = [new IndexKey { Column = "search" }] }],
            ForeignKeys =
            [
                new ForeignKey
                {
                    Name = "fk", Columns = ["author id"], ReferencedTable = Users.Name, ReferencedColumns = ["id"], OnDelete = ReferentialAction.Cascade, OnUpdate = ReferentialAction.NoAction,
                },
            ],
        };
        var schema = new DatabaseSchema
        {
            Tables = [posts, Users],
            Sequences = [new Sequence { Name = new ObjectName("public", "posts_id_seq"), OwnedByTable = posts.Name, OwnedByColumn = "id" }],
        };

        Assert.Equal(
            """
            generator client {
              provider = "prisma-client-js"
            }

            datasource db {
              provider = "postgresql"
            }

            model posts {
              id        Int                      @id(map: "pk") @default(autoincrement())
              author_id Int?                     @map("author id")
              title     String                   @unique @default("it's") @db.VarChar(200)
              created   DateTime                 @default(now()) @db.Timestamptz(6)
              tags      String[]                 @default([])
              search    Unsupported("tsvector")?
              users     users?                   @relation(fields: [author_id], references: [id], onDelete: Cascade, onUpdate: NoAction, map: "fk")

              @@index([search], type: Gin)
            }

            model users {
              id    Int     @id
              posts posts[]
            }

            """,
            SchemaPrinter.Print(schema));
    }

    [Fact]
    public void What_no_schema_can_say_stands_in_comments()
    {
        var table = Users with
        {
            Comment = "Who may come in.\nAll of them.",
            Columns =
            [
                Id with { Identity = IdentityKind.Always },
                new Column { Name = "twice", Type = new ColumnType("integer"), Generated = new SqlExpression("(id * 2)", true) },
            ],
            Checks = [new CheckConstraint { Name = "positive", Expression = new SqlExpression("(id > 0)", true) }],
            Indexes = [new Index { Name = "users_expr_idx", Keys = [new IndexKey { Expression = new SqlExpression("abs(id)", true) }] }],
            RowSecurity = true,
            Policies = [new Policy { Name = "own", Using = new SqlExpression("true", true) }],
        };
        var text = SchemaPrinter.Print(new DatabaseSchema
        {
            Tables = [table],
            Views = [new View { Name = new ObjectName("public", "v"), Definition = new SqlExpression(" SELECT 1;", true) }],
        });

        Assert.Contains(
            """
            /// Who may come in.
            /// All of them.
            /// Check positive: (id > 0)
            /// Row level security is on
            /// Policy own for All to public using true
            /// Index users_expr_idx USING btree ((abs(id)))
            model users {
              /// GENERATED ALWAYS AS IDENTITY
              id    Int  @id @default(autoincrement())
              /// Generated by the database: (id * 2)
              twice Int? @default(dbgenerated())
            }

            /// View public.v:  SELECT 1;
            """,
            text,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text", null, "lower('A'::text)", "String @default(dbgenerated(\"lower('A'::text)\"))")]
    [InlineData("text", null, "'a \"b\" \\'::text", """String @default("a \"b\" \\")""")]
    [InlineData("integer", null, "'-5'::integer", "Int @default(-5)")]
    [InlineData("numeric", "10,2", "1.50", "Decimal @default(1.50) @db.Decimal(10, 2)")]
    [InlineData("boolean", null, "true", "Boolean @default(true)")]
    [InlineData("boolean", null, "(NOT false)", "Boolean @default(dbgenerated(\"(NOT false)\"))")]
    [InlineData("jsonb", null, "'{}'::jsonb", "Json @default(\"{}\")")]
    [InlineData("bytea", null, @"'\x6869'::bytea", "Bytes @default(\"aGk=\")")]
    [InlineData("uuid", null, "gen_random_uuid()", "String @default(dbgenerated(\"gen_random_uuid()\")) @db.Uuid")]
    [InlineData("timestamp without time zone", "3", "'2020-01-01 00:00:00'::timestamp without time zone", "DateTime @default(\"2020-01-01T00:00:00Z\")")]
    [InlineData("time without time zone", null, "'01:02:03'::time without time zone", "DateTime @default(dbgenerated(\"'01:02:03'::time without time zone\")) @db.Time")]
    [InlineData("interval", null, "'1 day'::interval", "Unsupported(\"interval\") @default(dbgenerated(\"'1 day'::interval\"))")]
    public void A_default_that_would_not_come_back_as_it_is_stays_SQL(string type, string? modifiers, string value, string expected)
    {
        var column = new Column { Name = "c", Type = new ColumnType(type, Modifiers: modifiers), IsNullable = false, Default = new SqlExpression(value, true) };
        var printed = SchemaPrinter.Print(new DatabaseSchema { Tables = [Users with { Columns = [Id, column] }] });
        var line = Assert.Single(printed.Split('\n'), l => l.StartsWith("  c ", StringComparison.Ordinal));
        Assert.Equal($"c {expected}", string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Theory]
    [InlineData("2fa_codes", "fa_codes")]
    [InlineData("a-b c", "a_b_c")]
    [InlineData("名前", "unnamed")]
    [InlineData("String", "RenamedString")]
    [InlineData("new", "Renamednew")]
    public void A_table_whose_name_is_no_name_for_a_model_is_renamed_and_mapped(string table, string model)
    {
        var printed = SchemaPrinter.Print(new DatabaseSchema { Tables = [Users with { Name = new ObjectName("public", table) }] });
        Assert.Contains($"model {model} {{", printed, StringComparison.Ordinal);
        Assert.Contains($"@@map(\"{table}\")", printed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_without_a_key_is_ignored_by_the_client()
    {
        var printed = SchemaPrinter.Print(new DatabaseSchema { Tables = [Users with { PrimaryKey = null }] });
        Assert.Contains("@@ignore", printed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5.0")]
    [InlineData("7.0")]
    public void The_table_of_an_implicit_relation_becomes_lists_on_both_sides(string version)
    {
        var schema = Lowered.Schema(
            "model Post {\n  id Int @id\n  tags Tag[]\n  more Tag[] @relation(\"more\")\n}\nmodel Tag {\n  id Int @id\n  posts Post[]\n  others Post[] @relation(\"more\")\n}\n",
            new LoweringOptions { PrismaVersion = Version.Parse(version) });
        var printed = SchemaPrinter.Print(schema);
        Assert.DoesNotContain("model _", printed, StringComparison.Ordinal);
        Assert.Equal(["Post_PostToTag[]", "Post_more[]"], [.. from line in printed.Split('\n') where line.Contains("Post[]", StringComparison.Ordinal) select line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0] + "[]"]);
    }

    [Fact]
    public void Tables_of_the_same_name_in_two_schemas_are_two_models()
    {
        var printed = SchemaPrinter.Print(new DatabaseSchema { Tables = [Users with { Name = new ObjectName("auth", "users") }, Users] });
        Assert.Contains("schemas  = [\"auth\", \"public\"]", printed, StringComparison.Ordinal);
        Assert.Contains("model users {", printed, StringComparison.Ordinal);
        Assert.Contains("model public_users {", printed, StringComparison.Ordinal);
    }
}
