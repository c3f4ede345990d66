using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules.Upkeep.Comments;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Rules.Upkeep;

/// <summary>Business rules that only hand-written SQL enforces and that the schema does not mention.</summary>
internal sealed partial class BusinessRuleUndocumentedRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "upkeep/business-rule-undocumented",
        Title = "The schema does not document a rule that the database enforces",
        Severity = Severity.Info,
        Needs = [RuleNeed.Schema, RuleNeed.Migrations],
        What = """
            CHECK and exclusion constraints and partial unique indexes of the migrations, which Prisma cannot express, on tables whose model does not mention
            them: neither the model nor a field that the constraint uses has a `///` comment. Schemas without any documented model are not checked. All of
            them are one finding.
            """,
        Why = "Someone who reads only the schema does not learn about the constraint. Writes that violate it fail at run time, and a later change to the table may lose it.",
        Bad = """
            ```sql
            CREATE TABLE "User" ("id" INTEGER PRIMARY KEY);
            CREATE TABLE "Booking" ("id" INTEGER PRIMARY KEY, "start" TIMESTAMP(3) NOT NULL, "end" TIMESTAMP(3) NOT NULL);
            ALTER TABLE "Booking" ADD CONSTRAINT "ends_after_start" CHECK ("end" > "start");
            ```
            ```prisma
            /// A person who can sign in.
            model User {
              id Int @id
            }

            model Booking {
              id    Int      @id
              start DateTime
              end   DateTime
            }
            ```
            """,
        Good = """
            ```sql
            CREATE TABLE "User" ("id" INTEGER PRIMARY KEY);
            CREATE TABLE "Booking" ("id" INTEGER PRIMARY KEY, "start" TIMESTAMP(3) NOT NULL, "end" TIMESTAMP(3) NOT NULL);
            ALTER TABLE "Booking" ADD CONSTRAINT "ends_after_start" CHECK ("end" > "start");
            ```
            ```prisma
            /// A person who can sign in.
            model User {
              id Int @id
            }

            /// Ends after it starts (CHECK ends_after_start).
            model Booking {
              id    Int      @id
              start DateTime
              end   DateTime
            }
            ```
            """,
        Fix = "Describe the constraint in a `///` comment on the model or on a field that it uses.",
        WhenOff = "When the constraints are documented elsewhere.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule)
    {
        rule.OnProject(Check);
        rule.Word(Word);
    }

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        if (project.Prisma is not { } prisma || project.KnownEnd is not { } final || !prisma.Models.Any(m => SchemaComments.Documents(m.Documentation)))
            return;

        var tables = final.Schema.Tables.ToDictionary(t => t.Name);
        foreach (var model in prisma.Models.Where(m => !SchemaComments.Documents(m.Documentation)))
        {
            if (!tables.TryGetValue(new ObjectName(project.SchemaOf(model.SchemaName), model.DatabaseName), out Table? table))
                continue;

            HashSet<string> documented = [.. model.Fields.Where(f => SchemaComments.Documents(f.Documentation)).Select(f => f.DatabaseName)];
            foreach (var rule in RulesOf(table))
            {
                if (!Words().Matches(rule.Text).Any(word => documented.Contains(word.Value)))
                    sink.Report(Describe(rule, model, project));
            }
        }
    }

    private static Observation Describe(EnforcedRule rule, Model model, ProjectFacts project) => new()
    {
        Title = $"The schema does not document the {rule.Kind} {rule.Name} on {model.Name}",
        Message = "Prisma cannot express it, and neither the model nor a field that it uses has a comment.",
        Impact = "Someone who reads only the schema does not learn about it. Writes that violate it fail at run time.",
        Recommendation = "Describe it in a /// comment on the model or on a field that it uses.",
        Project = project.Name,
        Subject = new Subject(SubjectKind.Constraint, rule.Name, project.SchemaOf(model.SchemaName), model.DatabaseName, model.Name),
        Locations =
        [
            new FindingLocation(LocationRole.Schema, model.Location),
            .. rule.Place is { } place ? (ImmutableArray<FindingLocation>)[new FindingLocation(LocationRole.Migration, place)] : [],
        ],
        Cause = new Cause(CauseKind.Convention, "upkeep/business-rule-undocumented", "The schema does not document what hand-written SQL enforces"),
    };

    private static FindingText Word(ImmutableArray<ReportedObservation> observations) => new(
        $"The schema does not document {observations.Length} constraints that the database enforces",
        "Prisma cannot express them, and neither their models nor the fields that they use have a comment.",
        "Someone who reads only the schema does not learn about them. Writes that violate them fail at run time.",
        "Describe each in a /// comment on the model or on a field that it uses.");

    // What Prisma cannot express, with the text that names its columns.
    private static IEnumerable<EnforcedRule> RulesOf(Table table) =>
    [
        .. table.Checks.Select(c => new EnforcedRule("CHECK constraint", c.Name, c.Expression.Text, c.Location)),
        .. table.Exclusions.Select(e => new EnforcedRule("exclusion constraint", e.Name, e.ToString(), e.Location)),
        .. table.Indexes.Where(i => i is { IsUnique: true, Predicate: not null }).Select(i => new EnforcedRule("partial unique index", i.Name, i.ToString(), i.Location)),
    ];

    [GeneratedRegex(@"\w+", RegexOptions.CultureInvariant)]
    private static partial Regex Words();

    private sealed record EnforcedRule(string Kind, string Name, string Text, SourceLocation? Place);
}
