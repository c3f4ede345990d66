using Plumbline.Audit.Facts;
using Plumbline.Audit.Rules.Environments;

namespace Plumbline.Audit.Tests.Rules.Environments;

public sealed class PackageManagerMissingRuleTests
{
    private const string Schema = "datasource db {\n  provider = \"postgresql\"\n  url = env(\"DATABASE_URL\")\n}\n\nmodel A {\n  id Int @id\n}\n";
    [Fact]
    public void A_program_that_no_folder_of_the_path_has_is_missing() =>
        RuleTest.For<PackageManagerMissingRule>().Schema(Schema).Options(With("/nowhere"))
            .File("package.json", """{ "packageManager": [|"pnpm@9.12.0"|] }""")
            .Expect("info: pnpm is not installed on this machine; package.json requires it");

    [Fact]
    public void The_lock_file_tells_it_where_nothing_else_does() =>
        RuleTest.For<PackageManagerMissingRule>().Schema(Schema).Options(With("/nowhere"))
            .File("package.json", "{}").File("yarn.lock", "[||]# yarn lockfile v1\n")
            .Expect("info: yarn is not installed on this machine; yarn.lock requires it");

    [Fact]
    public void A_program_that_is_there_is_fine()
    {
        using var bin = new Plumbline.Testing.TemporaryRepository("pnpm");
        RuleTest.For<PackageManagerMissingRule>().Schema(Schema).Options(With("/nowhere" + Path.PathSeparator + bin.Root)).File("package.json", """{ "packageManager": "pnpm@9.12.0" }""").ExpectNothing();
    }

    [Fact]
    public void Without_a_path_nothing_can_be_said() =>
        RuleTest.For<PackageManagerMissingRule>().Schema(Schema).File("package.json", """{ "packageManager": "pnpm@9.12.0" }""").ExpectNothing();

    [Fact]
    public void What_another_folder_asks_for_does_not_matter() =>
        RuleTest.For<PackageManagerMissingRule>().Schema(Schema).Options(With("/nowhere")).File("package.json", "{}").File("docs/yarn.lock", "").ExpectNothing();

    private static AuditOptions With(string path) => AuditOptions.Default with { Process = new(name => name == "PATH" ? path : null) };
}
