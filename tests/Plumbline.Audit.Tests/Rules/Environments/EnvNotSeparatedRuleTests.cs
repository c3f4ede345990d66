using Plumbline.Audit.Rules.Environments;

namespace Plumbline.Audit.Tests.Rules.Environments;

public sealed class EnvNotSeparatedRuleTests
{
    private const string Schema = "datasource db {\n  provider = \"postgresql\"\n  url = env(\"DATABASE_URL\")\n}\n\nmodel A {\n  id Int @id\n}\n";
    [Fact]
    public void One_file_for_everything_is_found() =>
        RuleTest.For<EnvNotSeparatedRule>().Schema(Schema)
            .File(".env", "[|DATABASE_URL=postgresql://postgres:secret@db.abcdefgh.supabase.co:5432/postgres|]\n")
            .File(".env.example", "DATABASE_URL=postgresql://postgres:secret@localhost:5432/postgres\n")
            .Expect("medium: .env names the hosted database on db.abcdefgh.supabase.co, and no other file separates development from it");

    [Theory]
    [InlineData(".env.staging")]
    [InlineData(".env.local")]
    [InlineData(".env.development")]
    public void A_file_of_its_own_separates(string other) =>
        RuleTest.For<EnvNotSeparatedRule>().Schema(Schema)
            .File(".env", "DATABASE_URL=postgresql://postgres:secret@db.abcdefgh.supabase.co:5432/postgres\n")
            .File(other, "DATABASE_URL=postgresql://postgres:secret@localhost:5432/postgres\n")
            .ExpectNothing();

    [Fact]
    public void A_database_of_the_developers_own_is_fine() =>
        RuleTest.For<EnvNotSeparatedRule>().Schema(Schema).File(".env", "DATABASE_URL=postgresql://postgres:secret@localhost:5432/postgres\n").ExpectNothing();
}
