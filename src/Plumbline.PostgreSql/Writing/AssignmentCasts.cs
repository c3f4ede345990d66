using System.Collections.Frozen;
using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions.Analysis;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing;

/// <summary>
/// Which values PostgreSQL converts by itself when they are stored in a column of another type. PostgreSQL documentation, "Value Storage" and "CREATE CAST"; the casts
/// are those of <c>pg_cast</c>.
/// </summary>
internal static class AssignmentCasts
{
    // The names in pg_type of the types that format_type calls otherwise.
    private static readonly FrozenDictionary<string, string> CatalogNames = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["\"char\""] = "char",
        ["bigint"] = "int8",
        ["bit varying"] = "varbit",
        ["boolean"] = "bool",
        ["character"] = "bpchar",
        ["character varying"] = "varchar",
        ["double precision"] = "float8",
        ["integer"] = "int4",
        ["real"] = "float4",
        ["smallint"] = "int2",
        ["time with time zone"] = "timetz",
        ["time without time zone"] = "time",
        ["timestamp with time zone"] = "timestamptz",
        ["timestamp without time zone"] = "timestamp",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly TypeSystem Types = new(BuiltinCatalog.PostgreSql);

    /// <summary>Whether there is such a cast. Of types that PostgreSQL does not bring along it is known only that each can be stored as text, and as what it is.</summary>
    /// <param name="from">The type of a value.</param>
    /// <param name="to">The type of the column.</param>
    public static bool Exists(ColumnType from, ColumnType to)
    {
        if (from.QualifiedName == to.QualifiedName && from.IsArray == to.IsArray)
        {
            return true;
        }

        if (from.IsArray && to.IsArray)
        {
            return Exists(@from with { IsArray = false }, to with { IsArray = false });
        }

        if (to.Schema is not null)
        {
            return to is { Name: "citext", IsArray: false };
        }

        if (from.Schema is not null)
        {
            return to is { Name: "text" or "character varying" or "character" or "name", IsArray: false };
        }

        return Find(from) is { } source and not 0 && Find(to) is { } target and not 0 && Types.FindPath(target, source, CoercionContext.Assignment, out _) != CoercionPath.None;
    }

    private static uint? Find(ColumnType type)
    {
        var found = BuiltinCatalog.PostgreSql.FindType("pg_catalog", CatalogNames.GetValueOrDefault(type.Name, type.Name));
        return type.IsArray ? found?.ArrayOid : found?.Oid;
    }
}
