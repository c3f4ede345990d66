-- A large schema for psql: -v tables=2000 makes so many tables of 15 columns with primary keys, indexes, foreign keys, checks, comments, and enums, views, functions and
-- triggers beside them.
SELECT format('CREATE TYPE status_%s AS ENUM (''draft'', ''active'', ''archived'', ''deleted'')', i) FROM generate_series(1, :tables / 20) i \gexec
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.updated_at := now(); RETURN NEW; END $$;
SELECT format($$CREATE TABLE table_%1$s (
  id uuid DEFAULT gen_random_uuid() CONSTRAINT table_%1$s_pkey PRIMARY KEY, number bigint GENERATED ALWAYS AS IDENTITY, name text NOT NULL, slug varchar(80) NOT NULL,
  email text, amount numeric(12,2) DEFAULT 0 NOT NULL CHECK (amount >= 0), quantity int DEFAULT 1 NOT NULL, is_active boolean DEFAULT true NOT NULL, payload jsonb DEFAULT '{}' NOT NULL,
  tags text[] DEFAULT '{}' NOT NULL, status status_%2$s DEFAULT 'draft' NOT NULL, parent_id uuid, due_on date, created_at timestamptz DEFAULT now() NOT NULL,
  updated_at timestamp(3) NOT NULL)$$, i, 1 + i % (:tables / 20)) FROM generate_series(1, :tables) i \gexec
SELECT format('CREATE UNIQUE INDEX table_%1$s_slug_key ON table_%1$s (slug); CREATE INDEX table_%1$s_parent_id_idx ON table_%1$s (parent_id, created_at DESC)', i) FROM generate_series(1, :tables) i \gexec
SELECT format('ALTER TABLE table_%s ADD FOREIGN KEY (parent_id) REFERENCES table_%s ON DELETE CASCADE', i, greatest(1, i / 2)) FROM generate_series(1, :tables) i \gexec
SELECT format('CREATE INDEX table_%1$s_lower_idx ON table_%1$s (lower(email)) WHERE is_active', i) FROM generate_series(1, :tables, 4) i \gexec
SELECT format('COMMENT ON TABLE table_%1$s IS ''Table number %1$s''; COMMENT ON COLUMN table_%1$s.slug IS ''Its name in addresses''', i) FROM generate_series(1, :tables, 5) i \gexec
SELECT format('CREATE VIEW view_%1$s AS SELECT t.id, t.name, count(c.id) AS children FROM table_%1$s t LEFT JOIN table_%2$s c ON c.parent_id = t.id WHERE t.is_active GROUP BY t.id', i, 1 + i % :tables) FROM generate_series(1, :tables, 20) i \gexec
SELECT format('CREATE FUNCTION function_%1$s(a int, b text DEFAULT ''x'') RETURNS bigint LANGUAGE sql STABLE AS ''SELECT count(*) FROM table_%1$s WHERE quantity = a AND name = b''', i) FROM generate_series(1, :tables, 20) i \gexec
SELECT format('CREATE TRIGGER touched BEFORE UPDATE ON table_%1$s FOR EACH ROW EXECUTE FUNCTION touch()', i) FROM generate_series(1, :tables, 10) i \gexec
ANALYZE;
