using System.Collections.Immutable;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison;

/// <summary>What a kind of source can express. What only one side of a comparison can express is no difference.</summary>
public sealed class SourceCapabilities
{
    /// <summary>What the Prisma Schema Language has no words for; and views, which it has, but which Prisma's migrations leave alone.</summary>
    private static readonly ImmutableArray<SchemaFeature> NotInPrisma =
    [
        SchemaFeature.Schema, SchemaFeature.PartialIndex, SchemaFeature.ExpressionIndex, SchemaFeature.IndexDetail, SchemaFeature.UniqueConstraintForm,
        SchemaFeature.ForeignKeyDetail, SchemaFeature.Check, SchemaFeature.Exclusion, SchemaFeature.ConstraintState, SchemaFeature.ListNullability,
        SchemaFeature.GeneratedColumn, SchemaFeature.IdentityForm, SchemaFeature.Collation, SchemaFeature.CompositeType, SchemaFeature.RangeType,
        SchemaFeature.Domain, SchemaFeature.Sequence, SchemaFeature.View, SchemaFeature.ViewDefinition, SchemaFeature.MaterializedView, SchemaFeature.Function,
        SchemaFeature.Trigger, SchemaFeature.Rule, SchemaFeature.Policy, SchemaFeature.RowSecurity, SchemaFeature.Extension, SchemaFeature.ExtensionDetail,
        SchemaFeature.Comment, SchemaFeature.Grant, SchemaFeature.Owner, SchemaFeature.Partition, SchemaFeature.Storage, SchemaFeature.Publication,
    ];

    private readonly ImmutableHashSet<SchemaFeature> _missing;

    private SourceCapabilities(IEnumerable<SchemaFeature> missing) => _missing = [.. missing];

    /// <summary>What SQL and a live database can express: everything.</summary>
    public static SourceCapabilities Everything { get; } = new([]);

    /// <summary>What a Prisma schema can express.</summary>
    public static SourceCapabilities Prisma { get; } = new(NotInPrisma);

    /// <summary>What a kind of source can express. A document's fences mostly hold Prisma models, so its silence is taken as a Prisma schema's.</summary>
    public static SourceCapabilities Of(SourceKind source) => source switch
    {
        SourceKind.Prisma or SourceKind.Document => Prisma,
        _ => Everything,
    };

    /// <summary>Whether the source can express a feature.</summary>
    public bool Express(SchemaFeature feature) => !_missing.Contains(feature);
}
