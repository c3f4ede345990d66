using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules.Drift.Wording;
using Plumbline.PostgreSql.Writing;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;
using ActionModel = Plumbline.Schema.Model.ReferentialAction;
using ForeignKeyModel = Plumbline.Schema.Model.ForeignKey;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>A foreign key that exists on one side only, or joins otherwise.</summary>
internal sealed class ForeignKeyRule : Rule
{
    private const string RelationModeKey = "relation-mode";
    private const string WithoutRelationKey = "foreign key without relation";
    private const string RelationModeAdvice = "Decide which side is intended: set relationMode = \"foreignKeys\", so that every relation has a foreign key, or drop the foreign keys in a migration.";

    // Measured with the client of Prisma 7.9: the scalar fields of a relation leave the checked inputs, ignored or not.
    private const string IgnoreAdvice =
        "Relation fields with @ignore stay out of the client. Once a scalar field belongs to a relation, ignored or not, the client rejects it in writes that set another relation with a foreign key in the same table by connect or create; such writes then have to give every foreign key as a scalar field.";

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/foreign-key",
        Title = "A foreign key exists only in the schema or only in the migrations",
        Severity = Severity.High,
        Needs = [RuleNeed.Schema, RuleNeed.Migrations],
        HasFix = true,
        What = """
            Relations (`@relation(fields: …)`) compared with the foreign keys that exist after all migrations: columns, referenced table and referenced columns. With
            `relationMode = "prisma"`, Prisma expects no foreign keys. Low where only the name differs. `drift/referential-action` reports differences in `ON DELETE`
            and `ON UPDATE` alone.
            """,
        Why = """
            Without the foreign key, rows can reference missing records, and reads of a required relation fail. A foreign key that the schema does not have refuses
            writes and deletes that the code allows.
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
        Fix = """
            Check for rows that reference missing records and add the foreign key in a migration. If only the migrations have it, add the relation to the models,
            with `@ignore` if the client should not have it, or drop the foreign key.
            """,
        WhenOff = """
            When the application enforces relations itself. `relationMode = "prisma"` says so in the schema.
            """,
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule)
    {
        rule.OnChange(
            [ChangeKind.AddForeignKey, ChangeKind.DropForeignKey, new(ChangeKind.AlterForeignKey, ChangePart.ForeignKey), new(ChangeKind.RenameConstraint, ChangePart.ForeignKey)],
            Describe);
        rule.OnProject(CheckExtraTables);
        rule.Word(observations => Word(observations) ?? NeverCreated.Word(
            observations,
            "foreign keys",
            "Rows can reference missing records, and reads of a required relation then fail.",
            "Check for rows that reference missing records, then add the foreign keys in a migration."));
    }

    // With relationMode = "prisma" those of a table without a model are no part of the table: a model for it leaves them as unwanted as the others.
    private static void CheckExtraTables(ProjectFacts project, ObservationSink sink)
    {
        if (project.Prisma?.RelationMode != RelationMode.Prisma)
            return;

        foreach (var table in (project.Drift?.Changes ?? []).Where(c => c.Kind == ChangeKind.DropTable).Select(c => c.FromObject).OfType<Table>())
        {
            foreach (var key in table.ForeignKeys)
                sink.Report(OfExtraTable(table, key, project));
        }
    }

    private static Observation OfExtraTable(Table table, ForeignKeyModel key, ProjectFacts project) => new()
    {
        Severity = Severity.Medium,
        Title = RelationModeTitle(ObjectText.Of(table.Name), key.Name),
        Message = RelationModeMessage(ObjectText.Of(key)),
        Impact = RelationModeImpact(project.NextMigration),
        Next = project.NextMigration,
        Recommendation = RelationModeAdvice,
        Project = project.Name,
        Subject = new Subject(SubjectKind.Constraint, key.Name, table.Name.Schema, table.Name.Name),
        Found = ObjectText.Of(key),
        Locations = key.Location is { } place ? [new FindingLocation(LocationRole.Migration, place)] : [],
        Fix = new FindingFix(FixKind.Safe, SchemaQualifiers.Without($"ALTER TABLE {SqlIdentifier.Quote(table.Name)} DROP CONSTRAINT {SqlIdentifier.Quote(key.Name)};", project.SearchPath)),
        Effort = Effort.Small,
        Discriminator = ChangeKind.DropForeignKey.Name(),
        Cause = RelationModeCause,
    };

    private static DriftText? Describe(SchemaChange change, ProjectFacts project) => change.Kind switch
    {
        ChangeKind.AddForeignKey => Missing(change, project.Causes.Missing(change)),
        ChangeKind.DropForeignKey => Extra(change, project),
        ChangeKind.AlterForeignKey when !DriftFacts.DiffersInActionsOnly(change) => new DriftText(
            $"{DriftNames.TableOf(change)}: the foreign key {change.Subject.Name} differs between schema and migrations",
            $"The schema has {change.To}, the migrations {change.From}.",
            "Rows can reference missing records, or writes that the schema allows are refused.",
            "Replace the foreign key in a migration, or correct the relation."),
        // A foreign key with other actions is made anew, and gets its name with it.
        ChangeKind.RenameConstraint when DriftFacts.DiffersInActionsOnly(change) => null,
        ChangeKind.RenameConstraint when change.ToObject is ForeignKeyModel => DriftNames.Renamed(change, "foreign key", project),
        _ => null,
    };

    private static DriftText Missing(SchemaChange change, MissingObject missing) => new(
        $"{DriftNames.TableOf(change)}: the foreign key on {ColumnsOf(change.ToObject)} is in the schema but {missing.Clause}",
        $"The schema has {change.To}; no such foreign key exists after all migrations.",
        "Rows can reference missing records, and reads of a required relation then fail.",
        missing.Fate switch
        {
            MissingFate.Dropped => "Decide which side is intended: remove the relation from the models, or add the foreign key again in a new migration.",
            MissingFate.Refused => "Fix the refused statement; the foreign key then exists.",
            _ => "Check for rows that reference missing records, then add the foreign key in a migration.",
        })
    {
        Cause = missing.Cause,
    };

    private static DriftText? Extra(SchemaChange change, ProjectFacts project)
    {
        if (change is not { FromObject: ForeignKeyModel key, FromParent: Table table })
            return null;

        if (project.Prisma?.RelationMode == RelationMode.Prisma)
        {
            return new DriftText(
                RelationModeTitle(DriftNames.TableOf(change), change.Subject.Name),
                RelationModeMessage(change.From),
                RelationModeImpact(project.NextMigration),
                RelationModeAdvice,
                Severity.Medium)
            {
                Cause = RelationModeCause,
            };
        }

        if (table.ForeignKeys.FirstOrDefault(other => IsTwin(other, key) && DriftFacts.Stays(other, other.Name, change, project)) is { } twin)
        {
            return new DriftText(
                $"{DriftNames.TableOf(change)} has two foreign keys on ({string.Join(", ", key.Columns)}): {twin.Name} and {key.Name}",
                $"The migrations create {key.Name}, {change.From}, beside {twin.Name}. Prisma ignores the second one.",
                "Every write checks the same reference twice.",
                $"Drop {key.Name} in a migration.",
                Severity.Low)
            {
                Ways = FixWays.Sql,
            };
        }

        return new DriftText(
            $"{DriftNames.TableOf(change)}: the migrations create the foreign key {change.Subject.Name}, but the schema has no such relation",
            $"{change.From} exists after all migrations; the models have no relation for it.",
            $"{project.NextMigration.Does("drops the foreign key")}. Until then, {Act(key)}.",
            $"Add the relation to both models, or drop the foreign key in a migration. {IgnoreAdvice}")
        {
            // To drop what a migration added on purpose is no fix to offer unasked.
            Ways = FixWays.Patch,
            Cause = project.Causes.Of(change) ?? new Cause(CauseKind.SameChange, WithoutRelationKey, "The schema has no relation for foreign keys of the migrations"),
        };
    }

    private static bool IsTwin(ForeignKeyModel other, ForeignKeyModel key) =>
        !ReferenceEquals(other, key) && other.Columns.SequenceEqual(key.Columns) && other.ReferencedTable == key.ReferencedTable && other.ReferencedColumns.SequenceEqual(key.ReferencedColumns);

    private static string Act(ForeignKeyModel key) => key.OnDelete switch
    {
        ActionModel.Cascade => $"deleting a row of {key.ReferencedTable.Name} also deletes the rows that reference it, which no relation of the schema shows",
        ActionModel.SetNull => $"deleting a row of {key.ReferencedTable.Name} sets {string.Join(", ", key.Columns)} to NULL, which no relation of the schema shows",
        ActionModel.SetDefault => $"deleting a row of {key.ReferencedTable.Name} sets {string.Join(", ", key.Columns)} to its default, which no relation of the schema shows",
        _ => $"deleting a row of {key.ReferencedTable.Name} that is referenced fails with P2003, which no relation of the schema shows",
    };

    private static FindingText? Word(ImmutableArray<ReportedObservation> observations) => observations[0].Observation.Cause?.Key switch
    {
        RelationModeKey => new FindingText(
            $"{observations.Length} foreign keys exist although the schema has relationMode = \"prisma\"",
            $"The migrations create {NamesOf(observations)}. With relationMode = \"prisma\" Prisma expects no foreign keys.",
            RelationModeImpact(observations[0].Observation.Next!),
            RelationModeAdvice),
        WithoutRelationKey => new FindingText(
            $"The migrations create {observations.Length} foreign keys for which the schema has no relation",
            $"By table: {TablesOf(observations)}. They are {NamesOf(observations)}.",
            $"{observations[0].Observation.Next!.Does("drops them")}. Until then, PostgreSQL enforces them, although no relation of the schema shows it.",
            $"Add the relations to the models, or drop the foreign keys in a migration. {IgnoreAdvice}"),
        _ => null,
    };

    private static Cause RelationModeCause { get; } = new(CauseKind.SameChange, RelationModeKey, "The schema has relationMode = \"prisma\"");

    private static string RelationModeTitle(string table, string name) => $"{table}: the foreign key {name} exists although the schema has relationMode = \"prisma\"";

    private static string RelationModeMessage(string? key) => $"The migrations create {key}. With relationMode = \"prisma\" Prisma expects no foreign keys.";

    private static string RelationModeImpact(NextMigration next) =>
        $"{next.Does("drops them")}. Until then, PostgreSQL enforces them, and refuses writes that Prisma does not check.";

    private static string NamesOf(ImmutableArray<ReportedObservation> observations) => NameList.Of([.. observations.Select(o => o.Observation.Subject.Name)]);

    private static string TablesOf(ImmutableArray<ReportedObservation> observations)
    {
        const int named = 8;
        var tables = observations.GroupBy(o => o.Observation.Subject.Table).ToList();
        return tables.Count <= named
            ? NameList.Of([.. tables.Select(g => $"{g.Count()} on {g.Key}")])
            : $"{string.Join(", ", tables.Take(named).Select(g => $"{g.Count()} on {g.Key}"))} and {tables.Skip(named).Sum(g => g.Count())} on {Plural.Of(tables.Count - named, "other table", "other tables")}";
    }

    private static string ColumnsOf(SchemaObject? item) => item is ForeignKeyModel key ? $"({string.Join(", ", key.Columns)})" : "it";
}
