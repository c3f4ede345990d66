using System.Collections.Immutable;

namespace Plumbline.PostgreSql.Builtins;

/// <summary>A table, view, sequence or row type, as expressions and queries see it.</summary>
/// <param name="Oid">Its identity.</param>
/// <param name="Schema">Its schema.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind"><c>pg_class.relkind</c>: <c>r</c> table, <c>p</c> partitioned table, <c>v</c> view, <c>m</c> materialized view, <c>f</c> foreign table,
/// <c>S</c> sequence, <c>c</c> composite type, <c>i</c> index.</param>
internal sealed record PgRelation(uint Oid, string Schema, string Name, char Kind)
{
    /// <summary>Its columns that are not dropped, by ascending number.</summary>
    public ImmutableArray<PgColumn> Columns { get; init; } = [];

    /// <summary>Its row type; 0 where it has none.</summary>
    public uint RowTypeOid { get; init; }

    /// <summary>The numbers of its primary key's columns (what a GROUP BY of them determines); empty without a primary key.</summary>
    public ImmutableArray<short> PrimaryKey { get; init; } = [];

    /// <summary>The primary key's constraint, on which a query depends that groups by it; 0 without one.</summary>
    public uint PrimaryKeyOid { get; init; }
}

/// <summary>A column of a relation.</summary>
/// <param name="Number">Its number (<c>attnum</c>), which stays the same when columns before it are dropped.</param>
/// <param name="Name">Its name.</param>
/// <param name="TypeOid">Its type.</param>
/// <param name="Modifier">Its type's modifier (<c>atttypmod</c>); -1 without one.</param>
/// <param name="CollationOid">Its collation; 0 where its type has none.</param>
internal sealed record PgColumn(short Number, string Name, uint TypeOid, int Modifier = -1, uint CollationOid = 0)
{
    /// <summary>Whether it is NOT NULL.</summary>
    public bool IsNotNull { get; init; }

    /// <summary>Whether it is a generated column (GENERATED ALWAYS AS … STORED).</summary>
    public bool IsGenerated { get; init; }
}
