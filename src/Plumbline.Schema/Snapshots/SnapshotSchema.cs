using System.Collections.Immutable;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;

namespace Plumbline.Schema.Snapshots;

/// <summary>A schema of a snapshot with all that lives in it, as it is written.</summary>
internal sealed record SnapshotSchema
{
    public required string Name { get; init; }

    /// <summary>Whether the source has objects in the schema, but does not list it.</summary>
    public bool IsImplied { get; init; }

    public string? Owner { get; init; }

    public ImmutableArray<Grant>? Grants { get; init; }

    public string? Comment { get; init; }

    public SourceLocation? Location { get; init; }

    public ImmutableArray<SourceLocation> ChangedBy { get; init; } = [];

    public ImmutableArray<Table> Tables { get; init; } = [];

    public ImmutableArray<View> Views { get; init; } = [];

    public ImmutableArray<EnumType> Enums { get; init; } = [];

    public ImmutableArray<DomainType> Domains { get; init; } = [];

    public ImmutableArray<CompositeType> CompositeTypes { get; init; } = [];

    public ImmutableArray<RangeType> RangeTypes { get; init; } = [];

    public ImmutableArray<Sequence> Sequences { get; init; } = [];

    public ImmutableArray<Function> Functions { get; init; } = [];

    /// <summary>The schemas of a database, each with its objects, in their order; those that hold objects and are not listed come behind.</summary>
    internal static IEnumerable<SnapshotSchema> Of(DatabaseSchema schema)
    {
        IEnumerable<NamedObject> objects = [.. schema.Tables, .. schema.Views, .. schema.Enums, .. schema.Domains, .. schema.CompositeTypes, .. schema.RangeTypes, .. schema.Sequences, .. schema.Functions];
        var implied = objects.Select(o => o.Name.Schema).Distinct().Except(schema.Namespaces.Select(n => n.Name)).Order(StringComparer.Ordinal);
        var fill = Filler(schema);
        foreach (var item in schema.Namespaces)
        {
            yield return fill(new SnapshotSchema { Name = item.Name, Owner = item.Owner, Grants = item.Grants, Comment = item.Comment, Location = item.Location, ChangedBy = item.ChangedBy });
        }

        foreach (var name in implied)
        {
            yield return fill(new SnapshotSchema { Name = name, IsImplied = true });
        }
    }

    internal Namespace ToNamespace() => new() { Name = Name, Owner = Owner, Grants = Grants, Comment = Comment, Location = Location, ChangedBy = ChangedBy };

    private static Func<SnapshotSchema, SnapshotSchema> Filler(DatabaseSchema schema)
    {
        static ILookup<string, T> Index<T>(ImmutableArray<T> items)
            where T : NamedObject => items.ToLookup(i => i.Name.Schema, StringComparer.Ordinal);
        var (tables, views, enums, domains) = (Index(schema.Tables), Index(schema.Views), Index(schema.Enums), Index(schema.Domains));
        var (composites, ranges, sequences, functions) = (Index(schema.CompositeTypes), Index(schema.RangeTypes), Index(schema.Sequences), Index(schema.Functions));
        return part => part with
        {
            Tables = [.. tables[part.Name]],
            Views = [.. views[part.Name]],
            Enums = [.. enums[part.Name]],
            Domains = [.. domains[part.Name]],
            CompositeTypes = [.. composites[part.Name]],
            RangeTypes = [.. ranges[part.Name]],
            Sequences = [.. sequences[part.Name]],
            Functions = [.. functions[part.Name]],
        };
    }
}
