using Plumbline.Audit.Rules.Naming;

namespace Plumbline.Audit.Tests.Rules.Naming;

public sealed class ColumnNameRuleTests
{
    [Fact]
    public void A_table_in_another_convention_is_found() =>
        RuleTest.For<ColumnNameRule>()
            .Schema("""
                model A {
                  id Int @id
                  createdAt DateTime @map("created_at")
                  updatedAt DateTime @map("updated_at")
                }
                model B {
                  id Int @id
                  createdAt DateTime @map("created_at")
                  updatedAt DateTime @map("updated_at")
                }
                model C {
                  id Int @id
                  createdAt DateTime @map("created_at")
                  updatedAt DateTime @map("updated_at")
                }
                [|model D|] {
                  id Int @id
                  createdAt DateTime
                  updatedAt DateTime
                }
                """)
            .Expect("low: The columns of D are named in camelCase, not in snake_case");

    [Fact]
    public void A_table_with_a_mixture_is_left_to_another_rule() =>
        RuleTest.For<ColumnNameRule>()
            .Schema("""
                model A {
                  id Int @id
                  createdAt DateTime @map("created_at")
                  updatedAt DateTime @map("updated_at")
                }
                model B {
                  id Int @id
                  createdAt DateTime @map("created_at")
                  updatedAt DateTime @map("updated_at")
                }
                model C {
                  id Int @id
                  createdAt DateTime @map("created_at")
                  updatedAt DateTime @map("updated_at")
                }
                model D {
                  id Int @id
                  createdAt DateTime @map("created_at")
                  updatedAt DateTime
                }
                """)
            .ExpectNothing();

    [Fact]
    public void Timestamps_that_most_tables_write_alike_are_a_convention_of_their_own() =>
        RuleTest.For<ColumnNameRule>()
            .Schema("""
                model A {
                  id Int @id
                  createdAt DateTime @map("created_at")
                  updatedAt DateTime @map("updated_at")
                  userId Int
                  parentId Int
                  rootId Int
                  sourceId Int
                  targetId Int
                }
                model B {
                  id Int @id
                  createdAt DateTime @map("created_at")
                  updatedAt DateTime @map("updated_at")
                  userId Int
                  itemId Int
                  walletId Int
                  sourceId Int
                  targetId Int
                }
                model C {
                  id Int @id
                  createdAt DateTime @map("created_at")
                  updatedAt DateTime @map("updated_at")
                  userId Int
                  inviteId Int
                  withdrawId Int
                  sourceId Int
                  targetId Int
                }
                model D {
                  id Int @id
                  createdAt DateTime @map("created_at")
                  updatedAt DateTime @map("updated_at")
                }
                [|model E|] {
                  id Int @id
                  createdAt DateTime @map("created_at")
                  startIp String @map("start_ip")
                  endIp String @map("end_ip")
                }
                """)
            .Expect("low: The columns of E are named in snake_case, not in camelCase");

    [Fact]
    public void Columns_of_mixed_tables_count_for_the_convention() =>
        RuleTest.For<ColumnNameRule>()
            .Schema("""
                model A {
                  id Int @id
                  userId Int
                  parentId Int
                  rootId Int
                  start_ip String
                }
                model B {
                  id Int @id
                  itemId Int
                  walletId Int
                  inviteId Int
                  end_ip String
                }
                [|model C|] {
                  id Int @id
                  first_name String
                  last_name String
                }
                """)
            .Expect("low: The columns of C are named in snake_case, not in camelCase");

    [Fact]
    public void Several_tables_are_named_and_columns_that_many_tables_spell_alike_are_said_to_be_left_out()
    {
        static string Camel(string model) => $$"""
            model {{model}} {
              id       Int      @id
              created  DateTime @map("created_at")
              userId   Int
              sourceId Int
              targetId Int
            }

            """;
        var finding = Assert.Single(RuleTest.For<ColumnNameRule>()
            .Schema(Camel("A") + Camel("B") + Camel("C") + """
                [|model D|] {
                  id      Int      @id
                  created DateTime @map("created_at")
                  startIp String   @map("start_ip")
                  endIp   String   @map("end_ip")
                }

                [|model E|] {
                  id      Int    @id
                  startIp String @map("start_ip")
                  endIp   String @map("end_ip")
                }
                """)
            .Expect("low: The columns of 2 tables are named in snake_case, not in camelCase: D and E"));
        Assert.Equal("9 of the 17 columns of more than one word are named in camelCase. Columns that many tables spell alike are not reported: created_at.", finding.Message);
    }
}
