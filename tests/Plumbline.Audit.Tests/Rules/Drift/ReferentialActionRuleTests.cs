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
            .Expect("medium: Post: the foreign key Post_authorId_fkey has ON DELETE RESTRICT in the schema and CASCADE in the migrations");

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
}
