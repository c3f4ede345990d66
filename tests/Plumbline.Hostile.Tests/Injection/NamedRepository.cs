using System.Text.Json;
using Plumbline.Testing;

namespace Plumbline.Hostile.Tests.Injection;

/// <summary>A repository in which one name stands wherever a name can: of folders, tables, columns, types, constraints, roles, literals, scripts, jobs and files.</summary>
internal static class NamedRepository
{
    /// <summary>Writes it.</summary>
    public static TemporaryRepository Of(string name)
    {
        var file = new string([.. name.Where(c => c is not ('/' or '\0'))]);
        var sql = name.Replace("\"", "\"\"", StringComparison.Ordinal);
        var text = name.Replace("'", "''", StringComparison.Ordinal);
        var json = JsonSerializer.Serialize(name);
        return new TemporaryRepository()
            .Write("prisma/schema.prisma", $$"""
                datasource db {
                  provider = "postgresql"
                }

                model Shop {
                  id    Int     @id @map({{json}})
                  first String  @default({{json}}) @db.VarChar(7)
                  mood  Mood?
                  at    DateTime?

                  @@index([first], map: {{json}})
                  @@map({{json}})
                }

                enum Mood {
                  HAPPY @map({{json}})

                  @@map("other")
                }

                """)
            .Write("prisma/migrations/migration_lock.toml", "provider = \"postgresql\"\n")
            .Write($"prisma/migrations/20250101000000_{file}/migration.sql", $"""
                CREATE TYPE "t{sql}" AS ENUM ('{text}', 'b');
                CREATE TABLE "{sql}" ("{sql}" integer, "extra{sql}" text DEFAULT '{text}', "first" text, CONSTRAINT "c{sql}" CHECK ("first" <> '{text}'));
                CREATE TABLE "gone{sql}" (id integer PRIMARY KEY, at timestamptz);
                COMMENT ON TABLE "{sql}" IS '{text}';
                CREATE FUNCTION "f{sql}"() RETURNS text LANGUAGE sql AS $body$SELECT '{text}'::text$body$;
                CREATE VIEW "v{sql}" AS SELECT "first" AS "{sql}" FROM "{sql}";
                DROP TABLE "missing{sql}";
                GRANT SELECT ON "{sql}" TO "role{sql}";
                ALTER TABLE "{sql}" ADD COLUMN wrong nosuch;
                """)
            .Write($"prisma/migrations/20250102000000_{file}/migration.sql", $"ALTER TABLE \"gone{sql}\" DROP COLUMN at; SELEC '{text}';\n")
            .Write($"sql/{file}.sql", $"CREATE TABLE \"stray{sql}\" (id int);\n")
            .Write("package.json", $$"""{ "name": {{json}}, "scripts": { {{json}}: "prisma db push --accept-data-loss && ts-node missing.ts", "build": {{json}}, "deploy": "prisma migrate deploy && node {{name.Length}}.js" } }""")
            .Write(".github/workflows/ci.yml", $$"""
                name: {{json}}
                jobs:
                  {{json}}:
                    steps:
                      - name: {{json}}
                        run: "npx prisma db push --accept-data-loss"
                """)
            .Write("plumb.yaml", $"version: 1\nrules:\n  {json}: off\n".Replace("rules:", "ignore: [\"none/**\"]\nrules:", StringComparison.Ordinal));
    }

    /// <summary>The same without the file of configuration, which is wrong.</summary>
    public static TemporaryRepository Configured(string name)
    {
        var repository = Of(name);
        File.Delete(repository.PathOf("plumb.yaml"));
        return repository;
    }
}
