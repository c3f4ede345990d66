using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules.Drift.Wording;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>Enums whose values stand in another order: one note for all of them.</summary>
internal sealed class EnumOrderRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/enum-order",
        Title = "Enums list their values in a different order in the migrations",
        Severity = Severity.Info,
        Needs = [RuleNeed.Schema, RuleNeed.Migrations],
        What = "Enums that have the same values in a different order. All of a project are one finding.",
        Why = """
            PostgreSQL sorts and compares enum values in the order of the type. `ALTER TYPE … ADD VALUE` appends a value, but developers often insert it elsewhere in
            the schema. The order differs in about half of all projects, and it matters only where a query sorts by the enum or compares it with `<`.
            """,
        Bad = """
            ```prisma
            enum Plan {
              FREE
              TEAM
              ENTERPRISE
            }
            ```
            ```sql
            CREATE TYPE "Plan" AS ENUM ('FREE', 'ENTERPRISE');
            ALTER TYPE "Plan" ADD VALUE 'TEAM';
            ```
            """,
        Good = """
            ```sql
            CREATE TYPE "Plan" AS ENUM ('FREE', 'ENTERPRISE');
            ALTER TYPE "Plan" ADD VALUE 'TEAM' BEFORE 'ENTERPRISE';
            ```
            """,
        Fix = """
            If a query depends on the order, list the values of the schema in the database's order, or create a new type and convert the columns.
            """,
        WhenOff = "When no query sorts by an enum or compares enum values.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule)
    {
        rule.OnChange([ChangeKind.AlterEnumOrder], Describe);
        rule.Word(Word);
    }

    private static DriftText Describe(SchemaChange change, ProjectFacts project) => new(
        $"{change.Subject} lists its values in a different order in the migrations",
        "Schema and migrations have the same values.",
        "Only queries that sort by such a column, or compare it with < or >, are affected.",
        "Nothing needs to be done unless a query sorts by the enum.")
    {
        Cause = new Cause(CauseKind.SameChange, "enum-order", "The enums list the same values in a different order"),
    };

    private static FindingText Word(ImmutableArray<ReportedObservation> observations)
    {
        var first = observations[0].Observation;
        return new FindingText(
            $"{observations.Length} enums list their values in a different order in the migrations",
            $"Schema and migrations have the same values: {string.Join(", ", observations.Select(o => o.Observation.Subject.ToString()))}.",
            first.Impact,
            "Nothing needs to be done unless a query sorts by one of these enums.");
    }
}
