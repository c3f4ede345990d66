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
            Functions and procedures that exist in a live database but not in the migrations, or in the migrations but not in the database, or that have another
            body, signature or property. Functions of extensions are not checked.
            """,
        Why = """
            Triggers, policies, defaults and raw queries call functions. A function that was changed in one database behaves differently in every other environment.
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
        Fix = "Write a migration that creates the intended function.",
        WhenOff = "When another program owns the functions.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnChange([ChangeKind.AddFunction, ChangeKind.DropFunction, ChangeKind.AlterFunction]);
}
