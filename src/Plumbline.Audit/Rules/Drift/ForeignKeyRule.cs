using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Rules.Drift.Wording;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;
using ForeignKeyModel = Plumbline.Schema.Model.ForeignKey;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>A foreign key that exists on one side only, or joins otherwise.</summary>
internal sealed class ForeignKeyRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/foreign-key",
        Title = "A foreign key that only the schema or only the migrations have",
        Severity = Severity.High,
        Needs = [RuleNeed.Schema, RuleNeed.Migrations],
        HasFix = true,
        What = """
            Relations (`@relation(fields: …)`) against the foreign keys that the migrations leave behind: columns, referenced table and columns. With `relationMode = "prisma"` there are none to expect.
            Differences in `ON DELETE` and `ON UPDATE` alone are `drift/referential-action`'s; low where only the name differs.
            """,
        Why = """
            Without the foreign key rows come to point to nothing, and reads of a required relation fail. One that the schema does not know stops writes and deletes that look fine in the code.
            """,
        Bad = """
            ```prisma
            model User {
              id    Int    @id
              posts Post[]
            }

            model Post {
              id       Int  @id
              author   User @relation(fields: [authorId], references: [id])
              authorId Int
            }
            ```
            ```sql
            CREATE TABLE "User" ("id" INTEGER PRIMARY KEY);
            CREATE TABLE "Post" ("id" INTEGER PRIMARY KEY, "authorId" INTEGER NOT NULL);
            ```
            """,
        Good = """
            ```sql
            ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
            ```
            """,
        Fix = "Add the foreign key in a migration, after a look at the rows for those that point to nothing; or drop it, or correct the schema.",
        WhenOff = "When relations are kept by the application on purpose: better say so with `relationMode = \"prisma\"`.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnChange([ChangeKind.AddForeignKey, ChangeKind.DropForeignKey, new(ChangeKind.AlterForeignKey, ChangePart.ForeignKey), new(ChangeKind.RenameConstraint, ChangePart.ForeignKey)], Describe);

    private static DriftText? Describe(SchemaChange change, ProjectFacts project) => change.Kind switch
    {
        ChangeKind.AddForeignKey => new DriftText(
            $"{DriftNames.TableOf(change)}: the foreign key on {ColumnsOf(change.ToObject)} is in the schema but no migration creates it",
            $"The schema has {change.To}; the migrations leave no such foreign key behind.",
            "Rows can come to point to nothing, and reads of a required relation then fail.",
            "Add the foreign key in a migration, after a look at the rows for those that point to nothing."),
        ChangeKind.DropForeignKey => new DriftText(
            $"{DriftNames.TableOf(change)}: the foreign key {change.Subject.Name} is created by the migrations but the schema does not have it",
            $"The migrations leave {change.From} behind; the schema has no such relation.",
            "Writes and deletes that look fine in the code are refused, or delete rows of other tables; the next migrate dev drops it.",
            "Add the relation to the models, or drop the foreign key in a migration."),
        ChangeKind.AlterForeignKey when !DriftFacts.DiffersInActionsOnly(change) => new DriftText(
            $"{DriftNames.TableOf(change)}: the foreign key {change.Subject.Name} differs between schema and migrations",
            $"The schema has {change.To}, the migrations {change.From}.",
            "Rows that the relation counts on may not be there, or writes that look fine are refused.",
            "Replace the foreign key in a migration, or correct the relation."),
        ChangeKind.RenameConstraint when change.ToObject is ForeignKeyModel => DriftNames.Renamed(change, "foreign key"),
        _ => null,
    };

    private static string ColumnsOf(SchemaObject? item) => item is ForeignKeyModel key ? $"({string.Join(", ", key.Columns)})" : "it";
}
