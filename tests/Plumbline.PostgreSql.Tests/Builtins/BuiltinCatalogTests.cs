using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Sql;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.Schema.Text;
using Plumbline.Testing;

namespace Plumbline.PostgreSql.Tests.Builtins;

public sealed class BuiltinCatalogTests(PostgreSqlServer server)
{
    private static readonly BuiltinCatalog Catalog = BuiltinCatalog.PostgreSql;

    [Fact]
    public void Types_are_found_by_name_and_number()
    {
        var integer = Catalog.FindType("pg_catalog", "int4")!;
        Assert.Equal(23u, integer.Oid);
        Assert.Equal('N', integer.Category);
        Assert.Same(integer, Catalog.GetType(23));
        Assert.True(Catalog.GetType(integer.ArrayOid) is { IsArray: true, ElementOid: 23 });
        Assert.Equal(PgTypeKind.Domain, Catalog.FindType("information_schema", "sql_identifier")!.Kind);
        Assert.Null(Catalog.FindType("public", "int4"));
    }

    [Theory]
    [InlineData("now", 1, "Stable")]
    [InlineData("lower", 3, "Immutable")]
    [InlineData("random", 1, "Volatile")]
    public void Functions_are_found_with_all_that_share_a_name(string name, int count, string first)
    {
        var functions = Catalog.FindFunctions("pg_catalog", name);
        Assert.Equal(count, functions.Count);
        Assert.Equal(first, functions[0].Volatility.ToString());
    }

    [Theory]
    [InlineData("uuidv7", 17, 0)]
    [InlineData("uuidv7", 18, 2)]
    [InlineData("random", 15, 1)]
    [InlineData("random", 17, 4)]
    [InlineData("now", 18, 1)]
    public void A_version_has_its_own_functions(string name, int version, int count) =>
        Assert.Equal(count, BuiltinCatalog.OfVersion(version).FindFunctions("pg_catalog", name).Count);

    [Fact]
    public void Columns_of_the_catalogs_are_known()
    {
        var tables = Catalog.FindRelation("information_schema", "tables")!;
        Assert.Equal(["table_catalog", "table_schema", "table_name", "table_type"], tables.Columns.Take(4).Select(c => c.Name));
        Assert.Contains(Catalog.FindRelation("pg_catalog", "pg_class")!.Columns, c => c is { Name: "relname", TypeOid: 19, IsNotNull: true });
    }

    [Fact]
    public void An_extension_brings_its_objects_into_the_schema_where_it_is_installed()
    {
        Assert.Null(Catalog.FindType("public", "citext"));
        var with = Catalog.With(KnownExtension.All["citext"], "public");
        Assert.Equal('S', with.FindType("public", "citext")!.Category);
        Assert.Null(with.FindType("extensions", "citext"));
        Assert.False(with.HasUnknownObjects);
        Assert.Null(with.Without("citext").FindType("public", "citext"));
    }

    [Fact]
    public void Vectors_have_their_operator_classes()
    {
        var with = Catalog.With(KnownExtension.All["vector"], "extensions");
        var vector = with.FindType("extensions", "vector")!;
        Assert.Equal(
            ["vector_cosine_ops", "vector_ip_ops", "vector_l1_ops", "vector_l2_ops"],
            with.OperatorClasses("hnsw").Where(k => k.InputOid == vector.Oid).Select(k => k.Name).Order());
        Assert.Contains(with.FindOperators("extensions", "<=>"), o => o.LeftOid == vector.Oid);
        Assert.NotNull(with.FindCast(vector.Oid, with.FindType("extensions", "halfvec")!.Oid));
        Assert.True(with.HasAccessMethod("ivfflat"));
        Assert.False(Catalog.HasAccessMethod("ivfflat"));
    }

    [Fact]
    public void An_extension_whose_contents_nobody_knows_says_so() => Assert.True(Catalog.With(KnownExtension.All["pg_cron"], "pg_catalog").HasUnknownObjects);

    [Fact]
    [Trait("needs", "server")]
    public void Every_extension_of_the_server_is_known_with_its_version()
    {
        using var database = server.CreateDatabase();
        var lines = database.Psql(["-c", "select name || ' ' || default_version from pg_available_extensions"]).EnsureSuccess().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, line => Assert.Equal(line, $"{line.Split(' ')[0]} {KnownExtension.All.GetValueOrDefault(line.Split(' ')[0])?.Version}"));
    }

    [Fact]
    [Trait("needs", "server")]
    public void What_an_extension_adds_is_what_the_server_adds()
    {
        using var database = server.CreateDatabase();
        database.Run("CREATE EXTENSION hstore; CREATE EXTENSION ltree; CREATE EXTENSION pg_trgm; CREATE EXTENSION btree_gin;");
        foreach (var name in (string[])["hstore", "ltree", "pg_trgm", "btree_gin"])
        {
            var objects = KnownExtension.All[name].InstallIn("public");
            var expected = database.Psql(["-c", $"select typname from pg_type t join pg_depend d on d.objid = t.oid join pg_extension e on e.oid = d.refobjid where e.extname = '{name}' and typtype <> 'c' and typelem = 0 order by typname collate \"C\""])
                .EnsureSuccess().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(expected, objects.Types().Where(t => !t.IsArray).Select(t => t.Name).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    [Trait("needs", "server")]
    public void The_script_of_Supabase_runs_on_an_empty_server_and_is_understood()
    {
        using var database = server.CreateDatabase();
        // Roles belong to the whole server, so that they are made and dropped in one transaction.
        database.Run($"BEGIN;\n{SupabasePlatform.Script}\nROLLBACK;");
        Assert.All(SqlParser.Read(SupabasePlatform.Script), statement => Assert.False(statement.Statement is UnknownStatement or InvalidStatement, statement.Statement.ToString()));
    }

    [Fact]
    public void The_script_of_Supabase_is_replayed_without_a_refusal()
    {
        var result = MigrationReplay.Run([new MigrationSource("supabase", new SourceText("supabase.sql", SupabasePlatform.Script))]);
        Assert.All(result.Outcomes, outcome => Assert.True(outcome.Kind == OutcomeKind.Done, $"{outcome.Kind} {outcome.Error}"));
    }

    [Fact]
    public void Of_the_built_in_objects_only_the_kinds_are_read_that_are_asked_for_and_each_once()
    {
        var read = new List<string>();
        var group = new ObjectGroup("pg_catalog", kind =>
        {
            read.Add(kind);
            return BuiltinText.Read(kind + ".tsv");
        });
        Assert.Empty(read);
        Assert.NotNull(group.FindType("pg_catalog", "text"));
        Assert.NotNull(group.FindType("pg_catalog", "int4"));
        Assert.Equal(["types"], read);
        Assert.NotEmpty(group.FindFunctions("pg_catalog", "now"));
        Assert.NotNull(group.GetFunction(1299));
        Assert.Equal(["types", "functions"], read);
        Assert.NotNull(group.FindCast(23, 20));
        Assert.Equal(["types", "functions", "casts"], read);
    }
}
