using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Replay.History;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Tests.Replay.History;

public sealed class ObjectHistoryTests
{
    [Theory]
    [InlineData("CREATE TABLE a (id int);", ObjectKind.Table, "b", null, ObjectFate.NeverCreated, null)]
    [InlineData("CREATE TABLE a (id int);", ObjectKind.Table, "a", null, ObjectFate.Exists, 0)]
    [InlineData("CREATE TABLE a (id int);", ObjectKind.Column, "a", "b", ObjectFate.NeverCreated, null)]
    [InlineData("CREATE TABLE a (id int); ALTER TABLE a RENAME TO b;", ObjectKind.Table, "a", null, ObjectFate.Renamed, 1)]
    [InlineData("CREATE TABLE a (id int); ALTER TABLE a RENAME TO b; ALTER TABLE b RENAME id TO x; DROP TABLE b;", ObjectKind.Column, "a", "id", ObjectFate.Dropped, 3)]
    [InlineData("CREATE TABLE a (id int); ALTER TABLE a RENAME TO b; ALTER TABLE b DROP COLUMN id;", ObjectKind.Column, "a", "id", ObjectFate.Dropped, 2)]
    [InlineData("CREATE TABLE a (id int); DROP TABLE a; CREATE TABLE a (id nothing);", ObjectKind.Table, "a", null, ObjectFate.Refused, 2)]
    [InlineData("CREATE TABLE a (id nothing); CREATE TABLE a (id int); DROP TABLE a;", ObjectKind.Table, "a", null, ObjectFate.Dropped, 2)]
    [InlineData("CREATE VIEW a AS SELECT 1 AS id;", ObjectKind.Table, "a", null, ObjectFate.CreatedOtherwise, 0)]
    [InlineData("BEGIN; CREATE TABLE a (id int); ROLLBACK;", ObjectKind.Table, "a", null, ObjectFate.RolledBack, 1)]
    [InlineData("CREATE SCHEMA s; CREATE TABLE s.a (id int); ALTER SCHEMA s RENAME TO public2; DROP TABLE public2.a;", ObjectKind.Table, "s.a", null, ObjectFate.Dropped, 3)]
    [InlineData("CREATE TABLE \"Post\" (\"authorId\" int, id int PRIMARY KEY); ALTER TABLE \"Post\" ADD FOREIGN KEY (\"authorId\") REFERENCES \"Post\"; ALTER TABLE \"Post\" DROP CONSTRAINT \"Post_authorId_fkey\";", ObjectKind.ForeignKey, "Post", "Post_authorId_fkey", ObjectFate.Dropped, 2)]
    [InlineData("ALTER TABLE \"Post\" ADD FOREIGN KEY (\"authorId\") REFERENCES \"Post\";", ObjectKind.ForeignKey, "Post", "Post_authorId_fkey", ObjectFate.Refused, 0)]
    [InlineData("CREATE TABLE a (id nothing UNIQUE, PRIMARY KEY (id));", ObjectKind.Unique, "a", "a_id_key", ObjectFate.Refused, 0)]
    [InlineData("CREATE TABLE a (id nothing UNIQUE, PRIMARY KEY (id));", ObjectKind.Index, "a_pkey", null, ObjectFate.Refused, 0)]
    [InlineData("CREATE TYPE e AS ENUM ('a'); ALTER TYPE e RENAME VALUE 'a' TO 'b';", ObjectKind.EnumValue, "e", "a", ObjectFate.Renamed, 1)]
    [InlineData("CREATE TYPE e AS ENUM ('a'); DROP TYPE e; CREATE TYPE e AS ENUM ('b');", ObjectKind.EnumValue, "e", "a", ObjectFate.Dropped, 1)]
    [InlineData("DO $$ BEGIN CREATE TABLE a (id nothing); END $$;", ObjectKind.Table, "a", null, ObjectFate.Refused, 0)]
    [InlineData("DO $$ BEGIN EXECUTE 'CREATE TABLE a (id nothing)'; END $$;", ObjectKind.Column, "a", "id", ObjectFate.Refused, 0)]
    [InlineData("DO LANGUAGE plperl 'x'; CREATE TABLE a AS EXECUTE q;", ObjectKind.Table, "a", null, ObjectFate.Unknown, 1)]
    [InlineData("CREATE TABLE t (id int); CREATE INDEX i ON t (id); ALTER TABLE t DROP COLUMN id;", ObjectKind.Index, "i", null, ObjectFate.Dropped, 2)]
    public void A_name_leads_to_what_became_of_the_object(string script, ObjectKind kind, string name, string? member, ObjectFate fate, int? decisive)
    {
        var trace = Run(script).Objects.Trace(kind, Name(name), member);
        Assert.Equal((fate, decisive), (trace.Fate, trace.DecisiveIndex));
    }

    [Fact]
    public void A_refusal_leads_to_the_one_that_caused_it()
    {
        var trace = Run("CREATE TABLE a (id nothing); CREATE TABLE c (id int); CREATE INDEX i ON a (id);").Objects.Trace(ObjectKind.Index, Name("i"));
        Assert.Equal(ObjectFate.Refused, trace.Fate);
        Assert.Equal(2, trace.DecisiveIndex);
        Assert.Equal("42704", trace.RootRefusal!.Error!.SqlState);
        Assert.Equal(Name("a"), trace.Attempt!.Table);
    }

    [Fact]
    public void Constraints_are_found_by_their_columns_whatever_their_names()
    {
        var objects = Run(
            "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE a (p int, q int); ALTER TABLE a ADD CONSTRAINT own FOREIGN KEY (p) REFERENCES p; ALTER TABLE a DROP CONSTRAINT own; "
            + "ALTER TABLE a RENAME TO b; CREATE INDEX i ON b (p); ALTER TABLE b ADD UNIQUE (q, nope);").Objects;
        Assert.Equal(["ForeignKey False", "Index True"], objects.FindOn(Name("a"), ["p"]).Select(r => $"{r.Kind} {r.Exists}").Order(StringComparer.Ordinal));
        Assert.Equal("own", Assert.Single(objects.FindOn(Name("b"), ["p"], ObjectKind.ForeignKey)).Member);
        Assert.Equal(["Unique", "Index"], objects.AttemptsOn(Name("b"), ["q", "nope"]).Select(a => a.ObjectKind.ToString()));
    }

    [Fact]
    public void A_record_tells_every_name_and_event()
    {
        var record = Run("CREATE TABLE a (id int DEFAULT 1);", "ALTER TABLE a RENAME TO b;", "ALTER TABLE b RENAME id TO x;", "ALTER TABLE b ALTER x DROP DEFAULT, ALTER x SET NOT NULL;").Objects.Find(ObjectKind.Column, Name("b"), "x")!;
        Assert.Equal(["Create", "Rename", "Change", "Change"], record.Events.Select(e => e.Change.Kind.ToString()));
        Assert.Equal(["public.a", "public.b"], record.Names.Select(n => n.ToString()));
        Assert.Equal(["id", "x"], record.Members);
        Assert.Equal("m3/migration.sql:1:15", record.LastChange(c => c.Default)!.Location.ToString());
        Assert.Equal("m3/migration.sql:1:37", record.LastChange(c => c.IsNullable)!.Location.ToString());
        Assert.Null(record.LastChange(c => c.Type));
    }

    [Theory]
    [InlineData("CREATE TABLE a (id int);", RelationOrigin.Definition)]
    [InlineData("CREATE TABLE a AS SELECT 1 AS id;", RelationOrigin.Query)]
    [InlineData("SELECT 1 AS id INTO a;", RelationOrigin.Query)]
    [InlineData("CREATE TABLE b (id int); CREATE TABLE a (LIKE b INCLUDING ALL);", RelationOrigin.Like)]
    public void A_table_tells_how_it_came_to_be(string script, RelationOrigin origin) =>
        Assert.Equal(origin, ((RelationState)Run(script).Objects.Find(ObjectKind.Table, Name("a"))!.State!).Origin);

    [Fact]
    public void What_the_platform_brings_exists()
    {
        var replay = MigrationReplay.Run([ServerReplay.Migration("SELECT 1;")], new ReplayOptions { Platform = ReplayPlatform.Supabase });
        Assert.Equal(ObjectFate.Exists, replay.Objects.Trace(ObjectKind.Table, new ObjectName("auth", "users")).Fate);
        Assert.Equal(ObjectFate.NeverCreated, replay.Objects.Trace(ObjectKind.Column, new ObjectName("auth", "users"), "nope").Fate);
    }

    [Fact]
    public void Names_over_63_bytes_are_found_as_postgresql_cuts_them()
    {
        var name = new string('x', 70);
        Assert.Equal(ObjectFate.Exists, Run($"CREATE TABLE a (id int); CREATE INDEX {name} ON a (id);").Objects.Trace(ObjectKind.Index, Name(name)).Fate);
    }

    private static ObjectName Name(string name) => name.Split('.') is [var schema, var own] ? new ObjectName(schema, own) : new ObjectName("public", name);

    private static ReplayResult Run(params string[] migrations) =>
        MigrationReplay.Run(migrations.Select((m, i) => new MigrationSource($"m{i}", new SourceText($"m{i}/migration.sql", m))));
}
