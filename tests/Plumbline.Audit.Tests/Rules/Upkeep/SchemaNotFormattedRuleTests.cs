using Plumbline.Audit.Rules.Upkeep;

namespace Plumbline.Audit.Tests.Rules.Upkeep;

public sealed class SchemaNotFormattedRuleTests
{
    [Fact]
    public void A_file_that_the_formatter_would_change_is_named() =>
        RuleTest.For<SchemaNotFormattedRule>()
            .Schema("[||]datasource db {\n  provider = \"postgresql\"\n}\n\nmodel User {\n  id Int @id\n  name      String\n}\n")
            .Expect("info: prisma/schema.prisma is not formatted");

    [Fact]
    public void A_formatted_file_is_fine() =>
        RuleTest.For<SchemaNotFormattedRule>()
            .Schema("datasource db {\n  provider = \"postgresql\"\n}\n\nmodel User {\n  id   Int    @id\n  name String\n}\n")
            .ExpectNothing();

    [Fact]
    public void A_file_with_syntax_errors_is_not_checked() =>
        RuleTest.For<SchemaNotFormattedRule>()
            .Schema("datasource db {\n  provider = \"postgresql\"\n}\n\nmodel User {\n  id Int @id\n  name\n")
            .ExpectNothing();
}
