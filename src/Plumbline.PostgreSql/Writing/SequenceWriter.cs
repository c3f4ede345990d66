using System.Globalization;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing;

/// <summary>Writes sequences. PostgreSQL documentation, "CREATE SEQUENCE".</summary>
internal static class SequenceWriter
{
    internal static string Create(Sequence sequence)
    {
        var unlogged = sequence.Persistence == Persistence.Unlogged ? "UNLOGGED " : "";
        return string.Join(' ', [$"CREATE {unlogged}SEQUENCE {SqlIdentifier.Quote(sequence.Name)}", .. Options(sequence, withType: true)]);
    }

    /// <summary>The statement that gives the sequence to its column; null where it has none.</summary>
    internal static string? Own(Sequence sequence) =>
        sequence is { OwnedByTable: { } table, OwnedByColumn: { } column }
            ? $"ALTER SEQUENCE {SqlIdentifier.Quote(sequence.Name)} OWNED BY {SqlIdentifier.Quote(table)}.{SqlIdentifier.Quote(column)}"
            : null;

    /// <summary>The options in which a sequence differs from what it would get by itself.</summary>
    internal static List<string> Options(Sequence sequence, bool withType)
    {
        var options = new List<string>();
        if (withType && sequence.DataType != "bigint")
        {
            options.Add($"AS {sequence.DataType}");
        }

        var (smallest, largest) = Range(sequence.DataType);
        var (minimum, maximum) = sequence.Increment > 0 ? (1L, largest) : (smallest, -1L);
        if (sequence.Increment != 1)
        {
            options.Add(Option("INCREMENT BY", sequence.Increment));
        }

        if (sequence.MinValue != minimum)
        {
            options.Add(Option("MINVALUE", sequence.MinValue));
        }

        if (sequence.MaxValue != maximum)
        {
            options.Add(Option("MAXVALUE", sequence.MaxValue));
        }

        if (sequence.Start != (sequence.Increment > 0 ? sequence.MinValue : sequence.MaxValue))
        {
            options.Add(Option("START WITH", sequence.Start));
        }

        if (sequence.Cache != 1)
        {
            options.Add(Option("CACHE", sequence.Cache));
        }

        if (sequence.Cycle)
        {
            options.Add("CYCLE");
        }

        return options;
    }

    /// <summary>Every option, for a sequence that exists.</summary>
    internal static string Alter(Sequence sequence) => string.Create(
        CultureInfo.InvariantCulture,
        $"ALTER SEQUENCE {SqlIdentifier.Quote(sequence.Name)} AS {sequence.DataType} INCREMENT BY {sequence.Increment} MINVALUE {sequence.MinValue} MAXVALUE {sequence.MaxValue} START WITH {sequence.Start} CACHE {sequence.Cache} {(sequence.Cycle ? "CYCLE" : "NO CYCLE")}");

    private static string Option(string name, long value) => string.Create(CultureInfo.InvariantCulture, $"{name} {value}");

    private static (long Smallest, long Largest) Range(string type) => type switch
    {
        "smallint" => (short.MinValue, short.MaxValue),
        "integer" => (int.MinValue, int.MaxValue),
        _ => (long.MinValue, long.MaxValue),
    };
}
