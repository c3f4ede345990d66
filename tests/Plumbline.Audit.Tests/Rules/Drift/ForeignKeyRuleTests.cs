using Plumbline.Audit.Rules.Drift;

namespace Plumbline.Audit.Tests.Rules.Drift;

public sealed class ForeignKeyRuleTests
{
    [Fact]
    public void A_relation_without_a_foreign_key_is_told_at_the_relation() =>
        RuleTest.For<ForeignKeyRule>()
            .Posts(author: "[|author   User @relation(fields: [authorId], references: [id])|]")
            .Expect("high: Post: the foreign key on (authorId) is in the schema but no migration creates it");

    [Fact]
    public void A_foreign_key_without_a_relation_is_told_at_the_statement() =>
        RuleTest.For<ForeignKeyRule>()
            .Posts(
                author: null,
                foreignKey: """[|ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id")|];""")
            .Expect("high: Post: the migrations create the foreign key Post_authorId_fkey, but the schema has no such relation");

    [Fact]
    public void Another_name_alone_is_low() =>
        RuleTest.For<ForeignKeyRule>()
            .Posts(
                author: "[|author   User @relation(fields: [authorId], references: [id])|]",
                foreignKey: """ALTER TABLE "Post" ADD CONSTRAINT "fk_author" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;""")
            .Expect("low: Post: the foreign key fk_author has another name than the schema expects: Post_authorId_fkey");

    [Fact]
    public void Other_actions_are_another_rules_finding() =>
        RuleTest.For<ForeignKeyRule>()
            .Posts(
                author: "author   User @relation(fields: [authorId], references: [id])",
                foreignKey: """ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;""")
            .ExpectNothing();

    [Fact]
    public void Where_Prisma_keeps_the_relations_no_foreign_key_is_expected() =>
        RuleTest.For<ForeignKeyRule>()
            .Posts(
                author: "author   User @relation(fields: [authorId], references: [id])",
                configuration: """
                    datasource db {
                      provider     = "postgresql"
                      relationMode = "prisma"
                    }
                    """)
            .ExpectNothing();
}
