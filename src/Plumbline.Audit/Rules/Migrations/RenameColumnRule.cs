using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Audit.History;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>A column is renamed under the running application.</summary>
internal sealed class RenameColumnRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/rename-column",
        Title = "A column is renamed",
        Severity = Severity.High,
        Needs = [RuleNeed.Migrations],
        What = "Statements that rename a column of a table that was there before.",
        Why = "Between the migration and the last restart of the application, the old name is gone for those who still use it.",
        Bad = """
            ```sql
            ALTER TABLE "users" RENAME COLUMN "name" TO "full_name";
            ```
            """,
        Good = """
            ```sql
            -- keep the column and rename the field only:
            -- fullName String @map("name")
            ```
            """,
        Fix = "Rename the field and keep the column by `@map`; or add the new column, write both, copy, read the new one, and drop the old one later.",
        WhenOff = "When no database with rows or users is reached by the migrations.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnStatement(new StatementCheck(
            Look,
            "Clients that still use the old name fail until they are replaced.",
            "Keep the column by @map, or go by add, copy and drop over several deployments.")
        {
            Effort = Effort.Medium,
        });

    private static IEnumerable<StatementHit> Look(MigrationStatement statement, MigrationStatements statements)
    {
        if (statement.Syntax is RenameStatement { Member: SqlObjectKind.Column, OldName: { } old, Object: { Kind: SqlObjectKind.Table, Name: { } table } } rename &&
            !statements.IsNewColumn(statement, table, old.Name))
        {
            yield return new StatementHit(
                $"The column {table}.{old} is renamed to {rename.NewName}",
                new Subject(SubjectKind.Column, old.Name, table.Schema ?? "public", table.Name),
                statement.LocationOf(rename));
        }
    }
}
