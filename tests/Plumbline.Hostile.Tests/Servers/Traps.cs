namespace Plumbline.Hostile.Tests.Servers;

/// <summary>Everything that the owner of a database can plant in it without being a superuser.</summary>
public static class Traps
{
    /// <summary>The columns of the table that Prisma makes.</summary>
    public const string Columns =
        "id varchar(36) NOT NULL, checksum varchar(64) NOT NULL, finished_at timestamptz, migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count int NOT NULL DEFAULT 0";

    private const string Row = "'1', 'x', '2026-01-02T03:04:05.678901Z', '1_a', NULL, NULL, '2026-01-02T03:04:05Z', 1";

    /// <summary>What hides PostgreSQL's own objects, in a schema of the search path.</summary>
    public static IEnumerable<Trap> Hiding =>
        from schema in (string[])["evil", "public"]
        from trap in (IEnumerable<Trap>)[.. FunctionsOf(schema), .. OperatorsOf(schema), .. TypesOf(schema), .. CatalogsOf(schema)]
        select trap;

    /// <summary>What the objects of a database run, each where it is used.</summary>
    public static IEnumerable<Trap> Objects =>
    [
        new("a default", "CREATE TABLE public.t1 (a boolean DEFAULT evil.spring('a default'));", "INSERT INTO public.t1 DEFAULT VALUES;"),
        new("a check", "CREATE TABLE public.t2 (a int CHECK (evil.spring('a check')));", "INSERT INTO public.t2 VALUES (1);"),
        new("an index", "CREATE FUNCTION evil.key(int) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN evil.spring('an index'); END $$; CREATE TABLE public.t3 (a int); CREATE INDEX ON public.t3 (evil.key(a)) WHERE evil.key(a);", "INSERT INTO public.t3 VALUES (1);"),
        new("a generated column", "CREATE FUNCTION evil.made(int) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN evil.spring('a generated column'); END $$; CREATE TABLE public.t4 (a int, b boolean GENERATED ALWAYS AS (evil.made(a)) STORED);", "INSERT INTO public.t4 VALUES (1);"),
        new("a view", "CREATE VIEW public.v1 AS SELECT evil.spring('a view') AS a FROM pg_catalog.pg_class;", "SELECT * FROM public.v1 LIMIT 1;"),
        new("a materialized view", "CREATE MATERIALIZED VIEW public.v2 AS SELECT evil.spring('a materialized view') AS a FROM pg_catalog.pg_class LIMIT 1 WITH NO DATA;", "REFRESH MATERIALIZED VIEW public.v2;"),
        new("a rule", "CREATE TABLE public.t5 (a int); CREATE RULE r AS ON INSERT TO public.t5 DO ALSO SELECT evil.spring('a rule');", "INSERT INTO public.t5 VALUES (1);"),
        new("a trigger", "CREATE TABLE public.t6 (a int); CREATE FUNCTION evil.fire() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM evil.spring('a trigger'); RETURN NEW; END $$; CREATE TRIGGER t BEFORE INSERT ON public.t6 FOR EACH ROW WHEN (NEW.a IS NOT NULL) EXECUTE FUNCTION evil.fire();", "INSERT INTO public.t6 VALUES (1);"),
        new("a domain", "CREATE DOMAIN public.d AS int DEFAULT 1 CHECK (evil.spring('a domain')); CREATE TABLE public.t7 (a public.d);", "INSERT INTO public.t7 VALUES (1);"),
        new("a cast", "CREATE TYPE public.pair AS (a int); CREATE FUNCTION evil.shown(public.pair) RETURNS text LANGUAGE plpgsql AS $$ BEGIN PERFORM evil.spring('a cast'); RETURN ''; END $$; CREATE CAST (public.pair AS text) WITH FUNCTION evil.shown(public.pair) AS IMPLICIT; CREATE TABLE public.t8 (a public.pair);", "SELECT length(ROW(1)::public.pair);"),
        new("a partition key", "CREATE FUNCTION evil.part(int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN PERFORM evil.spring('a partition key'); RETURN 1; END $$; CREATE TABLE public.t9 (a int) PARTITION BY LIST (evil.part(a)); CREATE TABLE public.t9a PARTITION OF public.t9 DEFAULT;", "INSERT INTO public.t9 VALUES (1);"),
        new("an argument's default", "CREATE FUNCTION public.f(a boolean DEFAULT evil.spring('an argument''s default')) RETURNS boolean LANGUAGE sql AS 'SELECT a';", "SELECT public.f();"),
        new("a range", "CREATE FUNCTION evil.gap(int, int) RETURNS float8 LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN PERFORM evil.spring('a range'); RETURN 1; END $$; CREATE TYPE public.span AS RANGE (SUBTYPE = int, SUBTYPE_DIFF = evil.gap); CREATE TABLE public.t10 (a public.span); CREATE INDEX ON public.t10 USING gist (a); GRANT ALL ON public.t10 TO PUBLIC;", "INSERT INTO public.t10 SELECT public.span(i, i OPERATOR(pg_catalog.+) 5) FROM pg_catalog.generate_series(1, 1000) i;"),
        new("an aggregate", "CREATE FUNCTION evil.step(boolean, text) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RETURN evil.spring('an aggregate'); END $$; CREATE AGGREGATE evil.array_agg(text) (SFUNC = evil.step, STYPE = boolean);", "SET search_path = evil, pg_catalog; SELECT array_agg('a'::pg_catalog.text);"),
    ];

    /// <summary>What hides in the table that Prisma keeps its migrations in, each in a schema of its own; with it, what a command answers.</summary>
    public static IEnumerable<(string Schema, Trap Trap, string? Expected)> Histories =>
    [
        History("h_view", "CREATE VIEW h_view._prisma_migrations AS SELECT '1'::varchar(36) AS id, 'x'::varchar(64) AS checksum, now() AS finished_at, '1_a'::varchar(255) AS migration_name, ''::text AS logs, now() AS rolled_back_at, now() AS started_at, 1 AS applied_steps_count WHERE evil.spring('h_view');", Asked("h_view"), "is a view, not an ordinary table"),
        History("h_rule", Table("h_rule") + "CREATE RULE \"_RETURN\" AS ON SELECT TO h_rule._prisma_migrations DO INSTEAD SELECT id, checksum, finished_at, migration_name, logs, rolled_back_at, started_at, applied_steps_count FROM (SELECT '1'::varchar(36) AS id, 'x'::varchar(64) AS checksum, now() AS finished_at, '1_a'::varchar(255) AS migration_name, ''::text AS logs, now() AS rolled_back_at, now() AS started_at, 1 AS applied_steps_count) s WHERE evil.spring('h_rule');", Asked("h_rule"), "is a view, not an ordinary table"),
        History("h_composite", "CREATE TYPE h_composite.note AS (a text); CREATE FUNCTION h_composite.shown(h_composite.note) RETURNS text LANGUAGE plpgsql AS $$ BEGIN PERFORM evil.spring('h_composite'); RETURN ''; END $$; CREATE CAST (h_composite.note AS text) WITH FUNCTION h_composite.shown(h_composite.note) AS IMPLICIT;" + Table("h_composite", "logs text", "logs h_composite.note") + "INSERT INTO h_composite._prisma_migrations VALUES ('1', 'x', now(), '1_a', ROW('a'), NULL, now(), 1);", "SELECT pg_catalog.left(logs, 4000) FROM h_composite._prisma_migrations;", "The column logs of the table h_composite._prisma_migrations has the type h_composite.note"),
        History("h_enum", "CREATE TYPE h_enum.sum AS ENUM ('x'); CREATE FUNCTION h_enum.shown(h_enum.sum) RETURNS varchar LANGUAGE plpgsql AS $$ BEGIN PERFORM evil.spring('h_enum'); RETURN ''; END $$; CREATE CAST (h_enum.sum AS varchar) WITH FUNCTION h_enum.shown(h_enum.sum) AS ASSIGNMENT;" + Table("h_enum", "checksum varchar(64)", "checksum h_enum.sum") + $"INSERT INTO h_enum._prisma_migrations VALUES ({Row});", "SELECT checksum::varchar FROM h_enum._prisma_migrations;", "The column checksum of the table h_enum._prisma_migrations has the type h_enum.sum"),
        History("h_domain", "CREATE DOMAIN h_domain.time AS timestamptz CHECK (evil.spring('h_domain'));" + Table("h_domain", "started_at timestamptz", "started_at h_domain.time") + $"INSERT INTO h_domain._prisma_migrations VALUES ({Row});", "SELECT now()::h_domain.time FROM h_domain._prisma_migrations;", "The column started_at of the table h_domain._prisma_migrations has the type h_domain.\"time\""),
        History("h_generated", "CREATE FUNCTION h_generated.made(text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN PERFORM evil.spring('h_generated'); RETURN ''; END $$;" + Table("h_generated", "logs text", "logs text GENERATED ALWAYS AS (h_generated.made(checksum)) STORED"), $"INSERT INTO h_generated._prisma_migrations (id, checksum, migration_name) VALUES ('1', 'x', '1_a');", "is a generated column"),
        History("h_partitioned", $"CREATE FUNCTION h_partitioned.part(text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN PERFORM evil.spring('h_partitioned'); RETURN ''; END $$; CREATE TABLE h_partitioned._prisma_migrations ({Columns}) PARTITION BY LIST (h_partitioned.part(checksum)); CREATE TABLE h_partitioned.rest PARTITION OF h_partitioned._prisma_migrations DEFAULT;", $"INSERT INTO h_partitioned._prisma_migrations VALUES ({Row});", "is a partitioned table, not an ordinary table"),
        History("h_few", Table("h_few", "logs text, ", "") + "CREATE VIEW h_few.logs AS SELECT evil.spring('h_few') AS a;", "SELECT * FROM h_few.logs;", "The table h_few._prisma_migrations has no column logs"),
        History("h_materialized", "CREATE MATERIALIZED VIEW h_materialized._prisma_migrations AS SELECT evil.spring('h_materialized') AS a WITH NO DATA;", "REFRESH MATERIALIZED VIEW h_materialized._prisma_migrations;", "is a materialized view, not an ordinary table"),
        History("h_trigger", "CREATE FUNCTION h_trigger.fire() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM evil.spring('h_trigger'); RETURN NEW; END $$;" + Table("h_trigger") + $"INSERT INTO h_trigger._prisma_migrations VALUES ({Row}); CREATE TRIGGER t BEFORE INSERT ON h_trigger._prisma_migrations FOR EACH ROW EXECUTE FUNCTION h_trigger.fire();", $"BEGIN; INSERT INTO h_trigger._prisma_migrations VALUES ({Row}); ROLLBACK;", null),
        History("h_child", Table("h_child") + $"INSERT INTO h_child._prisma_migrations VALUES ({Row}); CREATE TABLE h_child.more (CHECK (evil.spring('h_child'))) INHERITS (h_child._prisma_migrations);", $"INSERT INTO h_child.more VALUES ({Row});", null),
        History("h_policy", Table("h_policy") + $"INSERT INTO h_policy._prisma_migrations VALUES ({Row}); GRANT USAGE ON SCHEMA h_policy TO auditor; GRANT SELECT ON h_policy._prisma_migrations TO auditor; CREATE POLICY p ON h_policy._prisma_migrations USING (evil.spring('h_policy')); ALTER TABLE h_policy._prisma_migrations ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;", "SET ROLE auditor; SELECT * FROM h_policy._prisma_migrations; RESET ROLE;", null),
    ];

    private static (string, Trap, string?) History(string schema, string plant, string control, string? expected) =>
        (schema, new Trap(schema, $"CREATE SCHEMA {schema}; GRANT USAGE ON SCHEMA {schema} TO PUBLIC; {plant}", control), expected);

    private static string Table(string schema, string column = "", string instead = "") =>
        $"CREATE TABLE {schema}._prisma_migrations ({(column.Length == 0 ? Columns : Columns.Replace(column, instead, StringComparison.Ordinal))});";

    private static string Asked(string schema) => $"SELECT migration_name, checksum, started_at, finished_at, rolled_back_at, pg_catalog.left(logs, 4000) FROM {schema}._prisma_migrations ORDER BY started_at;";

    private static Trap[] FunctionsOf(string schema) =>
    [
        .. from f in (IEnumerable<(string Name, string Arguments, string Result, string Call)>)
            [
                ("current_setting", "text", "text", "current_setting('server_version')"),
                ("current_database", "", "name", "current_database()"),
                ("set_config", "text, text, boolean", "text", "set_config('a.b', 'c', true)"),
                ("split_part", "text, text, int", "text", "split_part('a b', ' ', 1)"),
                ("left", "text, int", "text", "left('a'::pg_catalog.text, 1::pg_catalog.int4)"),
                ("substr", "text, int, int", "text", "substr('a'::pg_catalog.text, 1::pg_catalog.int4, 1::pg_catalog.int4)"),
                ("length", "text", "int", "length('a'::pg_catalog.text)"),
                ("date_part", "text, timestamptz", "float8", "date_part('epoch'::pg_catalog.text, '2026-01-01'::pg_catalog.timestamptz)"),
                ("now", "", "timestamptz", "now()"),
                ("pg_postmaster_start_time", "", "timestamptz", "pg_postmaster_start_time()"),
                ("pg_is_in_recovery", "", "boolean", "pg_is_in_recovery()"),
                ("pg_backend_pid", "", "int", "pg_backend_pid()"),
                ("pg_get_userbyid", "oid", "name", "pg_get_userbyid(10::pg_catalog.oid)"),
                ("format_type", "oid, int", "text", "format_type(23::pg_catalog.oid, 1::pg_catalog.int4)"),
                ("pg_get_expr", "pg_node_tree, oid", "text", "pg_get_expr(d.adbin, d.adrelid) FROM pg_catalog.pg_attrdef d LIMIT 1"),
                ("pg_get_viewdef", "oid", "text", "pg_get_viewdef(1::pg_catalog.oid)"),
                ("pg_get_partkeydef", "oid", "text", "pg_get_partkeydef(1::pg_catalog.oid)"),
                ("pg_get_triggerdef", "oid", "text", "pg_get_triggerdef(1::pg_catalog.oid)"),
                ("pg_get_ruledef", "oid", "text", "pg_get_ruledef(1::pg_catalog.oid)"),
                ("pg_get_indexdef", "oid, int, boolean", "text", "pg_get_indexdef(1::pg_catalog.oid, 1::pg_catalog.int4, false)"),
                ("pg_get_function_result", "oid", "text", "pg_get_function_result(1::pg_catalog.oid)"),
                ("pg_get_function_arg_default", "oid, int", "text", "pg_get_function_arg_default(1::pg_catalog.oid, 1::pg_catalog.int4)"),
                ("pg_get_function_sqlbody", "oid", "text", "pg_get_function_sqlbody(1::pg_catalog.oid)"),
                ("unnest", "text[]", "SETOF text", "* FROM unnest('{a}'::pg_catalog.text[])"),
                ("unnest", "oid[]", "SETOF oid", "* FROM unnest('{1}'::pg_catalog.oid[])"),
                ("generate_series", "int, int", "SETOF int", "* FROM generate_series(1::pg_catalog.int4, 2::pg_catalog.int4)"),
                ("cardinality", "oid[]", "int", "cardinality('{1}'::pg_catalog.oid[])"),
                ("array_positions", "int2[], int2", "int[]", "array_positions('{1}'::pg_catalog.int2[], 1::pg_catalog.int2)"),
                ("has_sequence_privilege", "oid, text", "boolean", "has_sequence_privilege(1::pg_catalog.oid, 'SELECT'::pg_catalog.text)"),
                ("pg_sequence_last_value", "regclass", "bigint", "pg_sequence_last_value(1::pg_catalog.regclass)"),
                ("pg_options_to_table", "text[]", "SETOF text", "pg_options_to_table('{a=b}'::pg_catalog.text[])"),
                ("row_security_active", "oid", "boolean", "row_security_active(1::pg_catalog.oid)"),
                ("starts_with", "text, text", "boolean", "starts_with('a'::pg_catalog.text, 'a'::pg_catalog.text)"),
            ]
            select Trap.Function(schema, f.Name, f.Arguments, f.Result, f.Call),
    ];

    private static Trap[] OperatorsOf(string schema) =>
    [
        .. from name in (string[])["=", "<>"]
            from types in (IEnumerable<(string Left, string Right)>)[("name", "name"), ("name", "text"), ("text", "text"), ("oid", "oid"), ("\"char\"", "\"char\""), ("int2", "int2"), ("int4", "int4"), ("boolean", "boolean"), ("int2", "int4")]
            select Trap.Operator(schema, name, types.Left, types.Right, "boolean", $"'1'::pg_catalog.{Catalog(types.Left)} {name} '1'::pg_catalog.{Catalog(types.Right)}"),
        .. from o in (IEnumerable<(string Name, string Left, string Right, string Result)>)
            [("!~", "name", "text", "boolean"), ("*", "float8", "int4", "float8"), ("*", "int8", "int8", "int8"), ("-", "int4", "int4", "int4"), (">=", "oid", "oid", "boolean"), (">", "int4", "int4", "boolean"), (">", "int2", "int4", "boolean")]
            select Trap.Operator(schema, o.Name, o.Left, o.Right, o.Result, $"'1'::pg_catalog.{o.Left} {o.Name} '1'::pg_catalog.{o.Right}"),
    ];

    private static string Catalog(string type) => type == "boolean" ? "bool" : type;

    private static Trap[] TypesOf(string schema) =>
        [.. from name in (string[])["regclass", "text", "oid", "int8", "int4", "int2", "float8", "name"] select Trap.Type(schema, name, "'1'")];

    private static Trap[] CatalogsOf(string schema) =>
    [
        .. from name in (string[])["pg_class", "pg_namespace", "pg_attribute", "pg_type", "pg_roles", "pg_database", "pg_depend", "pg_proc", "pg_index", "pg_db_role_setting", "pg_stats", "pg_stat_user_tables", "pg_extension"]
            select Trap.Catalog(schema, name),
    ];
}
