using System.Collections.Immutable;
using Plumbline.PostgreSql.Expressions;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Replay.Objects;

/// <summary>A row of <c>pg_constraint</c>.</summary>
internal sealed class ConstraintObject(Database database, uint oid, ConstraintRow row) : CatalogObject<ConstraintRow>(database, oid, row)
{
    /// <summary>Its name.</summary>
    public string Name => Row.Name;

    /// <inheritdoc/>
    protected override void OnRowChanged() => Row.Table?.Forget();
}

/// <summary>The kinds of constraint.</summary>
internal enum ConstraintKind
{
    /// <summary>PRIMARY KEY.</summary>
    PrimaryKey,

    /// <summary>UNIQUE.</summary>
    Unique,

    /// <summary>FOREIGN KEY.</summary>
    ForeignKey,

    /// <summary>CHECK.</summary>
    Check,

    /// <summary>EXCLUDE.</summary>
    Exclusion,

    /// <summary>A constraint trigger's.</summary>
    Trigger,
}

/// <summary>What can change of a <see cref="ConstraintObject"/>.</summary>
internal sealed record ConstraintRow(string Name, ConstraintKind Kind)
{
    /// <summary>Its table; null for a domain's.</summary>
    public RelationObject? Table { get; init; }

    /// <summary>Its domain; null for a table's.</summary>
    public TypeObject? Domain { get; init; }

    /// <summary>Numbers of its columns.</summary>
    public ImmutableArray<short> Columns { get; init; } = [];

    /// <summary>The index that enforces it; for a foreign key the one of the referenced columns; else null.</summary>
    public RelationObject? Index { get; init; }

    /// <summary>The referenced table of a foreign key; else null.</summary>
    public RelationObject? ReferencedTable { get; init; }

    /// <summary>Numbers of the referenced columns.</summary>
    public ImmutableArray<short> ReferencedColumns { get; init; } = [];

    /// <summary>ON DELETE.</summary>
    public ReferentialAction OnDelete { get; init; }

    /// <summary>ON UPDATE.</summary>
    public ReferentialAction OnUpdate { get; init; }

    /// <summary>The columns of ON DELETE SET NULL|DEFAULT (…).</summary>
    public ImmutableArray<short> OnDeleteColumns { get; init; } = [];

    /// <summary>MATCH FULL.</summary>
    public bool MatchFull { get; init; }

    /// <summary>WITHOUT OVERLAPS of a key, or PERIOD of a foreign key (PostgreSQL 18).</summary>
    public bool HasPeriod { get; init; }

    /// <summary>False for NOT ENFORCED (PostgreSQL 18), which is never validated either.</summary>
    public bool IsEnforced { get; init; } = true;

    /// <summary>The condition of a CHECK; else null.</summary>
    public BoundNode? Expression { get; init; }

    /// <summary>NO INHERIT.</summary>
    public bool NoInherit { get; init; }

    /// <summary>DEFERRABLE.</summary>
    public bool IsDeferrable { get; init; }

    /// <summary>INITIALLY DEFERRED.</summary>
    public bool IsDeferred { get; init; }

    /// <summary>False for NOT VALID.</summary>
    public bool IsValidated { get; init; } = true;

    /// <summary>Whether the table defines it itself.</summary>
    public bool IsLocal { get; init; } = true;

    /// <summary>How many parents have it.</summary>
    public int InheritCount { get; init; }

    /// <summary>The partitioned table's constraint that it is a part of; else null.</summary>
    public ConstraintObject? Parent { get; init; }

    /// <summary>Its comment; else null.</summary>
    public string? Comment { get; init; }
}
