using System.Collections.Immutable;
using Plumbline.PostgreSql.Expressions;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Replay.Objects;

/// <summary>A row of <c>pg_attribute</c>, with its row of <c>pg_attrdef</c>. Others depend on it by its relation and number.</summary>
internal sealed class ColumnObject(Database database, RelationObject relation, short number, ColumnRow row) : CatalogObject<ColumnRow>(database, 0, row)
{
    /// <summary>Its relation.</summary>
    public RelationObject Relation { get; } = relation;

    /// <summary><c>attnum</c>.</summary>
    public short Number { get; } = number;

    /// <summary>Its name.</summary>
    public string Name => Row.Name;

    /// <inheritdoc/>
    protected override void OnRowChanged() => Relation.Forget();
}

/// <summary>What can change of a <see cref="ColumnObject"/>.</summary>
internal sealed record ColumnRow(string Name, uint TypeOid, int Modifier = -1, uint CollationOid = 0)
{
    /// <summary>Whether it is NOT NULL.</summary>
    public bool IsNotNull { get; init; }

    /// <summary>Its default, or the expression of a generated column; else null.</summary>
    public DefaultObject? Default { get; init; }

    /// <summary><c>a</c> ALWAYS, <c>d</c> BY DEFAULT; else <c>\0</c>.</summary>
    public char Identity { get; init; }

    /// <summary>Whether it is generated.</summary>
    public bool IsGenerated { get; init; }

    /// <summary>Whether a generated column is virtual (PostgreSQL 18).</summary>
    public bool IsVirtual { get; init; }

    /// <summary>Whether it was dropped.</summary>
    public bool IsDropped { get; init; }

    /// <summary>How many parents have it.</summary>
    public int InheritCount { get; init; }

    /// <summary>Whether the table defines it itself.</summary>
    public bool IsLocal { get; init; } = true;

    /// <summary>Its storage where it is not its type's; else null.</summary>
    public string? Storage { get; init; }

    /// <summary>Its compression; null where none is set.</summary>
    public string? Compression { get; init; }

    /// <summary>Its statistics target; null where none is set.</summary>
    public int? StatisticsTarget { get; init; }

    /// <summary>Its privileges; null where it has none.</summary>
    public ImmutableArray<AclItem>? Acl { get; init; }

    /// <summary>Its type as it is written, where nobody knows the type itself; else null.</summary>
    public ColumnType? WrittenType { get; init; }

    /// <summary>Its comment; else null.</summary>
    public string? Comment { get; init; }
}

/// <summary>A row of <c>pg_attrdef</c>: the default of a column, or what generates it.</summary>
internal sealed class DefaultObject(Database database, uint oid, RelationObject relation, short column, BoundNode expression) : CatalogObject(database, oid)
{
    /// <summary>The relation of its column.</summary>
    public RelationObject Relation { get; } = relation;

    /// <summary>The column's number.</summary>
    public short Column { get; } = column;

    /// <summary>The expression.</summary>
    public BoundNode Expression { get; } = expression;
}
