using Plumbline.Schema.Comparison;
using Plumbline.Testing;

namespace Plumbline.PostgreSql.Tests.Catalog;

/// <summary>Changes that someone made by hand in a database that migrations had made: each is seen, and nothing else.</summary>
[Trait("needs", "server")]
public sealed class HandMadeChangeTests(PostgreSqlServer server)
{
    private const string Migrations = """
        CREATE SCHEMA spare;
        CREATE EXTENSION pg_trgm;
        CREATE TYPE mood AS ENUM ('sad', 'happy', 'unused');
        CREATE TYPE spare_enum AS ENUM ('one', 'two', 'three');
        CREATE DOMAIN spare_domain AS int;
        CREATE TYPE pair AS (a int, b int);
        CREATE SEQUENCE tickets;
        CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
        CREATE FUNCTION twice(a int) RETURNS int LANGUAGE sql AS 'SELECT a * 2';
        CREATE TABLE users (id int PRIMARY KEY, email text NOT NULL CONSTRAINT users_email_key UNIQUE, name varchar(40), nickname text, born date, score numeric(8,2) DEFAULT 1 CONSTRAINT positive CHECK (score > 0),
          seen timestamp(3), tags text[], mood mood, spare bytea);
        CREATE INDEX users_name_idx ON users (name);
        CREATE INDEX users_lower_idx ON users (lower(email));
        CREATE INDEX users_partial_idx ON users (born) WHERE score > 1;
        CREATE TRIGGER touched BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();
        ALTER TABLE users ENABLE ROW LEVEL SECURITY;
        CREATE POLICY own ON users USING (id = 1);
        COMMENT ON TABLE users IS 'people';
        CREATE TABLE posts (id int PRIMARY KEY, author int CONSTRAINT posts_author_fkey REFERENCES users, parent int);
        CREATE TABLE lonely (a int NOT NULL, note xml);
        CREATE INDEX lonely_idx ON lonely (a);
        CREATE TABLE kid (b macaddr) INHERITS (lonely);
        CREATE TABLE keyed (a int NOT NULL, b int NOT NULL, CONSTRAINT keyed_pkey PRIMARY KEY (a));
        CREATE TABLE counted (a int GENERATED ALWAYS AS IDENTITY, b int NOT NULL, doubled int GENERATED ALWAYS AS (b * 2) STORED);
        CREATE TABLE rooms (during tsrange, CONSTRAINT free EXCLUDE USING gist (during WITH &&));
        CREATE TABLE measures (at date NOT NULL, value int) PARTITION BY RANGE (at);
        CREATE TABLE measures_2024 PARTITION OF measures FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
        CREATE TABLE measures_2025 PARTITION OF measures FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
        CREATE TABLE shared (a int);
        GRANT SELECT ON shared TO pg_monitor;
        CREATE VIEW names AS SELECT id, email FROM users;
        CREATE MATERIALIZED VIEW totals AS SELECT count(*) FROM users;
        CREATE PUBLICATION events FOR TABLE posts;
        """;

    [Theory]
    [MemberData(nameof(HandMadeChanges.Tables), MemberType = typeof(HandMadeChanges))]
    [MemberData(nameof(HandMadeChanges.Columns), MemberType = typeof(HandMadeChanges))]
    [MemberData(nameof(HandMadeChanges.Constraints), MemberType = typeof(HandMadeChanges))]
    [MemberData(nameof(HandMadeChanges.Indexes), MemberType = typeof(HandMadeChanges))]
    [MemberData(nameof(HandMadeChanges.Types), MemberType = typeof(HandMadeChanges))]
    [MemberData(nameof(HandMadeChanges.Code), MemberType = typeof(HandMadeChanges))]
    [MemberData(nameof(HandMadeChanges.Rights), MemberType = typeof(HandMadeChanges))]
    public async Task A_change_is_seen_and_nothing_else(string done, string expected)
    {
        using var database = server.CreateDatabase();
        database.Run(Migrations + done);
        var comparison = SchemaComparer.Compare(LiveCatalog.Replay(Migrations), await LiveCatalog.SchemaAsync(database));
        Assert.Empty(comparison.NotComparable);
        Assert.Empty(comparison.NotVisible);
        Assert.Equal(expected, string.Join('\n', comparison.Changes));
    }

    [Fact]
    public async Task A_database_that_nobody_touched_shows_none()
    {
        using var database = server.CreateDatabase();
        database.Run(Migrations);
        Assert.Empty(LiveCatalog.Differences(LiveCatalog.Replay(Migrations), await LiveCatalog.SchemaAsync(database)));
    }
}
