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
            Sequences that a live database has and the migrations do not, or the other way round, or with another type, step, limit or owner. Where a
            sequence stands does not count.
            """,
        Why = """
            Numbers run out, or jump, in one place and not in the other.
            """,
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
        Fix = "Write a migration that makes the same change.",
        WhenOff = "When another program owns the sequence.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnChange([ChangeKind.AddSequence, ChangeKind.DropSequence, ChangeKind.AlterSequence]);
}
