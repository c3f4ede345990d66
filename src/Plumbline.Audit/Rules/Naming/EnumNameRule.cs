using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules.Naming.Styles;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Naming;

/// <summary>Enums that are not named as the others.</summary>
internal sealed class EnumNameRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "naming/enum-name",
        Title = "Enums are not named alike",
        Severity = Severity.Low,
        Needs = [RuleNeed.Schema],
        What = "Enums whose names in the schema do not follow the convention of the others. All of them are one finding.",
        Why = "Enum names become TypeScript types; two conventions give an API that nobody can guess.",
        Bad = """
            ```prisma
            enum UserRole {
              ADMIN
            }
            enum order_state {
              OPEN
            }
            ```
            """,
        Good = """
            ```prisma
            enum OrderState {
              OPEN

              @@map("order_state")
            }
            ```
            """,
        Fix = "Rename the enum in the schema and keep the type by `@@map`. No migration is needed.",
        WhenOff = "When the enums were introspected from a database that another system owns.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        if (project.Prisma is not { } prisma)
            return;

        PrismaEnum[] enums = [.. prisma.Enums];
        var convention = NameStyles.Prevailing(enums.Select(e => e.Name)) ?? NameStyle.Pascal;
        PrismaEnum[] others = [.. enums.Where(e => !NameStyles.Of(e.Name).Fits(convention) &&
            !(convention == NameStyle.Pascal && NameStyles.Of(e.Name) == NameStyle.Upper && !e.Name.Contains('_')))];
        if (enums.Length < 3 || others.Length == 0)
            return;

        sink.Report(new Observation
        {
            Title = others.Length == 1
                ? $"The enum {others[0].Name} is not named in {convention.Name()} as the others"
                : $"{others.Length} enums are not named in {convention.Name()} as the others",
            Message = $"Of {enums.Length} enums these do not follow {convention.Name()}: {string.Join(", ", others.Select(e => e.Name))}.",
            Impact = "The client's types mix two conventions, and nobody can guess a name.",
            Recommendation = "Rename the enums in the schema and keep their types by @@map; the database does not change.",
            Project = project.Name,
            Subject = new Subject(SubjectKind.Enum, others[0].DatabaseName, others[0].SchemaName ?? "public", Model: others[0].Name),
            Expected = convention.Name(),
            Found = NameStyles.Of(others[0].Name).Name(),
            Locations = [.. others.Select(e => new FindingLocation(LocationRole.Schema, e.Location))],
        });
    }
}
