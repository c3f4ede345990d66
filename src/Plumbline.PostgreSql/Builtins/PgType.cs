using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Plumbline.PostgreSql.Builtins;

/// <summary>What a type is (<c>pg_type.typtype</c>).</summary>
internal enum PgTypeKind : byte
{
    /// <summary>A base type, also every array type.</summary>
    Base,

    /// <summary>A row type: stand-alone or of a table or view.</summary>
    Composite,

    /// <summary>A domain.</summary>
    Domain,

    /// <summary>An enum.</summary>
    Enum,

    /// <summary>A pseudo-type such as <c>anyelement</c> or <c>trigger</c>.</summary>
    Pseudo,

    /// <summary>A range.</summary>
    Range,

    /// <summary>A multirange.</summary>
    Multirange,
}

/// <summary>A row of <c>pg_type</c>, less what nothing here asks for.</summary>
/// <param name="Oid">Its identity; a built-in type has PostgreSQL's own.</param>
/// <param name="Schema">Its schema.</param>
/// <param name="Name">Its name in <c>pg_type</c>: <c>int4</c>, <c>_text</c>, not <c>integer</c>.</param>
internal sealed record PgType(uint Oid, string Schema, string Name)
{
    /// <summary>What it is.</summary>
    public PgTypeKind Kind { get; init; }

    /// <summary>Its category ("System Catalogs: pg_type", typcategory): <c>N</c> numeric, <c>S</c> string, <c>A</c> array, <c>U</c> user-defined …</summary>
    public char Category { get; init; } = 'U';

    /// <summary>Whether it is the preferred type of its category.</summary>
    public bool IsPreferred { get; init; }

    /// <summary>Type of the elements of an array (also of <c>int2vector</c>, <c>name</c>, <c>point</c> …, whose elements can be read); else 0.</summary>
    public uint ElementOid { get; init; }

    /// <summary>Whether it is a true array type, which <see cref="ElementOid"/> alone does not say.</summary>
    public bool IsArray { get; init; }

    /// <summary>The array type over this type; 0 where there is none.</summary>
    public uint ArrayOid { get; init; }

    /// <summary>The type under a domain; else 0.</summary>
    public uint BaseOid { get; init; }

    /// <summary>The modifier that a domain gives to its base type; else -1.</summary>
    public int BaseModifier { get; init; } = -1;

    /// <summary>The relation of a row type; else 0.</summary>
    public uint RelationOid { get; init; }

    /// <summary>Its collation; 0 where its values cannot be collated.</summary>
    public uint CollationOid { get; init; }

    /// <summary>The type of a range's bounds, or the range type of a multirange; else 0.</summary>
    public uint SubtypeOid { get; init; }

    /// <summary>Volatility of its input function; a date's is stable, since it depends on settings.</summary>
    public PgVolatility InputVolatility { get; init; } = PgVolatility.Stable;

    /// <summary>Volatility of its output function.</summary>
    public PgVolatility OutputVolatility { get; init; } = PgVolatility.Stable;

    /// <summary>The labels of an enum, in their order; else empty.</summary>
    public ImmutableArray<string> EnumLabels { get; init; } = [];

    /// <summary>The labels of an enum by what expressions keep of them; null where that is the labels themselves, since none was renamed.</summary>
    public FrozenDictionary<string, string>? EnumKeys { get; init; }
}
