using Plumbline.Audit.Rules.Environments;

namespace Plumbline.Audit.Tests.Rules.Environments;

public sealed class BuildContextMissingRuleTests
{
    [Fact]
    public void A_service_is_built_from_a_folder_that_does_not_exist() =>
        RuleTest.For<BuildContextMissingRule>()
            .File("docker-compose.yml", "services:\n  worker:\n    build: [|./services/worker|]\n")
            .Expect("medium: docker-compose.yml builds worker from ./services/worker, which does not exist");

    [Fact]
    public void The_long_form_names_it_too() =>
        RuleTest.For<BuildContextMissingRule>()
            .File("docker/compose.yaml", "services:\n  web:\n    build:\n      context: [|../web|]\n      dockerfile: Dockerfile\n")
            .Expect("medium: docker/compose.yaml builds web from ../web, which does not exist");

    [Fact]
    public void A_folder_with_files_exists() =>
        RuleTest.For<BuildContextMissingRule>()
            .File("apps/worker/Dockerfile", "FROM node:22\n")
            .File("docker-compose.yml", "services:\n  worker:\n    build: ./apps/worker\n  root:\n    build: .\n")
            .ExpectNothing();

    [Fact]
    public void A_path_from_the_root_is_fine_in_an_override() =>
        RuleTest.For<BuildContextMissingRule>()
            .File("apps/worker/Dockerfile", "FROM node:22\n")
            .File("docker/docker-compose.dev.yml", "services:\n  worker:\n    build: ./apps/worker\n")
            .ExpectNothing();

    [Fact]
    public void Addresses_variables_and_generated_folders_cannot_be_known() =>
        RuleTest.For<BuildContextMissingRule>()
            .File("docker-compose.yml", """
                services:
                  a:
                    build: https://github.com/org/app.git#main
                  b:
                    build: ${WORKER_PATH}
                  c:
                    build: ./dist/worker
                  d:
                    build: ../../elsewhere
                """)
            .ExpectNothing();
}
