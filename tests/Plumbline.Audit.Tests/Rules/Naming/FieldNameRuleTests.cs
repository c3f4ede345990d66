using Plumbline.Audit.Rules.Naming;

namespace Plumbline.Audit.Tests.Rules.Naming;

public sealed class FieldNameRuleTests
{
    [Fact]
    public void One_field_in_snake_case_stands_out() =>
        RuleTest.For<FieldNameRule>()
            .Schema("""
                model User {
                  id Int @id
                  createdAt DateTime
                  updatedAt DateTime
                  firstName String
                  [|last_name String|]
                }
                """)
            .Expect("low: The field User.last_name is not named in camelCase");

    [Fact]
    public void Several_fields_are_one_finding_with_an_occurrence_for_each() =>
        RuleTest.For<FieldNameRule>()
            .Schema("""
                model User {
                  id Int @id
                  createdAt DateTime
                  updatedAt DateTime
                  firstName String
                  middleName String
                  [|last_name String|]
                }
                model Team {
                  id Int @id
                  createdAt DateTime
                  [|last_name String|]
                }
                """)
            .Expect("low: 2 fields are not named in camelCase");

    [Fact]
    public void Names_that_Auth_js_prescribes_are_left_alone() =>
        RuleTest.For<FieldNameRule>()
            .Schema("""
                model Account {
                  id Int @id
                  userId String
                  providerType String
                  accountId String
                  access_token String?
                  expires_at Int?
                }
                """)
            .ExpectNothing();

    [Fact]
    public void Single_words_fit_in_anywhere() =>
        RuleTest.For<FieldNameRule>()
            .Schema("""
                model user {
                  id Int @id
                  created_at DateTime
                  updated_at DateTime
                  first_name String
                  email String
                }
                """)
            .ExpectNothing();

    [Fact]
    public void Relation_fields_mapped_fields_and_the_columns_of_a_join_table_are_left_alone() =>
        RuleTest.For<FieldNameRule>()
            .Schema("""
                model User {
                  id Int @id
                  createdAt DateTime
                  updatedAt DateTime
                  teamId Int
                  OccurredAt DateTime @map("occurredAt")
                  owning_team Team @relation("members", fields: [teamId], references: [id])
                  PostToUser PostToUser[]
                }
                model Team {
                  id Int @id
                  team_members User[] @relation("members")
                }
                model PostToUser {
                  A Int
                  B Int
                  createdAt DateTime
                  user User @relation(fields: [B], references: [id])

                  @@unique([A, B])
                  @@map("_PostToUser")
                }
                """)
            .ExpectNothing();

    // GitLab returns created_at, Azure AD ext_expires_in, and Auth.js fails where the model lacks a field of that name.
    [Fact]
    public void What_a_provider_adds_to_its_token_response_keeps_its_name() =>
        RuleTest.For<FieldNameRule>()
            .Schema("""
                model Account {
                  id                String   @id
                  createdAt         DateTime @default(now())
                  userId            String
                  provider          String
                  providerAccountId String
                  refresh_token     String?
                  access_token      String?
                  expires_at        Int?
                  created_at        Int?
                  token_type        String?
                }
                """)
            .ExpectNothing();

    [Fact]
    public void A_model_that_stores_no_token_response_has_no_such_fields() =>
        RuleTest.For<FieldNameRule>()
            .Schema("""
                model Account {
                  id                String   @id
                  createdAt         DateTime @default(now())
                  userId            String
                  providerAccountId String
                  refreshedAt       DateTime
                  access_token      String?
                  [|created_at        Int?|]
                }
                """)
            .Expect("low: The field Account.created_at is not named in camelCase");
}
