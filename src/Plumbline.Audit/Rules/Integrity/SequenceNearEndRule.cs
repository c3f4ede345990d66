using System.Globalization;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.PostgreSql.Catalog;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Integrity;

/// <summary>A sequence that has used most of its values.</summary>
internal sealed class SequenceNearEndRule : Rule
{
    private const decimal NearEnd = 0.8m;

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "integrity/sequence-near-end",
        Title = "A sequence has used most of its values",
        Severity = Severity.High,
        Needs = [RuleNeed.Database],
        What = """
            Sequences of a live database that have used at least 80 % of the values within their bounds, or of those that the type of their column can hold.
            Sequences that start over (`CYCLE`) are not checked.
            """,
        Why = "When the values run out, every INSERT fails with `nextval: reached maximum value of sequence` or `integer out of range`. By then the table is large, and widening its key takes a long time.",
        Bad = """
            ```prisma
            model Order {
              id Int @id @default(autoincrement())   // the sequence is at 2,000,000,000 of 2,147,483,647
            }
            ```
            """,
        Good = """
            ```prisma
            model Order {
              id BigInt @id @default(autoincrement())
            }
            ```
            """,
        Fix = "Widen the column and all columns that reference it to `bigint`, and the sequence with `ALTER SEQUENCE … AS bigint`, while there is time to do it in steps.",
        WhenOff = "When the sequence is meant to run out.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnDatabase(Check);

    private static void Check(LiveFacts live, ObservationSink sink)
    {
        if (live.Snapshot.Statistics is not { } statistics)
            return;

        var values = statistics.Sequences.ToDictionary(s => s.Name);
        foreach (var sequence in live.Snapshot.Schema.Sequences)
        {
            if (live.IsOurs(sequence.Name) && values.TryGetValue(sequence.Name, out SequenceStatistics? now) && now.LastValue is { } last)
                Check(sequence, last, live, sink);
        }
    }

    private static void Check(Sequence sequence, long last, LiveFacts live, ObservationSink sink)
    {
        var column = sequence.OwnedByTable is { } owner ? live.Snapshot.Schema.Tables.FirstOrDefault(t => t.Name == owner)?.FindColumn(sequence.OwnedByColumn!) : null;
        var isDescending = sequence.Increment < 0;
        var own = isDescending ? sequence.MinValue : sequence.MaxValue;
        var limit = LimitOf(column?.Type, isDescending) is { } held && (isDescending ? held > own : held < own) ? held : own;
        var first = isDescending ? sequence.MaxValue : sequence.MinValue;
        if (sequence.Cycle && limit == own || limit == first)
            return;

        var used = ((decimal)last - first) / ((decimal)limit - first);
        if (used < NearEnd)
            return;

        var key = column is null ? null : new Subject(SubjectKind.Column, column.Name, sequence.OwnedByTable!.Schema, sequence.OwnedByTable.Name);
        var left = isDescending ? (decimal)last - limit : (decimal)limit - last;
        var percent = Math.Min(100, Math.Floor(used * 100)).ToString("0", CultureInfo.InvariantCulture);
        var table = sequence.OwnedByTable is { } name ? live.InMigrations(name) : null;
        sink.Report(new Observation
        {
            Title = $"The sequence of {key?.ToString() ?? sequence.Name.ToString()} has used {percent} % of its values",
            Message = string.Create(CultureInfo.InvariantCulture, $"{sequence.Name} is at {last}, and {(limit == own ? "its limit is" : $"the limit of the column's type {column!.Type} is")} {limit}: {Math.Max(0, left)} values are left."),
            Impact = key is null ? "When the values run out, every statement that takes one fails." : $"When the values run out, INSERTs into {sequence.OwnedByTable!.Name} fail.",
            Recommendation = "Widen the column and all columns that reference it to bigint, and the sequence with ALTER SEQUENCE … AS bigint.",
            Project = live.Project,
            Subject = new Subject(SubjectKind.Sequence, sequence.Name.Name, sequence.Name.Schema),
            Locations = LiveFacts.PlaceOf((SchemaObject?)table?.FindColumn(sequence.OwnedByColumn!) ?? live.InMigrations(s => s.Sequences.FirstOrDefault(q => q.Name == sequence.Name))),
            Effort = Effort.Large,
        });
    }

    private static long? LimitOf(ColumnType? type, bool isDescending) => type is null || type.IsArray ? null : type.Name switch
    {
        "smallint" or "int2" => isDescending ? short.MinValue : short.MaxValue,
        "integer" or "int4" => isDescending ? int.MinValue : int.MaxValue,
        _ => null,
    };
}
