using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules.Drift.Wording;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;
using ActionModel = Plumbline.Schema.Model.ReferentialAction;
using ForeignKey = Plumbline.Schema.Model.ForeignKey;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>A table that the migrations create and the schema does not have.</summary>
internal sealed class ExtraTableRule : Rule
{
    private const string RowTypeKey = "row type";
    private const string RowTypeAdvice = "Add a model with @@ignore for the table. To drop it, drop the functions first.";

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/extra-table",
        Title = "The migrations create a table that the schema does not have",
        Severity = Severity.High,
        Needs = [RuleNeed.Schema, RuleNeed.Migrations],
        HasFix = true,
        What = """
            Tables that exist after all migrations and have no model, in the schemas that the datasource lists. High where a required foreign key of the table refuses deletes
            in a table of the schema (`ON DELETE RESTRICT` or `NO ACTION`), else medium. A table whose row type functions use is reported as such. Partitions are not checked.
            """,
        Why = """
            The next `prisma migrate dev` writes a `DROP TABLE` for it, and its rows are lost. Until then, its foreign keys can refuse deletes, which the schema does not show.
            """,
        Bad = """
            ```sql
            CREATE TABLE "legacy_orders" ("id" INTEGER PRIMARY KEY);
            ```
            ```prisma
            // no model for legacy_orders
            ```
            """,
        Good = """
            ```prisma
            model LegacyOrder {
              id Int @id

              @@map("legacy_orders")
            }
            ```
            """,
        Fix = "Add a model, with `@@ignore` if the client does not need it, or drop the table in a migration if its rows are not needed.",
        WhenOff = "When other programs keep tables in the same schema. A schema of their own is better.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule)
    {
        rule.OnChange([ChangeKind.DropTable], [ChangeKind.AddTable], Describe);
        rule.Word(Word);
    }

    private static DriftText? Describe(SchemaChange change, ProjectFacts project)
    {
        if (change.Kind != ChangeKind.DropTable || change.FromObject is not Table table)
            return null;

        var functions = project.RowTypes!.UsersOf(table.Name);
        return functions.IsEmpty ? Plain(change, table, project) : OfRowType(change, table, functions, IsFilled(table, project), project);
    }

    private static DriftText Plain(SchemaChange change, Table table, ProjectFacts project)
    {
        var blocking = BlockingKey(table, project);
        return new DriftText(
            TitleOf(change),
            $"{(project.NextMigration.IsBlocked ? "A migration creates the table" : "The table exists after all migrations")}.{(blocking is null ? "" : $" Its foreign key {blocking.Name} references {blocking.ReferencedTable.Name}.")}",
            project.NextMigration.Does($"drops {change.Subject} with its rows.") +
                (blocking is null ? "" : $" Until then, deleting a row of {blocking.ReferencedTable.Name} that it references fails with P2003, which the schema does not show."),
            "Add a model for the table, or drop it in a migration if its rows are not needed.",
            blocking is null ? Severity.Medium : null)
        {
            Cause = ExtraCause.Of(change, project),
        };
    }

    private static DriftText OfRowType(SchemaChange change, Table table, ImmutableArray<Function> functions, bool isFilled, ProjectFacts project)
    {
        var names = NameList.Of([.. functions.Select(f => $"{f.Name.Name}({f.Signature})").Distinct(StringComparer.Ordinal)]);
        var uses = functions.Length == 1 ? $"The function {names} uses its row type" : $"The functions {names} use its row type";
        var blocking = isFilled ? BlockingKey(table, project) : null;
        return new DriftText(
            TitleOf(change),
            $"{uses}{(isFilled ? "" : ", and no migration inserts rows into it")}.",
            project.NextMigration.Does($"writes a DROP TABLE for {change.Subject}, which PostgreSQL refuses because functions use its row type.") +
                (blocking is null ? "" : $" Deleting a row of {blocking.ReferencedTable.Name} that it references fails with P2003, which the schema does not show."),
            RowTypeAdvice,
            blocking is null ? Severity.Medium : null)
        {
            // PostgreSQL refuses to drop the table as long as the functions exist.
            Ways = FixWays.Patch,
            Cause = isFilled ? ExtraCause.Of(change, project) : new Cause(CauseKind.SameChange, RowTypeKey, "Functions use the row types of tables that the schema does not have"),
        };
    }

    private static string TitleOf(SchemaChange change) => $"The migrations create the table {change.Subject}, but the schema has no model for it";

    // A key that every row has, and that refuses to let go of what it references.
    private static ForeignKey? BlockingKey(Table table, ProjectFacts project)
    {
        var known = project.Drift!.To.Tables.Where(t => t.ModelName is not null).Select(t => t.Name).ToHashSet();
        return table.ForeignKeys.FirstOrDefault(k => k.OnDelete is ActionModel.Restrict or ActionModel.NoAction && known.Contains(k.ReferencedTable) &&
            k.Columns.All(c => table.FindColumn(c) is { IsNullable: false }));
    }

    // Statements in functions count too: they are text of a migration like any other.
    private static bool IsFilled(Table table, ProjectFacts project)
    {
        var insert = new Regex(
            $"""\b(?:INSERT\s+INTO|MERGE\s+INTO|COPY)\s+(?:ONLY\s+)?(?:"?{Regex.Escape(table.Name.Schema)}"?\s*\.\s*)?"?{Regex.Escape(table.Name.Name)}(?:"|\b)""",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        return (project.Project.History?.Migrations ?? []).Any(m => m.Sql is { } sql && insert.IsMatch(sql.Text));
    }

    private static FindingText? Word(ImmutableArray<ReportedObservation> observations)
    {
        if (observations[0].Observation is not { Cause.Key: RowTypeKey } first)
            return null;

        var names = NameList.Of([.. observations.Select(o => o.Observation.Subject.ToString())]);
        return new FindingText(
            $"The migrations create {observations.Length} tables for which the schema has no model: {names}",
            "Functions use their row types, and no migration inserts rows into them.",
            first.Next!.Does("writes a DROP TABLE for them, which PostgreSQL refuses because functions use their row types."),
            "Add models with @@ignore for the tables. To drop them, drop the functions first.");
    }
}
