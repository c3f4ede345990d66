using System.Text.Json;
using Plumbline.Testing;

namespace Plumbline.Hostile.Tests.Leaks;

/// <summary>A repository with one secret in some of the places that people put secrets in. Most of them are in a line that a finding points to.</summary>
internal sealed class SecretRepository : IDisposable
{
    private static readonly string[] Signs = ["!", "#", "$", "%", "&", "*", "+", ",", "-", ".", ":", ";", "=", "?", "@", "^", "_", "~", "(", ")", "/", "%40", "''", "é", "ß"];

    private readonly Random _random;
    private readonly List<string> _migration = [];
    private readonly List<string> _env = [];

    private SecretRepository(int seed)
    {
        _random = new Random(seed);
        Core = "Zq" + string.Concat(Enumerable.Range(0, 10).Select(_ => "abcdefghjkmnpqrstuvwxyz23456789"[_random.Next(31)]));
        Secret = Some() + Core + Some();
        Url = $"postgresql://shop:{(_random.Next(2) == 0 ? Secret : Uri.EscapeDataString(Secret))}@db.shop.dev:5432/shop";
        Files = new TemporaryRepository();
    }

    /// <summary>The secret.</summary>
    public string Secret { get; }

    /// <summary>The part of it that no escape changes and that stands nowhere else: where it is seen, the secret leaks.</summary>
    public string Core { get; }

    /// <summary>A URL with the secret as its password.</summary>
    public string Url { get; }

    /// <summary>The files.</summary>
    public TemporaryRepository Files { get; }

    /// <summary>What the secret was written into.</summary>
    public List<string> Places { get; } = [];

    /// <summary>Makes one.</summary>
    public static SecretRepository Make(int seed)
    {
        var repository = new SecretRepository(seed);
        repository.Write();
        return repository;
    }

    /// <inheritdoc/>
    public void Dispose() => Files.Dispose();

    private string Some() => string.Concat(Enumerable.Range(0, _random.Next(3)).Select(_ => Signs[_random.Next(Signs.Length)]));

    private string OneOf(params string[] texts) => texts[_random.Next(texts.Length)];

    private void Write()
    {
        var url = OneOf("env(\"DATABASE_URL\")", JsonSerializer.Serialize(Url));
        Files.Write("prisma/migrations/migration_lock.toml", "provider = \"postgresql\"\n");
        _migration.Add("CREATE TABLE \"Shop\" (id int NOT NULL, name text, CONSTRAINT \"Shop_pkey\" PRIMARY KEY (id));");
        for (var i = 0; i < 6; i++)
            Place(_random.Next(14));

        Files.Write("prisma/schema.prisma", $"datasource db {{\n  provider = \"postgresql\"\n  url = {url}\n}}\n\nmodel Shop {{\n  id Int @id\n  name String\n  link String? @default({JsonSerializer.Serialize(Url)})\n}}\n");
        Files.Write("prisma/migrations/20250101000000_init/migration.sql", string.Join("\n", _migration) + "\n");
        if (_env.Count > 0)
            Files.Write(OneOf(".env", ".env.example", "prisma/.env"), string.Join("\n", _env) + "\n");
    }

    private void Place(int place)
    {
        Places.Add(place.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var literal = Secret.Replace("'", "''", StringComparison.Ordinal);
        switch (place)
        {
            case 0:
                Files.Write("package.json", $$"""{ "name": "shop", "scripts": { "push": {{JsonSerializer.Serialize($"DATABASE_URL={Url} prisma db push --accept-data-loss && node missing.js")}}, "deploy": {{JsonSerializer.Serialize($"PGPASSWORD='{Secret}' psql -f gone.sql")}} } }""");
                break;
            case 1:
                Files.Write("docker-compose.yml", $"services:\n  db:\n    build: ./gone\n    environment:\n      POSTGRES_PASSWORD: {JsonSerializer.Serialize(Secret)}\n      DATABASE_URL: {JsonSerializer.Serialize(Url)}\n");
                break;
            case 2:
                Files.Write(".github/workflows/ci.yml", $"jobs:\n  test:\n    env:\n      DATABASE_URL: '{Url.Replace("'", "''", StringComparison.Ordinal)}'\n    steps:\n      - run: DATABASE_URL=\"{Url}\" npx prisma db push --accept-data-loss\n");
                break;
            case 3:
                _migration.Add(OneOf(
                    $"ALTER ROLE shop PASSWORD '{literal}' VALID;", $"CREATE ROLE shop LOGIN PASSWORD E'{literal.Replace("\\", "\\\\", StringComparison.Ordinal)}' NOSUCH;", $"ALTER ROLE shop WITH PASSWORD $pw${Secret}$pw$ NOSUCH;",
                    $"ALTER ROLE shop PASSWORD\n  '{literal}' NOSUCH;", $"ALTER USER shop ENCRYPTED PASSWORD U&'{literal.Replace("\\", "\\\\", StringComparison.Ordinal)}' NOSUCH;"));
                break;
            case 4:
                _migration.Add(OneOf(
                    $"INSERT INTO missing (email, password) VALUES ('a@b.c', '{literal}');", $"INSERT INTO missing (email, password_hash)\nVALUES\n  ('a@b.c', '{literal}'),\n  ('d', 'e');",
                    $"INSERT INTO \"Missing\" (\"apiKey\", name) SELECT '{literal}', 'x';", $"UPDATE missing SET api_key = '{literal}' WHERE id = 1;", $"UPDATE missing SET\n  secret =\n  '{literal}';"));
                break;
            case 5:
                _migration.Add(OneOf(
                    $"ALTER TABLE \"Shop\" ADD COLUMN url text DEFAULT '{Url.Replace("'", "''", StringComparison.Ordinal)}';", $"ALTER TABLE missing ALTER COLUMN url SET DEFAULT '{Url.Replace("'", "''", StringComparison.Ordinal)}';",
                    $"SELECT dblink_connect('host=db.shop.dev user=shop password={literal.Replace(" ", "", StringComparison.Ordinal)}');", $"CREATE SERVER s FOREIGN DATA WRAPPER nosuch; CREATE USER MAPPING FOR shop SERVER s OPTIONS (user 'shop', password '{literal}');"));
                break;
            case 6:
                Files.Write("src/db.ts", $"import {{ Pool }} from \"pg\";\nexport const pool = new Pool({{ user: \"shop\", password: {JsonSerializer.Serialize(Secret)} }});\nexport const url = process.env.DATABASE_URL ?? {JsonSerializer.Serialize(Url)};\nexport const other = `{Url}`;\n");
                break;
            case 7:
                Files.Write("plumb.yaml", OneOf($"version: 1\ndatabase: {JsonSerializer.Serialize(Url)}\n", $"version: 1\npostgres: {JsonSerializer.Serialize(Url)}\n", $"version: 1\nnosuch: {JsonSerializer.Serialize(Url)}\n", $"version: 1\nprojects:\n  - name: {JsonSerializer.Serialize(Url)}\n    schema: {JsonSerializer.Serialize(Url)}\n"));
                break;
            case 8:
                Files.Write("README.md", $"# Shop\n\n```sh\nexport DATABASE_URL={Url}\npsql \"{Url}\"\n```\n\nThe password is `{Secret}`.\n");
                break;
            case 9:
                _env.Add($"DATABASE_URL={OneOf(Url, JsonSerializer.Serialize(Url), "'" + Url + "'")}");
                _env.Add($"DIRECT_URL={Url}&password={Secret}");
                break;
            case 10:
                Files.Write("prisma.config.ts", $"import {{ defineConfig }} from \"prisma/config\";\nexport default defineConfig({{ schema: \"prisma/schema.prisma\", datasource: {{ url: {JsonSerializer.Serialize(Url)} }} }});\n");
                break;
            case 11:
                Files.Write("Dockerfile", $"FROM node:20\nENV DATABASE_URL={Url}\nARG DB_PASSWORD={Secret}\nRUN DATABASE_URL={Url} npx prisma db push --accept-data-loss\n");
                break;
            case 12:
                Files.Write("scripts/setup.sh", $"#!/bin/sh\nDATABASE_URL={OneOf(Url, "'" + Url + "'")} npx prisma db push --accept-data-loss\npsql {Url} -f gone.sql\nPGPASSWORD={OneOf("'" + Secret + "'", JsonSerializer.Serialize(Secret))} psql\n");
                break;
            default:
                Files.Write("sql/roles.sql", $"CREATE ROLE app PASSWORD '{literal}' NOSUCH;\nCREATE TABLE \"Stray\" (id int, url text DEFAULT '{Url.Replace("'", "''", StringComparison.Ordinal)}');\nSELEC '{Url.Replace("'", "''", StringComparison.Ordinal)}';\n");
                break;
        }
    }
}
