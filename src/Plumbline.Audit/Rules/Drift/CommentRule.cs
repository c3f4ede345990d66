using Plumbline.Audit.Configuration;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>A comment differs between the migrations and the database.</summary>
internal sealed class CommentRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/comment",
        Title = "A comment differs between the migrations and the database",
        Severity = Severity.Info,
        Needs = [RuleNeed.Migrations, RuleNeed.Database],
        HasFix = true,
        What = """
            Comments on tables, columns and other objects that exist in a live database but not in the migrations, or in the migrations but not in the database.
            """,
        Why = "Comments do not change what PostgreSQL does, but tools such as PostGraphile read them as settings.",
        Bad = """
            ```sql
            COMMENT ON COLUMN users.email IS 'lower case';   -- in psql only
            ```
            """,
        Good = """
            ```sql
            -- migration.sql
            COMMENT ON COLUMN users.email IS 'lower case';
            ```
            """,
        Fix = "Add the comment in a migration.",
        WhenOff = "When comments are maintained directly in the database.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnChange([ChangeKind.AddComment, ChangeKind.DropComment, ChangeKind.AlterComment]);
}
