namespace Plumbline.PostgreSql.Tests.Replay.Procedures;

/// <summary>Histories with DO blocks, in the shapes that migrations have.</summary>
internal static class DoBlockHistories
{
    private const string Users = """CREATE TABLE "User" (id serial PRIMARY KEY, email text NOT NULL, age int);""";

    /// <summary>Each with what it is about.</summary>
    public static IEnumerable<TheoryDataRow<string, string>> All => Scripts.Select(s => new TheoryDataRow<string, string>(s.Name, s.Script) { TestDisplayName = s.Name });

    private static IEnumerable<(string Name, string Script)> Scripts =>
    [
        ("a type that may be there already", """DO $$ BEGIN CREATE TYPE "Role" AS ENUM ('USER', 'ADMIN'); EXCEPTION WHEN duplicate_object THEN null; END $$; DO $$ BEGIN CREATE TYPE "Role" AS ENUM ('OTHER'); EXCEPTION WHEN duplicate_object THEN null; END $$;"""),
        ("a constraint that may be there already", Users + """
            CREATE TABLE "Post" (id int, "userId" int);
            DO $$ BEGIN
             ALTER TABLE "Post" ADD CONSTRAINT "Post_userId_fk" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE cascade ON UPDATE no action;
            EXCEPTION
             WHEN duplicate_object THEN null;
            END $$;
            DO $$ BEGIN
             ALTER TABLE "Post" ADD CONSTRAINT "Post_userId_fk" FOREIGN KEY ("userId") REFERENCES "User"("id");
            EXCEPTION
             WHEN duplicate_object THEN null;
            END $$;
            """),
        ("a column that may be there already", Users + """DO $$ BEGIN ALTER TABLE "User" ADD COLUMN age int; EXCEPTION WHEN duplicate_column THEN RAISE NOTICE 'column age of % is there', 'User'; END; $$;"""),
        ("an error that no handler catches", Users + """DO $$ BEGIN CREATE TABLE a (id int); ALTER TABLE "User" ADD COLUMN age int; EXCEPTION WHEN duplicate_table THEN NULL; END; $$; CREATE TABLE b (id int);"""),
        ("an error without handlers takes everything back", """DO $$ BEGIN CREATE TABLE a (id int); DROP TABLE missing; END $$;"""),
        ("others catches what its neighbours do not", """DO $$ BEGIN DROP TABLE missing; EXCEPTION WHEN duplicate_table THEN CREATE TABLE wrong (); WHEN OTHERS THEN CREATE TABLE right_one (state text DEFAULT 'x'); END $$;"""),
        ("an SQLSTATE is caught", """DO $$ BEGIN DROP TABLE missing; EXCEPTION WHEN SQLSTATE '42P01' THEN CREATE TABLE a (); END $$; DO $$ BEGIN DROP TABLE missing; EXCEPTION WHEN SQLSTATE '42000' THEN CREATE TABLE b (); END $$;"""),
        ("what a block did before its error is taken back", """DO $$ BEGIN CREATE TABLE kept (); BEGIN CREATE TABLE lost (); CREATE TABLE kept (); EXCEPTION WHEN duplicate_table THEN CREATE TABLE other (); END; CREATE TABLE last (); END $$;"""),
        ("if not exists in pg_type", """DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'status') THEN CREATE TYPE status AS ENUM ('a'); END IF; END $$; DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'status') THEN CREATE TYPE status AS ENUM ('b'); END IF; END $$;"""),
        ("pg_type with its schema", """CREATE SCHEMA s; CREATE TYPE s.status AS ENUM ('a'); DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE n.nspname = 'public' AND t.typname = 'status') THEN CREATE TYPE status AS ENUM ('b'); END IF; IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'status' AND typnamespace = 's'::regnamespace) THEN DROP TYPE s.status; END IF; END $$;"""),
        ("if not exists in pg_constraint", Users + """DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'User_email_key') THEN ALTER TABLE "User" ADD CONSTRAINT "User_email_key" UNIQUE (email); END IF; END $$; DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'User_email_key' AND conrelid = '"User"'::regclass) THEN ALTER TABLE "User" ADD CONSTRAINT "User_email_key" UNIQUE (email); ELSE ALTER TABLE "User" RENAME COLUMN age TO years; END IF; END $$;"""),
        ("a table that is missing as a regclass", """DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'k' AND conrelid = 'missing'::regclass) THEN CREATE TABLE a (); END IF; END $$;"""),
        ("to_regclass", Users + """DO $$ BEGIN IF to_regclass('public."User"') IS NOT NULL AND to_regclass('public.nobody') IS NULL THEN ALTER TABLE "User" DROP COLUMN age; END IF; IF to_regtype('public.nothing') IS NOT NULL THEN DROP TABLE "User"; END IF; END $$;"""),
        ("information_schema.columns", Users + """
            DO $$
            BEGIN
              IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_schema = 'public' AND table_name = 'User' AND column_name = 'age' AND data_type = 'integer') THEN
                ALTER TABLE "User" ALTER COLUMN age TYPE bigint;
              END IF;
              IF NOT EXISTS (SELECT FROM information_schema.columns WHERE table_name = 'User' AND column_name = 'name') THEN
                ALTER TABLE "User" ADD COLUMN name varchar(20) DEFAULT 'none';
              ELSIF true THEN
                DROP TABLE "User";
              ELSE
                DROP TABLE "User" CASCADE;
              END IF;
            END
            $$ LANGUAGE plpgsql;
            """),
        ("information_schema.tables and current_schema", Users + """DO $$ BEGIN IF EXISTS (SELECT * FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'User' AND table_type = 'BASE TABLE') THEN ALTER TABLE "User" RENAME TO users; END IF; END $$;"""),
        ("a constraint found by its columns", Users + """
            ALTER TABLE "User" ADD CONSTRAINT odd_name UNIQUE (email, age), ADD CONSTRAINT other UNIQUE (age);
            DO $$ DECLARE constraint_name text; BEGIN
              SELECT tc.constraint_name INTO constraint_name FROM information_schema.table_constraints tc
              JOIN information_schema.constraint_column_usage ccu ON ccu.constraint_name = tc.constraint_name AND ccu.constraint_schema = tc.constraint_schema
              WHERE tc.table_schema = 'public' AND tc.table_name = 'User' AND tc.constraint_type = 'UNIQUE'
              GROUP BY tc.constraint_name HAVING array_agg(ccu.column_name::text ORDER BY ccu.column_name) = ARRAY['age', 'email'];
              IF constraint_name IS NOT NULL THEN EXECUTE format('ALTER TABLE "User" DROP CONSTRAINT %I', constraint_name); END IF;
            END $$;
            """),
        ("checks dropped by what they say", """
            CREATE TABLE jobs (kind text CHECK (kind IN ('a', 'b')), size int CHECK (size > 0));
            DO $$ DECLARE r record; BEGIN
              FOR r IN SELECT conname FROM pg_constraint WHERE conrelid = 'public.jobs'::regclass AND contype = 'c' AND pg_get_constraintdef(oid) ILIKE '%kind%' LOOP
                EXECUTE format('ALTER TABLE public.jobs DROP CONSTRAINT %I', r.conname);
              END LOOP;
            END $$;
            """),
        ("uniques dropped by their definition", """
            CREATE TABLE tenants (property_id int UNIQUE, email text, UNIQUE (property_id, email));
            do $$ declare r record; begin
              for r in select conname from pg_constraint where conrelid='public.tenants'::regclass and contype='u' and pg_get_constraintdef(oid) ilike '%(property_id)%'
              loop execute 'alter table public.tenants drop constraint ' || quote_ident(r.conname); end loop;
            exception when undefined_table then null;
            end $$;
            """),
        ("a column's number in conkey", """
            CREATE TABLE a (x int, status text CHECK (status <> ''), y int CHECK (y > 0));
            DO $$ DECLARE n smallint; r record; BEGIN
              SELECT attnum INTO n FROM pg_attribute WHERE attrelid = 'a'::regclass AND attname = 'status' AND NOT attisdropped;
              IF n IS NOT NULL THEN
                FOR r IN SELECT conname FROM pg_constraint WHERE conrelid = 'a'::regclass AND contype = 'c' AND n = ANY (conkey) LOOP EXECUTE format('ALTER TABLE a DROP CONSTRAINT %I', r.conname); END LOOP;
              END IF;
            END $$;
            """),
        ("a loop over a literal list", """
            CREATE TABLE a (id int, "updatedAt" timestamp); CREATE TABLE b (id int, "updatedAt" timestamp);
            CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW."updatedAt" = now(); RETURN NEW; END';
            DO $$ DECLARE tbl text; BEGIN
              FOREACH tbl IN ARRAY ARRAY['a', 'b', 'c'] LOOP
                CONTINUE WHEN to_regclass('public.' || tbl) IS NULL;
                EXECUTE format('DROP TRIGGER IF EXISTS trg_%s ON %I', tbl, tbl);
                EXECUTE format('CREATE TRIGGER trg_%1$s BEFORE UPDATE ON %1$I FOR EACH ROW EXECUTE FUNCTION touch()', tbl);
                EXECUTE format('CREATE POLICY %I ON public.%I FOR SELECT USING (true)', 'Read ' || tbl || ' in own school', tbl);
                EXECUTE 'COMMENT ON TABLE ' || quote_ident(tbl) || ' IS ' || quote_literal('it''s ' || tbl);
              END LOOP;
            END $$;
            """),
        ("a list in a variable", """CREATE TABLE p1 (id int); CREATE TABLE p2 (id int); DO $$ DECLARE t text; tables text[] := ARRAY['p1', 'p2', 'p3']; BEGIN FOREACH t IN ARRAY tables LOOP IF EXISTS (SELECT 1 FROM information_schema.tables WHERE table_schema = 'public' AND table_name = t) THEN EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', t); ELSE RAISE NOTICE 'no %', t; END IF; END LOOP; END $$;"""),
        ("policies of a list of tables", """CREATE TABLE a (id int); CREATE POLICY one ON a USING (true); CREATE POLICY "number two" ON a FOR DELETE USING (id > 1); CREATE TABLE b (id int); CREATE POLICY one ON b USING (true); DO $$ DECLARE pol record; tbl text; BEGIN FOREACH tbl IN ARRAY '{a,c}'::text[] LOOP FOR pol IN SELECT policyname FROM pg_policies WHERE tablename = tbl AND schemaname = 'public' LOOP EXECUTE format('DROP POLICY %I ON %I', pol.policyname, tbl); END LOOP; END LOOP; END $$;"""),
        ("unnest of an array", """DO $$ DECLARE t text; BEGIN FOR t IN SELECT unnest(ARRAY['x', 'y']) LOOP EXECUTE 'CREATE TABLE ' || t || '_log (id int)'; END LOOP; FOR t IN SELECT * FROM unnest('{u,v}'::text[]) AS names(n) LOOP EXECUTE format('CREATE SEQUENCE %I', t); END LOOP; END $$;"""),
        ("rows of VALUES", """DO $$ DECLARE r record; BEGIN FOR r IN SELECT * FROM (VALUES ('a', 1), ('b', 2)) AS v(name, number) LOOP EXECUTE format('CREATE TABLE %I (n int DEFAULT %s)', r.name, r.number); END LOOP; END $$;"""),
        ("numbers", """DO $$ BEGIN FOR i IN 1..3 LOOP EXECUTE 'CREATE TABLE part_' || i || ' (id int)'; END LOOP; FOR i IN REVERSE 8..4 BY 2 LOOP EXECUTE format('CREATE SEQUENCE seq_%s', i); END LOOP; END $$;"""),
        ("a while loop", """DO $$ DECLARE i integer := 0; name text; BEGIN WHILE i < 3 LOOP i := i + 1; EXIT WHEN i = 3; name := lpad(i::text, 3, '0'); EXECUTE 'CREATE TABLE w' || name || ' ()'; END LOOP; LOOP i := i - 1; IF i < 0 THEN EXIT; END IF; END LOOP; IF i = -1 THEN CREATE TABLE done (); END IF; END $$;"""),
        ("labels", """DO $$ <<outer_block>> DECLARE x text := 'outer'; BEGIN <<rows>> FOR i IN 1..3 LOOP FOR j IN 1..3 LOOP CONTINUE rows WHEN j = 2; EXIT rows WHEN i = 3; EXECUTE format('CREATE TABLE t_%s_%s ()', i, j); END LOOP; END LOOP; DECLARE x text := 'inner'; BEGIN EXECUTE format('CREATE TABLE %I (); CREATE TABLE %I ()', x, outer_block.x); END; RETURN; CREATE TABLE never (); END $$;"""),
        ("tables renamed by a loop over the catalog", """CREATE TABLE one (contact_id int); CREATE TABLE two (contact_id int, x int); DO $$ DECLARE r record; BEGIN FOR r IN SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'contact_id' LOOP EXECUTE format('ALTER TABLE %I RENAME COLUMN contact_id TO elder_id', r.table_name); END LOOP; END $$;"""),
        ("every table of a schema", """CREATE TABLE a (id int); CREATE TABLE "B" (id int); CREATE VIEW v AS SELECT 1 AS x; DO $$ DECLARE r RECORD; BEGIN FOR r IN (SELECT tablename FROM pg_tables WHERE schemaname = current_schema()) LOOP EXECUTE 'ALTER TABLE ' || quote_ident(r.tablename) || ' ADD COLUMN "createdAt" timestamptz DEFAULT now()'; END LOOP; END $$;"""),
        ("rows of an empty table", Users + """DO $$ DECLARE r record; n int; BEGIN FOR r IN SELECT id, email FROM "User" LOOP EXECUTE format('CREATE TABLE u%s ()', r.id); END LOOP; SELECT count(*) INTO n FROM "User" WHERE age > 3; IF n = 0 AND NOT EXISTS (SELECT 1 FROM "User") THEN ALTER TABLE "User" ALTER COLUMN age SET NOT NULL; ELSE RAISE EXCEPTION 'there are % users', n; END IF; END $$;"""),
        ("a row that is added to an empty table", Users + """DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM "public"."User" WHERE "email" = 'gone@example.com') THEN INSERT INTO "public"."User" (email, age) VALUES ('gone@example.com', 3); END IF; END $$; DO $$ DECLARE u record; BEGIN FOR u IN SELECT * FROM "User" LOOP IF u.age IS NULL OR u.email = '' THEN UPDATE "User" SET age = 1 WHERE id = u.id; ELSE DELETE FROM "User" WHERE id = u.id AND age = u.age + 1; END IF; END LOOP; END $$;"""),
        ("an exception that is raised", """DO $$ BEGIN CREATE TABLE a (); RAISE EXCEPTION 'no % here, % %%', 'luck', 5; END $$; DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'unique_violation', MESSAGE = 'own words'; END $$; DO $$ BEGIN RAISE division_by_zero; END $$; DO $$ BEGIN RAISE SQLSTATE '22012'; END $$;"""),
        ("an exception that is raised and caught", """DO $$ BEGIN BEGIN RAISE EXCEPTION 'own' USING ERRCODE = 'P0099'; EXCEPTION WHEN SQLSTATE 'P0099' THEN EXECUTE format('CREATE TABLE %I ()', SQLERRM || '_' || SQLSTATE); END; BEGIN DROP TABLE missing; EXCEPTION WHEN undefined_table THEN RAISE; END; END $$;"""),
        ("errors inside blocks point nowhere", Users + """DO $$ BEGIN ALTER TABLE "User" ADD COLUMN x missing_type; END $$; DO $$ BEGIN PERFORM 1 FROM nowhere; END $$; DO $$ BEGIN IF EXISTS (SELECT 1 FROM nowhere) THEN NULL; END IF; END $$; DO $$ BEGIN UPDATE "User" SET nothing = 1; END $$; DO $$ BEGIN INSERT INTO "User" (email) SELECT nobody FROM "User"; END $$; DO $$ BEGIN EXECUTE 'SELEC 1'; END $$;"""),
        ("a syntax error in a block has a place", """DO $$ BEGIN IF true THEN CREATE TABEL a (id int); END IF; END $$; DO $$ BEGIN IF x THEN NULL; END $$;"""),
        ("statements without a place for their result", """CREATE TABLE a (id int); DO $$ BEGIN SELECT 1; END $$; DO $$ BEGIN SELECT set_config('search_path', 'public', false); END $$; DO $$ BEGIN PERFORM set_config('search_path', 'pg_catalog, public', false); END $$;"""),
        ("an unknown condition", """DO $$ BEGIN NULL; EXCEPTION WHEN no_such_condition THEN NULL; END $$;"""),
        ("concurrently in a block", """CREATE TABLE a (id int); DO $$ BEGIN CREATE INDEX CONCURRENTLY i ON a (id); END $$; DO $$ BEGIN BEGIN CREATE INDEX CONCURRENTLY i ON a (id); EXCEPTION WHEN duplicate_table THEN NULL; END; END $$;"""),
        ("an enum's value that may be there", """CREATE TYPE mood AS ENUM ('sad'); DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_enum e JOIN pg_type t ON e.enumtypid = t.oid WHERE t.typname = 'mood' AND e.enumlabel = 'ok') THEN ALTER TYPE mood ADD VALUE 'ok'; END IF; END $$; DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_enum WHERE enumtypid = 'mood'::regtype AND enumlabel = 'ok') THEN ALTER TYPE mood ADD VALUE 'wrong'; END IF; ALTER TYPE mood ADD VALUE 'new'; CREATE TABLE m (x mood DEFAULT 'new'); END $$;"""),
        ("indexes by pg_indexes and pg_class", """CREATE TABLE a (id int, x text); CREATE UNIQUE INDEX a_x ON a (x) WHERE id > 0; DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_indexes WHERE schemaname = 'public' AND indexname = 'a_x' AND indexdef LIKE '%UNIQUE%WHERE%') THEN DROP INDEX a_x; END IF; IF NOT EXISTS (SELECT 1 FROM pg_class c LEFT JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relname = 'a_id' AND c.relkind = 'i' AND n.nspname = 'public') THEN CREATE INDEX a_id ON a (id); END IF; END $$;"""),
        ("triggers and functions", """CREATE TABLE a (id int); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_proc WHERE proname = 'f') AND NOT EXISTS (SELECT 1 FROM pg_trigger WHERE tgname = 't' AND tgrelid = 'a'::regclass) THEN CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION f(); END IF; IF NOT EXISTS (SELECT 1 FROM information_schema.triggers WHERE trigger_name = 't' AND event_object_table = 'a') THEN DROP TABLE a; END IF; IF NOT EXISTS (SELECT 1 FROM information_schema.routines WHERE routine_name = 'f') THEN DROP TABLE a CASCADE; END IF; END $$;"""),
        ("extensions, publications and namespaces", """DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'citext') THEN CREATE EXTENSION citext; END IF; IF NOT EXISTS (SELECT 1 FROM pg_publication WHERE pubname = 'feed') THEN CREATE PUBLICATION feed; END IF; IF NOT EXISTS (SELECT schema_name FROM information_schema.schemata WHERE schema_name = 'app') THEN CREATE SCHEMA app; END IF; CREATE TABLE app.a (name citext); END $$; DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_publication_tables WHERE pubname = 'feed' AND tablename = 'a') THEN ALTER PUBLICATION feed ADD TABLE app.a; END IF; END $$;"""),
        ("variables in static statements", Users + """DO $$ DECLARE v_email text := 'x'; v_id int; BEGIN INSERT INTO "User" (email) VALUES (v_email) RETURNING id INTO v_id; UPDATE "User" SET age = v_id WHERE email = v_email; DELETE FROM "User" u USING "User" o WHERE u.id = o.id AND o.email = v_email; IF v_id > 5 THEN UPDATE "User" SET age = 5; END IF; END $$;"""),
        ("dynamic SQL with USING", Users + """DO $$ DECLARE n int; BEGIN EXECUTE 'SELECT count(*) FROM pg_tables WHERE tablename = $1' INTO n USING 'User'; IF n = 1 THEN EXECUTE format('ALTER TABLE %I ADD COLUMN found int', 'User'); END IF; EXECUTE 'INSERT INTO "User" (email) VALUES ($1)' USING 'x'; END $$;"""),
        ("null as a command", """DO $$ DECLARE c text; BEGIN EXECUTE c; END $$; DO $$ DECLARE c text; BEGIN EXECUTE 'DROP TABLE ' || c; END $$; DO $$ BEGIN EXECUTE format('DROP TABLE %I', NULL); END $$;"""),
        ("found", Users + """DO $$ DECLARE x text; BEGIN SELECT email INTO x FROM "User" LIMIT 1; IF NOT FOUND AND x IS NULL THEN ALTER TABLE "User" DROP COLUMN email; END IF; PERFORM 1 FROM pg_class WHERE relname = 'User'; IF FOUND THEN ALTER TABLE "User" DROP COLUMN age; END IF; SELECT id INTO STRICT x FROM "User"; END $$; DO $$ DECLARE x text; BEGIN PERFORM 1 FROM "User" WHERE id = 3; IF NOT FOUND THEN DROP TABLE "User"; END IF; END $$;"""),
        ("case", """DO $$ DECLARE k text := 'b'; BEGIN CASE k WHEN 'a' THEN CREATE TABLE wrong (); WHEN 'b', 'c' THEN CREATE TABLE good (); END CASE; CASE WHEN k = 'x' THEN CREATE TABLE wrong (); ELSE CREATE TABLE better (); END CASE; END $$; DO $$ BEGIN CASE 1 WHEN 2 THEN NULL; END CASE; END $$;"""),
        ("a default kept in a variable", """CREATE TABLE a (id int DEFAULT 3, v varchar(9)); DO $$ DECLARE d text; n int; BEGIN SELECT column_default, character_maximum_length INTO d, n FROM information_schema.columns c WHERE c.table_name = 'a' AND c.column_name = 'id'; EXECUTE 'ALTER TABLE a ALTER COLUMN id SET DEFAULT ' || d || ' + 1'; IF n IS NOT NULL THEN DROP TABLE a; END IF; END $$;"""),
        ("several statements in one text", """DO $$ BEGIN EXECUTE 'CREATE TABLE a (id int); CREATE INDEX ON a (id); CREATE VIEW v AS SELECT id FROM a'; EXECUTE $x$CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'$x$; END $$;"""),
        ("a column that a loop counts", """CREATE TABLE a (x int); DO $$ DECLARE total int := 0; r record; BEGIN FOR r IN SELECT attname, format_type(atttypid, atttypmod) AS type FROM pg_attribute WHERE attrelid = 'public.a'::regclass AND attnum > 0 LOOP total := total + 1; EXECUTE format('ALTER TABLE a ADD COLUMN %I %s', r.attname || '_new', r.type); END LOOP; ASSERT total = 1, 'one column'; ASSERT total = 2, 'two columns'; END $$; DO $$ BEGIN EXECUTE format('CREATE TABLE %I (x int)', (SELECT string_agg(relname, '_') FROM pg_class WHERE relname IN ('a', 'zzz'))); END $$;"""),
        ("search_path inside a block", """CREATE SCHEMA s; DO $$ BEGIN SET LOCAL search_path = s; CREATE TABLE a (); END $$; CREATE TABLE b (); DO $$ BEGIN BEGIN SET search_path = s; CREATE TABLE c (); PERFORM 1/0; EXCEPTION WHEN division_by_zero THEN CREATE TABLE d (); END; END $$;"""),
        ("a block in a transaction", """BEGIN; DO $$ BEGIN CREATE TABLE a (); EXCEPTION WHEN duplicate_table THEN NULL; END $$; DO $$ BEGIN DROP TABLE missing; END $$; CREATE TABLE b (); ROLLBACK; CREATE TABLE c ();"""),
        ("a wrong type and a wrong value", """DO $$ DECLARE x no_such_type; BEGIN NULL; END $$; DO $$ DECLARE n int := 'x'; BEGIN NULL; END $$; DO $$ DECLARE c CONSTANT int := 1; BEGIN IF c = 1 THEN CREATE TABLE a (); END IF; END $$;"""),
        ("the look-ups of larger migrations", """
            CREATE TABLE a (id int primary key, x text unique, y int references a(id));
            DO $$ BEGIN IF EXISTS (SELECT 1 FROM information_schema.table_constraints tc JOIN information_schema.key_column_usage kcu USING (constraint_name) WHERE tc.table_name='a' AND kcu.column_name='x') THEN CREATE TABLE r1(); END IF; END $$;
            DO $$ DECLARE r record; BEGIN FOR r IN SELECT tc.constraint_name FROM information_schema.table_constraints AS tc JOIN information_schema.key_column_usage AS kcu ON tc.constraint_name = kcu.constraint_name AND tc.table_schema = kcu.table_schema WHERE tc.constraint_type = 'FOREIGN KEY' AND tc.table_name = 'a' AND kcu.column_name = 'y' LOOP EXECUTE 'ALTER TABLE a DROP CONSTRAINT "' || r.constraint_name || '"'; END LOOP; END $$;
            DO $$ DECLARE v a.x%TYPE; w a%ROWTYPE; BEGIN v := 'q'; EXECUTE format('CREATE TABLE %I ()', v); SELECT * INTO w FROM a LIMIT 1; IF w.id IS NULL THEN CREATE TABLE r2(); END IF; END $$;
            DO $$ DECLARE k text; BEGIN SELECT con.conname INTO k FROM pg_constraint con INNER JOIN pg_class rel ON rel.oid = con.conrelid INNER JOIN pg_namespace nsp ON nsp.oid = rel.relnamespace INNER JOIN pg_attribute att ON att.attrelid = rel.oid AND att.attnum = ANY(con.conkey) WHERE nsp.nspname='public' AND rel.relname='a' AND att.attname='x' AND con.contype='u'; IF k IS NOT NULL THEN EXECUTE 'ALTER TABLE a DROP CONSTRAINT ' || quote_ident(k); END IF; END $$;
            DO $$ DECLARE idx record; BEGIN FOR idx IN SELECT i.relname AS index_name FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid LEFT JOIN pg_constraint c ON c.conindid = x.indexrelid WHERE t.relname='a' AND c.oid IS NULL LOOP EXECUTE format('DROP INDEX %I', idx.index_name); END LOOP; END $$;
            DO $$ DECLARE n int; BEGIN WITH t AS (SELECT 1 AS q UNION ALL SELECT 2) SELECT count(*) INTO n FROM t; IF n = 2 THEN CREATE TABLE r3(); END IF; END $$;
            DO $$ DECLARE cols text[]; c text; BEGIN SELECT array_agg(column_name::text) INTO cols FROM information_schema.columns WHERE table_name='a'; FOREACH c IN ARRAY cols LOOP EXECUTE format('COMMENT ON COLUMN a.%I IS %L', c, 'col ' || c); END LOOP; FOR i IN 1..array_length(cols,1) LOOP EXECUTE format('CREATE INDEX ON a (%I)', cols[i]); END LOOP; END $$;
            DO $$ BEGIN IF (SELECT count(*) FROM pg_policies WHERE schemaname='public') = 0 AND (SELECT data_type FROM information_schema.columns WHERE table_name='a' AND column_name='x') = 'text' THEN CREATE TABLE r4(); END IF; IF NOT (SELECT relrowsecurity FROM pg_class WHERE oid = 'public.a'::regclass) THEN ALTER TABLE a ENABLE ROW LEVEL SECURITY; END IF; END $$;
            DO $$ DECLARE f record; BEGIN FOR f IN SELECT p.oid::regprocedure AS sig FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'public' LOOP EXECUTE 'DROP FUNCTION ' || f.sig; END LOOP; FOR f IN SELECT oid::regclass::text AS n FROM pg_class WHERE relnamespace='public'::regnamespace AND relkind='r' ORDER BY relname LOOP EXECUTE format('ALTER TABLE %s ADD COLUMN extra int', f.n); END LOOP; END $$;
            DO $$ BEGIN ALTER TYPE nope ADD VALUE IF NOT EXISTS 'x'; EXCEPTION WHEN undefined_object THEN NULL; WHEN invalid_parameter_value OR feature_not_supported THEN RAISE; END $$;
            """),
        ("a block inside a text", """DO $$ BEGIN EXECUTE 'DO $x$ BEGIN CREATE TABLE inner_one (); END $x$'; END $$;"""),
        ("a function that a statement calls", """
            CREATE TABLE a (id int, b int);
            CREATE FUNCTION upgrade(wanted text, n int DEFAULT 1) RETURNS void LANGUAGE plpgsql AS $f$
            BEGIN
                IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'a' AND column_name = wanted) THEN EXECUTE format('ALTER TABLE a ADD COLUMN %I text', wanted); END IF;
                ALTER TABLE a ALTER COLUMN b SET NOT NULL;
                IF n > 1 THEN CREATE INDEX a_b ON a (b); END IF;
            END $f$;
            SELECT upgrade('c', 1); SELECT upgrade('c', 2); SELECT upgrade('d', 2); DROP FUNCTION upgrade;
            """),
        ("functions that call others, and a procedure", """
            CREATE FUNCTION inner_one(name text) RETURNS int LANGUAGE plpgsql AS $f$ BEGIN EXECUTE 'CREATE TABLE ' || quote_ident(name) || ' (id int)'; RETURN 1; END $f$;
            CREATE PROCEDURE outer_one(name text) LANGUAGE plpgsql AS $f$ BEGIN PERFORM inner_one(name || '_x'); BEGIN PERFORM inner_one(name || '_x'); EXCEPTION WHEN duplicate_table THEN PERFORM inner_one(name || '_y'); END; END $f$;
            CALL outer_one('t'); CALL outer_one('u'); CALL outer_one('t'); DO $$ DECLARE t text := 'v'; BEGIN PERFORM inner_one(t); CALL outer_one(t); END $$; SELECT inner_one('w') AS done;
            """),
        ("a function without effect on the schema", """CREATE TABLE a (id int); CREATE FUNCTION fill() RETURNS int LANGUAGE plpgsql AS $f$ DECLARE n int; BEGIN UPDATE a SET id = 1; GET DIAGNOSTICS n = ROW_COUNT; RETURN n; END $f$; SELECT fill(); CREATE TABLE b (id int);"""),
    ];
}
