using Plumbline.PostgreSql.Catalog;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Facts;

/// <summary>How many rows the tables of a live database have, as its server counts: what weighs on a large table does nothing to an empty one.</summary>
internal sealed class RowFacts
{
    /// <summary>Fewer rows are read and written in milliseconds, whatever a statement does with them.</summary>
    public const long Few = 1_000;

    private readonly Dictionary<ObjectName, TableStatistics> _counted;
    private readonly Dictionary<ObjectName, Table> _tables;
    private readonly ILookup<ObjectName, Table> _parts;

    /// <summary>Looks through what was read of a database.</summary>
    public RowFacts(CatalogSnapshot snapshot)
    {
        _counted = (snapshot.Statistics?.Tables ?? []).ToDictionary(t => t.Name);
        _tables = snapshot.Schema.Tables.ToDictionary(t => t.Name);
        _parts = snapshot.Schema.Tables.Where(t => t.PartitionOf is not null).ToLookup(t => t.PartitionOf!);
    }

    /// <summary>Whether the database has a table.</summary>
    public bool Has(ObjectName table) => _tables.ContainsKey(table);

    /// <summary>About how many rows a table has, of a partitioned one all its parts together; null where no statistics were gathered of it.</summary>
    public long? Of(ObjectName table)
    {
        if (!_tables.TryGetValue(table, out Table? found))
            return null;

        if (found.Kind != TableKind.Partitioned)
            return _counted.TryGetValue(table, out TableStatistics? own) && own.EstimatedRows is { } rows ? Math.Max(rows, own.LiveRows) : null;

        long sum = 0;
        foreach (var part in _parts[table])
        {
            if (Of(part.Name) is not { } rows)
                return null;

            sum += rows;
        }

        return sum;
    }
}
