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
            Comments on tables, columns and other objects that a live database has and the migrations do not, or the other way round.
            """,
        Why = """
            Comments change nothing that a program does. They are told since tools such as PostGraphile read them as settings.
            """,
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
        Fix = "Write a migration with the comment.",
        WhenOff = "When comments are kept in the database by hand.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnChange([ChangeKind.AddComment, ChangeKind.DropComment, ChangeKind.AlterComment]);
}
