using Plumbline.PostgreSql.Builtins;

namespace Plumbline.PostgreSql.Expressions.Printing;

/// <summary>Whether an unqualified name finds an object ("The Schema Search Path").</summary>
internal static class Visibility
{
    /// <summary>Whether the type's own name finds it.</summary>
    public static bool IsTypeVisible(IObjectCatalog catalog, PgType type) =>
        catalog.SearchPath.Contains(type.Schema) && FindType(catalog, type.Name)?.Oid == type.Oid;

    /// <summary>The first type of a name in the search path; else null.</summary>
    public static PgType? FindType(IObjectCatalog catalog, string name)
    {
        foreach (var schema in catalog.SearchPath)
        {
            if (catalog.FindType(schema, name) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>The first relation of a name in the search path; else null.</summary>
    public static PgRelation? FindRelation(IObjectCatalog catalog, string name)
    {
        foreach (var schema in catalog.SearchPath)
        {
            if (catalog.FindRelation(schema, name) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>The first collation of a name in the search path; else null.</summary>
    public static PgCollation? FindCollation(IObjectCatalog catalog, string name)
    {
        foreach (var schema in catalog.SearchPath)
        {
            if (catalog.FindCollation(schema, name) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>A relation's name as it must be written (<c>generate_relation_name</c>).</summary>
    public static string RelationName(IObjectCatalog catalog, PgRelation relation) =>
        FindRelation(catalog, relation.Name)?.Oid == relation.Oid
            ? Identifiers.Quote(relation.Name)
            : $"{Identifiers.Quote(relation.Schema)}.{Identifiers.Quote(relation.Name)}";
}
