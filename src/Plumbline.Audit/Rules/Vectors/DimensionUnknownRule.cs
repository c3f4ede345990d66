using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules.Vectors.Types;
using Plumbline.Audit.Workspace;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Rules.Vectors;

/// <summary>A column of vectors without a fixed number of dimensions.</summary>
internal sealed class DimensionUnknownRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "vector/dimension-unknown",
        Title = "A vector column has no number of dimensions",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Repository],
        What = """
            Columns of pgvector's types (`vector`, `halfvec`, `sparsevec`) without a number of dimensions: in a live database, or else in the result of the
            migrations, or else as `Unsupported("vector")` in the schema. Not reported: columns with an index over a cast to a fixed dimension
            (`(embedding::vector(3))`) or a check with `vector_dims`, those beside a column that names the model, the provider or the number of dimensions of
            each row, and those of a repository whose code casts to a number of dimensions (`::vector(`): such code creates its indexes when it starts. All columns of
            a project are one finding.
            """,
        Why = """
            The column accepts vectors of different models, and the first search over them fails with `different vector dimensions 1536 and 768` (22000). An index on
            the column itself is refused (`column does not have dimensions`); only an index over a cast to a fixed number is possible.
            """,
        Bad = """
            ```prisma
            model Document {
              id        Int                    @id
              embedding Unsupported("vector")?
            }
            ```
            """,
        Good = """
            ```prisma
            model Document {
              id        Int                          @id
              embedding Unsupported("vector(1536)")?
            }
            ```
            """,
        Fix = "`ALTER TABLE … ALTER COLUMN … TYPE vector(1536)`, with the number of dimensions of the model that computes the vectors. First recompute rows with a different number of dimensions.",
        WhenOff = "When one column stores vectors of several models on purpose.",
    };

    private static readonly FileWords CastWords = new(ReadingBudget.CodeLength, "::vector(", "::halfvec(", "::sparsevec(");

    private static readonly ImmutableArray<string> CodeExtensions = [".ts", ".mts", ".cts", ".tsx", ".js", ".mjs", ".cjs", ".py"];

    private static readonly RepositoryFact<bool> CastInCode =
        new(repository => repository.Files.Any(file => CodeExtensions.Contains(Path.GetExtension(file.Name)) && file.TextWith(CastWords) is not null));

    private const string WhereConfigured = "Nothing needs to be done where each installation chooses its model.";

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule)
    {
        rule.OnDatabase(Check);
        rule.OnProject(CheckWithoutDatabase);
        rule.Word(Word);
    }

    private static void Check(LiveFacts live, ObservationSink sink)
    {
        var known = new HashSet<ObjectName>();
        var isCastInCode = new Lazy<bool>(() => live.Projects.Any(IsCastInCode));
        foreach (var table in live.Tables)
        {
            known.Add(table.Name);
            if (table.PartitionOf is null)
                CheckTable(table, "database", live.Project, isCastInCode, Places, sink);

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

    // The first source that has the table decides: a schema without the number that the database has is drift.
    private static void CheckSources(ProjectFacts project, HashSet<ObjectName> known, ObservationSink sink)
    {
        var isCastInCode = new Lazy<bool>(() => IsCastInCode(project));
        foreach (var table in project.KnownEnd?.Schema.Tables ?? [])
        {
            if (known.Add(table.Name) && table.PartitionOf is null)
                CheckTable(table, "migrations", project.Name, isCastInCode, Places, sink);

            ImmutableArray<FindingLocation> Places(Column column) => [.. LiveFacts.PlaceOf(PlaceIn(table, column)), .. InSchema(project, table.Name, column)];
        }

        foreach (var table in project.Schema?.Tables ?? [])
        {
            if (known.Add(table.Name) && !table.IsIgnored)
                CheckTable(table, "schema", project.Name, isCastInCode, column => InSchema(project, table.Name, column), sink);
        }
    }

    private static void CheckTable(Table table, string source, string project, Lazy<bool> isCastInCode, Func<Column, ImmutableArray<FindingLocation>> places, ObservationSink sink)
    {
        if (IsNamedBeside(table))
            return;

        foreach (var column in table.Columns)
        {
            if (!VectorTypes.IsVector(column.Type) || column.Type.Modifiers is not null || IsFixedElsewhere(table, column) || isCastInCode.Value)
                continue;

            var subject = new Subject(SubjectKind.Column, column.Name, table.Name.Schema, table.Name.Name, table.ModelName, column.FieldName);
            sink.Report(new Observation
            {
                Title = $"{subject} has no number of dimensions",
                Message = $"In the {source}, the column is a {column.Type.Name} without a number of dimensions.",
                Impact = "The column accepts vectors of different dimensions. A search that meets two of them fails, and an index on the column has to cast it to a fixed number.",
                Recommendation = $"If one model computes all vectors of the column, give the type its number of dimensions, such as {column.Type.Name}(1536). {WhereConfigured}",
                Project = project,
                Subject = subject,
                Expected = $"{column.Type.Name}(N)",
                Found = column.Type.Name,
                Locations = places(column),
                Effort = Effort.Small,
                Cause = new Cause(CauseKind.Convention, "vector/dimension-unknown", "Vector columns have no number of dimensions"),
            });
        }
    }

    private static FindingText Word(ImmutableArray<ReportedObservation> observations) => new(
        $"{observations.Length} vector columns have no number of dimensions",
        "Their types accept vectors of any number of dimensions.",
        "The columns accept vectors of different dimensions. A search that meets two of them fails, and an index on such a column has to cast it to a fixed number.",
        $"If one model computes all vectors of a column, give the type its number of dimensions, such as vector(1536). {WhereConfigured}");

    private static bool IsCastInCode(ProjectFacts project) => CastInCode.Of(project.Repository);

    // A column that names the model of each row shows that vectors of several models are stored on purpose.
    private static bool IsNamedBeside(Table table) => table.Columns.Any(c => NameWords.Of(c.Name) is [.., "model" or "provider" or "dimensions" or "dimension" or "dims"]);

    private static bool IsFixedElsewhere(Table table, Column column) =>
        table.Indexes.Any(i => VectorTypes.IsForNeighbours(i) && i.Keys.Any(k => k.Expression?.Text is { } text && VectorTypes.Mentions(text, column.Name))) ||
        table.Checks.Any(c => c.Expression.Text.Contains("_dims", StringComparison.Ordinal) && VectorTypes.Mentions(c.Expression.Text, column.Name));

    private static SchemaObject? PlaceIn(Table? table, Column column) => table?.FindColumn(column.Name) is { Location: not null } found ? found : table;

    private static ImmutableArray<FindingLocation> InSchema(ProjectFacts project, ObjectName table, Column column) =>
        project.Schema?.Tables.FirstOrDefault(t => t.Name == table)?.FindColumn(column.Name) is { Location: { } place }
            ? [new FindingLocation(LocationRole.Schema, place)] : [];
}
