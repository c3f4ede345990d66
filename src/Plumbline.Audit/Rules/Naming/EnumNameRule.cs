using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules.Naming.Styles;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Naming;

/// <summary>Enums whose names do not follow the convention of the others.</summary>
internal sealed class EnumNameRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "naming/enum-name",
        Title = "Enums do not follow one naming convention",
        Severity = Severity.Low,
        Needs = [RuleNeed.Schema],
        What = "Enums whose names in the schema do not follow the convention of the others: PascalCase, unless most enums follow another one. Schemas with fewer than three enums are not checked. All of them are one finding.",
        Why = "Enum names become TypeScript types. With several conventions, developers have to look up the spelling of each enum.",
        Bad = """
            ```prisma
            enum UserRole {
              ADMIN
            }
            enum Plan {
              FREE
            }
            enum order_state {
              OPEN
            }
            ```
            """,
        Good = """
            ```prisma
            enum UserRole {
              ADMIN
            }
            enum Plan {
              FREE
            }
            enum OrderState {
              OPEN

              @@map("order_state")
            }
            ```
            """,
        Fix = "Rename the enum in the schema and keep the type name with `@@map`. No migration is needed.",
        WhenOff = "When the enums were introspected from a database that another system owns.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule)
    {
        rule.OnProject(Check);
        rule.Word(Word);
    }

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        if (project.Prisma is not { } prisma)
            return;

        PrismaEnum[] enums = [.. prisma.Enums];
        var convention = NameStyles.Prevailing(enums.Select(e => e.Name)) ?? NameStyle.Pascal;
        PrismaEnum[] others = [.. enums.Where(e => !NameStyles.Of(e.Name).Fits(convention) &&
            !(convention == NameStyle.Pascal && NameStyles.Of(e.Name) == NameStyle.Upper && !e.Name.Contains('_')))];
        if (enums.Length < 3)
            return;

        var counts = $"{enums.Length - others.Length} of {enums.Length} enums are named in {convention.Name()}";
        foreach (var one in others)
        {
            sink.Report(new Observation
            {
                Title = $"The enum {one.Name} is not named in {convention.Name()}",
                Message = $"{counts}.",
                Impact = "The client's types mix naming conventions.",
                Recommendation = "Rename the enum in the schema and keep the type name with @@map; the database does not change.",
                Project = project.Name,
                Subject = new Subject(SubjectKind.Enum, one.DatabaseName, project.SchemaOf(one.SchemaName), Model: one.Name),
                Expected = convention.Name(),
                Found = NameStyles.Of(one.Name).Name(),
                Locations = [new FindingLocation(LocationRole.Schema, one.Location)],
                Cause = new Cause(CauseKind.Convention, $"naming/enum-name {convention}", counts),
            });
        }
    }

    private static FindingText Word(ImmutableArray<ReportedObservation> observations) => new(
        $"{observations.Length} enums are not named in {observations[0].Observation.Expected}",
        observations[0].Observation.Message,
        observations[0].Observation.Impact,
        "Rename the enums in the schema and keep the type names with @@map; the database does not change.");
}
