using System.Collections.Immutable;
using System.Globalization;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules.Vectors.Types;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Vectors;

/// <summary>A column of many vectors without an index for nearest-neighbor search.</summary>
internal sealed class NoIndexRule : Rule
{
    // A few thousand distances take milliseconds, and the rows fit into memory.
    private const long FewRows = 5_000;

    // pgvector: what an index of each type can hold.
    private const int MostOfVector = 2_000;
    private const int MostOfHalfvec = 4_000;

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "vector/no-index",
        Title = "A column with many vectors has no index for nearest-neighbor search",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Database],
        What = """
            Columns of pgvector's types (`vector`, `halfvec`, `sparsevec`) without an `hnsw` or `ivfflat` index on the column or an expression of it, in tables of
            a live database with 5,000 rows or more (for a partitioned table, in all partitions together). Fewer rows are searched exactly and fast enough.
            Not checked: tables that were never analyzed, and columns without a dimension, which no index can be built on (`vector/dimension-unknown` reports
            them). All columns of a project are one finding.
            """,
        Why = "`ORDER BY embedding <=> $1 LIMIT 10` computes the distance to every row each time, which can take seconds instead of milliseconds.",
        Bad = """
            ```sql
            CREATE EXTENSION vector;
            CREATE TABLE documents (id int PRIMARY KEY, embedding vector(1536));   -- 200,000 rows
            ```
            """,
        Good = """
            ```sql
            CREATE EXTENSION vector;
            CREATE TABLE documents (id int PRIMARY KEY, embedding vector(1536));
            CREATE INDEX documents_embedding_idx ON documents USING hnsw (embedding vector_cosine_ops);
            ```
            """,
        Fix = """
            `CREATE INDEX CONCURRENTLY … USING hnsw`, with the operator class of the operator that the queries order by: `vector_cosine_ops` for `<=>`,
            `vector_l2_ops` for `<->`, `vector_ip_ops` for `<#>`.
            """,
        WhenOff = "When another condition narrows every search to a few rows, or when searches must be exact.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule)
    {
        rule.OnDatabase(Check);
        rule.Word(Word);
    }

    private static void Check(LiveFacts live, ObservationSink sink)
    {
        // Another extension may have a type of the same name with its own index methods.
        if (!live.Snapshot.Schema.Extensions.Any(e => e.Name == "vector"))
            return;

        var tables = live.Tables.ToDictionary(t => t.Name);
        var without = new SortedDictionary<ObjectName, Dictionary<string, long>>();
        foreach (var table in tables.Values)
        {
            if (table.Kind != TableKind.Ordinary || live.Rows.Of(table.Name) is not { } rows)
                continue;

            foreach (var column in table.Columns)
            {
                if (!VectorTypes.IsVector(column.Type) || VectorTypes.DimensionOf(column.Type) is null ||
                    table.Indexes.Any(i => i.IsValid && VectorTypes.IsForNeighbours(i) && VectorTypes.Has(i, column.Name)))
                    continue;

                var root = RootOf(table, tables).Name;
                if (!without.TryGetValue(root, out Dictionary<string, long>? columns))
                    without.Add(root, columns = new Dictionary<string, long>(StringComparer.Ordinal));

                columns[column.Name] = columns.GetValueOrDefault(column.Name) + rows;
            }
        }

        foreach (var (name, columns) in without)
        {
            foreach (var column in tables[name].Columns)
            {
                if (columns.TryGetValue(column.Name, out var rows) && rows >= FewRows)
                    sink.Report(Draft(tables[name], column, rows, live));
            }
        }
    }

    private static Table RootOf(Table table, Dictionary<ObjectName, Table> tables)
    {
        while (table.PartitionOf is { } parent && tables.TryGetValue(parent, out Table? found))
            table = found;

        return table;
    }

    private static Observation Draft(Table table, Column column, long rows, LiveFacts live)
    {
        var subject = new Subject(SubjectKind.Column, column.Name, table.Name.Schema, table.Name.Name);
        var made = live.InMigrations(table.Name);
        return new Observation
        {
            Title = $"{subject} has no index for nearest-neighbor search",
            Message = string.Create(
                CultureInfo.InvariantCulture,
                $"The column is a {column.Type.Name} of {column.Type.Modifiers} dimensions in about {rows} rows, and no hnsw or ivfflat index covers it."),
            Impact = "Every nearest-neighbor search reads all vectors of the table.",
            Recommendation = Advice(column),
            Project = live.Project,
            Subject = subject,
            Locations = LiveFacts.PlaceOf((SchemaObject?)made?.FindColumn(column.Name) ?? made),
            Effort = Effort.Small,
            Cause = new Cause(CauseKind.Convention, "vector/no-index", "Vectors have no index for nearest-neighbor search"),
        };
    }

    private static FindingText Word(ImmutableArray<ReportedObservation> observations) => new(
        $"{observations.Length} columns have no index for nearest-neighbor search",
        "No hnsw or ivfflat index covers these vectors.",
        "Every nearest-neighbor search reads all vectors of the table.",
        "Create an hnsw index concurrently on each column, with the operator class of the operator that the queries order by: cosine for <=>, l2 for <->, ip for <#>.");

    private static string Advice(Column column)
    {
        var dimension = VectorTypes.DimensionOf(column.Type)!.Value;
        var key = column.Type.Name switch
        {
            "vector" when dimension > MostOfHalfvec => $"((binary_quantize({column.Name})::bit({dimension})) bit_hamming_ops)",
            "vector" when dimension > MostOfVector => $"(({column.Name}::halfvec({dimension})) halfvec_cosine_ops)",
            _ => $"({column.Name} {column.Type.Name}_cosine_ops)",
        };
        return $"CREATE INDEX CONCURRENTLY … USING hnsw {key}, with the operator class of the operator that the queries order by: " +
            "cosine for <=>, l2 for <->, ip for <#>.";
    }
}
