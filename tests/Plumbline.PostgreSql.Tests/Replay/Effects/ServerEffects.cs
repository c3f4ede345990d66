using Npgsql;

namespace Plumbline.PostgreSql.Tests.Replay.Effects;

/// <summary>The objects of a real database, and what is different about them after a statement.</summary>
internal static class ServerEffects
{
    private const string Query =
        """
        WITH ns AS (
          SELECT oid, nspname::text AS name FROM pg_namespace
          WHERE nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND nspname NOT LIKE 'pg\_%temp\_%'),
        owned AS (SELECT classid, objid FROM pg_depend WHERE deptype = 'e' OR (deptype = 'i' AND classid = 'pg_proc'::regclass)),
        rel AS (SELECT c.*, ns.name, c.relname::text AS own FROM pg_class c JOIN ns ON ns.oid = c.relnamespace WHERE NOT EXISTS (SELECT FROM owned o WHERE o.classid = 'pg_class'::regclass AND o.objid = c.oid))
        SELECT CASE relkind WHEN 'v' THEN 'View' WHEN 'm' THEN 'MaterializedView' WHEN 'i' THEN 'Index' WHEN 'I' THEN 'Index' WHEN 'S' THEN 'Sequence' WHEN 'c' THEN 'Type' ELSE 'Table' END AS kind,
               'c' || oid AS id, name AS container, relname::text AS own FROM rel
        UNION ALL SELECT 'Column', 'a' || a.attrelid || '.' || a.attnum, rel.name || '.' || rel.own, a.attname FROM pg_attribute a JOIN rel ON rel.oid = a.attrelid
          WHERE a.attnum > 0 AND NOT a.attisdropped AND rel.relkind IN ('r', 'p', 'f', 'v', 'm', 'c')
        UNION ALL SELECT CASE contype WHEN 'p' THEN 'PrimaryKey' WHEN 'u' THEN 'Unique' WHEN 'f' THEN 'ForeignKey' WHEN 'c' THEN 'Check' ELSE 'Exclusion' END,
               'k' || k.oid, coalesce(rel.name || '.' || rel.own, ns.name || '.' || t.typname::text), k.conname
          FROM pg_constraint k LEFT JOIN rel ON rel.oid = k.conrelid LEFT JOIN pg_type t ON t.oid = k.contypid LEFT JOIN ns ON ns.oid = t.typnamespace
          WHERE contype IN ('p', 'u', 'f', 'c', 'x') AND coalesce(rel.oid, ns.oid) IS NOT NULL
            AND NOT (contype = 'f' AND k.conparentid <> 0 AND EXISTS (SELECT FROM pg_constraint p WHERE p.oid = k.conparentid AND p.conrelid = k.conrelid))
        UNION ALL SELECT CASE typtype WHEN 'e' THEN 'Enum' WHEN 'd' THEN 'Domain' ELSE 'Type' END, 't' || t.oid, ns.name, t.typname FROM pg_type t JOIN ns ON ns.oid = t.typnamespace
          WHERE typtype IN ('e', 'd', 'r') AND NOT EXISTS (SELECT FROM owned o WHERE o.classid = 'pg_type'::regclass AND o.objid = t.oid)
        UNION ALL SELECT 'EnumValue', 'e' || e.oid, ns.name || '.' || t.typname::text, e.enumlabel FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid JOIN ns ON ns.oid = t.typnamespace
        UNION ALL SELECT CASE prokind WHEN 'p' THEN 'Procedure' WHEN 'a' THEN 'Aggregate' ELSE 'Function' END, 'p' || p.oid, ns.name, p.proname FROM pg_proc p JOIN ns ON ns.oid = p.pronamespace
          WHERE NOT EXISTS (SELECT FROM owned o WHERE o.classid = 'pg_proc'::regclass AND o.objid = p.oid)
        UNION ALL SELECT 'Trigger', 'g' || g.oid, rel.name || '.' || rel.own, g.tgname FROM pg_trigger g JOIN rel ON rel.oid = g.tgrelid WHERE NOT g.tgisinternal
        UNION ALL SELECT 'Policy', 'y' || y.oid, rel.name || '.' || rel.own, y.polname FROM pg_policy y JOIN rel ON rel.oid = y.polrelid
        UNION ALL SELECT 'Rule', 'r' || r.oid, rel.name || '.' || rel.own, r.rulename FROM pg_rewrite r JOIN rel ON rel.oid = r.ev_class WHERE r.rulename <> '_RETURN'
        UNION ALL SELECT 'Schema', 'n' || oid, '', name FROM ns
        UNION ALL SELECT 'Extension', 'x' || oid, '', extname FROM pg_extension
        """;

    /// <summary>The objects of a database by their numbers.</summary>
    public static Dictionary<string, ServerObject> Read(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(Query, connection);
        using var reader = command.ExecuteReader();
        var objects = new Dictionary<string, ServerObject>();
        while (reader.Read())
        {
            objects.Add(reader.GetString(1), new ServerObject(reader.GetString(0), reader.GetString(2), reader.GetString(3)));
        }

        return objects;
    }

    /// <summary>What is different, one line each, sorted: what was created, dropped, renamed and moved. What was made anew under its name does not count.</summary>
    public static List<string> Compare(Dictionary<string, ServerObject> before, Dictionary<string, ServerObject> after)
    {
        var created = after.Where(o => !before.ContainsKey(o.Key)).Select(o => o.Value.ToString()).ToList();
        var dropped = before.Where(o => !after.ContainsKey(o.Key)).Select(o => o.Value.ToString()).ToList();
        foreach (var again in created.Intersect(dropped).ToList())
        {
            created.Remove(again);
            dropped.Remove(again);
        }

        var renamed = after.Where(o => before.TryGetValue(o.Key, out var old) && old.Name != o.Value.Name).Select(o => $"Rename {o.Value} from {before[o.Key].Name}");
        return [.. created.Select(o => $"Create {o}").Concat(dropped.Select(o => $"Drop {o}")).Concat(renamed).Order(StringComparer.Ordinal)];
    }
}

/// <summary>An object of a real database.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Container">Its schema, or the object that it belongs to.</param>
/// <param name="Name">Its own name.</param>
internal sealed record ServerObject(string Kind, string Container, string Name)
{
    /// <inheritdoc/>
    public override string ToString() => Container.Length == 0 ? $"{Kind} {Name}" : $"{Kind} {Container}.{Name}";
}
