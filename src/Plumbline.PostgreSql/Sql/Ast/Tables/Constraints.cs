using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Sql.Ast.Tables;

/// <summary>A constraint of a column or table, and what the grammar treats as one: DEFAULT, GENERATED, NULL.</summary>
/// <param name="Span">Its place in the text, with its CONSTRAINT name.</param>
/// <param name="Name">Its name; null where none is written.</param>
public abstract record ConstraintDefinition(TextSpan Span, Identifier? Name) : TableElement(Span)
{
    /// <summary>DEFERRABLE or NOT DEFERRABLE; null where neither is written.</summary>
    public bool? IsDeferrable { get; init; }

    /// <summary>INITIALLY DEFERRED (true) or IMMEDIATE (false); null where neither is written.</summary>
    public bool? IsInitiallyDeferred { get; init; }

    /// <summary>NOT VALID.</summary>
    public bool IsNotValid { get; init; }

    /// <summary>NO INHERIT.</summary>
    public bool IsNoInherit { get; init; }

    /// <summary>ENFORCED (true) or NOT ENFORCED (false); null where neither is written.</summary>
    public bool? IsEnforced { get; init; }
}

/// <summary>NOT NULL; as a table constraint (PostgreSQL 18) it names its column.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Name">Its name; null where none is written.</param>
/// <param name="Column">The column of a table constraint; else null.</param>
public sealed record NotNullDefinition(TextSpan Span, Identifier? Name, Identifier? Column) : ConstraintDefinition(Span, Name);

/// <summary>NULL.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Name">Its name; null where none is written.</param>
public sealed record NullDefinition(TextSpan Span, Identifier? Name) : ConstraintDefinition(Span, Name);

/// <summary>DEFAULT.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Name">Its name; null where none is written.</param>
/// <param name="Value">The value.</param>
public sealed record DefaultDefinition(TextSpan Span, Identifier? Name, SqlExpr Value) : ConstraintDefinition(Span, Name);

/// <summary>GENERATED ALWAYS AS (…) STORED or VIRTUAL.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Name">Its name; null where none is written.</param>
/// <param name="Value">The expression.</param>
/// <param name="IsStored">STORED; else it is virtual (PostgreSQL 18).</param>
/// <param name="IsKindWritten">Whether STORED or VIRTUAL is written, which PostgreSQL before 18 demands.</param>
public sealed record GeneratedDefinition(TextSpan Span, Identifier? Name, SqlExpr Value, bool IsStored, bool IsKindWritten) : ConstraintDefinition(Span, Name);

/// <summary>GENERATED ALWAYS or BY DEFAULT AS IDENTITY.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Name">Its name; null where none is written.</param>
/// <param name="IsAlways">ALWAYS; else BY DEFAULT.</param>
/// <param name="Options">The sequence's options.</param>
public sealed record IdentityDefinition(TextSpan Span, Identifier? Name, bool IsAlways, ImmutableArray<DefinitionOption> Options)
    : ConstraintDefinition(Span, Name);

/// <summary>CHECK.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Name">Its name; null where none is written.</param>
/// <param name="Condition">The condition.</param>
public sealed record CheckDefinition(TextSpan Span, Identifier? Name, SqlExpr Condition) : ConstraintDefinition(Span, Name);

/// <summary>PRIMARY KEY or UNIQUE.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Name">Its name; null where none is written.</param>
/// <param name="IsPrimary">PRIMARY KEY.</param>
/// <param name="Columns">The columns; empty for a column constraint and for USING INDEX.</param>
public sealed record KeyDefinition(TextSpan Span, Identifier? Name, bool IsPrimary, ImmutableArray<Identifier> Columns) : ConstraintDefinition(Span, Name)
{
    /// <summary>INCLUDE.</summary>
    public ImmutableArray<Identifier> Include { get; init; } = [];

    /// <summary>NULLS NOT DISTINCT.</summary>
    public bool NullsNotDistinct { get; init; }

    /// <summary>WITHOUT OVERLAPS behind the last column (PostgreSQL 18).</summary>
    public bool WithoutOverlaps { get; init; }

    /// <summary>USING INDEX; null where it is not written.</summary>
    public Identifier? UsingIndex { get; init; }

    /// <summary>WITH (…).</summary>
    public ImmutableArray<DefinitionOption> Options { get; init; } = [];

    /// <summary>USING INDEX TABLESPACE; null where it is not written.</summary>
    public Identifier? Tablespace { get; init; }
}

/// <summary>EXCLUDE.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Name">Its name; null where none is written.</param>
/// <param name="AccessMethod">USING; null where it is not written.</param>
/// <param name="Elements">The elements.</param>
/// <param name="Operators">The operator of each element.</param>
public sealed record ExclusionDefinition(
    TextSpan Span, Identifier? Name, Identifier? AccessMethod, ImmutableArray<IndexElement> Elements, ImmutableArray<OperatorName> Operators)
    : ConstraintDefinition(Span, Name)
{
    /// <summary>INCLUDE.</summary>
    public ImmutableArray<Identifier> Include { get; init; } = [];

    /// <summary>WITH (…).</summary>
    public ImmutableArray<DefinitionOption> Options { get; init; } = [];

    /// <summary>USING INDEX TABLESPACE; null where it is not written.</summary>
    public Identifier? Tablespace { get; init; }

    /// <summary>WHERE; null where it is not written.</summary>
    public SqlExpr? Where { get; init; }
}

/// <summary>FOREIGN KEY, or REFERENCES of a column.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Name">Its name; null where none is written.</param>
/// <param name="Columns">The columns; empty for a column constraint.</param>
/// <param name="ReferencedTable">The table referred to.</param>
/// <param name="ReferencedColumns">Its columns; empty where none are written.</param>
public sealed record ForeignKeyDefinition(
    TextSpan Span, Identifier? Name, ImmutableArray<Identifier> Columns, QualifiedName ReferencedTable, ImmutableArray<Identifier> ReferencedColumns)
    : ConstraintDefinition(Span, Name)
{
    /// <summary>MATCH FULL, PARTIAL or SIMPLE.</summary>
    public ForeignKeyMatch Match { get; init; }

    /// <summary>ON UPDATE.</summary>
    public ForeignKeyAction OnUpdate { get; init; }

    /// <summary>ON DELETE.</summary>
    public ForeignKeyAction OnDelete { get; init; }

    /// <summary>The columns of ON DELETE SET NULL (…) or SET DEFAULT (…).</summary>
    public ImmutableArray<Identifier> OnDeleteColumns { get; init; } = [];

    /// <summary>PERIOD before the last column of either side (PostgreSQL 18).</summary>
    public bool HasPeriod { get; init; }
}

/// <summary>MATCH of a foreign key.</summary>
public enum ForeignKeyMatch
{
    /// <summary>SIMPLE, which is also meant where none is written.</summary>
    Simple,

    /// <summary>FULL.</summary>
    Full,

    /// <summary>PARTIAL, which PostgreSQL refuses.</summary>
    Partial,
}

/// <summary>What a foreign key does when the row it refers to changes.</summary>
public enum ForeignKeyAction
{
    /// <summary>NO ACTION, which is also meant where none is written.</summary>
    NoAction,

    /// <summary>RESTRICT.</summary>
    Restrict,

    /// <summary>CASCADE.</summary>
    Cascade,

    /// <summary>SET NULL.</summary>
    SetNull,

    /// <summary>SET DEFAULT.</summary>
    SetDefault,
}
