using System.Text;
using FsCheck.Fluent;
using Plumbline.Prisma.Binding;
using Plumbline.Prisma.Formatting;
using Plumbline.Prisma.Tests.Oracle;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Tests.Syntax;

/// <summary>Whatever a file holds, it is read in linear time, something clear is said about it, and nothing is thrown.</summary>
public sealed class HostileInputTests
{
    // In milliseconds: far more than any of it takes, on a machine that is busy.
    private const int Hang = 60_000;

    private const string Header = "datasource db {\n  provider = \"postgresql\"\n}\n\n";

    public static TheoryData<string, string> Texts => new()
    {
        { "nested parentheses", $"model A {{\n  id Int @id @default({new string('(', 100_000)})\n}}\n" },
        { "nested calls", $"model A {{\n  id Int @id @default({Repeat("f(", 100_000)})\n}}\n" },
        { "nested named arguments", $"model A {{\n  id Int @id @default({Repeat("f(a: ", 100_000)})\n}}\n" },
        { "nested brackets", $"model A {{\n  id Int @id @default({new string('[', 100_000)}{new string(']', 100_000)})\n}}\n" },
        { "nested objects", $"model A {{\n  id Int @id\n  @@index([id], where: {Repeat("{ a: ", 100_000)})\n}}\n" },
        { "an unterminated string", "model A {\n  id Int @id @default(\"never ends)\n}\n" },
        { "an unterminated comment", "/* never ends\nmodel A {\n  id Int @id\n}\n" },
        { "many unterminated comments", Repeat("/* a\n", 100_000) },
        { "an unterminated block", "model A {\n  id Int @id\n" },
        { "many unterminated blocks", Repeat("model A {\n", 100_000) },
        { "many unterminated blocks of all kinds", Repeat("model A {\nenum B {\ndatasource c {\n", 30_000) },
        { "many unterminated blocks with a brace that ends none", Repeat("model A {\n", 50_000) + "x }" },
        { "many braces", Repeat("}\n", 200_000) },
        { "many names", Repeat("a ", 500_000) },
        { "many attributes", $"model A {{\n  id Int {Repeat("@a.b ", 100_000)}\n  @@index([{Repeat("id,", 100_000)}id])\n}}\n" },
        { "many fields of types that are not there", $"model A {{\n{Repeat("  x Y\n", 50_000)}}}\n" },
        { "a long line", new string('x', 5_000_000) },
        { "control characters", "model A {\n  id\0 Int\u0001 @id\u001b\n}\n\0\0" },
        { "half a surrogate pair", "model A\ud800 {\n  id Int @id @default(\"\\ud800\")\n  \udc00 x\n}\n" },
        { "a byte order mark within", "\ufeffmodel A {\n  id Int @id\n}\n" },
    };

    [Theory(Timeout = Hang)]
    [MemberData(nameof(Texts))]
    public async Task It_is_read_to_its_end_and_something_is_said_about_it(string what, string text)
    {
        var schema = await Task.Run(() => Read(Header + text), TestContext.Current.CancellationToken);
        _ = await Task.Run(() => PrismaFormatter.Format(new SourceText("schema.prisma", Header + text)), TestContext.Current.CancellationToken);
        Assert.True(schema.HasErrors, $"Nothing is said about {what}.");
    }

    [Fact]
    public void A_binary_file_is_read_as_lines_that_are_not_of_the_language()
    {
        var bytes = new byte[200_000];
        new Random(1).NextBytes(bytes);
        Assert.True(Read(Encoding.UTF8.GetString(bytes)).HasErrors);
    }

    [Fact(Timeout = Hang)]
    public async Task Twenty_thousand_models_with_relations_are_read_to_their_end()
    {
        const int Models = 20_000;
        var text = new StringBuilder(Header);
        for (var i = 0; i < Models; i++)
        {
            var (next, before) = ((i + 1) % Models, (i + Models - 1) % Models);
            text.Append($$"""
                model M{{i}} {
                  id Int @id
                  nextId Int?
                  next M{{next}}? @relation("r{{i}}", fields: [nextId], references: [id])
                  back M{{before}}[] @relation("r{{before}}")
                  @@index([nextId])
                }

                """);
        }

        var schema = await Task.Run(() => Read(text.ToString()), TestContext.Current.CancellationToken);
        Assert.False(schema.HasErrors);
        Assert.Equal(Models, schema.Models.Count());
    }

    [Fact]
    public void Nothing_is_thrown_at_any_mutation_of_a_schema()
    {
        var texts = SchemaFiles.Fixtures.SelectMany(SchemaFiles.Read).Select(f => f.Text).ToArray();
        string[] scraps = ["(", ")", "[", "]", "{", "}", "\"", "\\", "@", "@@", ":", ",", ".", "/*", "*/", "//", "///", "\n", "\r", " ", "\t", "\0", "\ud800", "é", "model X {", "enum Y {\n", "?", "!", "-1", "null"];
        var edits = Gen.Elements(texts).SelectMany(text => Gen.Choose(0, text.Length).SelectMany(at => Gen.Choose(0, 40).SelectMany(length =>
            Gen.Elements(scraps).Select(scrap => text[..at] + scrap + text[Math.Min(text.Length, at + length)..]))));
        Check.Property(edits.SelectMany(a => edits.Select(b => a[..(a.Length / 2)] + b[(b.Length / 2)..])).ToArbitrary(), text =>
        {
            var schema = Read(text);
            var formatted = PrismaFormatter.Format(new SourceText("schema.prisma", text));
            return schema.Files.Length == 1 && formatted.EndsWith('\n');
        });
    }

    private static string Repeat(string text, int count) => new StringBuilder().Insert(0, text, count).ToString();

    private static PrismaSchema Read(string text) => PrismaSchema.Read([new SourceText("schema.prisma", text)]);
}
