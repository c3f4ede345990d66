using System.Collections.Immutable;
using Plumbline.Audit.Workspace.Commands;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Schema.Text;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Workspace;

public sealed class CiFileReaderTests
{
    private const string Workflow = ".github/workflows/test.yml";

    [Fact]
    public void A_step_of_a_workflow_runs_its_command() => Expect(
        Workflow,
        """
        jobs:
          test:
            steps:
              - run: npx prisma migrate deploy
              - run: "npx prisma migrate deploy"
              - { name: Deploy, run: 'npx prisma migrate deploy' }
              - run: npx prisma
                  migrate deploy
        """,
        "4:14-4:39 npx prisma migrate deploy",
        "5:14-5:41 npx prisma migrate deploy",
        "6:30-6:57 npx prisma migrate deploy",
        "7:14-8:25 npx prisma migrate deploy");

    [Theory]
    [InlineData("|")]
    [InlineData("|-  # a comment")]
    public void Each_line_of_a_block_is_a_command(string indicator) => Expect(
        ".github/actions/db/action.yml",
        $$"""
        runs:
          steps:
            - run: {{indicator}}

                # npx prisma migrate reset
                npx prisma generate

                npx prisma migrate deploy && npx prisma db seed
              shell: bash
        """,
        "6:9-6:28 npx prisma generate",
        "8:9-8:56 npx prisma migrate deploy",
        "8:9-8:56 npx prisma db seed");

    [Fact]
    public void A_folded_block_is_one_command_for_each_paragraph() => Expect(
        Workflow,
        """
        steps:
          - run: >-
              npx prisma
              migrate deploy

              npx prisma
              db seed
        """,
        "3:7-4:21 npx prisma migrate deploy",
        "6:7-7:14 npx prisma db seed");

    [Fact]
    public void A_backslash_continues_a_command() => Expect(
        Workflow,
        """
        steps:
          - run: |
              npx prisma \
                migrate diff \
                --exit-code
              npx prisma db seed \
        """,
        "3:7-5:20 npx prisma migrate diff --exit-code",
        "6:7-6:27 npx prisma db seed");

    [Theory]
    [InlineData(".gitlab-ci.yml", "test:\n  before_script:\n    - npx prisma generate\n  script: [npx prisma generate]\n  after_script:\n    - - npx prisma generate\n", "3:7", "4:12", "6:9")]
    [InlineData(".circleci/config.yml", "jobs:\n  test:\n    steps:\n      - run: npx prisma generate\n      - run:\n          name: Generate\n          command: |\n            npx prisma generate\n", "4:14", "8:13")]
    [InlineData("azure-pipelines.yml", "steps:\n  - script: npx prisma generate\n  - bash: npx prisma generate\n", "2:13", "3:11")]
    [InlineData("bitbucket-pipelines.yml", "pipelines:\n  default:\n    - step:\n        script:\n          - npx prisma generate\n", "5:13")]
    [InlineData(".travis.yml", "install: npx prisma generate\nscript:\n  - npx prisma generate\n", "1:10", "3:5")]
    [InlineData(".drone.yml", "kind: pipeline\nsteps:\n- name: test\n  commands:\n  - npx prisma generate\n---\nkind: secret\n", "5:5")]
    [InlineData(".buildkite/pipeline.yml", "steps:\n  - command: npx prisma generate\n", "2:14")]
    [InlineData(Workflow, "steps:\n  - uses: devcontainers/ci@v0\n    with:\n      runCmd: |\n        npx prisma generate\n", "5:9")]
    [InlineData("Jenkinsfile", "node {\n  sh 'x' && npx prisma generate\n}\n", "2:3")]
    public void Every_system_has_its_own_keys(string path, string text, params string[] places) =>
        Assert.Equal(places, Prisma(path, text).Where(c => c.Command.RunsPrisma("generate")).Select(c => $"{c.Place.Line}:{c.Place.Column}"));

    [Fact]
    public void Text_for_people_runs_nothing() => Expect(Workflow, "name: npx prisma generate\ninputs:\n  a:\n    description: >\n      npx prisma generate\n# npx prisma generate\n");

    [Theory]
    [InlineData("- name: Check for schema drift\n  uses: x\n", true)]
    [InlineData("jobs:\n  schema-drift:\n    uses: x\n", true)]
    [InlineData("- run: ./check-drift\n", true)]
    [InlineData("- uses: ./.github/actions/drift\n", false)]
    [InlineData("needs: [drift]\n", false)]
    [InlineData("on:\n  push:\n    paths:\n      - scripts/drift.sh\n", false)]
    public void Names_of_steps_and_jobs_are_read(string text, bool isNamed)
    {
        var commands = Read(new SourceText(Workflow, text));
        using var repository = new TemporaryRepository().Write(Workflow, text);
        Assert.Equal(isNamed, commands.Any(c => RepositoryCommands.Read(repository.Open()).Names(c.Command, "drift")));
    }

    [Theory]
    [InlineData("steps:\n  - run: npx prisma generate\n\t- run: [\n", "2:3")]
    [InlineData("steps: *unknown\na: {{ template }}\n- run: npx prisma generate\n", "3:1")]
    public void Broken_YAML_is_read_line_by_line(string text, string place) =>
        Assert.Equal([place], Prisma(Workflow, text).Select(c => $"{c.Place.Line}:{c.Place.Column}"));

    [Fact]
    public void Hostile_YAML_costs_little()
    {
        var bomb = string.Concat(Enumerable.Range(1, 40).Select(i => $"a{i}: &a{i} [*a{i - 1}, *a{i - 1}, *a{i - 1}]\n"));
        string[] hostile =
        [
            new string('[', 100_000), new string('{', 100_000), string.Concat(Enumerable.Repeat("- ", 50_000)), string.Concat(Enumerable.Repeat("? ", 50_000)),
            string.Concat(Enumerable.Range(0, 2_000).Select(i => new string(' ', i) + "a:\n")), "a0: &a0 x\n" + bomb, "a: &a [*a]\n", "a: |\n", "a: >9\n", "a: |\n\u0085\u2028\r\r\r  b\n", "%YAML 9.9\n---\n", "\0", "a: \"\\xZZ\"", "!!binary : !<", "...\nc", "!<>", ":\n{\np", "--- |\n...\n---\n>",
        ];
        foreach (var text in hostile)
            Assert.Empty(Prisma(Workflow, text));

        Assert.Single(Prisma(Workflow, "a0: &a0 x\n" + bomb + "run: npx prisma generate\n"));
    }

    private static void Expect(string path, string text, params string[] commands) =>
        Assert.Equal(commands, Prisma(path, text).Select(c => $"{c.Place.Line}:{c.Place.Column}-{c.Place.EndLine}:{c.Place.EndColumn} {string.Join(' ', c.Command.Words)}"));

    private static ImmutableArray<CiCommand> Read(SourceText text) => CiFileReader.Read(new WorkspaceFile(text), text, out _);

    private static IEnumerable<CiCommand> Prisma(string path, string text) =>
        Read(new SourceText(path, text)).Where(c => c.Command.PrismaArguments is not null);
}
