using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules.Drift.Wording;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>Names in the schema that PostgreSQL truncates, and under which Prisma does not find the object again.</summary>
internal sealed class NameTooLongRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/name-too-long",
        Title = "Prisma drops and re-creates what has a name of more than 63 bytes",
        Severity = Severity.High,
        Needs = [RuleNeed.Schema],
        What = """
            Models, fields and enums whose name in the database (`@@map`, `@map`, or their own) has more than 63 bytes. All of a project are one finding. Names of indexes and
            constraints are not reported: Prisma refuses a `map:` that is too long, and shortens the names that it chooses itself.
            """,
        Why = """
            PostgreSQL truncates the name to 63 bytes without an error. Prisma looks for the full name and does not find it: every new migration drops the table or
            the column with what is in it, and creates it again. For an enum it writes a `CREATE TYPE`, which PostgreSQL refuses because the truncated name exists
            (`42710`). Measured for Prisma 6.6 to 7.10.
            """,
        Bad = """
            ```prisma
            model Item {
              id Int @id

              @@map("customer_subscription_invoice_line_items_with_discounts_and_taxes")
            }
            ```
            """,
        Good = """
            ```prisma
            model Item {
              id Int @id

              @@map("customer_subscription_invoice_line_items")
            }
            ```
            """,
        Fix = "Map the model, field or enum to the truncated name, which the database has, or rename it in a migration to a shorter one.",
        WhenOff = "When Prisma does not write the migrations.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule)
    {
        rule.OnProject(Check);
        rule.Word(Word);
    }

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        foreach (var (subject, full, location) in TruncatedNames.Find(project))
        {
            var (what, attribute) = subject.Kind switch
            {
                SubjectKind.Table => ("table", "@@map"),
                SubjectKind.Enum => ("enum", "@@map"),
                _ => ("column", "@map"),
            };
            sink.Report(new Observation
            {
                Title = $"The name of the {what} {full} is longer than 63 bytes, and Prisma does not find it in the database",
                Message = $"PostgreSQL truncates the name to {subject.Name}.",
                Impact = Impact(subject.Kind, project),
                Recommendation = $"Write {attribute}(\"{subject.Name}\"), the name that the database has.",
                Project = project.Name,
                Subject = subject,
                Expected = full,
                Found = subject.Name,
                Locations = [new FindingLocation(LocationRole.Schema, location)],
                Discriminator = what,
                Effort = Effort.Small,
                Cause = new Cause(CauseKind.SameChange, "name-too-long", "PostgreSQL truncates names of the schema"),
            });
        }
    }

    private static FindingText? Word(ImmutableArray<ReportedObservation> observations)
    {
        var first = observations[0].Observation;
        return observations.Length == 1 || first.Cause?.Kind != CauseKind.SameChange ? null : new FindingText(
            $"{observations.Length} names of the schema are longer than 63 bytes, and Prisma does not find them in the database",
            $"PostgreSQL truncates them to {NameList.Of([.. observations.Select(o => o.Observation.Subject.ToString())])}.",
            string.Join(" ", observations.Select(o => o.Observation.Impact).Distinct(StringComparer.Ordinal)),
            "Write the names that the database has with @@map and @map.");
    }

    private static string Impact(SubjectKind kind, ProjectFacts project)
    {
        var does = kind switch
        {
            SubjectKind.Table => "drops the table with its rows and creates it again",
            SubjectKind.Enum => "creates the enum again, which PostgreSQL refuses (42710) because the truncated name exists",
            _ => "drops the column with its values and adds it again",
        };
        return $"Every new migration of Prisma {does}.{Measured.Note(project)}";
    }
}
