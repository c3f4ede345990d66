namespace Plumbline.PostgreSql.Tests.Catalog;

/// <content>What is neither a table nor a member of one, and who may do what.</content>
internal static partial class HandMadeChanges
{
    /// <summary>Enums, domains, composite types and ranges.</summary>
    public static TheoryData<string, string> Types => new()
    {
        {
            "CREATE TYPE color AS ENUM ('red', 'green')",
            "add-enum color: nothing → ENUM ('red', 'green')"
        },
        {
            "DROP TYPE spare_enum",
            "drop-enum spare_enum: ENUM ('one', 'two', 'three') → nothing"
        },
        {
            "ALTER TYPE spare_enum RENAME TO reserve_enum",
            "rename-enum reserve_enum: spare_enum → reserve_enum"
        },
        {
            "ALTER TYPE mood ADD VALUE 'furious'",
            "add-enum-value mood.furious: nothing → furious"
        },
        {
            "ALTER TYPE mood ADD VALUE 'fine' BEFORE 'happy'",
            "add-enum-value mood.fine: nothing → fine"
        },
        {
            "ALTER TYPE mood RENAME VALUE 'happy' TO 'Happy'",
            "rename-enum-value mood.Happy: happy → Happy"
        },
        {
            "UPDATE pg_enum SET enumsortorder = 100 WHERE enumlabel = 'sad'",
            "alter-enum-order mood: ENUM ('sad', 'happy', 'unused') → ENUM ('happy', 'unused', 'sad')"
        },
        {
            "DELETE FROM pg_enum WHERE enumlabel = 'unused'",
            "drop-enum-value mood.unused: unused → nothing"
        },
        {
            "CREATE DOMAIN percent AS int CHECK (VALUE BETWEEN 0 AND 100)",
            "add-domain percent: nothing → integer CONSTRAINT percent_check CHECK (((VALUE >= 0) AND (VALUE <= 100)))"
        },
        {
            "DROP DOMAIN spare_domain",
            "drop-domain spare_domain: integer → nothing"
        },
        {
            "ALTER DOMAIN spare_domain SET NOT NULL",
            "alter-domain spare_domain: integer → integer NOT NULL"
        },
        {
            "ALTER DOMAIN spare_domain SET DEFAULT 7",
            "alter-domain spare_domain: integer → integer DEFAULT 7"
        },
        {
            "ALTER DOMAIN spare_domain ADD CONSTRAINT small CHECK (VALUE < 10)",
            "alter-domain spare_domain: integer → integer CONSTRAINT small CHECK ((VALUE < 10))"
        },
        {
            "CREATE TYPE triple AS (a int, b int, c int)",
            "add-type triple: nothing → (a integer, b integer, c integer)"
        },
        {
            "DROP TYPE pair",
            "drop-type pair: (a integer, b integer) → nothing"
        },
        {
            "ALTER TYPE pair ADD ATTRIBUTE c int",
            "alter-type pair: (a integer, b integer) → (a integer, b integer, c integer)"
        },
        {
            "ALTER TYPE pair ALTER ATTRIBUTE b TYPE bigint",
            "alter-type pair: (a integer, b integer) → (a integer, b bigint)"
        },
        {
            "CREATE TYPE floats AS RANGE (subtype = float8)",
            "add-type floats: nothing → RANGE (subtype = double precision)"
        },
    };

    /// <summary>Views, functions, triggers and rules.</summary>
    public static TheoryData<string, string> Code => new()
    {
        {
            "CREATE VIEW ids AS SELECT id FROM users",
            "add-view ids: nothing →  SELECT users.id\n   FROM users;"
        },
        {
            "DROP VIEW names",
            "drop-view names:  SELECT users.id,\n    users.email\n   FROM users; → nothing"
        },
        {
            "CREATE OR REPLACE VIEW names AS SELECT id, email FROM users WHERE id > 0",
            "alter-view names:  SELECT users.id,\n    users.email\n   FROM users; →  SELECT users.id,\n    users.email\n   FROM users\n  WHERE (users.id > 0);"
        },
        {
            "ALTER VIEW names SET (security_invoker = true)",
            "alter-view names:  SELECT users.id,\n    users.email\n   FROM users; → WITH (security_invoker=true)  SELECT users.id,\n    users.email\n   FROM users;"
        },
        {
            "CREATE MATERIALIZED VIEW cached AS SELECT id FROM users",
            "add-view cached: nothing →  SELECT users.id\n   FROM users;"
        },
        {
            "REFRESH MATERIALIZED VIEW totals WITH NO DATA",
            "alter-storage totals: WITH DATA → WITH NO DATA"
        },
        {
            "CREATE INDEX totals_idx ON totals (count)",
            "add-index totals.totals_idx: nothing → btree (count)"
        },
        {
            "CREATE FUNCTION helper() RETURNS int LANGUAGE sql AS 'SELECT 1'",
            "add-function helper(): nothing → () RETURNS integer LANGUAGE sql"
        },
        {
            "CREATE FUNCTION twice(bigint) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'",
            "add-function twice(bigint): nothing → (bigint) RETURNS bigint LANGUAGE sql"
        },
        {
            "DROP FUNCTION twice(int)",
            "drop-function twice(integer): (a integer) RETURNS integer LANGUAGE sql → nothing"
        },
        {
            "CREATE OR REPLACE FUNCTION twice(a int) RETURNS int LANGUAGE sql AS 'SELECT a + a'",
            "alter-function twice(integer): (a integer) RETURNS integer LANGUAGE sql AS SELECT a * 2 → (a integer) RETURNS integer LANGUAGE sql AS SELECT a + a"
        },
        {
            "ALTER FUNCTION twice(int) IMMUTABLE",
            "alter-function twice(integer): (a integer) RETURNS integer LANGUAGE sql → (a integer) RETURNS integer LANGUAGE sql IMMUTABLE"
        },
        {
            "ALTER FUNCTION twice(int) SECURITY DEFINER",
            "alter-function twice(integer): (a integer) RETURNS integer LANGUAGE sql → (a integer) RETURNS integer LANGUAGE sql SECURITY DEFINER"
        },
        {
            "ALTER FUNCTION twice(int) STRICT",
            "alter-function twice(integer): (a integer) RETURNS integer LANGUAGE sql → (a integer) RETURNS integer LANGUAGE sql STRICT"
        },
        {
            "ALTER FUNCTION twice(int) SET search_path = public",
            "alter-function twice(integer): (a integer) RETURNS integer LANGUAGE sql → (a integer) RETURNS integer LANGUAGE sql SET search_path TO public"
        },
        {
            "ALTER FUNCTION twice(int) COST 5",
            "alter-function twice(integer): (a integer) RETURNS integer LANGUAGE sql → (a integer) RETURNS integer LANGUAGE sql COST 5"
        },
        {
            "ALTER FUNCTION twice(int) PARALLEL SAFE",
            "alter-function twice(integer): (a integer) RETURNS integer LANGUAGE sql → (a integer) RETURNS integer LANGUAGE sql PARALLEL SAFE"
        },
        {
            "CREATE PROCEDURE clean() LANGUAGE plpgsql AS $$ BEGIN END $$",
            "add-function clean(): nothing → () LANGUAGE plpgsql"
        },
        {
            "CREATE TRIGGER another AFTER INSERT ON users FOR EACH ROW EXECUTE FUNCTION touch()",
            "add-trigger users.another: nothing → AFTER INSERT FOR EACH ROW EXECUTE FUNCTION touch()"
        },
        {
            "DROP TRIGGER touched ON users",
            "drop-trigger users.touched: BEFORE UPDATE FOR EACH ROW EXECUTE FUNCTION touch() → nothing"
        },
        {
            "CREATE OR REPLACE TRIGGER touched AFTER UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch()",
            "alter-trigger users.touched: BEFORE UPDATE FOR EACH ROW EXECUTE FUNCTION touch() → AFTER UPDATE FOR EACH ROW EXECUTE FUNCTION touch()"
        },
        {
            "CREATE OR REPLACE TRIGGER touched BEFORE INSERT OR UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch()",
            "alter-trigger users.touched: BEFORE UPDATE FOR EACH ROW EXECUTE FUNCTION touch() → BEFORE INSERT OR UPDATE FOR EACH ROW EXECUTE FUNCTION touch()"
        },
        {
            "CREATE OR REPLACE TRIGGER touched BEFORE UPDATE ON users FOR EACH ROW WHEN (NEW.id > 0) EXECUTE FUNCTION touch()",
            "alter-trigger users.touched: BEFORE UPDATE FOR EACH ROW EXECUTE FUNCTION touch() → BEFORE UPDATE FOR EACH ROW WHEN ((new.id > 0)) EXECUTE FUNCTION touch()"
        },
        {
            "ALTER TABLE users DISABLE TRIGGER touched",
            "alter-constraint-state users.touched: ENABLED → DISABLED"
        },
        {
            "ALTER TABLE users ENABLE ALWAYS TRIGGER touched",
            "alter-constraint-state users.touched: ENABLED → ALWAYS"
        },
        {
            "CREATE RULE quiet AS ON DELETE TO lonely DO INSTEAD NOTHING",
            "add-rule lonely.quiet: nothing → CREATE RULE quiet AS\n    ON DELETE TO public.lonely DO INSTEAD NOTHING;"
        },
    };

    /// <summary>Policies, privileges, owners, comments, extensions and publications.</summary>
    public static TheoryData<string, string> Rights => new()
    {
        {
            "ALTER TABLE lonely OWNER TO pg_monitor",
            "alter-owner lonely: postgres → pg_monitor"
        },
        {
            "ALTER FUNCTION twice(int) OWNER TO pg_monitor",
            "alter-owner twice(integer): postgres → pg_monitor"
        },
        {
            "ALTER TABLE posts ENABLE ROW LEVEL SECURITY",
            "alter-rls posts: DISABLED → ENABLED"
        },
        {
            "ALTER TABLE users DISABLE ROW LEVEL SECURITY",
            "alter-rls users: ENABLED → DISABLED"
        },
        {
            "ALTER TABLE users FORCE ROW LEVEL SECURITY",
            "alter-rls users: ENABLED → ENABLED, FORCED"
        },
        {
            "CREATE POLICY other ON users USING (true)",
            "add-policy users.other: nothing → PERMISSIVE FOR ALL TO public USING (true)"
        },
        {
            "DROP POLICY own ON users",
            "drop-policy users.own: PERMISSIVE FOR ALL TO public USING ((id = 1)) → nothing"
        },
        {
            "ALTER POLICY own ON users USING (id = 2)",
            "alter-policy users.own: PERMISSIVE FOR ALL TO public USING ((id = 1)) → PERMISSIVE FOR ALL TO public USING ((id = 2))"
        },
        {
            "ALTER POLICY own ON users WITH CHECK (id = 1)",
            "alter-policy users.own: PERMISSIVE FOR ALL TO public USING ((id = 1)) → PERMISSIVE FOR ALL TO public USING ((id = 1)) WITH CHECK ((id = 1))"
        },
        {
            "ALTER POLICY own ON users TO pg_monitor",
            "alter-policy users.own: PERMISSIVE FOR ALL TO public USING ((id = 1)) → PERMISSIVE FOR ALL TO pg_monitor USING ((id = 1))"
        },
        {
            "DROP POLICY own ON users; CREATE POLICY own ON users FOR SELECT USING (id = 1)",
            "alter-policy users.own: PERMISSIVE FOR ALL TO public USING ((id = 1)) → PERMISSIVE FOR SELECT TO public USING ((id = 1))"
        },
        {
            "CREATE EXTENSION citext",
            "add-extension citext: nothing → citext SCHEMA public VERSION 1.6"
        },
        {
            "DROP EXTENSION pg_trgm",
            "drop-extension pg_trgm: pg_trgm SCHEMA public → nothing"
        },
        {
            "ALTER EXTENSION pg_trgm SET SCHEMA spare",
            "alter-extension pg_trgm: pg_trgm SCHEMA public → pg_trgm SCHEMA spare VERSION 1.6"
        },
        {
            "COMMENT ON TABLE lonely IS 'alone'",
            "add-comment lonely: nothing → alone"
        },
        {
            "COMMENT ON TABLE users IS NULL",
            "drop-comment users: people → nothing"
        },
        {
            "COMMENT ON TABLE users IS 'members'",
            "alter-comment users: people → members"
        },
        {
            "COMMENT ON COLUMN users.email IS 'address'",
            "add-comment users.email: nothing → address"
        },
        {
            "COMMENT ON CONSTRAINT positive ON users IS 'why'",
            "add-comment users.positive: nothing → why"
        },
        {
            "GRANT SELECT ON lonely TO pg_monitor",
            "add-grant lonely.lonely: nothing → postgres=arwdDxt/postgres, pg_monitor=r/postgres"
        },
        {
            "REVOKE ALL ON shared FROM pg_monitor",
            "alter-grant shared.shared: postgres=arwdDxt/postgres, pg_monitor=r/postgres → postgres=arwdDxt/postgres"
        },
        {
            "GRANT INSERT ON shared TO pg_monitor",
            "alter-grant shared.shared: postgres=arwdDxt/postgres, pg_monitor=r/postgres → postgres=arwdDxt/postgres, pg_monitor=ar/postgres"
        },
        {
            "GRANT UPDATE (nickname) ON users TO pg_monitor",
            "add-grant users.nickname: nothing → pg_monitor=w/postgres"
        },
        {
            "GRANT USAGE ON SCHEMA public TO pg_monitor",
            "add-grant public: nothing → pg_database_owner=UC/pg_database_owner, =U/pg_database_owner, pg_monitor=U/pg_database_owner"
        },
        {
            "REVOKE EXECUTE ON FUNCTION twice(int) FROM PUBLIC",
            "add-grant twice(integer): nothing → postgres=X/postgres"
        },
        {
            "CREATE PUBLICATION news FOR TABLE users",
            "add-publication news: nothing → FOR TABLE users"
        },
        {
            "DROP PUBLICATION events",
            "drop-publication events: FOR TABLE posts → nothing"
        },
        {
            "ALTER PUBLICATION events ADD TABLE users",
            "alter-publication events: FOR TABLE posts → FOR TABLE posts, TABLE users"
        },
        {
            "ALTER PUBLICATION events SET (publish = 'insert')",
            "alter-publication events: FOR TABLE posts → FOR TABLE posts WITH (publish=insert)"
        },
    };
}
