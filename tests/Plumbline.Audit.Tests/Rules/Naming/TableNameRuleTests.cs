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

    [Fact]
    public void The_numbers_add_up() =>
        Assert.Equal(
            "3 of 5 tables are named in PascalCase. The other exception has no @@map.",
            Assert.Single(RuleTest.For<TableNameRule>()
                .Schema("""
                    model User {
                      id Int @id
                    }
                    model Team {
                      id Int @id
                    }
                    model Line {
                      id Int @id
                    }
                    model OFAC {
                      id Int @id
                    }
                    [|model Post|] {
                      id Int @id
                      @@map("blog_posts")
                    }
                    """)
                .Expect("low: The table blog_posts is not named in PascalCase")).Message);
}
