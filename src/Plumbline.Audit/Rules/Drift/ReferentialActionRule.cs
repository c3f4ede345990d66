using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Rules.Drift.Wording;
using Plumbline.Schema.Comparison;
using ActionModel = Plumbline.Schema.Model.ReferentialAction;
using ForeignKeyModel = Plumbline.Schema.Model.ForeignKey;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>A foreign key that acts otherwise on delete or update.</summary>
internal sealed class ReferentialActionRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/referential-action",
        Title = "A foreign key that acts otherwise on delete or update in the migrations than in the schema",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Schema, RuleNeed.Migrations],
        HasFix = true,
        What = """
            Foreign keys that both sides have with the same columns, but with another `ON DELETE` or `ON UPDATE`. What `onDelete` and `onUpdate` are when the schema does not
            name them follows Prisma: `RESTRICT` for required relations, `SET NULL` for optional ones, and `CASCADE` on update.
            """,
        Why = "A delete that the code expects to be refused takes rows of other tables with it, or one that should clean up is refused.",
        Bad = """
            ```prisma
            author User @relation(fields: [authorId], references: [id], onDelete: Cascade)
            ```
            ```sql
            ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
            ```
            """,
        Good = """
            ```sql
            ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
            ```
            """,
        Fix = "Drop the foreign key and add it again with the action that is meant, in one migration; or correct `onDelete` and `onUpdate`.",
        WhenOff = "Never as a whole; where a difference is wanted, suppress it at the relation.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnChange([new(ChangeKind.AlterForeignKey, ChangePart.ReferentialAction)], Describe);

    private static DriftText? Describe(SchemaChange change, ProjectFacts project)
    {
        if (change.Kind != ChangeKind.AlterForeignKey || !DriftFacts.DiffersInActionsOnly(change) ||
            change is not { FromObject: ForeignKeyModel from, ToObject: ForeignKeyModel to })
            return null;

        var (what, inSchema, inMigrations) = from.OnDelete != to.OnDelete ? ("delete", to.OnDelete, from.OnDelete) : ("update", to.OnUpdate, from.OnUpdate);
        return new DriftText(
            $"{DriftNames.TableOf(change)}: on {what} the foreign key {change.Subject.Name} does {Name(inSchema)} in the schema and {Name(inMigrations)} in the migrations",
            $"The schema has {change.To}, the migrations {change.From}.",
            $"A{(what == "update" ? "n" : "")} {what} of a row in {to.ReferencedTable.Name} does something else than the schema says.",
            "Replace the foreign key in a migration, or correct the relation's action, to what is meant.");
    }

    private static string Name(ActionModel action) => action switch
    {
        ActionModel.Restrict => "RESTRICT",
        ActionModel.Cascade => "CASCADE",
        ActionModel.SetNull => "SET NULL",
        ActionModel.SetDefault => "SET DEFAULT",
        _ => "NO ACTION",
    };
}
