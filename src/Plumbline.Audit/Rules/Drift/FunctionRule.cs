using Plumbline.Audit.Configuration;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>A function or procedure differs between the migrations and the database.</summary>
internal sealed class FunctionRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/function",
        Title = "A function or procedure differs between the migrations and the database",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Migrations, RuleNeed.Database],
        HasFix = true,
        What = """
            Functions and procedures that a live database has and the migrations do not, or the other way round, or with another body, signature or
            property. Those of extensions do not count.
            """,
        Why = """
            Triggers, policies, defaults and raw queries call functions. One whose body was changed by hand behaves differently in every other
            environment.
            """,
        Bad = """
            ```sql
            CREATE OR REPLACE FUNCTION touch() … ;   -- with another body, in psql only
            ```
            """,
        Good = """
            ```sql
            -- migration.sql
            CREATE OR REPLACE FUNCTION touch() … ;
            ```
            """,
        Fix = "Write a migration with the function as it is to be.",
        WhenOff = "When another program owns the functions.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnChange([ChangeKind.AddFunction, ChangeKind.DropFunction, ChangeKind.AlterFunction]);
}
