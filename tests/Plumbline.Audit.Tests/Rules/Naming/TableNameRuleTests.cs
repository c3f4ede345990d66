using Plumbline.Audit.Rules.Naming;

namespace Plumbline.Audit.Tests.Rules.Naming;

public sealed class TableNameRuleTests
{
    [Fact]
    public void A_mapped_table_in_PascalCase_stands_out() =>
        RuleTest.For<TableNameRule>()
            .Schema("""
                model User {
                  id Int @id
                  @@map("app_users")
                }
                model Team {
                  id Int @id
                  @@map("app_teams")
                }
                model Line {
                  id Int @id
                  @@map("invoice_lines")
                }
                [|model Post|] {
                  id Int @id
                  @@map("BlogPosts")
                }
                """)
            .Expect("low: The table BlogPosts is not named in snake_case");

    [Fact]
    public void Models_without_a_map_are_left_to_another_rule() =>
        RuleTest.For<TableNameRule>()
            .Schema("""
                model User {
                  id Int @id
                  @@map("app_users")
                }
                model Team {
                  id Int @id
                  @@map("app_teams")
                }
                model Line {
                  id Int @id
                  @@map("invoice_lines")
                }
                model BlogPost {
                  id Int @id
                }
                """)
            .ExpectNothing();

    [Fact]
    public void One_word_fits_in() =>
        RuleTest.For<TableNameRule>()
            .Schema("""
                model User {
                  id Int @id
                  @@map("users")
                }
                model Team {
                  id Int @id
                  @@map("app_teams")
                }
                model Line {
                  id Int @id
                  @@map("invoice_lines")
                }
                model Post {
                  id Int @id
                  @@map("blog_posts")
                }
                """)
            .ExpectNothing();
}
