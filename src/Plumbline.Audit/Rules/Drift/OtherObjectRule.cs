using Plumbline.Audit.Configuration;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>A schema, rule, publication or storage setting differs between the migrations and the database.</summary>
internal sealed class OtherObjectRule : DriftRule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/other-object",
        Title = "A schema, rule, publication or storage setting differs between the migrations and the database",
        Severity = Severity.Low,
        Needs = [RuleNeed.Migrations, RuleNeed.Database],
        What = """
            What no other rule of this area speaks of: schemas, rewrite rules, publications, and settings of how a table is stored, in one place only.
            """,
        Why = """
            A rule changes what a query does, a publication what is replicated; other environments do not show it.
            """,
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
}
