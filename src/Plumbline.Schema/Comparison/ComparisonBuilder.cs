using System.Collections.Immutable;
using Plumbline.Schema.Comparison.Renames;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison;

/// <summary>Collects what the comparers find, and knows what each side can express.</summary>
internal sealed class ComparisonBuilder
{
    private readonly ImmutableArray<SchemaChange>.Builder _changes = ImmutableArray.CreateBuilder<SchemaChange>();
    private readonly ImmutableArray<NotVisibleItem>.Builder _notVisible = ImmutableArray.CreateBuilder<NotVisibleItem>();
    private readonly ImmutableArray<NotComparableItem>.Builder _notComparable = ImmutableArray.CreateBuilder<NotComparableItem>();
    private readonly ImmutableArray<Agreement>.Builder _agreements = ImmutableArray.CreateBuilder<Agreement>();
    private readonly SourceCapabilities _fromCan;
    private readonly SourceCapabilities _toCan;
    private readonly HashSet<ObjectName> _enums;

    internal ComparisonBuilder(DatabaseSchema from, DatabaseSchema to, ComparisonOptions options)
    {
        From = from;
        To = to;
        Options = options;
        _fromCan = SourceCapabilities.Of(from.Source);
        _toCan = SourceCapabilities.Of(to.Source);
        Renames = new RenameMap();
        _enums = [.. from.Enums.Select(e => e.Name), .. to.Enums.Select(e => e.Name)];
    }

    internal DatabaseSchema From { get; }

    internal DatabaseSchema To { get; }

    internal ComparisonOptions Options { get; }

    /// <summary>The renames found so far, by which names of FROM are read as names of TO.</summary>
    internal RenameMap Renames { get; }

    /// <summary>Number of facts told so far that speak against agreement: changes, and what can't be compared.</summary>
    internal int Disagreements => _changes.Count + _notComparable.Count;

    /// <summary>Whether one side, and not the other, has only what a Prisma schema can say.</summary>
    internal bool OneSideIsPrisma => From.Source is SourceKind.Prisma or SourceKind.Document || To.Source is SourceKind.Prisma or SourceKind.Document;

    /// <summary>Whether one side is a live database, and the other is one too or the SQL that makes one.</summary>
    internal bool OneSideIsDatabase => (From.Source, To.Source) is (SourceKind.Database, SourceKind.Database or SourceKind.Sql) or (SourceKind.Sql, SourceKind.Database);

    /// <summary>Whether both sides can express a feature.</summary>
    internal bool BothExpress(SchemaFeature feature) => _fromCan.Express(feature) && _toCan.Express(feature);

    /// <summary>Whether a type is an enum on either side.</summary>
    internal bool IsEnum(ObjectName type) => _enums.Contains(type);

    internal void Add(SchemaChange change)
    {
        if (!Options.Ignores(change.Kind))
        {
            _changes.Add(change);
        }
    }

    /// <summary>Tells something that both have and that differs; where one side can't express it, it is not visible there.</summary>
    internal void Differs(SchemaFeature feature, SchemaChange change)
    {
        if (BothExpress(feature))
        {
            Add(change);
        }
        else
        {
            var holder = _fromCan.Express(feature) ? ComparisonSide.From : ComparisonSide.To;
            Hide(feature, holder, change);
        }
    }

    /// <summary>Tells something that only one side has: a change, unless the other side can't express it.</summary>
    /// <param name="feature">What must be expressible.</param>
    /// <param name="change">The addition or removal; exactly one of its objects is set.</param>
    /// <param name="schema">The schema that the object lives in, where it lives in one.</param>
    internal void OneSided(SchemaFeature feature, SchemaChange change, string? schema)
    {
        var holder = change.ToObject is null ? ComparisonSide.From : ComparisonSide.To;
        var other = holder == ComparisonSide.From ? To : From;
        if (schema is not null && other.VisibleNamespaces is { } visible && !visible.Contains(schema))
        {
            Hide(SchemaFeature.ForeignNamespace, holder, change);
        }
        else if (!(holder == ComparisonSide.From ? _toCan : _fromCan).Express(feature))
        {
            Hide(feature, holder, change);
        }
        else
        {
            Add(change);
        }
    }

    internal void NotComparable(SchemaChange change)
    {
        if (!Options.Ignores(change.Kind))
        {
            _notComparable.Add(new NotComparableItem(change.Kind, change.Subject, change.From, change.To, change.FromObject, change.ToObject));
        }
    }

    internal void Agree(Subject subject, SchemaObject from, SchemaObject to) => _agreements.Add(new Agreement(subject, from, to));

    internal void Hide(SchemaFeature feature, ComparisonSide holder, SchemaChange change)
    {
        if (Options.Ignores(change.Kind))
        {
            return;
        }

        var (other, text, item) = holder == ComparisonSide.From ? (To, change.From, change.FromObject) : (From, change.To, change.ToObject);
        _notVisible.Add(new NotVisibleItem(feature, change.Subject, holder, other.Source, text, item));
    }

    internal SchemaComparison Build() => new()
    {
        From = From,
        To = To,
        Changes = _changes.ToImmutable(),
        NotVisible = _notVisible.ToImmutable(),
        NotComparable = _notComparable.ToImmutable(),
        Agreements = _agreements.ToImmutable(),
    };
}
