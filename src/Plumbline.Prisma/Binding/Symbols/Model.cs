using System.Collections.Immutable;
using Plumbline.Prisma.Syntax;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Binding.Symbols;

/// <summary>A block that a name stands for.</summary>
public abstract class Declaration
{
    private protected Declaration(BlockSyntax syntax, SourceText source)
    {
        Syntax = syntax;
        Source = source;
    }

    /// <summary>Its name in the schema.</summary>
    public string Name => Syntax.Name.Text;

    /// <summary>The comment before it; null where it has none.</summary>
    public string? Documentation => Syntax.Documentation;

    /// <summary>How it is written.</summary>
    public BlockSyntax Syntax { get; }

    /// <summary>The file that it stands in.</summary>
    public SourceText Source { get; }

    /// <summary>Where it is declared: its keyword and name.</summary>
    public SourceLocation Location => Source.LocationOf(TextSpan.FromBounds(Syntax.Span.Start, Syntax.Name.Span.End));

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>A block with fields: a model, a view or a composite type.</summary>
public abstract class FieldContainer : Declaration
{
    private Dictionary<string, Field>? _byName;

    private protected FieldContainer(BlockSyntax syntax, SourceText source) : base(syntax, source)
    {
    }

    /// <summary>Its fields, in their order. Fields that are not well-formed are left out.</summary>
    public ImmutableArray<Field> Fields { get; internal set; } = [];

    /// <summary>The field of a name; null where there is none. Of several, the last.</summary>
    public Field? FindField(string name) => (_byName ??= ByName()).GetValueOrDefault(name);

    private Dictionary<string, Field> ByName()
    {
        var fields = new Dictionary<string, Field>(StringComparer.Ordinal);
        foreach (var field in Fields)
        {
            fields[field.Name] = field;
        }

        return fields;
    }
}

/// <summary>A model, which stands for a table, or a view.</summary>
public sealed class Model : FieldContainer
{
    internal Model(BlockSyntax syntax, SourceText source, int ordinal) : base(syntax, source) => Ordinal = ordinal;

    /// <summary>Whether it is a <c>view</c>.</summary>
    public bool IsView => Syntax.Kind == BlockKind.View;

    /// <summary>Its name in the database, without the schema.</summary>
    public string DatabaseName => MappedName ?? Name;

    /// <summary>The name that <c>@@map</c> gives it; null where it has none.</summary>
    public string? MappedName { get; internal set; }

    /// <summary>The database schema that <c>@@schema</c> names; null where it names none.</summary>
    public string? SchemaName { get; internal set; }

    /// <summary>Whether it has <c>@@ignore</c>.</summary>
    public bool IsIgnored { get; internal set; }

    /// <summary>Its <c>@id</c> or <c>@@id</c>; null where it has none.</summary>
    public PrimaryKey? PrimaryKey { get; internal set; }

    /// <summary>Its <c>@unique</c>, <c>@@unique</c>, <c>@@index</c> and <c>@@fulltext</c>: those of fields first, then those of the block by kind, as Prisma
    /// orders them.</summary>
    public ImmutableArray<ModelIndex> Indexes { get; internal set; } = [];

    /// <summary>The fields that are columns.</summary>
    public IEnumerable<Field> ScalarFields => Fields.Where(f => !f.IsRelation);

    /// <summary>The fields that are relations.</summary>
    public IEnumerable<Field> RelationFields => Fields.Where(f => f.IsRelation);

    /// <summary>Its place among the models and views of the schema, from 0.</summary>
    public int Ordinal { get; }

    internal TextSpan? SchemaNameSpan { get; set; }
}

/// <summary>A composite type, which PostgreSQL has none of.</summary>
public sealed class CompositeType : FieldContainer
{
    internal CompositeType(BlockSyntax syntax, SourceText source) : base(syntax, source)
    {
    }
}

/// <summary>An enum.</summary>
public sealed class PrismaEnum : Declaration
{
    private Dictionary<string, PrismaEnumValue>? _byName;

    internal PrismaEnum(BlockSyntax syntax, SourceText source) : base(syntax, source)
    {
    }

    /// <summary>Its name in the database, without the schema.</summary>
    public string DatabaseName => MappedName ?? Name;

    /// <summary>The name that <c>@@map</c> gives it; null where it has none.</summary>
    public string? MappedName { get; internal set; }

    /// <summary>The database schema that <c>@@schema</c> names; null where it names none.</summary>
    public string? SchemaName { get; internal set; }

    /// <summary>Its values, in their order.</summary>
    public ImmutableArray<PrismaEnumValue> Values { get; internal set; } = [];

    internal TextSpan? SchemaNameSpan { get; set; }

    /// <summary>The value of a name in the schema; null where there is none.</summary>
    public PrismaEnumValue? FindValue(string name) =>
        (_byName ??= Values.DistinctBy(v => v.Name).ToDictionary(v => v.Name, StringComparer.Ordinal)).GetValueOrDefault(name);
}

/// <summary>A value of an enum.</summary>
public sealed class PrismaEnumValue
{
    internal PrismaEnumValue(PrismaEnum @enum, EnumValueSyntax syntax)
    {
        Enum = @enum;
        Syntax = syntax;
    }

    /// <summary>What it is a value of.</summary>
    public PrismaEnum Enum { get; }

    /// <summary>Its name in the schema.</summary>
    public string Name => Syntax.Name.Text;

    /// <summary>Its name in the database.</summary>
    public string DatabaseName => MappedName ?? Name;

    /// <summary>The name that <c>@map</c> gives it; null where it has none.</summary>
    public string? MappedName { get; internal set; }

    /// <summary>The comments before and behind it; null where it has none.</summary>
    public string? Documentation => Syntax.Documentation;

    /// <summary>How it is written.</summary>
    public EnumValueSyntax Syntax { get; }

    /// <summary>Where it is declared.</summary>
    public SourceLocation Location => Enum.Source.LocationOf(Syntax.Name.Span);

    /// <inheritdoc/>
    public override string ToString() => $"{Enum.Name}.{Name}";
}
