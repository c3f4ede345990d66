using System.Collections.Immutable;

namespace Plumbline.Schema.Model;

/// <summary>An enum type.</summary>
public sealed record EnumType : NamedObject
{
    /// <summary>Its values, in their order.</summary>
    public required ImmutableArray<EnumValue> Values { get; init; }

    /// <summary>The Prisma enum that it stands for, where the source is a Prisma schema.</summary>
    public string? EnumName { get; init; }
}

/// <summary>A value of an enum type.</summary>
public sealed record EnumValue : SchemaObject
{
    /// <summary>The value as the database has it.</summary>
    public required string Name { get; init; }

    /// <summary>The value's name in a Prisma schema, where that is the source.</summary>
    public string? PrismaName { get; init; }
}

/// <summary>A domain.</summary>
public sealed record DomainType : NamedObject
{
    /// <summary>The type that it stands on.</summary>
    public required ColumnType BaseType { get; init; }

    /// <summary>Whether it refuses NULL.</summary>
    public bool NotNull { get; init; }

    /// <summary>Its DEFAULT; else null.</summary>
    public SqlExpression? Default { get; init; }

    /// <summary>Its collation where it is not the base type's own; else null.</summary>
    public ObjectName? Collation { get; init; }

    /// <summary>Its CHECK constraints.</summary>
    public ImmutableArray<CheckConstraint> Checks { get; init; } = [];
}

/// <summary>A stand-alone composite type.</summary>
public sealed record CompositeType : NamedObject
{
    /// <summary>Its attributes, in their order.</summary>
    public required ImmutableArray<Column> Attributes { get; init; }
}

/// <summary>A range type.</summary>
public sealed record RangeType : NamedObject
{
    /// <summary>The type of its bounds.</summary>
    public required ColumnType Subtype { get; init; }

    /// <summary>Its options as written (<c>subtype_opclass</c>, <c>collation</c>, <c>canonical</c>, <c>subtype_diff</c>, <c>multirange_type_name</c>), sorted
    /// by name, without the subtype.</summary>
    public ImmutableArray<StorageParameter> Options { get; init; } = [];
}

/// <summary>A sequence, also those behind serial and identity columns.</summary>
public sealed record Sequence : NamedObject
{
    /// <summary><c>smallint</c>, <c>integer</c> or <c>bigint</c>.</summary>
    public string DataType { get; init; } = "bigint";

    /// <summary>START.</summary>
    public long Start { get; init; } = 1;

    /// <summary>INCREMENT.</summary>
    public long Increment { get; init; } = 1;

    /// <summary>MINVALUE.</summary>
    public long MinValue { get; init; } = 1;

    /// <summary>MAXVALUE.</summary>
    public long MaxValue { get; init; } = long.MaxValue;

    /// <summary>CACHE.</summary>
    public long Cache { get; init; } = 1;

    /// <summary>CYCLE.</summary>
    public bool Cycle { get; init; }

    /// <summary>Whether it is unlogged.</summary>
    public Persistence Persistence { get; init; }

    /// <summary>The table whose column owns it; else null.</summary>
    public ObjectName? OwnedByTable { get; init; }

    /// <summary>The column that owns it; else null.</summary>
    public string? OwnedByColumn { get; init; }

    /// <summary>Whether it belongs to an identity column, and so is made and dropped with it.</summary>
    public bool IsIdentity { get; init; }

    /// <summary>From a live database: the last value that it gave; null where it gave none or may not be read.</summary>
    public long? LastValue { get; init; }
}
