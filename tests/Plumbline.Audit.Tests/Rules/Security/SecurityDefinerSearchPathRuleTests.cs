using Plumbline.Audit.Rules.Security;

namespace Plumbline.Audit.Tests.Rules.Security;

public sealed class SecurityDefinerSearchPathRuleTests
{
    [Fact]
    public void A_function_that_looks_names_up_where_its_caller_says_is_found() =>
        Test("[|CREATE FUNCTION notes_of(uid int) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN RETURN 1; END $$|];")
            .Expect("medium: The SECURITY DEFINER function notes_of does not set its search_path");

    [Theory]
    [InlineData("CREATE FUNCTION notes_of(uid int) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN RETURN 1; END $$;")]
    [InlineData("CREATE FUNCTION notes_of(uid int) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$ BEGIN RETURN 1; END $$;")]
    [InlineData("CREATE FUNCTION notes_of(uid int) RETURNS bigint LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;")]
    [InlineData("CREATE FUNCTION notes_of(uid int) RETURNS bigint LANGUAGE sql SECURITY DEFINER RETURN 1;")]
    public void One_with_a_path_or_its_callers_rights_or_names_that_are_fixed_is_fine(string sql) => Test(sql).ExpectNothing();

    [Fact]
    public void One_that_was_given_its_path_later_is_fine() =>
        Test("CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN RETURN 1; END $$; ALTER FUNCTION f() SET search_path = pg_catalog;").ExpectNothing();

    [Fact]
    public void What_the_platform_keeps_in_its_own_schema_is_not_ours() =>
        Test("").Live("CREATE SCHEMA platform; CREATE FUNCTION platform.f() RETURNS int LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN RETURN 1; END $$;").ExpectNothing();

    private static RuleTest Test(string sql) => RuleTest.For<SecurityDefinerSearchPathRule>().Migration("2025_a", "CREATE TABLE notes (id int PRIMARY KEY);\n" + sql).Live("");
}
