using Plumbline.PostgreSql.Catalog;
using Plumbline.PostgreSql.Writing;
using Plumbline.Testing;

namespace Plumbline.PostgreSql.Tests.Catalog;

/// <summary>Servers of other versions than the one that the rest is held to: <c>PLUMB_POSTGRESQL</c> lists them, else 18; <c>eng/versions.sh</c> runs all.</summary>
[Trait("needs", "server")]
public sealed class OtherVersionsTests(PostgreSqlServers servers)
{
    /// <summary>The versions.</summary>
    public static TheoryData<int> Versions => [.. PostgreSqlServers.Versions];

    /// <summary>Each version with each statement that it understands.</summary>
    public static TheoryData<int, string> Statements
    {
        get
        {
            var data = new TheoryData<int, string>();
            foreach (var version in PostgreSqlServers.Versions)
            {
                foreach (var (since, statements) in CatalogReaderTests.StatementsOfVersions.Where(s => s.Since <= version))
                {
                    data.Add(version, statements);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Statements))]
    public async Task What_the_replay_makes_is_read(int version, string statements)
    {
        using var database = servers[version].CreateDatabase();
        database.Run(CatalogReaderTests.Base + statements);
        Assert.Equal("", string.Join('\n', LiveCatalog.Differences(LiveCatalog.Replay(CatalogReaderTests.Base + statements, version), await LiveCatalog.SchemaAsync(database))));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Functions_that_came_after_15_are_known(int version)
    {
        (int Since, string Sql)[] statements =
        [
            (16, "CREATE VIEW some_name AS SELECT any_value(name) AS name, system_user AS who FROM users;"),
            (17, "ALTER TABLE users ADD luck int DEFAULT random(1, 6), ADD bits text GENERATED ALWAYS AS (to_bin(\"Camel\")) STORED;"),
            (18, "CREATE TABLE newest (id uuid PRIMARY KEY DEFAULT uuidv7(), tags text[] DEFAULT array_sort(ARRAY['b', 'a']), name text); CREATE INDEX folded ON newest (casefold(name));"),
        ];
        var script = CatalogReaderTests.Base + string.Concat(statements.Where(s => s.Since <= version).Select(s => s.Sql));
        using var database = servers[version].CreateDatabase();
        database.Run(script);
        Assert.Equal("", string.Join('\n', LiveCatalog.Refusals(script, version)));
        Assert.Equal("", string.Join('\n', LiveCatalog.Differences(LiveCatalog.Replay(script, version), await LiveCatalog.SchemaAsync(database))));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task An_object_of_every_kind_compares_equal_to_its_history(int version)
    {
        using var database = servers[version].CreateDatabase();
        database.Run(BroadSchema.Script(version));
        Assert.Equal("", string.Join('\n', LiveCatalog.Refusals(BroadSchema.Script(version), version)));
        Assert.Equal("", string.Join('\n', LiveCatalog.Differences(LiveCatalog.Replay(BroadSchema.Script(version), version), await LiveCatalog.SchemaAsync(database))));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task An_object_of_every_kind_is_written_so_that_it_is_made_again(int version)
    {
        using var database = servers[version].CreateDatabase();
        database.Run(BroadSchema.WholeScript(version));
        using var copy = servers[version].CreateDatabase();
        copy.Run("CREATE EXTENSION postgres_fdw; CREATE SERVER elsewhere FOREIGN DATA WRAPPER postgres_fdw");
        copy.Run(SchemaWriter.Write(await LiveCatalog.SchemaAsync(database)));
        Assert.Equal(database.CatalogLines(), copy.CatalogLines());
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task The_version_is_told(int version)
    {
        using var database = servers[version].CreateDatabase();
        Assert.Equal(version, (await LiveCatalog.SnapshotAsync(database, new CatalogOptions { WithStatistics = true })).Server.Major);
    }
}
