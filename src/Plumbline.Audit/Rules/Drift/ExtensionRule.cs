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
        Title = "An extension is installed in one place only",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Migrations, RuleNeed.Database],
        HasFix = true,
        What = """
            Extensions that the migrations create and a live database does not have; and, as a note, those that it has and no migration creates, since
            hosted servers come with some.
            """,
        Why = """
            Types, functions and operator classes of the extension are missing where it is not installed: the migrations stop there with 42704.
            """,
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
        Fix = "Write a migration that creates the extension if it does not exist.",
        WhenOff = "When the platform installs extensions.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnChange([ChangeKind.AddExtension, ChangeKind.DropExtension, ChangeKind.AlterExtension]);
}
