using Plumbline.Audit.Configuration;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>An extension is installed in one place only.</summary>
internal sealed class ExtensionRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/extension",
        Title = "An extension is installed only in the database or only by the migrations",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Migrations, RuleNeed.Database],
        HasFix = true,
        What = """
            Extensions that the migrations create and a live database does not have. Extensions that only the database has are reported as info, because hosted
            servers install some.
            """,
        Why = "Without the extension, its types, functions and operator classes do not exist, and the migrations fail with `42704`.",
        Bad = """
            ```sql
            CREATE EXTENSION pg_trgm;   -- in psql only
            ```
            """,
        Good = """
            ```sql
            -- migration.sql
            CREATE EXTENSION IF NOT EXISTS pg_trgm;
            ```
            """,
        Fix = "Create the extension in a migration with `CREATE EXTENSION IF NOT EXISTS`.",
        WhenOff = "When the platform installs the extensions.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnChange([ChangeKind.AddExtension, ChangeKind.DropExtension, ChangeKind.AlterExtension]);
}
