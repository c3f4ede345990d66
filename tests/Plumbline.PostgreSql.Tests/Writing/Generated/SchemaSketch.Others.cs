namespace Plumbline.PostgreSql.Tests.Writing.Generated;

/// <content>What looks at tables, what hangs on them, and what is said about them.</content>
internal sealed partial class SchemaSketch
{
    private void LaterFunctions()
    {
        Add("function.whole", 60, $"CREATE FUNCTION whole(u users) RETURNS {Pick("whole.returns", "text", "bigint")} LANGUAGE sql STABLE AS {Pick("whole.returns", "'SELECT $1.name::text'", "'SELECT $1.id::bigint'")}");
        Add("function.people", 60, $"CREATE FUNCTION people() RETURNS {Pick("people.returns", "SETOF users", "TABLE (id bigint, name text)", "SETOF users")} LANGUAGE sql STABLE AS {Pick("people.returns", "'SELECT * FROM users'", "'SELECT id::bigint, name::text FROM users'", "'SELECT * FROM users'")}");
        Add("function.counted", 60, $"CREATE FUNCTION counted() RETURNS bigint LANGUAGE sql STABLE BEGIN ATOMIC SELECT count({Pick("counted.what", "*", "age", "status")}) FROM users; END");
        Add("function.shown", 40, $"CREATE FUNCTION shown(s status) RETURNS text LANGUAGE sql IMMUTABLE RETURN {Pick("shown.what", "s::text", "norm(s::text)", "label_of(s)")}");
        Add("function.total", 40, "CREATE FUNCTION total_of(u bigint) RETURNS numeric LANGUAGE sql STABLE BEGIN ATOMIC SELECT sum(total) FROM app.orders WHERE user_id = u; END");
    }

    private void Views()
    {
        Add("view.active", 80, $"CREATE VIEW active AS SELECT id, name{Maybe("active.status", ", status", 70)}{Maybe("active.age", ", age", 60)} FROM users{Maybe("active.where", " WHERE status = 'live'", 50)}");
        Add("view.names", 70, $"CREATE VIEW names AS SELECT id, {Pick("names.what", "name", "norm(name) AS name", "name")} FROM active{Maybe("names.where", " WHERE id > 0", 40)}");
        Add("view.nested", 60, $"CREATE VIEW app.nested{Maybe("nested.option", " WITH (security_barrier)", 30)} AS SELECT n.id, n.name, (SELECT count(*) FROM app.orders o WHERE o.user_id = n.id) AS orders FROM names n");
        Add("view.spending", 60, "CREATE VIEW spending AS SELECT u.id, u.name, sum(o.total) AS spent FROM users u LEFT JOIN app.orders o ON o.user_id = u.id GROUP BY u.id");
        Add("view.labels", 50, $"CREATE VIEW labels AS SELECT id, {Pick("labels.what", "label_of(status)", "status::text", "label_of('live'::status)")} AS label FROM users");
        Add("view.whole", 40, "CREATE VIEW wholes AS SELECT whole(u.*) AS text, u.* FROM users u");
        Add("matview.totals", 60, $"CREATE MATERIALIZED VIEW totals AS SELECT {Pick("totals.what", "state, count(*) AS n", "state, sum(total) AS n")} FROM app.orders GROUP BY state{Maybe("totals.empty", " WITH NO DATA", 30)}");
        Add("matview.index", 60, "CREATE UNIQUE INDEX totals_state ON totals (state)");
        Add("view.over", 50, "CREATE VIEW over_totals AS SELECT * FROM totals WHERE n > 1");
        Add("view.events", 50, "CREATE VIEW recent AS SELECT at, kind, size FROM events WHERE at > '2024-01-01'");
        Add("view.animals", 50, "CREATE VIEW zoo AS SELECT name, mood FROM animals");
        Add("view.instead", 50, "CREATE TRIGGER instead INSTEAD OF INSERT ON active FOR EACH ROW EXECUTE FUNCTION touch()");
        Add("view.rule", 40, "CREATE RULE no_change AS ON UPDATE TO names DO INSTEAD NOTHING");
        Add("function.viewed", 40, "CREATE FUNCTION viewed(a active) RETURNS bigint LANGUAGE sql STABLE AS 'SELECT $1.id::bigint'");
    }

    private void Members()
    {
        Add("users.email.unique", 50, $"ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE {Pick("users.email.columns", "(email)", "(email, name)")}{Maybe("users.email.deferrable", " DEFERRABLE", 20)}");
        Add("users.check", 60, $"ALTER TABLE users ADD CONSTRAINT adult CHECK ({Pick("users.check.text", "age > 0", "score(age::int) > 0", "age <> 17")})");
        Add("users.check.ok", 50, $"ALTER TABLE users ADD CONSTRAINT ok CHECK ({Pick("users.ok.text", "is_ok(name)", "is_ok(email)")}){Maybe("users.ok.not_valid", " NOT VALID", 30)}");
        Add("users.check.state", 50, "ALTER TABLE users ADD CONSTRAINT stated CHECK (status <> 'gone')");
        Add("users.index.name", 50, $"CREATE INDEX users_name ON users ({Pick("users.index.name.key", "name", "name DESC", "norm(name)", "lower(name)")})");
        Add("users.index.live", 50, $"CREATE INDEX users_live ON users (id) WHERE {Pick("users.index.live.where", "status = 'live'", "age > 3", "is_ok(name)")}");
        Add("users.index.slug", 40, "CREATE INDEX users_slug ON users (slug, twice)");
        Add("users.index.tags", 30, "CREATE INDEX users_tags ON users USING gin (tags)");
        Add("users.index.label", 40, "CREATE INDEX users_label ON users (label_of(status))");
        Add("users.trigger", 60, $"CREATE TRIGGER touched BEFORE {Pick("users.trigger.event", "UPDATE", "UPDATE OF name", "INSERT OR UPDATE OF email, name")} ON users FOR EACH ROW {Maybe("users.trigger.when", $"WHEN ({Pick("users.trigger.when.text", "NEW.age > 1", "is_ok(NEW.name)", "NEW.status = 'live'")}) ", 50)}EXECUTE FUNCTION touch()");
        Add("users.trigger.off", 20, "ALTER TABLE users DISABLE TRIGGER touched");
        Add("users.rls", 60, "ALTER TABLE users ENABLE ROW LEVEL SECURITY");
        Add("users.policy", 60, $"CREATE POLICY own ON users{Pick("users.policy.for", "", " FOR SELECT", " TO plan_reader")} USING ({Pick("users.policy.using", "id > 0", "app.allowed(id)", "EXISTS (SELECT 1 FROM app.orders o WHERE o.user_id = users.id AND o.total > 0)", "status = 'live'")})");
        Add("users.rule", 30, "CREATE RULE keep AS ON DELETE TO users WHERE OLD.age > 100 DO INSTEAD NOTHING");
        Add("users.storage", 30, $"ALTER TABLE users ALTER name SET STORAGE {Pick("users.storage.kind", "external", "main")}, ALTER name SET STATISTICS {Pick("users.statistics", "100", "300")}");
        Add("users.fillfactor", 30, $"ALTER TABLE users SET (fillfactor = {Pick("users.fillfactor.value", "70", "80")})");
        Add("users.cluster", 20, "ALTER TABLE users CLUSTER ON users_name");
        Add("users.replica", 20, $"ALTER TABLE users REPLICA IDENTITY {Pick("users.replica.kind", "FULL", "NOTHING")}");

        Add("orders.foreign", 70, $"ALTER TABLE app.orders ADD CONSTRAINT orders_user_fkey FOREIGN KEY (user_id) REFERENCES users (id){Pick("orders.foreign.action", "", " ON DELETE CASCADE", " ON UPDATE RESTRICT")}{Maybe("orders.foreign.valid", " NOT VALID", 15)}");
        Add("orders.exclude", 50, $"ALTER TABLE app.orders ADD CONSTRAINT free EXCLUDE USING gist ({Pick("orders.exclude.with", "user_id WITH =, during WITH &&", "during WITH &&", "norm(code) WITH =, during WITH &&")})");
        Add("orders.index.state", 50, "CREATE INDEX orders_state ON app.orders (state, total)");
        Add("orders.index.open", 50, "CREATE INDEX orders_open ON app.orders (user_id) WHERE state <> 'draft'");
        Add("orders.policy", 50, "CREATE POLICY mine ON app.orders USING (user_id IN (SELECT a.id FROM active a))");
        Add("orders.policy.notes", 30, "CREATE POLICY noted ON app.orders FOR SELECT USING (app.allowed(user_id) AND EXISTS (SELECT 1 FROM notes n WHERE n.user_id = orders.user_id))");
        Add("orders.rls", 50, "ALTER TABLE app.orders ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY");
        Add("orders.check", 50, "ALTER TABLE app.orders ADD CONSTRAINT moving CHECK (state IS NOT NULL)");
        Add("notes.foreign", 60, "ALTER TABLE notes ADD CONSTRAINT notes_user FOREIGN KEY (user_id) REFERENCES users (id)");
        Add("notes.parent.foreign", 50, $"ALTER TABLE notes ADD CONSTRAINT notes_parent FOREIGN KEY (parent) REFERENCES notes (id){Maybe("notes.parent.deferred", " DEFERRABLE INITIALLY DEFERRED", 40)}");
        Add("notes.index", 40, $"CREATE INDEX {Pick("notes.index.name", "notes_body", "notes_by_body")} ON notes (body)");
        Add("notes.policy", 50, "CREATE POLICY read ON notes USING (EXISTS (SELECT 1 FROM spending s WHERE s.id = notes.user_id))");
        Add("tickets.owned", 30, "ALTER SEQUENCE tickets OWNED BY users.age");
        Add("publication", 50, $"CREATE PUBLICATION feed FOR TABLE {Pick("publication.tables", "users", "users, app.orders", "app.orders")}");
    }

    private void Words()
    {
        foreach (var target in (string[])["TABLE users", "COLUMN users.name", "COLUMN users.slug", "COLUMN users.status", "COLUMN active.name", "TYPE status", "TYPE mood", "TYPE pair", "DOMAIN word", "DOMAIN stage", "FUNCTION norm(text)", "FUNCTION label_of(status)", "FUNCTION whole(users)", "FUNCTION counted()", "VIEW active", "VIEW names", "VIEW app.nested", "MATERIALIZED VIEW totals", "INDEX users_live", "INDEX totals_state", "CONSTRAINT adult ON users", "CONSTRAINT orders_user_fkey ON app.orders", "CONSTRAINT fine ON DOMAIN word", "TRIGGER touched ON users", "POLICY own ON users", "POLICY mine ON app.orders", "SEQUENCE tickets", "TABLE events", "TABLE events_a", "COLUMN events.size", "COLUMN dogs.name", "TABLE dogs", "SCHEMA app"])
        {
            Add($"comment {target}", 30, $"COMMENT ON {target} IS '{Pick($"comment {target} text", "said", "it''s said", "other")}'");
        }

        foreach (var target in (string[])["TABLE users", "TABLE app.orders", "TABLE events", "TABLE events_a", "TABLE dogs", "TABLE active", "TABLE names", "TABLE totals"])
        {
            Add($"grant {target}", 40, $"GRANT {Pick($"grant {target} what", "SELECT", "SELECT, INSERT", "ALL")} ON {target} TO {Pick($"grant {target} to", "plan_reader", "plan_writer", "plan_reader, plan_writer")}{Maybe($"grant {target} option", " WITH GRANT OPTION", 15)}");
        }

        Add("grant columns", 50, $"GRANT {Pick("grant columns what", "SELECT (name), UPDATE (name)", "UPDATE (name, email)", "SELECT (name)")} ON users TO {Pick("grant columns to", "plan_reader", "plan_writer")}");
        Add("grant columns of events", 30, "GRANT UPDATE (what) ON events TO plan_reader");
        foreach (var target in (string[])["TYPE status", "TYPE mood", "DOMAIN word", "TYPE pair"])
        {
            Add($"grant {target}", 25, $"REVOKE USAGE ON {target} FROM PUBLIC");
            Add($"grant {target} to", 25, $"GRANT USAGE ON {target} TO plan_reader");
        }

        foreach (var target in (string[])["norm(text)", "label_of(status)", "app.allowed(bigint)", "counted()", "whole(users)"])
        {
            Add($"grant {target}", 30, $"REVOKE EXECUTE ON FUNCTION {target} FROM PUBLIC");
            Add($"grant {target} to", 30, $"GRANT EXECUTE ON FUNCTION {target} TO plan_reader");
        }

        Add("grant tickets", 30, "GRANT USAGE ON SEQUENCE tickets TO plan_writer");
        Add("grant app", 40, "GRANT USAGE ON SCHEMA app TO plan_reader");
        foreach (var target in (string[])["TABLE notes", "VIEW active", "FUNCTION norm(text)", "TYPE status"])
        {
            Add($"owner {target}", 12, $"ALTER {target} OWNER TO plan_writer");
        }
    }
}
