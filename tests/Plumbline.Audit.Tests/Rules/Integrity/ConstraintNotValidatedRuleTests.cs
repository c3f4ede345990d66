using Plumbline.Audit.Rules.Integrity;

namespace Plumbline.Audit.Tests.Rules.Integrity;

public sealed class ConstraintNotValidatedRuleTests
{
    private const string Tables = "CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE notes (id int PRIMARY KEY, author int);\n";

    [Fact]
    public void A_foreign_key_that_no_migration_validates_is_found_at_its_statement() =>
        RuleTest.For<ConstraintNotValidatedRule>()
            .Migration("2025_a", Tables + "[|ALTER TABLE notes ADD CONSTRAINT notes_author_fkey FOREIGN KEY (author) REFERENCES users (id) NOT VALID|];").Live("")
            .Expect("low: The foreign key notes_author_fkey of notes is not validated");

    [Fact]
    public void A_check_that_was_added_by_hand_is_found_too() =>
        RuleTest.For<ConstraintNotValidatedRule>().Migration("2025_a", Tables).Live("ALTER TABLE notes ADD CONSTRAINT author_positive CHECK (author > 0) NOT VALID;")
            .ExpectNowhere("medium: The check author_positive of notes is not validated");

    [Fact]
    public void One_that_was_validated_later_is_fine() =>
        RuleTest.For<ConstraintNotValidatedRule>()
            .Migration("2025_a", Tables + "ALTER TABLE notes ADD CONSTRAINT notes_author_fkey FOREIGN KEY (author) REFERENCES users (id) NOT VALID;")
            .Migration("2025_b", "ALTER TABLE notes VALIDATE CONSTRAINT notes_author_fkey;").Live("").ExpectNothing();

    [Fact]
    public void One_that_a_pending_migration_validates_is_in_hand() =>
        RuleTest.For<ConstraintNotValidatedRule>()
            .Migration("2025_a", Tables + "ALTER TABLE notes ADD CONSTRAINT notes_author_fkey FOREIGN KEY (author) REFERENCES users (id) NOT VALID;")
            .Migration("2025_b", "ALTER TABLE notes VALIDATE CONSTRAINT notes_author_fkey;").LiveWithout("2025_b").ExpectNothing();

    [Fact]
    public void Without_a_database_the_rules_of_migrations_speak() =>
        RuleTest.For<ConstraintNotValidatedRule>().Migration("2025_a", Tables + "ALTER TABLE notes ADD CONSTRAINT positive CHECK (author > 0) NOT VALID;").ExpectNothing();
}
