using System.Collections.Immutable;
using Plumbline.PostgreSql.Catalog.Rows;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Catalog.Assembly;

/// <summary>Indexes in the form in which the replay builds them.</summary>
internal sealed class IndexAssembler
{
    // pg_index, indoption.
    private const int Descending = 1;
    private const int NullsFirst = 2;

    private readonly CatalogLookup _lookup;
    private readonly Dictionary<uint, List<IndexRow>> _byTable = [];
    private readonly Dictionary<uint, OperatorClassRow> _classes;
    private readonly Dictionary<(uint, uint), uint> _defaults = [];
    private readonly HashSet<uint> _ofConstraints;

    /// <summary>Looks through rows.</summary>
    public IndexAssembler(CatalogLookup lookup, CatalogRows rows)
    {
        _lookup = lookup;
        _classes = rows.OperatorClasses.Rows.ToDictionary(c => c.Oid);
        foreach (var item in rows.OperatorClasses.Rows)
        {
            if (item.IsDefault)
            {
                _defaults[(item.Method, item.InputType)] = item.Oid;
            }
        }

        _ofConstraints = [.. rows.Constraints.Rows.Where(c => c.Kind is 'p' or 'u' or 'x').Select(c => c.Index)];
        foreach (var row in rows.Indexes.Rows)
        {
            if (!_byTable.TryGetValue(row.Table, out var list))
            {
                _byTable[row.Table] = list = [];
            }

            list.Add(row);
        }
    }

    /// <summary>The indexes of a table that belong to no constraint, sorted by name.</summary>
    public ImmutableArray<Index> Of(uint table)
    {
        if (!_byTable.TryGetValue(table, out var rows))
        {
            return [];
        }

        return [.. rows.Where(i => !_ofConstraints.Contains(i.Oid)).Select(Build).OrderBy(i => i.Name, StringComparer.Ordinal)];
    }

    /// <summary>Name of the index by which the rows of a table are known to replication; null for none.</summary>
    public string? ReplicaIdentity(uint table) =>
        _byTable.GetValueOrDefault(table)?.Find(i => i.IsReplicaIdentity)?.Name;

    /// <summary>The names of its key columns.</summary>
    public ImmutableArray<string> KeyColumns(IndexRow row) => _lookup.ColumnNames(row.Table, row.Columns.AsSpan(0, row.KeyCount));

    /// <summary>The names of its INCLUDE columns.</summary>
    public ImmutableArray<string> Include(IndexRow row) => _lookup.ColumnNames(row.Table, row.Columns.AsSpan(row.KeyCount));

    /// <summary>Its keys.</summary>
    public ImmutableArray<IndexKey> Keys(IndexRow row)
    {
        var keys = ImmutableArray.CreateBuilder<IndexKey>(row.KeyCount);
        var expressions = 0;
        for (var i = 0; i < row.KeyCount; i++)
        {
            var column = row.Columns[i] == 0 ? null : _lookup.Column(row.Table, row.Columns[i]);
            var written = row.Columns[i] == 0 ? row.Expressions?[expressions] ?? "" : null;
            var type = column?.Type ?? (expressions < row.ExpressionTypes.Length ? row.ExpressionTypes[expressions] : 0);
            expressions += written is null ? 0 : 1;
            var parameters = ParametersOf(row, i + 1);
            keys.Add(new IndexKey
            {
                Column = written is null ? column?.Name ?? "" : null,
                Expression = written is null ? null : new SqlExpression(written, true),
                OperatorClass = OperatorClass(row.OperatorClasses[i], type, parameters.IsEmpty),
                OperatorClassParameters = parameters,
                Collation = written is null ? _lookup.Collation(row.Collations[i], column?.Collation ?? 0) : CollationOf(row, written, row.Collations[i]),
                IsDescending = (row.Directions[i] & Descending) != 0,
                NullsFirst = (row.Directions[i] & NullsFirst) != 0,
            });
        }

        return keys.MoveToImmutable();
    }

    private Index Build(IndexRow row)
    {
        var parents = _lookup.Parents(row.Oid);
        return new Index
        {
            Name = row.Name,
            Method = row.Method,
            IsUnique = row.IsUnique,
            NullsNotDistinct = row.NullsNotDistinct,
            Keys = Keys(row),
            Include = Include(row),
            Predicate = CatalogLookup.Expression(row.Predicate),
            StorageParameters = _lookup.Parameters(row.Options),
            IsValid = row.IsValid,
            IsClustered = row.IsClustered,
            PartitionOf = parents.Count > 0 ? _lookup.NameOfIndex(parents[0]) : null,
            Comment = _lookup.Comment("pg_class", row.Oid),
        };
    }

    private ImmutableArray<StorageParameter> ParametersOf(IndexRow row, int position)
    {
        foreach (var column in _lookup.Columns(row.Oid))
        {
            if (column.Number == position)
            {
                return _lookup.Parameters(column.Options);
            }
        }

        return [];
    }

    private string? OperatorClass(uint oid, uint type, bool hasNoParameters)
    {
        if (!_classes.TryGetValue(oid, out var found) || (hasNoParameters && IsDefault(found, type)))
        {
            return null;
        }

        var name = _lookup.Name(found.Namespace, found.Name);
        return name.Schema == "pg_catalog" ? name.Name : name.ToString();
    }

    // GetDefaultOpClass: a class for exactly the type comes before one for what the type can be taken for.
    private bool IsDefault(OperatorClassRow operatorClass, uint type)
    {
        for (var row = _lookup.TypeRow(type); row is { Kind: 'd' }; row = _lookup.TypeRow(type))
        {
            type = row.Base;
        }

        return operatorClass.IsDefault && (!_defaults.TryGetValue((operatorClass.Method, type), out var own) || own == operatorClass.Oid);
    }

    // No catalog keeps the collation that an expression has of its own; CREATE INDEX says where the index has another.
    private ObjectName? CollationOf(IndexRow row, string expression, uint collation)
    {
        var isSaid = row.Definition is { } definition
            && (definition.Contains($"{expression} COLLATE ", StringComparison.Ordinal) || definition.Contains($"({expression}) COLLATE ", StringComparison.Ordinal));
        return isSaid ? _lookup.Collation(collation, 0) : null;
    }
}
