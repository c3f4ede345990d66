using Plumbline.Audit.Tests.Fuzzing;
using Plumbline.Cli.Tests;
using Plumbline.PostgreSql.Replay;
using Plumbline.Schema.Text;
using Plumbline.Testing;

namespace Plumbline.Hostile.Tests.Budgets;

/// <summary>Mutants of the files beside schema and migrations: every one is read or refused, none ends the program.</summary>
[Trait("needs", "fuzz")]
public sealed class AuxiliaryFuzzTests
{
    private const int Mutants = 40;

    private static readonly Dictionary<string, string> Files = new(StringComparer.Ordinal)
    {
        ["plumb.yaml"] = "version: 1\nignore:\n  - \"old/**\"\nrules:\n  schema/unused: off\n",
        [".env"] = "A=\"x\"\nDATABASE_URL=\"postgresql://u:${A:-p}@localhost:5432/${B}\"\nexport C='$A' # comment\n",
        ["Dockerfile"] = "FROM node:20 AS build\nCOPY . .\nRUN npm ci \\\n  && npx prisma migrate deploy\nFROM build\nCOPY --from=build /app/prisma /prisma\n",
        ["docker-compose.yml"] = "services:\n  db:\n    image: postgres:${V:-16}\n    environment: &env\n      POSTGRES_PASSWORD: x\n  app:\n    build: .\n    environment:\n      <<: *env\n",
        [".github/workflows/ci.yml"] = "on: [push]\njobs:\n  a:\n    strategy: {matrix: {pg: [14, 15]}}\n    services:\n      db: {image: \"postgres:${{ matrix.pg }}\"}\n    env:\n      DATABASE_URL: postgresql://u:p@localhost/d\n    steps:\n      - run: |\n          npx prisma migrate deploy \\\n            --schema x\n",
        ["package.json"] = "{\"name\":\"a\",\"scripts\":{\"m\":\"prisma migrate deploy && echo 'x'\"},\"dependencies\":{\"prisma\":\"6.1.0\"},\"prisma\":{\"schema\":\"prisma/schema.prisma\"}}",
        ["prisma.config.ts"] = "import 'dotenv/config';\nconst folder = `prisma`;\nexport default defineConfig({ schema: path.join(folder, 'schema.prisma'), migrations: { path: 'prisma/migrations' }, datasource: { url: env('DATABASE_URL') } });\n",
        [".gitignore"] = "*.log\n!keep.log\n/build/\n**/a/**/[a-z]*\n",
        ["src/db.ts"] = "import { Pool } from 'pg';\nexport const pool = new Pool({ connectionString: process.env.DATABASE_URL ?? 'postgresql://u:p@h/d', max: Number(process.env.DB_POOL_SIZE ?? 5) });\n",
        ["docs/schema.md"] = "# Schema\n\n```prisma\nmodel User {\n  id Int @id\n}\n```\n\n| a | b |\n|---|---|\n",
    };

    public static TheoryData<string> Paths() => [.. Files.Keys];

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_repository_with_a_mutant_is_audited(string path)
    {
        using var repository = new TemporaryRepository().Write("prisma/schema.prisma", TemporaryRepository.PostgreSql + "model User {\n  id Int @id\n}\n")
            .Write("prisma/migrations/20240101000000_a/migration.sql", "CREATE TABLE \"User\" (\"id\" INTEGER NOT NULL, CONSTRAINT \"User_pkey\" PRIMARY KEY (\"id\"));\n");
        foreach (var (name, text) in Files)
            repository.Write(name, text);

        string[] corpus = [.. Files.Values];
        for (var seed = 1; seed <= Mutants; seed++)
        {
            var mutation = new Mutation(new Random(seed), corpus);
            repository.Write(path, mutation.Apply(Files[path]));
            var result = Plumb.Run("audit", repository.Root, "--fail-on", "never", "--format", "json");
            Assert.True(result.ExitCode is 0 or 2 && !result.Error.Contains("bug in plumb", StringComparison.Ordinal), $"seed {seed}: {result.Error}");
        }
    }

    [Fact]
    public void Mutants_of_a_snapshot_are_read_or_refused()
    {
        using var repository = new TemporaryRepository().Write("t.sql", "CREATE TYPE e AS ENUM ('a');\nCREATE TABLE t (a int PRIMARY KEY, b e DEFAULT 'a', CHECK (a > 0));\nCREATE VIEW v AS SELECT a FROM t;");
        var snapshot = Plumb.Run("inspect", repository.PathOf("t.sql"), "--format", "json").Output;
        for (var seed = 1; seed <= 5 * Mutants; seed++)
        {
            repository.Write("a.json", new Mutation(new Random(seed), [snapshot]).Apply(snapshot));
            var result = Plumb.Run("diff", repository.PathOf("a.json"), repository.PathOf("t.sql"));
            Assert.True(result.ExitCode is 0 or 1 or 2 && !result.Error.Contains("bug in plumb", StringComparison.Ordinal), $"seed {seed}: {result.Error}");
        }
    }

    [Fact]
    public void Mutants_of_blocks_are_run_or_refused()
    {
        string[] bodies =
        [
            "DECLARE r record; a text := 'x'; n int := 1; BEGIN FOR r IN SELECT relname FROM pg_class WHERE relname LIKE 't%' LOOP EXECUTE format('ALTER TABLE %I ADD c%s int', r.relname, n); n := n + 1; END LOOP; END",
            "DECLARE a int[] := ARRAY[1, 2]; b text; BEGIN FOREACH n IN ARRAY a LOOP b := concat_ws('-', b, n, repeat('x', n)); END LOOP; IF b ~ '^[a-z]+$' OR b = ANY (ARRAY['a']) THEN CREATE TABLE x (a int); END IF; END",
            "BEGIN BEGIN CREATE TABLE t (a int); EXCEPTION WHEN duplicate_table THEN RAISE NOTICE '%', SQLERRM; END; WHILE false LOOP NULL; END LOOP; EXECUTE 'CREATE VIEW v AS SELECT ' || 1 || ' AS a'; END",
            "DECLARE s text; BEGIN SELECT string_agg(quote_ident(x::text), ', ' ORDER BY x DESC) INTO s FROM generate_series(1, 5, 2) x WHERE x IN (SELECT y FROM generate_series(1, 9) y) GROUP BY x % 2; EXECUTE s; END",
        ];
        for (var seed = 1; seed <= 20 * Mutants; seed++)
        {
            var body = new Mutation(new Random(seed), bodies).Apply(bodies[seed % bodies.Length]);
            var script = $"CREATE TABLE t (a int);\nDO $body$ {body} $body$;\n";
            _ = MigrationReplay.Run([new MigrationSource("history", new SourceText("history/migration.sql", script))]).Schema;
        }
    }
}
