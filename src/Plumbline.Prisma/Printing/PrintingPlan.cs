using Plumbline.Schema.Model;

namespace Plumbline.Prisma.Printing;

/// <summary>The names that tables, columns, enums and their values get in a printed schema, and which tables are no models.</summary>
internal sealed class PrintingPlan
{
    private readonly Dictionary<ObjectName, Dictionary<string, string>> _fields = [];
    private readonly Dictionary<ObjectName, PrismaNames> _fieldNames = [];
    private readonly HashSet<(ObjectName Table, string Column)> _serials;
    private readonly Dictionary<ObjectName, Table> _tables;
    private readonly Dictionary<ObjectName, HashSet<string>> _uniqueColumns = [];

    public PrintingPlan(DatabaseSchema schema)
    {
        Schema = schema;
        _tables = schema.Tables.DistinctBy(t => t.Name).ToDictionary(t => t.Name);
        var tables = _tables.Values.Where(t => t.Kind != TableKind.Foreign && t.PartitionOf is null).ToList();
        var blocks = new PrismaNames();
        var joinTables = tables.Where(IsJoinTable).Select(t => t.Name).ToHashSet();
        foreach (var table in tables.Where(t => !joinTables.Contains(t.Name)))
        {
            AddModel(table, blocks);
        }

        // Prisma itself decides which side is A, and in which database schema the table lies. Where that would give another table, it becomes a model.
        foreach (var table in tables.Where(t => joinTables.Contains(t.Name) && !IsAsPrismaWouldMakeIt(t)))
        {
            joinTables.Remove(table.Name);
            AddModel(table, blocks);
        }

        JoinTables = tables.Where(t => joinTables.Contains(t.Name)).ToDictionary(t => t.Name);
        Models = [.. tables.Where(t => ModelNames.ContainsKey(t.Name))];
        TablesByName = Models.ToDictionary(t => t.Name);
        foreach (var type in schema.Enums)
        {
            EnumNames.TryAdd(type.Name, type.EnumName is { } name ? blocks.Take(name) : blocks.TakeBlock(type.Name.Name, type.Name.Schema));
            var names = new PrismaNames();
            var values = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var value in type.Values)
            {
                values.TryAdd(value.Name, value.PrismaName is { } prismaName ? names.Take(prismaName) : names.TakeMember(value.Name));
            }

            EnumValues.TryAdd(type.Name, values);
        }

        // Sequences as SERIAL makes them.
        _serials = schema.Sequences.Where(s => s is { OwnedByTable: not null, OwnedByColumn: not null, Increment: 1 })
            .Select(s => (s.OwnedByTable!, s.OwnedByColumn!))
            .ToHashSet();
        NamespacesInUse = [.. Models.Select(t => t.Name.Schema).Concat(JoinTables.Keys.Select(t => t.Schema)).Concat(schema.Enums.Select(e => e.Name.Schema)).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>What is printed.</summary>
    public DatabaseSchema Schema { get; }

    /// <summary>The tables that become models, in their order.</summary>
    public IReadOnlyList<Table> Models { get; }

    /// <summary>The same tables by their names.</summary>
    public IReadOnlyDictionary<ObjectName, Table> TablesByName { get; }

    /// <summary>The tables of implicit many-to-many relations.</summary>
    public IReadOnlyDictionary<ObjectName, Table> JoinTables { get; }

    /// <summary>Names of the models.</summary>
    public Dictionary<ObjectName, string> ModelNames { get; } = [];

    /// <summary>Names of the enums.</summary>
    public Dictionary<ObjectName, string> EnumNames { get; } = [];

    /// <summary>Names of the values of each enum, by those in the database.</summary>
    public Dictionary<ObjectName, Dictionary<string, string>> EnumValues { get; } = [];

    /// <summary>The database schemas that something printed lies in.</summary>
    public IReadOnlyList<string> NamespacesInUse { get; }

    /// <summary>Whether the datasource must list its database schemas.</summary>
    public bool IsMultiSchema => NamespacesInUse.Any(n => n != "public");

    /// <summary>The field of a column.</summary>
    public string FieldOf(ObjectName table, string column) => _fields[table].GetValueOrDefault(column, column);

    /// <summary>The names of the fields of a model, for taking others.</summary>
    public PrismaNames FieldNamesOf(ObjectName table) => _fieldNames[table];

    /// <summary>A column's type as it is printed.</summary>
    public PrintedType TypeOf(Column column) => PrintedType.Of(column.Type, EnumNames);

    /// <summary>Whether a column counts up by a sequence of its own.</summary>
    public bool IsSerial(Table table, Column column) =>
        column.Type is { Name: "smallint" or "integer" or "bigint", IsArray: false } &&
            column.Default?.Text.StartsWith("nextval(", StringComparison.Ordinal) == true
        && _serials.Contains((table.Name, column.Name));

    /// <summary>The table that a column of the table of an implicit many-to-many relation references.</summary>
    public static ObjectName Side(Table table, string column) => table.ForeignKeys.First(k => k.Columns[0] == column).ReferencedTable;

    /// <summary>The columns that are unique without condition, of key, constraints and indexes.</summary>
    public static IEnumerable<IReadOnlyList<string>> UniqueColumns(Table table) =>
        (table.PrimaryKey is { } key ? [key.Columns] : Array.Empty<IReadOnlyList<string>>())
            .Concat(table.UniqueConstraints.Select(u => (IReadOnlyList<string>)u.Columns))
            .Concat(table.Indexes.Where(i => i is { IsUnique: true, Predicate: null } &&
                i.Keys.All(k => k.Column is not null)).Select(i => (IReadOnlyList<string>)[.. i.Keys.Select(k => k.Column!)]));

    private void AddModel(Table table, PrismaNames blocks)
    {
        if (table.Columns.IsEmpty)
        {
            return;
        }

        ModelNames.Add(table.Name, table.ModelName is { } name ? blocks.Take(name) : blocks.TakeBlock(table.Name.Name, table.Name.Schema));
        var names = new PrismaNames();
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var column in table.Columns)
        {
            fields.TryAdd(column.Name, column.FieldName is { } field ? names.Take(field) : names.TakeMember(column.Name));
        }

        _fields.Add(table.Name, fields);
        _fieldNames.Add(table.Name, names);
    }

    private bool IsAsPrismaWouldMakeIt(Table table)
    {
        var (a, b) = (Side(table, "A"), Side(table, "B"));
        return table.Name.Schema == a.Schema && ModelNames.TryGetValue(a, out var nameA) && ModelNames.TryGetValue(b, out var nameB) &&
            string.CompareOrdinal(nameA, nameB) <= 0;
    }

    /// <summary>Whether columns are together unique without condition, in whatever order.</summary>
    public bool AreUnique(Table table, IEnumerable<string> columns)
    {
        if (!_uniqueColumns.TryGetValue(table.Name, out var unique))
        {
            _uniqueColumns.Add(table.Name, unique = UniqueColumns(table).Select(SetOf).ToHashSet(StringComparer.Ordinal));
        }

        return unique.Contains(SetOf(columns));
    }

    private static string SetOf(IEnumerable<string> columns) => string.Join('\0', columns.Order(StringComparer.Ordinal));

    // _Name with columns A and B, both of them together unique and nothing else, referencing two keys. A trigger or policy makes it a table of its own.
    private bool IsJoinTable(Table table)
    {
        if (!table.Name.Name.StartsWith('_') ||
            table.Columns is not [{ Name: "A", IsNullable: false, Default: null } a, { Name: "B", IsNullable: false, Default: null } b]
            || table.ForeignKeys.Length != 2 || !table.Triggers.IsEmpty || !table.Policies.IsEmpty || !table.Checks.IsEmpty)
        {
            return false;
        }

        var isUnique = UniqueColumns(table).Any(columns => columns is ["A", "B"]);
        return isUnique && References(table, "A", a) && References(table, "B", b) && table.Indexes.Any(IsOnB);
    }

    private static bool IsOnB(Index index) => index is { IsUnique: false, Keys: [{ Column: "B" }], Predicate: null };

    private bool References(Table table, string name, Column column) =>
        table.ForeignKeys.Any(k => k.Columns is [var c] && c == name &&
            k is { OnDelete: ReferentialAction.Cascade, OnUpdate: ReferentialAction.Cascade, ReferencedColumns: [var referenced] }
            && _tables.GetValueOrDefault(k.ReferencedTable) is { PrimaryKey.Columns: [var key] } target && key == referenced
            && target.FindColumn(referenced)?.Type == column.Type);
}
