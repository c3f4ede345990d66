using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Projects;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Tests.Workspace;

public sealed class ServerVersionFinderTests
{
    [Theory]
    [InlineData("postgres:16", 16)]
    [InlineData("postgres:15-alpine", 15)]
    [InlineData("postgres:9.6", 9)]
    [InlineData("docker.io/library/postgres:17.2-bookworm", 17)]
    [InlineData("localhost:5000/postgres:14", 14)]
    [InlineData("postgres:16@sha256:0123456789abcdef", 16)]
    [InlineData("bitnami/postgresql:16.2.0-debian-12-r5", 16)]
    [InlineData("postgis/postgis:16-3.4", 16)]
    [InlineData("supabase/postgres:15.1.0.147", 15)]
    [InlineData("pgvector/pgvector:pg17", 17)]
    [InlineData("pgvector/pgvector:0.8.0-pg16", 16)]
    [InlineData("timescale/timescaledb:2.14.2-pg15", 15)]
    [InlineData("timescale/timescaledb-ha:pg16.2-ts2.14", 16)]
    [InlineData("timescale/timescaledb:latest", null)]
    [InlineData("postgres", null)]
    [InlineData("postgres:latest", null)]
    [InlineData("postgres:20240101", null)]
    [InlineData("localhost:5000/postgres", null)]
    [InlineData("prom/postgres-exporter:15", null)]
    [InlineData("clickhouse/clickhouse-server:24", null)]
    public void The_tag_of_an_image_tells_the_version(string image, int? version) => Assert.Equal(version, ServerVersionFinder.VersionOf(image));

    [Fact]
    public void A_composition_names_the_server() => Expect(15, "postgres:15-alpine in docker/compose.dev.yaml:4", ("docker/compose.dev.yaml", """
        services:
          app: { image: node:22, environment: { DATABASE_URL: "postgresql://postgres@db" } }
          db:
            image: postgres:15-alpine
        """));

    [Fact]
    public void The_lowest_version_counts() => Expect(
        14,
        "postgis/postgis:14-3.4 in .github/workflows/test.yml:5",
        ("docker-compose.yml", "services:\n  db:\n    image: postgres:17\n"),
        (".github/workflows/test.yml", """
            jobs:
              test:
                services:
                  postgres:
                    image: postgis/postgis:14-3.4
            """));

    [Fact]
    public void A_matrix_names_each_version_that_is_tested() => Expect(13, "postgres:13 in .github/workflows/test.yml:9", (".github/workflows/test.yml", """
        jobs:
          lint:
            strategy: { matrix: { version: [12] } }
          test:
            strategy:
              matrix:
                version: [16, 13]
            container: node:22
            services: { db: { image: "postgres:${{ matrix.version }}" } }
        """));

    [Fact]
    public void A_variable_has_its_default_and_what_a_workflow_sets() => Expect(
        15,
        "postgres:15 in docker-compose.yml:3",
        ("docker-compose.yml", "services:\n  db:\n    image: postgres:${POSTGRES_VERSION:-17}\n"),
        (".github/workflows/test.yml", """
            jobs:
              test:
                strategy:
                  matrix:
                    postgres-version: [15]
                steps:
                  - run: docker compose up -d
                    env:
                      POSTGRES_VERSION: ${{ matrix.postgres-version }}
            """));

    [Fact]
    public void A_service_may_be_a_bare_image() => Expect(16, "postgres:16 in .gitlab-ci.yml:4", (".gitlab-ci.yml", """
        test:
          services:
            - redis:7
            - postgres:16
        """));

    [Fact]
    public void An_image_that_stands_in_an_anchor_is_seen() => Expect(16, "postgres:16 in compose.yml:2", ("compose.yml", """
        x-database: &database
          image: postgres:16
        services:
          one: *database
          two:
            <<: *database
        """));

    [Theory]
    [InlineData("services:\n  db:\n    image: postgres:16\n  broken: [\n")]
    [InlineData("services:\n  db:\n    image: postgres:16\n  broken: {\n  p")]
    [InlineData("services:\n  db:\n    image: postgres:16\n  other:\n\t- x\n")]
    [InlineData("? [a, {b: c}]\n: d\nservices:\n  db:\n    image: postgres:16\n")]
    public void What_stands_before_an_error_counts(string text) => Expect(16, text.StartsWith('?') ? "postgres:16 in compose.yml:5" : "postgres:16 in compose.yml:3", ("compose.yml", text));

    [Theory]
    [InlineData("compose.yml", "# postgres:16\nservices:\n  db:\n    image: mysql:8\n")]
    [InlineData("compose.yml", "services:\n  db:\n    image: postgres:${{ matrix.nothing }}\n")]
    [InlineData("compose.yml", "services:\n  db:\n    image: postgres:${UNSET}\n")]
    [InlineData("compose.yml", "}}} postgres {{{")]
    [InlineData("compose.yml", "postgres")]
    [InlineData("charts/values.yaml", "services:\n  db:\n    image: postgres:16\n")]
    public void Where_no_image_tells_it_nothing_is_found(string path, string text) => Assert.Null(Find((path, text)));

    [Fact]
    [Trait("needs", "fuzz")]
    public void Deep_nesting_does_no_harm() => Assert.Null(Find(("compose.yml", "postgres: " + new string('[', 100_000))));

    private static void Expect(int version, string evidence, params (string Path, string Text)[] files) => Assert.Equal(new ServerVersion(version, evidence), Find(files));

    private static ServerVersion? Find(params (string Path, string Text)[] files) => ServerVersionFinder.Find(
        new FileTree([.. files.OrderBy(file => file.Path, StringComparer.Ordinal).Select(file => new WorkspaceFile(new SourceText(file.Path, file.Text)))]), out _);
}
