using Plumbline.Audit.Rules.Drift;

namespace Plumbline.Audit.Tests.Rules.Drift;

public sealed class ReferentialActionRuleTests
{
    [Fact]
    public void Another_action_on_delete_is_told_at_the_relation() =>
        RuleTest.For<ReferentialActionRule>()
            .Posts(
                author: "[|author   User @relation(fields: [authorId], references: [id])|]",
                foreignKey: """ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;""")
            .Expect("medium: Post: the foreign key Post_authorId_fkey is ON DELETE RESTRICT in the schema and ON DELETE CASCADE in the migrations");

    [Fact]
    public void The_action_that_Prisma_takes_by_itself_is_fine() =>
        RuleTest.For<ReferentialActionRule>()
            .Posts(
                author: "author   User @relation(fields: [authorId], references: [id])",
                foreignKey: """ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;""")
            .ExpectNothing();

    [Fact]
    public void An_optional_relation_sets_null_by_itself() =>
        RuleTest.For<ReferentialActionRule>()
            .Posts(
                author: "author   User? @relation(fields: [authorId], references: [id])",
                isOptional: true,
                foreignKey: """ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;""")
            .ExpectNothing();

    [Fact]
    public void NO_ACTION_refuses_a_delete_as_RESTRICT_does()
    {
        var finding = Assert.Single(RuleTest.For<ReferentialActionRule>()
            .Posts(
                author: "[|author   User @relation(fields: [authorId], references: [id])|]",
                foreignKey: """ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id");""")
            .Expect("low: Post: the foreign key Post_authorId_fkey is ON DELETE RESTRICT ON UPDATE CASCADE in the schema and ON DELETE NO ACTION ON UPDATE NO ACTION in the migrations"));
        Assert.StartsWith("Changing a key that is referenced acts differently", finding.Impact, StringComparison.Ordinal);
        Assert.DoesNotContain("clean up", finding.Fix!.Sql, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_name_is_part_of_the_same_difference()
    {
        var finding = Assert.Single(RuleTest.For<ReferentialActionRule>().With<ForeignKeyRule>()
            .Posts(
                author: "[|author   User @relation(fields: [authorId], references: [id])|]",
                foreignKey: """ALTER TABLE "Post" ADD CONSTRAINT "fk_author" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;""")
            .Expect("medium: Post: the foreign key fk_author is ON DELETE RESTRICT in the schema and ON DELETE CASCADE in the migrations"));
        Assert.StartsWith("ALTER TABLE public.\"Post\" DROP CONSTRAINT fk_author;", finding.Fix!.Sql, StringComparison.Ordinal);
        Assert.DoesNotContain("RENAME", finding.Fix.Sql, StringComparison.Ordinal);
    }
}
