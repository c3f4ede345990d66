using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.History;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>A serial column or a primary key is added to a table with rows.</summary>
internal sealed class AddSerialOrPrimaryKeyRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/add-serial-or-primary-key",
        Title = "A serial column or primary key is added to an existing table",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Migrations],
        What = "Statements that add a `serial` or identity column, or a primary key without USING INDEX, to an existing table.",
        Why = "A serial or identity column gets a value in every row, so the table is rewritten. A primary key builds its index and checks every row. The table is unavailable during that time.",
        Bad = """
            ```sql
            ALTER TABLE "events" ADD COLUMN "number" SERIAL;
            ```
            """,
        Good = """
            ```sql
            ALTER TABLE "events" ADD COLUMN "number" BIGINT;
            -- fill it in batches, then attach a sequence
            ```
            """,
        Fix = "Add a plain column, backfill it in batches, and attach a sequence. For a primary key, build the index with CREATE UNIQUE INDEX CONCURRENTLY first.",
        WhenOff = "When the migrations never reach a database with rows or users.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnStatement(new StatementCheck(
            Look,
            "The table is unavailable while it is rewritten or its index is built.",
            "Add a plain column and backfill it in batches. For a primary key, use an index that was built CONCURRENTLY.")
    {
        HarmBegins = RowFacts.Few,
    });

    private static IEnumerable<StatementHit> Look(MigrationStatement statement, MigrationStatements statements)
    {
        foreach (var column in statements.AddedColumns(statement))
        {
            if (IsNumbered(column.Definition!))
                yield return Hit(column.Table, column.TableName, column.Place);
        }

        foreach (var (table, action) in statement.TableActions)
        {
            if (action is AddConstraintAction { Constraint: KeyDefinition { IsPrimary: true, UsingIndex: null } } && !statements.IsNewTable(statement, table))
                yield return Hit(new ObjectName(statements.SchemaOf(table), table.Name), table.ToString(), statement.LocationOf(action));
        }
    }

    private static StatementHit Hit(ObjectName table, string written, SourceLocation place) =>
        new($"{written} gets a serial column or a primary key", new Subject(SubjectKind.Table, table.Name, table.Schema, table.Name), place);

    private static bool IsNumbered(ColumnDefinition column) =>
        column.Type?.Name.Name is "serial" or "bigserial" or "smallserial" ||
            column.Constraints.Any(c => c is IdentityDefinition or KeyDefinition { IsPrimary: true });
}
