using Plumbline.Audit.Configuration;
using Plumbline.Audit.History;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>A required column without a default is added.</summary>
internal sealed class AddRequiredColumnRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/add-required-column",
        Title = "A required column without a default is added",
        Severity = Severity.High,
        Needs = [RuleNeed.Migrations],
        What = """
            Statements that add a column with NOT NULL and without a default, to an existing table, and statements that set NOT NULL on a column that was added in this way
            without NOT NULL, where nothing between the two sets a value in existing rows. A default that is set afterwards does not.
            """,
        Why =
            "PostgreSQL refuses the statement if the table has any rows (23502, column contains null values). On an empty test database it succeeds.",
        Bad = """
            ```sql
            ALTER TABLE "users" ADD COLUMN "locale" TEXT NOT NULL;
            ```
            """,
        Good = """
            ```sql
            ALTER TABLE "users" ADD COLUMN "locale" TEXT NOT NULL DEFAULT 'en';
            ```
            """,
        Fix = "Give the column a default. Or add it as nullable, backfill it, and set NOT NULL in a later step.",
        WhenOff = "When the migrations never reach a database with rows or users.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnStatement(new StatementCheck(
            Look,
            "The migration fails on every database whose table has rows.",
            "Give the column a default. Or add it as nullable, backfill it in batches, and set NOT NULL afterwards.")
    {
        // It fails with the first row.
        HarmBegins = 1,
    });

    private static IEnumerable<StatementHit> Look(MigrationStatement statement, MigrationStatements statements)
    {
        foreach (var column in statements.AddedColumns(statement))
        {
            if (IsRequired(column))
                yield return new StatementHit(
                    $"The required column {column.TableName}.{column.Name} is added without a default",
                    new Subject(SubjectKind.Column, column.Name, column.Table.Schema, column.Table.Name),
                    column.Place);
        }

        foreach (var (table, action) in statement.TableActions)
        {
            if (action is SetNotNullAction { IsNotNull: true } set && statements.IsEmptyColumn(statement, table, set.Column.Name))
                yield return new StatementHit(
                    $"The new column {table}.{set.Column.Name} is made required without a value in existing rows",
                    new Subject(SubjectKind.Column, set.Column.Name, statements.SchemaOf(table), table.Name),
                    statement.LocationOf(action));
        }
    }

    private static bool IsRequired(NewColumn column) =>
        !column.Definition!.Constraints.Any(c => c is DefaultDefinition) &&
        (column.State is { } state ? state is { IsNullable: false, Default: null, Generated: null, Identity: IdentityKind.None } : IsRequired(column.Definition));

    private static bool IsRequired(ColumnDefinition column) =>
        column.Constraints.Any(c => c is NotNullDefinition or KeyDefinition { IsPrimary: true }) &&
        !column.Constraints.Any(c => c is DefaultDefinition or GeneratedDefinition or IdentityDefinition) &&
        column.Type?.Name.Name is not ("serial" or "bigserial" or "smallserial" or "serial4" or "serial8" or "serial2");
}
