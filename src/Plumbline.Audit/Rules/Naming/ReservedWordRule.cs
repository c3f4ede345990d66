using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Rules.Naming;

/// <summary>Tables and columns whose names PostgreSQL reserves.</summary>
internal sealed class ReservedWordRule : Rule
{
    // PostgreSQL documentation, "SQL Key Words": those marked reserved (with or without "can be function or type"), version 15.
    private static readonly HashSet<string> Reserved = new(
    [
        "all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric", "authorization", "binary", "both", "case", "cast", "check", "collate", "collation",
        "column", "concurrently", "constraint", "create", "cross", "current_catalog", "current_date", "current_role", "current_schema", "current_time", "current_timestamp",
        "current_user", "default", "deferrable", "desc", "distinct", "do", "else", "end", "except", "false", "fetch", "for", "foreign", "freeze", "from", "full", "grant",
        "group", "having", "ilike", "in", "initially", "inner", "intersect", "into", "is", "isnull", "join", "lateral", "leading", "left", "like", "limit", "localtime",
        "localtimestamp", "natural", "not", "notnull", "null", "offset", "on", "only", "or", "order", "outer", "overlaps", "placing", "primary", "references", "returning",
        "right", "select", "session_user", "similar", "some", "symmetric", "tablesample", "table", "then", "to", "trailing", "true", "union", "unique", "user", "using",
        "variadic", "verbose", "when", "where", "window", "with",
    ]);

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "naming/reserved-word",
        Title = "Tables or columns are named with words that PostgreSQL reserves",
        Severity = Severity.Low,
        Needs = [RuleNeed.Schema],
        What = "Tables and columns whose names are reserved key words of PostgreSQL in lower case (`user`, `order`, `group`, `end` …). All of them are one finding.",
        Why = "Such a name must be quoted in every statement written by hand. `SELECT * FROM user` does not fail: it returns the current role instead of the table.",
        Bad = """
            ```prisma
            model User {
              id Int @id
              @@map("user")
            }
            ```
            """,
        Good = """
            ```prisma
            model User {
              id Int @id
              @@map("users")
            }
            ```
            """,
        Fix = "Rename the table or column in a migration together with its `@@map` or `@map`.",
        WhenOff = "When no SQL is written by hand.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        if (project.Prisma is not { } prisma)
            return;

        var places = new List<(string Name, SourceLocation Place, Subject Subject)>();
        foreach (var model in prisma.Models)
        {
            if (Reserved.Contains(model.DatabaseName))
                places.Add((
                    model.DatabaseName,
                    model.Location,
                    new Subject(SubjectKind.Table, model.DatabaseName, model.SchemaName ?? "public", model.DatabaseName, model.Name)));

            foreach (var field in model.ScalarFields)
            {
                if (Reserved.Contains(field.DatabaseName))
                    places.Add((
                        $"{model.DatabaseName}.{field.DatabaseName}",
                        field.Location,
                        new Subject(SubjectKind.Column, field.DatabaseName, model.SchemaName ?? "public", model.DatabaseName, model.Name, field.Name)));
            }
        }

        if (places.Count == 0)
            return;

        sink.Report(new Observation
        {
            Title = places.Count == 1 ? $"{places[0].Name} is named with a reserved word" : $"{places.Count} tables and columns are named with reserved words",
            Message = $"PostgreSQL reserves these names: {string.Join(", ", places.Take(20).Select(p => p.Name))}{(places.Count > 20 ? ", …" : "")}.",
            Impact = "SQL written by hand must quote them everywhere; \"SELECT * FROM user\" silently reads something else.",
            Recommendation = "Choose another name with @@map or @map, and rename the table or column in a migration.",
            Project = project.Name,
            Subject = places[0].Subject,
            Locations = [.. places.Select(p => new FindingLocation(LocationRole.Schema, p.Place))],
        });
    }
}
