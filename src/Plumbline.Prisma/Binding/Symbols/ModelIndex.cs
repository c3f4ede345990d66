using System.Collections.Immutable;
using Plumbline.Prisma.Syntax;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Binding.Symbols;

/// <summary>The kinds of index that a model can declare.</summary>
public enum ModelIndexKind
{
    /// <summary><c>@@index</c>.</summary>
    Normal,

    /// <summary><c>@unique</c> or <c>@@unique</c>.</summary>
    Unique,

    /// <summary><c>@@fulltext</c>, which PostgreSQL has none of.</summary>
    Fulltext,
}

/// <summary>The <c>type:</c> of an index.</summary>
public enum IndexAlgorithm
{
    /// <summary><c>BTree</c>.</summary>
    BTree,

    /// <summary><c>Hash</c>.</summary>
    Hash,

    /// <summary><c>Gist</c>.</summary>
    Gist,

    /// <summary><c>Gin</c>.</summary>
    Gin,

    /// <summary><c>SpGist</c>.</summary>
    SpGist,

    /// <summary><c>Brin</c>.</summary>
    Brin,
}

/// <summary>The <c>sort:</c> of a field in an index or key.</summary>
public enum SortOrder
{
    /// <summary><c>Asc</c>.</summary>
    Ascending,

    /// <summary><c>Desc</c>.</summary>
    Descending,
}

/// <summary>An index or unique constraint of a model.</summary>
public sealed class ModelIndex
{
    /// <summary>What it is.</summary>
    public required ModelIndexKind Kind { get; init; }

    /// <summary>The model that it belongs to.</summary>
    public required Model Model { get; init; }

    /// <summary>What it is over, in order.</summary>
    public required ImmutableArray<IndexedField> Fields { get; init; }

    /// <summary>The field that has the <c>@unique</c>; null for one that the block declares.</summary>
    public Field? SourceField { get; init; }

    /// <summary>The name that the client uses (<c>name:</c> of <c>@@unique</c>); null where it has none.</summary>
    public string? ClientName { get; init; }

    /// <summary>The name that <c>map:</c> gives it in the database (or <c>name:</c> of an <c>@@index</c>, as Prisma 2 had it); null where it has
    /// none.</summary>
    public string? MappedName { get; init; }

    /// <summary>Its name in the database: the mapped one, or the one that Prisma gives.</summary>
    public string DatabaseName => MappedName ?? (Kind == ModelIndexKind.Unique
        ? ConstraintNames.Unique(Model.DatabaseName, Fields.Select(f => f.Field.DatabaseName))
        : ConstraintNames.Index(Model.DatabaseName, Fields.Select(f => f.Field.DatabaseName)));

    /// <summary>Its <c>type:</c>; null where it names none.</summary>
    public IndexAlgorithm? Algorithm { get; init; }

    /// <summary>Its <c>clustered:</c>, which only SQL Server has; null where it says nothing.</summary>
    public bool? IsClustered { get; init; }

    /// <summary>Its <c>where:</c>; null where it has none.</summary>
    public IndexPredicate? Where { get; init; }

    /// <summary>The attribute that declares it.</summary>
    public required AttributeSyntax Syntax { get; init; }

    /// <summary>Where it is declared.</summary>
    public SourceLocation Location => Model.Source.LocationOf(Syntax.Span with { Length = Model.Source.Slice(Syntax.Span).TrimEnd().Length });
}

/// <summary>The primary key of a model.</summary>
public sealed class PrimaryKey
{
    /// <summary>The model that it belongs to.</summary>
    public required Model Model { get; init; }

    /// <summary>What it is over, in order.</summary>
    public required ImmutableArray<IndexedField> Fields { get; init; }

    /// <summary>The field that has the <c>@id</c>; null for an <c>@@id</c>.</summary>
    public Field? SourceField { get; init; }

    /// <summary>The name that the client uses (<c>name:</c>); null where it has none.</summary>
    public string? ClientName { get; init; }

    /// <summary>The name that <c>map:</c> gives it in the database; null where it has none.</summary>
    public string? MappedName { get; init; }

    /// <summary>Its name in the database: the mapped one, or the one that Prisma gives.</summary>
    public string DatabaseName => MappedName ?? ConstraintNames.PrimaryKey(Model.DatabaseName);

    /// <summary>Its <c>clustered:</c>, which only SQL Server has; null where it says nothing.</summary>
    public bool? IsClustered { get; init; }

    /// <summary>The attribute that declares it.</summary>
    public required AttributeSyntax Syntax { get; init; }

    /// <summary>Where it is declared.</summary>
    public SourceLocation Location => Model.Source.LocationOf(Syntax.Span with { Length = Model.Source.Slice(Syntax.Span).TrimEnd().Length });
}

/// <summary>A field in an index or key.</summary>
/// <param name="Field">The field; of a path through composite types its last one.</param>
/// <param name="Path">The fields of composite types on the way, from the model; empty for a field of the model itself.</param>
/// <param name="Sort">Its <c>sort:</c>; null where it says nothing.</param>
/// <param name="Length">Its <c>length:</c>, which only MySQL has; null where it says nothing.</param>
/// <param name="OperatorClass">Its <c>ops:</c>; null where it says nothing.</param>
public sealed record IndexedField(Field Field, ImmutableArray<Field> Path, SortOrder? Sort, int? Length, OperatorClass? OperatorClass);

/// <summary>The operator class of a field in an index.</summary>
/// <param name="Name">Prisma's name for it (<c>JsonbPathOps</c>), or what is in <c>raw("…")</c>.</param>
/// <param name="IsRaw">Whether it is written as <c>raw("…")</c>.</param>
public sealed record OperatorClass(string Name, bool IsRaw);

/// <summary>The <c>where:</c> of a partial index.</summary>
public abstract record IndexPredicate
{
    private protected IndexPredicate()
    {
    }
}

/// <summary>SQL as it is: <c>where: raw("…")</c>.</summary>
/// <param name="Sql">The SQL.</param>
public sealed record RawIndexPredicate(string Sql) : IndexPredicate;

/// <summary>Conditions on fields, all of which must hold: <c>where: { active: true, deletedAt: null }</c>.</summary>
/// <param name="Conditions">The conditions, in their order.</param>
public sealed record ObjectIndexPredicate(ImmutableArray<IndexCondition> Conditions) : IndexPredicate;

/// <summary>A condition on a field.</summary>
/// <param name="Field">The field.</param>
/// <param name="IsNegated">Whether it is written as <c>{ not: … }</c>.</param>
/// <param name="Value">What it is compared with; a <see cref="ConstantSyntax"/> <c>null</c>, <c>true</c> or <c>false</c>, a string or a number.</param>
public sealed record IndexCondition(Field Field, bool IsNegated, ExpressionSyntax Value);
