using Plumbline.Audit.Configuration;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>A sequence differs between the migrations and the database.</summary>
internal sealed class SequenceRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/sequence",
        Title = "A sequence differs between the migrations and the database",
        Severity = Severity.Low,
        Needs = [RuleNeed.Migrations, RuleNeed.Database],
        HasFix = true,
        What = """
            Sequences that exist in a live database but not in the migrations, or in the migrations but not in the database, or that have another type, increment,
            limit or owner. Current values are not compared.
            """,
        Why = "Numbers run out or skip values in one environment and not in the other.",
        Bad = """
            ```sql
            ALTER SEQUENCE invoice_number_seq INCREMENT BY 10;   -- in psql only
            ```
            """,
        Good = """
            ```sql
            -- migration.sql
            ALTER SEQUENCE invoice_number_seq INCREMENT BY 10;
            ```
            """,
        Fix = "Make the same change in a migration.",
        WhenOff = "When another program owns the sequence.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnChange([ChangeKind.AddSequence, ChangeKind.DropSequence, ChangeKind.AlterSequence]);
}
