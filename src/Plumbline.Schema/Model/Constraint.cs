using System.Collections.Immutable;

namespace Plumbline.Schema.Model;

/// <summary>What every constraint of a table has.</summary>
public abstract record Constraint : SchemaObject
{
    /// <summary>Name of the constraint.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is DEFERRABLE.</summary>
    public bool IsDeferrable { get; init; }

    /// <summary>Whether it is INITIALLY DEFERRED.</summary>
    public bool IsInitiallyDeferred { get; init; }

    /// <summary>False for a constraint that is NOT VALID.</summary>
    public bool IsValidated { get; init; } = true;

    /// <summary>False for a constraint that is NOT ENFORCED (PostgreSQL 18).</summary>
    public bool IsEnforced { get; init; } = true;
}

/// <summary>A PRIMARY KEY or UNIQUE constraint, with the properties of its index.</summary>
public sealed record KeyConstraint : Constraint
{
    /// <summary>Its columns, in their order.</summary>
    public required ImmutableArray<string> Columns { get; init; }

    /// <summary>Its INCLUDE columns.</summary>
    public ImmutableArray<string> Include { get; init; } = [];

    /// <summary>Whether it is NULLS NOT DISTINCT.</summary>
    public bool NullsNotDistinct { get; init; }

    /// <summary>Whether its last column is WITHOUT OVERLAPS (PostgreSQL 18).</summary>
    public bool WithoutOverlaps { get; init; }

    /// <summary>Storage parameters of its index.</summary>
    public ImmutableArray<StorageParameter> StorageParameters { get; init; } = [];

    /// <summary>Whether the table is clustered on its index.</summary>
    public bool IsClustered { get; init; }
}

/// <summary>A FOREIGN KEY constraint.</summary>
public sealed record ForeignKey : Constraint
{
    /// <summary>The referencing columns, in their order.</summary>
    public required ImmutableArray<string> Columns { get; init; }

    /// <summary>The referenced table.</summary>
    public required ObjectName ReferencedTable { get; init; }

    /// <summary>The referenced columns, in the order of <see cref="Columns"/>.</summary>
    public required ImmutableArray<string> ReferencedColumns { get; init; }

    /// <summary>The unique index of the referenced table that it depends on, by the name that a constraint shares with its index; null where the source does not say.
    /// PostgreSQL chooses one when the key is created (<c>pg_constraint.conindid</c>), also where several indexes are on the same columns.</summary>
    public string? ReferencedIndex { get; init; }

    /// <summary>What happens when a referenced row is deleted.</summary>
    public ReferentialAction OnDelete { get; init; }

    /// <summary>The columns that <c>ON DELETE SET NULL|DEFAULT (…)</c> names; empty where it names none.</summary>
    public ImmutableArray<string> OnDeleteColumns { get; init; } = [];

    /// <summary>What happens when a referenced key is updated.</summary>
    public ReferentialAction OnUpdate { get; init; }

    /// <summary>Whether it is MATCH FULL.</summary>
    public bool MatchFull { get; init; }

    /// <summary>Whether its last column is a PERIOD that the referenced rows must cover (PostgreSQL 18).</summary>
    public bool HasPeriod { get; init; }

    /// <summary>The Prisma relation field that it stands for, where the source is a Prisma schema.</summary>
    public string? FieldName { get; init; }
}

/// <summary>PostgreSQL documentation, "Foreign Keys".</summary>
public enum ReferentialAction
{
    /// <summary><c>NO ACTION</c>, the default.</summary>
    NoAction,

    /// <summary><c>RESTRICT</c>.</summary>
    Restrict,

    /// <summary><c>CASCADE</c>.</summary>
    Cascade,

    /// <summary><c>SET NULL</c>.</summary>
    SetNull,

    /// <summary><c>SET DEFAULT</c>.</summary>
    SetDefault,
}

/// <summary>A CHECK constraint of a table or domain.</summary>
public sealed record CheckConstraint : Constraint
{
    /// <summary>Its condition.</summary>
    public required SqlExpression Expression { get; init; }

    /// <summary>Whether children do not inherit it (<c>NO INHERIT</c>).</summary>
    public bool NoInherit { get; init; }
}

/// <summary>An EXCLUDE constraint.</summary>
public sealed record ExclusionConstraint : Constraint
{
    /// <summary>Index method, such as <c>gist</c>.</summary>
    public required string Method { get; init; }

    /// <summary>Its elements, in their order.</summary>
    public required ImmutableArray<ExclusionElement> Elements { get; init; }

    /// <summary>Its INCLUDE columns.</summary>
    public ImmutableArray<string> Include { get; init; } = [];

    /// <summary>Its WHERE condition; else null.</summary>
    public SqlExpression? Predicate { get; init; }
}

/// <summary>One element of an EXCLUDE constraint.</summary>
/// <param name="Key">What is compared.</param>
/// <param name="Operator">The operator that it is compared with, such as <c>=</c> or <c>&amp;&amp;</c>.</param>
public sealed record ExclusionElement(IndexKey Key, string Operator);
