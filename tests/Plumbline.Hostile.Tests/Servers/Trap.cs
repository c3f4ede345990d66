namespace Plumbline.Hostile.Tests.Servers;

/// <summary>Something that the owner of a database planted in it. When the server runs it, the server's log holds its name and as whom it ran.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Plant">The script that plants it, which its owner runs without being a superuser.</param>
/// <param name="Control">What somebody asks without protection, and so has it run.</param>
public sealed record Trap(string Name, string Plant, string Control)
{
    /// <summary>What makes the traps' marks.</summary>
    public const string Springs = """
        CREATE SCHEMA evil;
        GRANT USAGE ON SCHEMA evil TO PUBLIC;
        CREATE FUNCTION evil.spring(trap text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE LOG 'SPRUNG % as %.', trap, current_user; RETURN true; END $$;
        """;

    /// <summary>What the log holds when it ran.</summary>
    /// <param name="role">As whom.</param>
    public string MarkOf(string role) => $"SPRUNG {Name} as {role}.";

    /// <summary>A function that hides one of PostgreSQL's.</summary>
    public static Trap Function(string schema, string name, string arguments, string result, string call)
    {
        var trap = $"{schema}.{name}({arguments})";
        return new Trap(
            trap,
            $"CREATE FUNCTION {schema}.{name}({arguments}) RETURNS {result} LANGUAGE plpgsql AS $$ BEGIN PERFORM evil.spring('{trap}'); RETURN{(result.StartsWith("SETOF", StringComparison.Ordinal) ? "" : " NULL")}; END $$;",
            Path(schema) + $"SELECT {call};");
    }

    /// <summary>An operator that hides one of PostgreSQL's.</summary>
    public static Trap Operator(string schema, string name, string left, string right, string result, string call)
    {
        var trap = $"{schema}.{name} of {left} and {right}";
        var function = $"{schema}.\"{name} of {left.Replace("\"", "", StringComparison.Ordinal)} and {right.Replace("\"", "", StringComparison.Ordinal)}\"";
        return new Trap(
            trap,
            $"CREATE FUNCTION {function}({left}, {right}) RETURNS {result} LANGUAGE plpgsql AS $$ BEGIN PERFORM evil.spring('{trap}'); RETURN NULL; END $$; CREATE OPERATOR {schema}.{name} (LEFTARG = {left}, RIGHTARG = {right}, FUNCTION = {function});",
            Path(schema) + $"SELECT {call};");
    }

    /// <summary>A type that hides one of PostgreSQL's.</summary>
    public static Trap Type(string schema, string name, string value) => new(
        $"type {schema}.{name}",
        $"CREATE DOMAIN {schema}.{name} AS pg_catalog.{name} CHECK (evil.spring('type {schema}.{name}'));",
        Path(schema) + $"SELECT {value}::{name};");

    /// <summary>A view that hides a table of PostgreSQL's.</summary>
    public static Trap Catalog(string schema, string name) => new(
        $"view {schema}.{name}",
        $"CREATE VIEW {schema}.{name} AS SELECT {ColumnsOf(name)}, evil.spring('view {schema}.{name}') AS sprung FROM pg_catalog.{name} c;",
        Path(schema) + $"SELECT * FROM {name} LIMIT 1;");

    public override string ToString() => Name;

    // A view has no columns of the pseudo-type anyarray.
    private static string ColumnsOf(string catalog) => catalog switch
    {
        "pg_attribute" => "c.attrelid, c.attname, c.atttypid, c.atttypmod, c.attnum, c.attisdropped, c.attgenerated, c.attnotnull",
        "pg_stats" => "c.schemaname, c.tablename, c.attname, c.avg_width, c.null_frac, c.inherited",
        _ => "c.*",
    };

    private static string Path(string schema) => $"SET search_path = {schema}, pg_catalog; ";
}
