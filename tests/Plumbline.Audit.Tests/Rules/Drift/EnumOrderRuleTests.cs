using Plumbline.Audit.Rules.Drift;

namespace Plumbline.Audit.Tests.Rules.Drift;

public sealed class EnumOrderRuleTests
{
    [Fact]
    public void Another_order_is_one_note() =>
        RuleTest.For<EnumOrderRule>()
            .Roles("""
                [|enum Role|] {
                  USER
                  ADMIN
                }
                """, """CREATE TYPE "Role" AS ENUM ('ADMIN', 'USER');""")
            .Expect("info: Role lists its values in a different order in the migrations");

    [Fact]
    public void Several_enums_are_one_note_with_all_their_places() =>
        RuleTest.For<EnumOrderRule>()
            .Roles("""
                [|enum Role|] {
                  USER
                  ADMIN
                }

                [|enum Zone|] {
                  EU
                  US
                }
                """, """
                CREATE TYPE "Role" AS ENUM ('ADMIN', 'USER');
                CREATE TYPE "Zone" AS ENUM ('US', 'EU');
                """)
            .Expect("info: 2 enums list their values in a different order in the migrations");

    [Fact]
    public void The_same_order_is_fine() =>
        RuleTest.For<EnumOrderRule>()
            .Roles("""
                enum Role {
                  USER
                  ADMIN
                }
                """, """CREATE TYPE "Role" AS ENUM ('USER', 'ADMIN');""")
            .ExpectNothing();
}
