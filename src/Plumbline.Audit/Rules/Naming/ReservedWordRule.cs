using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Rules.Naming;

/// <summary>Tables and columns whose names are reserved key words of PostgreSQL.</summary>
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
        Title = "Tables or columns have names that PostgreSQL reserves",
        Severity = Severity.Low,
        Needs = [RuleNeed.Schema],
        What = "Tables and columns whose names are reserved key words of PostgreSQL in lower case (`user`, `order`, `group`, `end` …). All of them are one finding.",
        Why = "Such a name must be quoted in every statement written by hand. `SELECT * FROM user` does not fail: it returns the current role instead of the rows of the table.",
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
        Fix = "Rename the table or column in a migration and change its `@@map` or `@map`.",
        WhenOff = "When nobody writes SQL by hand.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule)
    {
        rule.OnProject(Check);
        rule.Word(Word);
    }

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        if (project.Prisma is null)
            return;

        foreach (var model in project.OwnModels)
        {
            var schema = project.SchemaOf(model.SchemaName);
            if (Reserved.Contains(model.DatabaseName))
                Report(new Subject(SubjectKind.Table, model.DatabaseName, schema, model.DatabaseName, model.Name), model.Location);

            foreach (var field in model.ScalarFields)
            {
                if (Reserved.Contains(field.DatabaseName))
                    Report(new Subject(SubjectKind.Column, field.DatabaseName, schema, model.DatabaseName, model.Name, field.Name), field.Location);
            }
        }

        void Report(Subject subject, SourceLocation place) => sink.Report(new Observation
        {
            Title = subject.Kind == SubjectKind.Table
                ? $"The table {subject.Name} has a name that PostgreSQL reserves"
                : $"The column {subject.Table}.{subject.Name} has a name that PostgreSQL reserves",
            Message = $"Unless a {(subject.Kind == SubjectKind.Table ? "schema" : "table")} name precedes it, SQL has to write it as \"{subject.Name}\".",
            Impact = subject is { Kind: SubjectKind.Table, Name: "user" }
                ? "Without quotes, SELECT * FROM user returns the current role instead of the rows of the table."
                : "Without quotes, a statement that uses the name alone fails or means something else.",
            Recommendation = subject.Kind == SubjectKind.Table ? "Choose another name with @@map, and rename the table." : "Choose another name with @map, and rename the column.",
            Project = project.Name,
            Subject = subject,
            Locations = [new FindingLocation(LocationRole.Schema, place)],
            Cause = new Cause(CauseKind.Convention, "naming/reserved-word", "Names are reserved key words of PostgreSQL"),
        });
    }

    private static FindingText Word(ImmutableArray<ReportedObservation> observations)
    {
        var tables = observations.Count(o => o.Observation.Subject.Kind == SubjectKind.Table);
        var columns = observations.Length - tables;
        var counts = (tables, columns) switch
        {
            (0, _) => $"{columns} columns",
            (_, 0) => $"{tables} tables",
            _ => $"{Plural.Of(tables, "table", "tables")} and {Plural.Of(columns, "column", "columns")}",
        };
        return new FindingText(
            $"{counts} have names that PostgreSQL reserves",
            $"Unless the name of a {(tables == 0 ? "table" : columns == 0 ? "schema" : "schema or table")} precedes them, SQL has to put these names in double quotes.",
            observations[0].Observation.Impact,
            (tables, columns) switch
            {
                (0, _) => "Choose other names with @map, and rename the columns.",
                (_, 0) => "Choose other names with @@map, and rename the tables.",
                _ => "Choose other names with @@map and @map, and rename the tables and columns.",
            });
    }
}
