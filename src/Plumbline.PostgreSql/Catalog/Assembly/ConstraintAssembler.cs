using System.Collections.Immutable;
using Plumbline.PostgreSql.Catalog.Rows;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Catalog.Assembly;

/// <summary>Constraints in the form in which the replay builds them.</summary>
internal sealed class ConstraintAssembler
{
    private const string Catalog = "pg_constraint";

    private readonly CatalogLookup _lookup;
    private readonly IndexAssembler _indexes;
    private readonly ILookup<uint, ConstraintRow> _ofTables;
    private readonly ILookup<uint, ConstraintRow> _ofDomains;

    /// <summary>Looks through rows.</summary>
    public ConstraintAssembler(CatalogLookup lookup, IndexAssembler indexes, CatalogRows rows)
    {
        _lookup = lookup;
        _indexes = indexes;
        var sorted = rows.Constraints.Rows.OrderBy(c => c.Name, StringComparer.Ordinal).ToList();
        _ofTables = sorted.Where(c => c.Relation != 0).ToLookup(c => c.Relation);
        _ofDomains = sorted.Where(c => c.Type != 0).ToLookup(c => c.Type);
    }

    /// <summary>The primary key of a table; null where it has none.</summary>
    public KeyConstraint? PrimaryKey(uint table) => _ofTables[table].FirstOrDefault(c => c.Kind == 'p') is { } row ? Key(row) : null;

    /// <summary>The UNIQUE constraints of a table.</summary>
    public ImmutableArray<KeyConstraint> Uniques(uint table) => [.. _ofTables[table].Where(c => c.Kind == 'u').Select(Key)];

    /// <summary>The foreign keys of a table.</summary>
    public ImmutableArray<ForeignKey> ForeignKeys(uint table) => [.. _ofTables[table].Where(c => c.Kind == 'f').Select(ForeignKey)];

    /// <summary>The CHECK constraints of a table.</summary>
    public ImmutableArray<CheckConstraint> Checks(uint table) => [.. _ofTables[table].Where(c => c.Kind == 'c').Select(Check)];

    /// <summary>The CHECK constraints of a domain.</summary>
    public ImmutableArray<CheckConstraint> ChecksOfDomain(uint type) => [.. _ofDomains[type].Where(c => c.Kind == 'c').Select(Check)];

    /// <summary>The EXCLUDE constraints of a table.</summary>
    public ImmutableArray<ExclusionConstraint> Exclusions(uint table) => [.. _ofTables[table].Where(c => c.Kind == 'x').Select(Exclusion)];

    private KeyConstraint Key(ConstraintRow row)
    {
        var index = _lookup.Index(row.Index);
        return new KeyConstraint
        {
            Name = row.Name,
            Columns = index is null ? _lookup.ColumnNames(row.Relation, row.Columns) : _indexes.KeyColumns(index),
            Include = index is null ? [] : _indexes.Include(index),
            NullsNotDistinct = index?.NullsNotDistinct == true,
            WithoutOverlaps = row.IsPeriod,
            StorageParameters = _lookup.Parameters(index?.Options),
            IsClustered = index?.IsClustered == true,
            IsDeferrable = row.IsDeferrable,
            IsInitiallyDeferred = row.IsDeferred,
            Comment = _lookup.Comment(Catalog, row.Oid),
        };
    }

    private ForeignKey ForeignKey(ConstraintRow row) => new()
    {
        Name = row.Name,
        Columns = _lookup.ColumnNames(row.Relation, row.Columns),
        ReferencedTable = _lookup.NameOfRelation(row.Referenced) ?? new ObjectName("", ""),
        ReferencedColumns = _lookup.ColumnNames(row.Referenced, row.ReferencedColumns),
        ReferencedIndex = _lookup.Index(row.Index)?.Name,
        OnDelete = Action(row.OnDelete),
        OnDeleteColumns = _lookup.ColumnNames(row.Relation, row.OnDeleteColumns),
        OnUpdate = Action(row.OnUpdate),
        MatchFull = row.Match == 'f',
        HasPeriod = row.IsPeriod,
        IsDeferrable = row.IsDeferrable,
        IsInitiallyDeferred = row.IsDeferred,
        IsValidated = row.IsValidated,
        IsEnforced = row.IsEnforced,
        Comment = _lookup.Comment(Catalog, row.Oid),
    };

    private CheckConstraint Check(ConstraintRow row) => new()
    {
        Name = row.Name,
        Expression = new SqlExpression(row.Check ?? "", row.Check is not null),
        NoInherit = row.NoInherit,
        IsValidated = row.IsValidated,
        IsEnforced = row.IsEnforced,
        Comment = _lookup.Comment(Catalog, row.Oid),
    };

    private ExclusionConstraint Exclusion(ConstraintRow row)
    {
        var index = _lookup.Index(row.Index)!;
        var keys = _indexes.Keys(index);
        return new ExclusionConstraint
        {
            Name = row.Name,
            Method = index.Method,
            Elements = [.. keys.Select((k, i) => new ExclusionElement(k, row.Operators?[i] ?? "="))],
            Include = _indexes.Include(index),
            Predicate = CatalogLookup.Expression(index.Predicate),
            IsDeferrable = row.IsDeferrable,
            IsInitiallyDeferred = row.IsDeferred,
            Comment = _lookup.Comment(Catalog, row.Oid),
        };
    }

    private static ReferentialAction Action(char letter) => letter switch
    {
        'r' => ReferentialAction.Restrict,
        'c' => ReferentialAction.Cascade,
        'n' => ReferentialAction.SetNull,
        'd' => ReferentialAction.SetDefault,
        _ => ReferentialAction.NoAction,
    };
}
