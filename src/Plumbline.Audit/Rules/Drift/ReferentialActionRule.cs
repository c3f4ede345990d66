using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules.Drift.Wording;
using Plumbline.Schema.Comparison;
using ActionModel = Plumbline.Schema.Model.ReferentialAction;
using ForeignKeyModel = Plumbline.Schema.Model.ForeignKey;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>A foreign key that acts otherwise on delete or update.</summary>
internal sealed class ReferentialActionRule : Rule
{
    private const string OnUpdate = "Changing a key that is referenced acts differently from what the schema says. Most applications never change keys.";

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/referential-action",
        Title = "A foreign key has different actions in the schema and in the migrations",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Schema, RuleNeed.Migrations],
        HasFix = true,
        What = """
            Foreign keys that both sides have on the same columns, with another `ON DELETE` or `ON UPDATE`. Where the schema does not name an action, Prisma's
            defaults apply: `RESTRICT` for required relations, `SET NULL` for optional ones, and `CASCADE` on update. Low where only `ON UPDATE` differs, or where one side
            has `RESTRICT` and the other `NO ACTION`, which both refuse to delete a row that is referenced.
            """,
        Why = "A delete that the code expects to fail also deletes rows of other tables, or a delete that should clean up fails.",
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
        Fix = "Drop the foreign key and add it again with the intended action in one migration, or correct `onDelete` and `onUpdate`.",
        WhenOff = "Not as a whole. Suppress an intended difference at the relation.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule)
    {
        rule.OnChange([new(ChangeKind.AlterForeignKey, ChangePart.ReferentialAction)], Describe);
        rule.Word(Word);
    }

    private static DriftText? Describe(SchemaChange change, ProjectFacts project)
    {
        if (!DriftFacts.DiffersInActionsOnly(change) || change is not { FromObject: ForeignKeyModel from, ToObject: ForeignKeyModel to })
            return null;

        var difference = Difference(from, to);
        var referenced = to.ReferencedTable.Name;
        return new DriftText(
            $"{DriftNames.TableOf(change)}: the foreign key {from.Name} is {difference}",
            $"The schema has {change.To}, the migrations {change.From}.{(from.Name == to.Name ? "" : $" The schema also expects another name: {to.Name}.")}",
            DeletesAlike(from, to) ? OnUpdate : $"Deleting a row of {referenced} that is referenced acts differently from what the schema says.",
            "Replace the foreign key in a migration, or correct the relation's action.",
            DeletesAlike(from, to) ? Severity.Low : null)
        {
            Subject = change.Subject with { Name = from.Name },
            Cause = project.Causes.Of(change) ?? new Cause(CauseKind.SameChange, "referential-action " + difference, difference),
        };
    }

    private static FindingText? Word(ImmutableArray<ReportedObservation> observations)
    {
        var first = observations[0].Observation;
        return first.Cause?.Kind != CauseKind.SameChange
            ? null
            : new FindingText(
                $"{observations.Length} foreign keys are {first.Cause.Text}",
                $"They are {NameList.Of([.. observations.Select(o => $"{o.Observation.Subject.Table}.{o.Observation.Subject.Name}").Distinct(StringComparer.Ordinal)])}.",
                observations[0].Severity == Severity.Low ? first.Impact : "Deleting a row that is referenced acts differently from what the schema says.",
                "Replace the foreign keys in a migration, or correct the action of the relations.");
    }

    // PostgreSQL documentation, "Constraints": NO ACTION and RESTRICT both refuse to delete a row that is referenced. They differ where the check is deferred, or
    // where another row has the key by the time of the check.
    private static bool DeletesAlike(ForeignKeyModel from, ForeignKeyModel to) => from.OnDelete == to.OnDelete || (Refuses(from) && Refuses(to));

    private static bool Refuses(ForeignKeyModel key) => key.OnDelete is ActionModel.Restrict or ActionModel.NoAction && !key.IsDeferrable;

    private static string Difference(ForeignKeyModel from, ForeignKeyModel to)
    {
        return $"{Actions(to)} in the schema and {Actions(from)} in the migrations";

        string Actions(ForeignKeyModel key) => string.Join(
            ' ',
            [
                .. from.OnDelete == to.OnDelete ? [] : new[] { $"ON DELETE {Name(key.OnDelete)}" },
                .. from.OnUpdate == to.OnUpdate ? [] : new[] { $"ON UPDATE {Name(key.OnUpdate)}" },
            ]);
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
