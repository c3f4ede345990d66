using FsCheck.Fluent;
using Plumbline.Prisma.Binding;
using Plumbline.Prisma.Lowering;
using Plumbline.Prisma.Printing;
using Plumbline.Prisma.Tests.Oracle;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;
using Plumbline.Testing;

namespace Plumbline.Prisma.Tests.Lowering;

public sealed class BrokenSchemaTests
{
    private const string Attributes =
        """
        datasource db {
          provider   = "postgresql"
          schemas    = ["a", "public"]
          extensions = [citext(schema: "x"), "y"]
        }
        model A {
          id Int @id @default(autoincrement()) @db.Citext
          n  Int[] @default([1, "a", now()]) @db.Decimal(1, 2, 3) @unique(sort: Desc)
          d  DateTime @default("tomorrow") @db.VarChar(x)
          b  Bytes @default("not base64") @updatedAt
          j  Json @default("{") @map("")
          u  Unsupported("numeric(") @default(dbgenerated(""))
          e  E[] @default([X, Y])
          bs B[] @relation("r")
          b2 B @relation(fields: [nope, id], references: [id])
          b3 B? @relation(fields: [], references: [])
          @@id([id, id])
          @@unique([bs, nope])
          @@index([j(ops: raw("")), e(ops: TextOps, sort: Up)], type: Foo, where: { nope: { not: [1] }, id: now() })
          @@index([])
          @@map("")
        }
        model B {
          id Unsupported("") @id
          as A[] @relation("r")
        }
        model A {
          id Int
        }
        enum E {
          X @map("same")
          Y @map("same")
        }
        enum E {
        }
        """;

    [Fact]
    public void Mutants_of_schemas_are_lowered_to_what_is_sound_of_them()
    {
        var clinic = File.ReadAllText(ProjectRoot.Combine("tests", "Plumbline.Prisma.Tests", "Fixtures", "clinic.prisma"));
        foreach (var text in (string[])[clinic, Attributes])
        {
            var mutator = new SchemaMutator(20);
            IReadOnlyList<SourceText> original = [new SourceText("schema.prisma", text)];
            for (var i = 0; i < 600; i++)
            {
                // Every third mutant is made of a mutant of a mutant.
                var files = mutator.Next(original).Files;
                files = i % 3 == 0 ? mutator.Next(mutator.Next(files).Files).Files : files;
                AssertSound(SchemaLowering.Lower(PrismaSchema.Read(files)));
            }
        }
    }

    [Fact]
    public void Any_text_in_the_place_of_any_part_is_lowered() => Check.Property(
        ArbMap.Default.ArbFor<(string Text, int At, int Length)>(),
        input =>
        {
            var start = Math.Abs(input.At * 37 % Attributes.Length);
            var end = Math.Min(Attributes.Length, start + Math.Abs(input.Length % 20));
            AssertSound(Lowered.File(Attributes[..start] + input.Text + Attributes[end..]));
            AssertSound(Lowered.File(input.Text ?? ""));
            return true;
        });

    [Theory]
    [InlineData("(")]
    [InlineData("[")]
    [InlineData("{ a: ")]
    [InlineData("f(")]
    public void A_hundred_thousand_nested_parentheses_are_no_harm(string open) =>
        AssertSound(Lowered.Schema($"model M {{\n  id Int @id @default({string.Concat(Enumerable.Repeat(open, 100_000))}\n  u Unsupported(\"{new string('(', 100_000)}\")\n}}\n"));

    private static void AssertSound(DatabaseSchema schema)
    {
        Assert.Equal(schema.Tables.Length, schema.Tables.Select(t => t.Name).Distinct().Count());
        foreach (var table in schema.Tables)
        {
            var columns = table.Columns.Select(c => c.Name).ToHashSet();
            Assert.Equal(table.Columns.Length, columns.Count);
            Assert.Subset(columns, table.PrimaryKey?.Columns.ToHashSet() ?? []);
            Assert.Subset(columns, table.Indexes.SelectMany(i => i.Keys).Select(k => k.Column!).ToHashSet());
            Assert.Subset(columns, table.ForeignKeys.SelectMany(k => k.Columns).ToHashSet());
            Assert.All(table.ForeignKeys, k => Assert.Contains(schema.Tables, t => t.Name == k.ReferencedTable && k.ReferencedColumns.All(c => t.FindColumn(c) is not null)));
        }

        Assert.StartsWith("generator", SchemaPrinter.Print(schema), StringComparison.Ordinal);
    }
}
