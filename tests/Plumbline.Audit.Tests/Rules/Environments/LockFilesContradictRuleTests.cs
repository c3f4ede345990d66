using Plumbline.Audit.Rules.Environments;

namespace Plumbline.Audit.Tests.Rules.Environments;

public sealed class LockFilesContradictRuleTests
{
    [Fact]
    public void Lock_files_of_two_package_managers_contradict_each_other() =>
        RuleTest.For<LockFilesContradictRule>()
            .File("package.json", "{}")
            .File("package-lock.json", "{||}{ \"packages\": { \"node_modules/prisma\": {} } }")
            .File("yarn.lock", "[||]# yarn lockfile v1\nprisma@^6.0.0:\n")
            .Expect("medium: yarn.lock and package-lock.json are lock files of different package managers");

    [Fact]
    public void A_lock_file_contradicts_the_package_manager_that_is_named() =>
        RuleTest.For<LockFilesContradictRule>()
            .File("package.json", """{ "packageManager": [|"pnpm@9.12.0"|] }""")
            .File("yarn.lock", "{||}# yarn lockfile v1\nprisma@^6.0.0:\n")
            .Expect("medium: package.json names pnpm, but yarn.lock is a lock file of yarn");

    [Fact]
    public void One_lock_file_of_the_named_package_manager_is_fine() =>
        RuleTest.For<LockFilesContradictRule>()
            .File("package.json", """{ "packageManager": "pnpm@9.12.0" }""")
            .File("pnpm-lock.yaml", "lockfileVersion: '9.0'\n")
            .ExpectNothing();

    [Fact]
    public void Both_formats_of_one_package_manager_are_fine() =>
        RuleTest.For<LockFilesContradictRule>()
            .File("package.json", "{}")
            .File("bun.lock", "")
            .File("bun.lockb", "")
            .ExpectNothing();

    [Fact]
    public void Another_package_may_use_another_package_manager() =>
        RuleTest.For<LockFilesContradictRule>()
            .File("package.json", "{}")
            .File("pnpm-lock.yaml", "")
            .File("docs/package.json", "{}")
            .File("docs/yarn.lock", "")
            .ExpectNothing();

    [Fact]
    public void A_lock_file_without_Prisma_cannot_change_its_version() =>
        RuleTest.For<LockFilesContradictRule>()
            .File("package.json", "{}")
            .File("package-lock.json", "{||}{ \"packages\": { \"node_modules/prettier\": {} } }")
            .File("pnpm-lock.yaml", "[||]packages:\n  prisma@6.1.0: {}\n")
            .Expect("low: pnpm-lock.yaml and package-lock.json are lock files of different package managers");

    [Fact]
    public void In_a_workspace_the_lock_file_of_the_root_counts()
    {
        var finding = Assert.Single(RuleTest.For<LockFilesContradictRule>()
            .File("package.json", "{ \"workspaces\": [\"api\"] }")
            .File("package-lock.json", "{ \"packages\": { \"node_modules/prisma\": {} } }")
            .File("api/package.json", "{}")
            .File("api/package-lock.json", "{||}{ \"packages\": { \"node_modules/prisma\": {} } }")
            .File("api/yarn.lock", "[||]prisma@^6.0.0:\n")
            .Expect("medium: api/yarn.lock and api/package-lock.json are lock files of different package managers"));
        Assert.StartsWith("If api is a workspace of the repository, delete these files: package-lock.json is what counts.", finding.Recommendation, StringComparison.Ordinal);
    }
}
