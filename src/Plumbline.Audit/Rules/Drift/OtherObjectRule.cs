using Plumbline.Audit.Configuration;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>A schema, rule, publication or storage setting differs between the migrations and the database.</summary>
internal sealed class OtherObjectRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/other-object",
        Title = "A schema, rule, publication or storage setting differs between the migrations and the database",
        Severity = Severity.Low,
        Needs = [RuleNeed.Migrations, RuleNeed.Database],
        HasFix = true,
        What = "Schemas, rewrite rules, publications and storage settings of tables that exist only in a live database or only in the migrations.",
        Why = "A rule changes what a query does, and a publication decides what is replicated. Other environments do not show the difference.",
        Bad = """
            ```sql
            CREATE RULE quiet AS ON DELETE TO audit DO INSTEAD NOTHING;   -- in psql only
            ```
            """,
        Good = """
            ```sql
            -- migration.sql
            CREATE RULE quiet AS ON DELETE TO audit DO INSTEAD NOTHING;
            ```
            """,
        Fix = "Write a migration that makes the same change.",
        WhenOff = "When another program owns the object.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnChange([ChangeKind.AddSchema, ChangeKind.DropSchema, ChangeKind.AddRule, ChangeKind.DropRule, ChangeKind.AlterStorage, ChangeKind.AddPublication, ChangeKind.DropPublication, ChangeKind.AlterPublication]);
}
