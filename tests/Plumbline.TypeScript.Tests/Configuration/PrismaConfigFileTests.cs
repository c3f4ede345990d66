using Plumbline.Schema.Text;
using Plumbline.TypeScript.Configuration;

namespace Plumbline.TypeScript.Tests.Configuration;

public sealed class PrismaConfigFileTests
{
    [Theory]
    [InlineData("prisma.config.ts", true)]
    [InlineData("apps/web/prisma.config.mjs", true)]
    [InlineData("apps/web/prisma.config.cjs", true)]
    [InlineData("prisma7.config.ts", true)]
    [InlineData(".config/prisma.ts", true)]
    [InlineData("apps/web/.config/prisma.config.mts", true)]
    [InlineData("config/prisma.ts", false)]
    [InlineData("prisma.config.json", false)]
    [InlineData("my-prisma.config.ts", false)]
    public void A_configuration_is_known_by_its_name(string path, bool isConfig) => Assert.Equal(isConfig, PrismaConfigFile.IsConfig(path));

    [Theory]
    [InlineData("prisma.config.ts", "")]
    [InlineData("apps/web/prisma.config.ts", "apps/web")]
    [InlineData("apps/web/.config/prisma.ts", "apps/web")]
    [InlineData(".config/prisma.ts", "")]
    public void Its_paths_are_relative_to_the_folder_of_the_package(string path, string folder) => Assert.Equal(folder, Read("", path).Folder);

    [Theory]
    [InlineData("export default defineConfig({ schema: './data/main.prisma', migrations: { path: \"data/history\" } })", "./data/main.prisma", "data/history")]
    [InlineData("export default {\n  // schema: 'x'\n  schema: path.join(__dirname, 'data', 'main.prisma'),\n  migrations: { seed: 'x', path: path.join('data', 'history') },\n} satisfies PrismaConfig", "data/main.prisma", "data/history")]
    [InlineData("const where = `${import.meta.dirname}/data/main.prisma`;\nmodule.exports = { schema: where, migrations: { path: process.env.M ?? 'data/history' } }", "data/main.prisma", "data/history")]
    [InlineData("const root = 'libs';\nconst folder = path.join(root, 'src');\nexport default defineConfig({ schema: folder })", "libs/src", null)]
    [InlineData("export default defineConfig({ experimental: { schema: 'no' } })", null, null)]
    public void Schema_and_migrations_are_read(string config, string? schema, string? migrations)
    {
        var read = Read(config);
        Assert.Equal(schema, read.Schema.FirstOrDefault());
        Assert.Equal(migrations, read.Migrations.FirstOrDefault());
    }

    [Fact]
    public void Tables_and_enums_of_others_are_read_with_their_places()
    {
        var read = Read("export default defineConfig({\n  tables: {\n    external: [\n      \"auth.users\", // theirs\n      'auth.sessions',\n    ],\n  },\n  enums: { external: ['auth.kind'] },\n})");
        Assert.Equal(["auth.users prisma.config.ts:4:7", "auth.sessions prisma.config.ts:5:7"], read.ExternalTables.Select(t => $"{t.Text} {t.Location}"));
        Assert.Equal(["auth.kind"], read.ExternalEnums.Select(e => e.Text));
    }

    [Theory]
    [InlineData("migrations: { initShadowDb: `\nCREATE SCHEMA auth;\n` }", "\nCREATE SCHEMA auth;\n", null)]
    [InlineData("migrations: { initShadowDb: 'CREATE SCHEMA a;\\n' + \"CREATE SCHEMA b;\" }", "CREATE SCHEMA a;\nCREATE SCHEMA b;", null)]
    [InlineData("migrations: { initShadowDb: readFileSync(path.join('prisma', 'init.sql'), 'utf8') }", null, "prisma/init.sql")]
    [InlineData("migrations: { path: 'x' }", null, null)]
    public void The_sql_of_the_shadow_database_is_read(string keys, string? sql, string? file)
    {
        var read = Read($"export default defineConfig({{ {keys} }})");
        Assert.Equal(sql, read.InitShadowDb?.Text);
        Assert.Equal(file, read.InitShadowDbFile);
    }

    [Theory]
    [InlineData("env('DATABASE_URL')", "DATABASE_URL")]
    [InlineData("env<Variables>('A')", "A")]
    [InlineData("process.env.DIRECT_URL ?? process.env['B'] ?? 'postgresql://h/d'", "DIRECT_URL|B|postgresql://h/d")]
    public void The_url_is_a_list_of_variables_and_literals_in_the_order_in_which_they_are_tried(string value, string expected)
    {
        var read = Read($"export default defineConfig({{ datasource: {{ url: {value}, shadowDatabaseUrl: env('SHADOW') }} }})");
        Assert.Equal(expected, string.Join('|', read.Url.Select(url => url.Variable ?? url.Value)));
        Assert.Equal("SHADOW", Assert.Single(read.ShadowUrl).Variable);
    }

    [Theory]
    [InlineData("import 'dotenv/config'", true, false)]
    [InlineData("import { expand } from 'dotenv-expand'", true, true)]
    [InlineData("import { defineConfig } from 'prisma/config'", false, false)]
    public void It_says_whether_environment_files_are_loaded(string code, bool loads, bool expands) =>
        Assert.Equal((loads, expands), (Read(code).LoadsEnvironment, Read(code).Expands));

    [Theory]
    [InlineData("import { definePrismaConfig } from 'prisma/config'", "definePrismaConfig")]
    [InlineData("import orm from '@prisma/orm-postgres/config'", "@prisma/orm-postgres/config")]
    [InlineData("import { defineConfig } from 'prisma/config'", null)]
    public void A_configuration_of_Prisma_8_is_recognized(string code, string? mark) => Assert.Equal(mark, Read(code).Prisma8?.Text);

    [Fact]
    public void Whatever_the_text_reading_ends() =>
        Assert.All(
            (string[])["", "{", "}}}", "schema:", "schema: (((", "const a = b; const b = a; x = { schema: a }", "`${", "'", "{ datasource: { url: env(", "/*"],
            text => Assert.NotNull(Read(text)));

    private static PrismaConfigFile Read(string text, string path = "prisma.config.ts") => PrismaConfigFile.Read(new SourceText(path, text));
}
