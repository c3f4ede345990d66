using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions.Analysis;
using Plumbline.PostgreSql.Sql;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing;

/// <summary>
/// Which values PostgreSQL converts by itself when they are stored in a column of another type. PostgreSQL documentation, "Value Storage" and "CREATE CAST"; the casts
/// are those of <c>pg_cast</c>.
/// </summary>
internal static class AssignmentCasts
{
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
        // format_type writes what the grammar reads: "character varying" is varchar.
        var found = SqlParser.TryParseType(type.Name, out var name, out _) ? BuiltinCatalog.PostgreSql.FindType("pg_catalog", name!.Name.Name) : null;
        return type.IsArray ? found?.ArrayOid : found?.Oid;
    }
}
