using Plumbline.Prisma.Syntax;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Binding.Symbols;

/// <summary>How many values a field holds.</summary>
public enum FieldArity
{
    /// <summary>Exactly one: <c>T</c>.</summary>
    Required,

    /// <summary>One or none: <c>T?</c>.</summary>
    Optional,

    /// <summary>Any number: <c>T[]</c>.</summary>
    List,
}

/// <summary>A field of a model, view or composite type.</summary>
public sealed class Field
{
    internal Field(FieldContainer container, FieldSyntax syntax, SourceText source, int ordinal)
    {
        Container = container;
        Syntax = syntax;
        Source = source;
        Ordinal = ordinal;
        Arity = syntax.Type?.Form switch
        {
            FieldTypeForm.Optional => FieldArity.Optional,
            FieldTypeForm.List or FieldTypeForm.LegacyList or FieldTypeForm.OptionalList => FieldArity.List,
            _ => FieldArity.Required,
        };
    }

    /// <summary>What it is a field of.</summary>
    public FieldContainer Container { get; }

    /// <summary>Its name in the schema.</summary>
    public string Name => Syntax.Name.Text;

    /// <summary>Its name in the database.</summary>
    public string DatabaseName => MappedName ?? Name;

    /// <summary>The name that <c>@map</c> gives it; null where it has none.</summary>
    public string? MappedName { get; internal set; }

    /// <summary>Its type.</summary>
    public FieldType Type { get; internal set; } = null!;

    /// <summary>How many values it holds.</summary>
    public FieldArity Arity { get; }

    /// <summary>Its <c>@default</c>; null where it has none, or one that can't be understood.</summary>
    public DefaultValue? Default { get; internal set; }

    /// <summary>Its native type (<c>@db.VarChar(10)</c>); null where it has none.</summary>
    public NativeType? NativeType { get; internal set; }

    /// <summary>Whether it has <c>@ignore</c>.</summary>
    public bool IsIgnored { get; internal set; }

    /// <summary>Whether it has <c>@updatedAt</c>.</summary>
    public bool IsUpdatedAt { get; internal set; }

    /// <summary>What <c>@relation</c> says; null for a field that is no relation. It is there for a relation field without <c>@relation</c> too.</summary>
    public RelationArguments? RelationArguments { get; internal set; }

    /// <summary>The relation that it is a side of; null for a field that is no relation, and where none could be worked out.</summary>
    public Relation? Relation { get; internal set; }

    /// <summary>Whether its type is a model or view.</summary>
    public bool IsRelation => Type is ModelFieldType;

    /// <summary>The comments before and behind it; null where it has none.</summary>
    public string? Documentation => Syntax.Documentation;

    /// <summary>Its place among the fields, from 0.</summary>
    public int Ordinal { get; }

    /// <summary>How it is written.</summary>
    public FieldSyntax Syntax { get; }

    /// <summary>The file that it stands in.</summary>
    public SourceText Source { get; }

    /// <summary>Where it is declared: from its name to the end of its line.</summary>
    public SourceLocation Location => Source.LocationOf(Syntax.Span with { Length = Source.Slice(Syntax.Span).TrimEnd().Length });

    /// <inheritdoc/>
    public override string ToString() => $"{Container.Name}.{Name}";
}
