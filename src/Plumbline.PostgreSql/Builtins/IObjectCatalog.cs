using System.Collections.Immutable;

namespace Plumbline.PostgreSql.Builtins;

/// <summary>
/// The objects of a database, as far as names and types in expressions need them. Objects are known by number, as in PostgreSQL, so that a rename changes
/// what is printed and nothing else. Numbers below <see cref="BuiltinCatalog.FirstUserOid"/> are the server's own, those from
/// <see cref="BuiltinCatalog.FirstExtensionOid"/> belong to extensions; a database gives out those between.
/// </summary>
internal interface IObjectCatalog
{
    /// <summary>
    /// The schemas that unqualified names are looked up in, in order, without those that don't exist; <c>pg_catalog</c> stands first unless the setting names
    /// it elsewhere.
    /// </summary>
    ImmutableArray<string> SearchPath { get; }

    /// <summary>Whether there may be objects that nobody knows of (those of an extension with unknown contents), so that a name that is not found is no
    /// error.</summary>
    bool HasUnknownObjects { get; }

    /// <summary>Whether a schema exists.</summary>
    bool HasSchema(string name);

    /// <summary>The type of this number; else null.</summary>
    PgType? GetType(uint oid);

    /// <summary>The type of this name (as in <c>pg_type</c>) in this schema; else null.</summary>
    PgType? FindType(string schema, string name);

    /// <summary>The relation of this number; else null.</summary>
    PgRelation? GetRelation(uint oid);

    /// <summary>The relation of this name in this schema; else null.</summary>
    PgRelation? FindRelation(string schema, string name);

    /// <summary>The function of this number; else null.</summary>
    PgFunction? GetFunction(uint oid);

    /// <summary>The functions, procedures and aggregates of this name in this schema.</summary>
    IReadOnlyList<PgFunction> FindFunctions(string schema, string name);

    /// <summary>The operator of this number; else null.</summary>
    PgOperator? GetOperator(uint oid);

    /// <summary>The operators of this symbol in this schema.</summary>
    IReadOnlyList<PgOperator> FindOperators(string schema, string name);

    /// <summary>The cast from one type to another that <c>pg_cast</c> holds; else null.</summary>
    PgCast? FindCast(uint sourceOid, uint targetOid);

    /// <summary>The collation of this number; else null.</summary>
    PgCollation? GetCollation(uint oid);

    /// <summary>The collation of this name in this schema; else null.</summary>
    PgCollation? FindCollation(string schema, string name);

    /// <summary>The operator classes of an index method, in no order.</summary>
    IReadOnlyList<PgOperatorClass> OperatorClasses(string accessMethod);
}
