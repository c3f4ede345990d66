using Plumbline.Prisma.Syntax;
using Plumbline.Prisma.Tests.Oracle;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Tests.Syntax;

public sealed class SchemaSyntaxTests
{
    [Fact]
    public void A_field_has_its_type_attributes_and_documentation()
    {
        var field = Assert.Single(Parse("model A {\n  /// The name.\n  name String? @db.VarChar(10) @map(\"n\") /// Shown.\n}\n").Blocks.Single().Fields);
        Assert.Equal("name", field.Name.Text);
        Assert.Equal((FieldTypeForm.Optional, "String"), (field.Type!.Form, field.Type.Name.Text));
        Assert.Equal(["db.VarChar", "map"], field.Attributes.Select(a => a.Name.Text));
        Assert.Equal("The name.\nShown.", field.Documentation);
    }

    [Theory]
    [InlineData("\"a\\n\\\"b\\\"\\u00e9\"", "a\n\"b\"é")]
    [InlineData("\"\\ud83d\\ude00\"", "😀")]
    [InlineData("\"\\/\\b\\f\\r\\t\"", "/\b\f\r\t")]
    public void Escapes_in_strings_are_those_of_JSON(string literal, string value)
    {
        var attribute = Parse($"model A {{\n  a String @default({literal})\n}}\n").Blocks.Single().Fields.Single().Attributes.Single();
        Assert.Equal(value, Assert.IsType<StringSyntax>(attribute.ArgumentsOrNone.Single().Value).Value);
    }

    [Fact]
    public void Values_may_be_nested()
    {
        var attribute = Parse("model A {\n  @@index([a(sort: Desc), b], where: { c: { not: null } }, x: -1.5)\n}\n").Blocks.Single().Attributes.Single().Attribute;
        var arguments = attribute.ArgumentsOrNone;
        Assert.Equal([null, "where", "x"], arguments.Select(a => a.Name?.Text));
        Assert.Equal("sort", Assert.IsType<CallSyntax>(Assert.IsType<ArraySyntax>(arguments[0].Value).Elements[0]).Arguments.Arguments.Single().Name!.Text);
        Assert.IsType<ObjectSyntax>(Assert.IsType<ObjectSyntax>(arguments[1].Value).Members.Single().Value);
        Assert.Equal("-1.5", Assert.IsType<NumberSyntax>(arguments[2].Value).Text);
    }

    [Theory]
    [InlineData("a: String", "Field declarations don't require a `:`.")]
    [InlineData("a String!", "Fields are required by default, `!` is no longer required.")]
    [InlineData("a [String]", "To specify a list, please use `Type[]` instead of `[Type]`.")]
    [InlineData("a String[]?", "Optional lists are not supported. Use either `Type[]` or `Type?`.")]
    [InlineData("a", "Error validating model \"A\": This field declaration is invalid. It is either missing a name or a type.")]
    [InlineData("+", "Error validating: This line is not a valid field or attribute definition.")]
    [InlineData("a String @default(\"\\x\")", "Unknown escape sequence. If the value is a windows-style path, `\\` must be escaped as `\\\\`.")]
    public void What_is_not_of_the_language_is_said_in_Prismas_words(string line, string message)
    {
        var diagnostic = Assert.Single(Parse($"model A {{\n  {line}\n}}\n").Diagnostics);
        Assert.Equal(("P1012", message, 2), (diagnostic.Code, diagnostic.Message, diagnostic.Location.Line));
    }

    [Fact]
    public void The_items_of_a_file_cover_all_of_it()
    {
        foreach (var file in SchemaFiles.Fixtures.SelectMany(SchemaFiles.Read))
        {
            var at = 0;
            foreach (var item in SchemaSyntax.Parse(file).Items)
            {
                Assert.True(string.IsNullOrWhiteSpace(file.Text[at..item.Span.Start]), "Between two items there are blanks only.");
                at = item.Span.End;
            }

            Assert.True(string.IsNullOrWhiteSpace(file.Text[at..]));
        }
    }

    private static SchemaSyntax Parse(string text) => SchemaSyntax.Parse(new SourceText("schema.prisma", text));
}
