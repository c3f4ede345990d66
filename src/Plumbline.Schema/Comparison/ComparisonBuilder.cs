using System.Collections.Immutable;
using Plumbline.Schema.Comparison.Canonical;
using Plumbline.Schema.Comparison.Renames;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison;

/// <summary>Collects what the comparers find, and knows what each side can express.</summary>
internal sealed class ComparisonBuilder
{
    // From this version on, EXTRACT is a function of its own; before, it was date_part.
    private const int ExtractVersion = 14;

    private readonly ImmutableArray<SchemaChange>.Builder _changes = ImmutableArray.CreateBuilder<SchemaChange>();
    private readonly ImmutableArray<NotVisibleItem>.Builder _notVisible = ImmutableArray.CreateBuilder<NotVisibleItem>();
    private readonly ImmutableArray<NotComparableItem>.Builder _notComparable = ImmutableArray.CreateBuilder<NotComparableItem>();
    private readonly ImmutableArray<Agreement>.Builder _agreements = ImmutableArray.CreateBuilder<Agreement>();
    private readonly SourceCapabilities _fromCan;
    private readonly SourceCapabilities _toCan;
    private readonly HashSet<ObjectName> _enums;
    private readonly (int From, int To) _versions;

    // What a column may be in an expression over several tables: the type that all columns of its name have.
    private readonly Lazy<Dictionary<string, ColumnType?>> _typesOfColumns;

    internal ComparisonBuilder(DatabaseSchema from, DatabaseSchema to, ComparisonOptions options)
    {
        From = from;
        To = to;
        Options = options;
        _fromCan = SourceCapabilities.Of(from.Source);
        _toCan = SourceCapabilities.Of(to.Source);
        Renames = new RenameMap();
        _typesOfColumns = new(TypesOfColumns);
        _versions = (from.ServerVersion ?? DatabaseSchema.PrintedVersion, to.ServerVersion ?? DatabaseSchema.PrintedVersion);
        _enums = [.. from.Enums.Select(e => e.Name), .. to.Enums.Select(e => e.Name)];
    }

    internal DatabaseSchema From { get; }

    internal DatabaseSchema To { get; }

    internal ComparisonOptions Options { get; }

    /// <summary>The renames found so far, by which names of FROM are read as names of TO.</summary>
    internal RenameMap Renames { get; }

    /// <summary>Number of facts reported so far that speak against agreement: changes, and what can't be compared.</summary>
    internal int Disagreements => _changes.Count + _notComparable.Count;

    /// <summary>Whether one side, and not the other, has only what a Prisma schema can say.</summary>
    internal bool OneSideIsPrisma => From.Source is SourceKind.Prisma or SourceKind.Document || To.Source is SourceKind.Prisma or SourceKind.Document;

    /// <summary>Whether one side is a live database, and the other is one too or the SQL that makes one.</summary>
    internal bool OneSideIsDatabase => (From.Source, To.Source) is (SourceKind.Database, SourceKind.Database or SourceKind.Sql) or (SourceKind.Sql, SourceKind.Database);

    /// <summary>Whether both sides can express a feature.</summary>
    internal bool BothExpress(SchemaFeature feature) => _fromCan.Express(feature) && _toCan.Express(feature);

    /// <summary>Whether a type is an enum on either side.</summary>
    internal bool IsEnum(ObjectName type) => _enums.Contains(type);

    /// <summary>Whether one side, and not the other, is in the words of a server before a version.</summary>
    internal bool OneSideIsBefore(int version) => _versions.From < version != _versions.To < version;

    /// <summary>Whether both sides are of servers, of different versions: each brings its own versions of extensions, and a dump names none.</summary>
    internal bool ServersDiffer => From.ServerVersion is not null && To.ServerVersion is not null && From.ServerVersion != To.ServerVersion;

    /// <summary>Compares two expressions.</summary>
    /// <param name="from">The expression of FROM; null where there is none.</param>
    /// <param name="to">The expression of TO; null where there is none.</param>
    /// <param name="names">Columns of FROM that have another name in TO; null for none.</param>
    /// <param name="columns">The columns of the table that TO's expression belongs to; null where there is none.</param>
    internal ExpressionVerdict CompareExpressions(SqlExpression? from, SqlExpression? to, IReadOnlyDictionary<string, string>? names = null, IReadOnlyList<Column>? columns = null) =>
        ExpressionEquality.Compare(from, to, names, Equality(columns));

    /// <summary>Compares two queries of views.</summary>
    /// <param name="from">The query of FROM.</param>
    /// <param name="to">The query of TO.</param>
    /// <param name="names">Tables of FROM that have another name in TO; null for none.</param>
    internal ExpressionVerdict CompareQueries(SqlExpression from, SqlExpression to, IReadOnlyDictionary<string, string>? names) =>
        ExpressionEquality.CompareQueries(from, to, names, Equality(null));

    /// <summary>Whether two texts in PostgreSQL's words mean the same.</summary>
    internal bool AreSame(string? from, string? to) =>
        from == to || (from is not null && to is not null && Equality(null).AreSame(ExpressionNormalizer.Parse(from), ExpressionNormalizer.Parse(to)));

    private CanonicalEquality Equality(IReadOnlyList<Column>? columns) =>
        new(name => columns?.FirstOrDefault(c => c.Name == name)?.Type ?? _typesOfColumns.Value.GetValueOrDefault(name), OneSideIsBefore(ExtractVersion), IsOfPublic);

    // Of what extensions bring, only pgcrypto has a function that PostgreSQL took over (13).
    private bool IsOfPublic(string function) => _versions.From != _versions.To && (function == "gen_random_uuid" || (Has(From, function) && Has(To, function)));

    private static bool Has(DatabaseSchema schema, string function) => schema.Functions.Any(f => f.Name == new ObjectName("public", function));

    private Dictionary<string, ColumnType?> TypesOfColumns() =>
        To.Tables.SelectMany(t => t.Columns).GroupBy(c => c.Name).ToDictionary(g => g.Key, g => g.All(c => c.Type == g.First().Type) ? g.First().Type : null);

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
