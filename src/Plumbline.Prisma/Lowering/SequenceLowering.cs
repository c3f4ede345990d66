using Plumbline.Schema.Model;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Lowering;

/// <summary>The sequences that PostgreSQL makes for <c>SERIAL</c> columns. PostgreSQL documentation, "Serial Types".</summary>
internal sealed class SequenceLowering
{
    private readonly List<Sequence> _sequences = [];
    private readonly HashSet<ObjectName> _taken = [];
    private readonly Dictionary<ObjectName, int> _lastNumbers = [];

    /// <summary>The sequences so far.</summary>
    public IReadOnlyList<Sequence> Sequences => _sequences;

    /// <summary>Marks the names of a table that now exists, so that no later sequence takes them.</summary>
    public void Occupy(Table table)
    {
        _taken.Add(table.Name);
        if (table.PrimaryKey is { } key)
        {
            _taken.Add(new ObjectName(table.Name.Schema, key.Name));
        }
    }

    /// <summary>Makes the sequence of a column and gives the column's default.</summary>
    public SqlExpression Add(ObjectName table, string column, ColumnType type, SourceLocation location)
    {
        // ChooseRelationName: the first free one of table_column_seq, table_column_seq1, … All below the last number are taken.
        var first = new ObjectName(table.Schema, DatabaseNames.ForColumn(table.Name, column, "seq"));
        var name = first;
        var number = _lastNumbers.GetValueOrDefault(first);
        while (!_taken.Add(name))
        {
            name = name with { Name = DatabaseNames.ForColumn(table.Name, column, $"seq{++number}") };
        }

        _lastNumbers[first] = number;
        _sequences.Add(new Sequence
        {
            Name = name,
            DataType = type.Name,
            MaxValue = type.Name switch { "smallint" => short.MaxValue, "integer" => int.MaxValue, _ => long.MaxValue },
            OwnedByTable = table,
            OwnedByColumn = column,
            Location = location,
        });
        return new SqlExpression($"nextval({DatabaseNames.Literal(DatabaseNames.Qualify(name.Schema, name.Name))}::regclass)", IsCanonical: true);
    }
}
