using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules.Vectors.Types;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Vectors;

/// <summary>A column of vectors that may be of any length.</summary>
internal sealed class DimensionUnknownRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "vector/dimension-unknown",
        Title = "A column of vectors does not say how many dimensions they have",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Repository],
        What = """
            Columns of the types of pgvector (`vector`, `halfvec`, `sparsevec`) without a number of dimensions: in a live database, or else in what
            the migrations make, or else in `Unsupported("vector")` of the schema. Columns whose rows of each dimension have an index of their own
            (`(embedding::vector(3))`), or a check with `vector_dims`, are left out.
            """,
        Why = """
            Vectors of different models fall into one column, and the first search over them fails: `different vector dimensions 1536 and 768`
            (22000). No index can be built: `column does not have dimensions`.
            """,
        Bad = """
            ```prisma
            embedding Unsupported("vector")?
            ```
            """,
        Good = """
            ```prisma
            embedding Unsupported("vector(1536)")?
            ```
            """,
        Fix = """
            `ALTER TABLE … ALTER COLUMN … TYPE vector(1536)`, with the number of the model that makes the vectors; rows of another number must be
            computed anew first.
            """,
        WhenOff = "When one column holds the vectors of several models on purpose.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule)
    {
        rule.OnDatabase(Check);
        rule.OnProject(CheckWithoutDatabase);
    }

    private static void Check(LiveFacts live, ObservationSink sink)
    {
        var known = new HashSet<ObjectName>();
        foreach (var table in live.Tables)
        {
            known.Add(table.Name);
            if (table.PartitionOf is null)
                CheckTable(table, "database", live.Project, Places, sink);

            ImmutableArray<FindingLocation> Places(Column column) =>
                [.. LiveFacts.PlaceOf(PlaceIn(live.InMigrations(table.Name), column)), .. live.Projects.SelectMany(p => InSchema(p, table.Name, column))];
        }

        foreach (var project in live.Projects)
            CheckSources(project, known, sink);
    }

    private static void CheckWithoutDatabase(ProjectFacts project, ObservationSink sink)
    {
        if (project.Database?.Snapshot is null)
            CheckSources(project, [], sink);
    }

    // What a source closer to the truth knows, those behind it need not tell: a schema that lacks the number the database has is drift.
    private static void CheckSources(ProjectFacts project, HashSet<ObjectName> known, ObservationSink sink)
    {
        foreach (var table in project.Final?.Schema.Tables ?? [])
        {
            if (known.Add(table.Name) && table.PartitionOf is null)
                CheckTable(table, "migrations", project.Name, Places, sink);

            ImmutableArray<FindingLocation> Places(Column column) => [.. LiveFacts.PlaceOf(PlaceIn(table, column)), .. InSchema(project, table.Name, column)];
        }

        foreach (var table in project.Schema?.Tables ?? [])
        {
            if (known.Add(table.Name) && !table.IsIgnored)
                CheckTable(table, "schema", project.Name, column => InSchema(project, table.Name, column), sink);
        }
    }

    private static void CheckTable(Table table, string source, string project, Func<Column, ImmutableArray<FindingLocation>> places, ObservationSink sink)
    {
        foreach (var column in table.Columns)
        {
            if (!VectorTypes.IsVector(column.Type) || column.Type.Modifiers is not null || IsFixedElsewhere(table, column))
                continue;

            var subject = new Subject(SubjectKind.Column, column.Name, table.Name.Schema, table.Name.Name, table.ModelName, column.FieldName);
            sink.Report(new Observation
            {
                Title = $"{subject} does not say how many dimensions its vectors have",
                Message = $"In the {source} {subject} is a {column.Type.Name} of any number of dimensions.",
                Impact = "Vectors of different models fall into one column, on which searches fail and no index can be built.",
                Recommendation = $"Give it the number of dimensions of the model that makes the vectors, such as {column.Type.Name}(1536).",
                Project = project,
                Subject = subject,
                Expected = $"{column.Type.Name}(N)",
                Found = column.Type.Name,
                Locations = places(column),
                Effort = Effort.Small,
            });
        }
    }

    private static bool IsFixedElsewhere(Table table, Column column) =>
        table.Indexes.Any(i => VectorTypes.IsForNeighbours(i) && i.Keys.Any(k => k.Expression?.Text is { } text && VectorTypes.Mentions(text, column.Name))) ||
        table.Checks.Any(c => c.Expression.Text.Contains("_dims", StringComparison.Ordinal) && VectorTypes.Mentions(c.Expression.Text, column.Name));

    private static SchemaObject? PlaceIn(Table? table, Column column) => table?.FindColumn(column.Name) is { Location: not null } found ? found : table;

    private static ImmutableArray<FindingLocation> InSchema(ProjectFacts project, ObjectName table, Column column) =>
        project.Schema?.Tables.FirstOrDefault(t => t.Name == table)?.FindColumn(column.Name) is { Location: { } place }
            ? [new FindingLocation(LocationRole.Schema, place)] : [];
}
