using System.Collections.Immutable;
using Plumbline.Prisma.Syntax;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Binding.Symbols;

/// <summary>What happens to referencing rows: <c>onDelete:</c> and <c>onUpdate:</c>.</summary>
public enum ReferentialAction
{
    /// <summary><c>Cascade</c>.</summary>
    Cascade,

    /// <summary><c>Restrict</c>.</summary>
    Restrict,

    /// <summary><c>NoAction</c>.</summary>
    NoAction,

    /// <summary><c>SetNull</c>.</summary>
    SetNull,

    /// <summary><c>SetDefault</c>.</summary>
    SetDefault,
}

/// <summary>What the <c>@relation</c> of a field says.</summary>
public sealed class RelationArguments
{
    /// <summary>The name that ties the two sides together; null where it has none.</summary>
    public string? Name { get; internal set; }

    /// <summary>Its <c>fields:</c>; null where it says nothing.</summary>
    public ImmutableArray<Field>? Fields { get; internal set; }

    /// <summary>Its <c>references:</c>; null where it says nothing.</summary>
    public ImmutableArray<Field>? References { get; internal set; }

    /// <summary>Its <c>onDelete:</c>; null where it says nothing.</summary>
    public ReferentialAction? OnDelete { get; internal set; }

    /// <summary>Its <c>onUpdate:</c>; null where it says nothing.</summary>
    public ReferentialAction? OnUpdate { get; internal set; }

    /// <summary>The name that <c>map:</c> gives the foreign key; null where it has none.</summary>
    public string? MappedName { get; internal set; }

    /// <summary>The attribute; null for a relation field without one.</summary>
    public AttributeSyntax? Syntax { get; internal set; }

    internal TextSpan? OnDeleteSpan { get; set; }

    internal TextSpan? OnUpdateSpan { get; set; }
}

/// <summary>The kinds of relation.</summary>
public enum RelationKind
{
    /// <summary>One row to at most one row.</summary>
    OneToOne,

    /// <summary>One row to many rows.</summary>
    OneToMany,

    /// <summary>Many to many, with a table that only Prisma knows.</summary>
    ImplicitManyToMany,

    /// <summary>Many to many with lists of identifiers on both sides, which only MongoDB has.</summary>
    EmbeddedManyToMany,
}

/// <summary>A relation between two models, or of a model with itself.</summary>
/// <remarks>
/// Side A of a relation with a foreign key is the one that has it (<c>fields:</c>), side B the one that it references. Of an implicit many-to-many relation,
/// side A is
/// the one whose model comes first by name, and of a self relation the one whose field does: their columns in the table are called A and B.
/// </remarks>
public sealed class Relation
{
    /// <summary>What it is.</summary>
    public required RelationKind Kind { get; init; }

    /// <summary>The model of side A: it has the foreign key.</summary>
    public required Model ModelA { get; init; }

    /// <summary>The model of side B: the foreign key references it.</summary>
    public required Model ModelB { get; init; }

    /// <summary>The field of side A; null where the schema lacks it.</summary>
    public Field? FieldA { get; init; }

    /// <summary>The field of side B; null where the schema lacks it.</summary>
    public Field? FieldB { get; init; }

    /// <summary>The name that <c>@relation</c> gives it; null where it has none.</summary>
    public string? ExplicitName { get; init; }

    /// <summary>Its name: the given one, or <c>AToB</c> of the models' names in alphabetical order.</summary>
    public string Name =>
        ExplicitName ?? (string.CompareOrdinal(ModelA.Name, ModelB.Name) < 0 ? $"{ModelA.Name}To{ModelB.Name}" : $"{ModelB.Name}To{ModelA.Name}");

    /// <summary>Whether both sides are the same model.</summary>
    public bool IsSelfRelation => ReferenceEquals(ModelA, ModelB);

    /// <summary>The fields of side A that hold the key (<c>fields:</c>); empty for a many-to-many relation and where the schema lacks them.</summary>
    public ImmutableArray<Field> ReferencingFields => FieldA?.RelationArguments?.Fields ?? [];

    /// <summary>The fields of side B that are referenced (<c>references:</c>); empty for a many-to-many relation and where the schema lacks them.</summary>
    public ImmutableArray<Field> ReferencedFields => FieldA?.RelationArguments?.References ?? [];

    /// <summary>Its <c>onDelete:</c>; null where it says nothing.</summary>
    public ReferentialAction? OnDelete => FieldA?.RelationArguments?.OnDelete;

    /// <summary>Its <c>onUpdate:</c>; null where it says nothing.</summary>
    public ReferentialAction? OnUpdate => FieldA?.RelationArguments?.OnUpdate;

    /// <summary>The name of the foreign key in the database: the mapped one, or the one that Prisma gives; null for a many-to-many relation.</summary>
    public string? ForeignKeyName => Kind is RelationKind.ImplicitManyToMany or RelationKind.EmbeddedManyToMany
        ? null
        : FieldA?.RelationArguments?.MappedName ?? ConstraintNames.ForeignKey(ModelA.DatabaseName, ReferencingFields.Select(f => f.DatabaseName));

    /// <summary>The name of the table of an implicit many-to-many relation.</summary>
    public string JoinTableName => $"_{Name}";
}
