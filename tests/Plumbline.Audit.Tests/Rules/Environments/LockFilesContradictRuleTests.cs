using Plumbline.Audit.Rules.Environments;

namespace Plumbline.Audit.Tests.Rules.Environments;

public sealed class LockFilesContradictRuleTests
{
    [Fact]
    public void Lock_files_of_two_package_managers_contradict_each_other() =>
        RuleTest.For<LockFilesContradictRule>()
            .File("package.json", "{}")
            .File("package-lock.json", "{||}{}")
            .File("yarn.lock", "[||]# yarn lockfile v1\n")
            .Expect("medium: yarn.lock and package-lock.json are lock files of different package managers");

    [Fact]
    public void A_lock_file_contradicts_the_package_manager_that_is_named() =>
        RuleTest.For<LockFilesContradictRule>()
            .File("package.json", """{ "packageManager": [|"pnpm@9.12.0"|] }""")
            .File("yarn.lock", "{||}# yarn lockfile v1\n")
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
}
