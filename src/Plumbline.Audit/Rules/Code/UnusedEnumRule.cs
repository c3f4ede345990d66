using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Prisma.Binding;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Code;

/// <summary>Enums that no field has as its type. The code can still use their values.</summary>
internal sealed class UnusedEnumRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "code/unused-enum",
        Title = "No field uses an enum",
        Severity = Severity.Low,
        Needs = [RuleNeed.Schema],
        What = """
            Enums of the schema that are not the type of any field of a model, view or type, alone or as a list. Not reported: enums whose type a column has in the
            result of the migrations or in the live database, external enums, and schemas with errors. Whether the code uses the enum is not checked. All of them are
            one finding.
            """,
        Why = """
            Prisma creates a type in the database for each enum. If no column has it, PostgreSQL does not check any value against it. Often the field that was meant
            to have the type is still a `String`.
            """,
        Bad = """
            ```prisma
            enum OrderStatus {
              OPEN
              PAID
            }

            model Order {
              id     Int    @id
              status String
            }
            ```
            """,
        Good = """
            ```prisma
            enum OrderStatus {
              OPEN
              PAID
            }

            model Order {
              id     Int         @id
              status OrderStatus
            }
            ```
            """,
        Fix = "Use the enum as the type of the fields that hold its values. If there are none and the code does not use it, remove it and drop its type in a migration.",
        WhenOff = "When the schema declares enums only for the code.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule)
    {
        rule.OnProject(Check);
        rule.Word(Word);
    }

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        if (project.Prisma is not { HasErrors: false, Enums.IsEmpty: false } prisma || project.HasUnreadSchema || !project.UnreadMigrations.IsEmpty)
            return;

        var used = FieldsOf(prisma).Select(f => f.Type).OfType<EnumFieldType>().Select(t => t.Enum).ToHashSet();
        var columns = new[] { project.Final?.Schema, project.Database?.Snapshot?.Schema }
            .OfType<DatabaseSchema>().SelectMany(s => s.Tables).SelectMany(t => t.Columns).Select(c => c.Type.QualifiedName).ToHashSet();
        foreach (var unused in prisma.Enums.Where(e => !used.Contains(e)))
        {
            var type = new ObjectName(project.SchemaOf(unused.SchemaName), unused.DatabaseName);
            if (columns.Contains(type) || project.External.HasTypeOf(unused, project.Project.DefaultSchema.Name))
                continue;

            sink.Report(new Observation
            {
                Title = $"No field uses the enum {unused.Name}",
                Message = $"No model, view or type has a field of this type{(project.Final is null ? "" : ", and no table that the migrations create has a column of it")}.",
                Impact = $"{Origin(project, type)} a type in the database that no column uses, so PostgreSQL does not check any value against it.",
                Recommendation = "Use it as the type of the fields that hold its values. If there are none and the code does not use it, remove it and drop its type in a migration.",
                Project = project.Name,
                Subject = new Subject(SubjectKind.Enum, type.Name, type.Schema, Model: unused.Name),
                Locations = [new FindingLocation(LocationRole.Schema, unused.Location)],
                Cause = new Cause(CauseKind.Convention, "code/unused-enum", "Enums are declared and no field uses them"),
            });
        }
    }

    private static FindingText Word(ImmutableArray<ReportedObservation> observations) => new(
        $"No field uses {observations.Length} enums",
        observations[0].Observation.Message.Replace("this type", "these types", StringComparison.Ordinal).Replace("a column of it", "a column of them", StringComparison.Ordinal),
        "No column of the database uses these types, so PostgreSQL does not check any value against them.",
        "Use them as the types of the fields that hold their values. If there are none and the code does not use an enum, remove it and drop its type in a migration.");

    private static string Origin(ProjectFacts project, ObjectName type) => project.Final is not { } final ? "Prisma creates"
        : final.Schema.Enums.Any(e => e.Name == type) ? "The migrations create" : "The next migration creates";

    private static IEnumerable<Field> FieldsOf(PrismaSchema prisma) =>
        prisma.Models.Concat(prisma.Views).SelectMany(m => m.Fields).Concat(prisma.CompositeTypes.SelectMany(t => t.Fields));
}
