using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison.Renames;

/// <summary>The renames of a comparison: how names of FROM are spelled in TO.</summary>
internal sealed class RenameMap
{
    private readonly Dictionary<ObjectName, ObjectName> _tables = [];
    private readonly Dictionary<ObjectName, ObjectName> _types = [];
    private readonly Dictionary<ObjectName, Dictionary<string, string>> _columns = [];
    private readonly Dictionary<(ObjectName, string), string> _enumValues = [];

    /// <summary>The renamed tables, by their names in FROM.</summary>
    internal IReadOnlyDictionary<ObjectName, ObjectName> Tables => _tables;

    internal void AddTable(ObjectName from, ObjectName to) => _tables[from] = to;

    internal void AddType(ObjectName from, ObjectName to) => _types[from] = to;

    /// <param name="table">The table's name in FROM.</param>
    /// <param name="from">The column's name in FROM.</param>
    /// <param name="to">The column's name in TO.</param>
    internal void AddColumn(ObjectName table, string from, string to)
    {
        if (!_columns.TryGetValue(table, out var columns))
        {
            _columns[table] = columns = [];
        }

        columns[from] = to;
    }

    /// <param name="type">The enum's name in FROM.</param>
    /// <param name="from">The value's name in FROM.</param>
    /// <param name="to">The value's name in TO.</param>
    internal void AddEnumValue(ObjectName type, string from, string to) => _enumValues[(type, from)] = to;

    internal string EnumValue(ObjectName type, string from) => _enumValues.GetValueOrDefault((type, from), from);

    internal ObjectName Table(ObjectName from) => _tables.GetValueOrDefault(from, from);

    internal ObjectName Type(ObjectName from) => _types.GetValueOrDefault(from, from);

    internal string Column(ObjectName table, string from) => _columns.TryGetValue(table, out var columns) ? columns.GetValueOrDefault(from, from) : from;

    /// <summary>The renamed columns of a table of FROM; null where there are none.</summary>
    internal IReadOnlyDictionary<string, string>? Columns(ObjectName table) => _columns.GetValueOrDefault(table);
}
