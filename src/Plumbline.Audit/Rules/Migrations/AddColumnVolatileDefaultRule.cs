using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.History;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>A column is added whose default must be computed for every row.</summary>
internal sealed class AddColumnVolatileDefaultRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/add-column-volatile-default",
        Title = "A column with a volatile default is added",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Migrations],
        What = "Statements that add a column with a default such as `gen_random_uuid()`, `random()`, `clock_timestamp()` or `nextval()`, or a stored generated column, to an existing table.",
        Why = "Since PostgreSQL 11, adding a constant default does not rewrite the table. A volatile default is computed for every row, so the table is rewritten under an exclusive lock.",
        Bad = """
            ```sql
            ALTER TABLE "users" ADD COLUMN "token" UUID DEFAULT gen_random_uuid();
            ```
            """,
        Good = """
            ```sql
            ALTER TABLE "users" ADD COLUMN "token" UUID;
            ALTER TABLE "users" ALTER COLUMN "token" SET DEFAULT gen_random_uuid();
            -- then fill the old rows in batches
            ```
            """,
        Fix = "Add the column without a default, set the default for new rows, then backfill existing rows in batches.",
        WhenOff = "When the migrations never reach a database with rows or users.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnStatement(new StatementCheck(
            Look,
            "The whole table is rewritten, and nobody can read it until that is done.",
            "Add the column without the default, set the default in a second statement, and backfill existing rows in batches.")
    {
        HarmBegins = RowFacts.Few,
    });

    private static IEnumerable<StatementHit> Look(MigrationStatement statement, MigrationStatements statements)
    {
        foreach (var column in statements.AddedColumns(statement))
        {
            if (IsVolatile(column))
                yield return new StatementHit(
                    $"The column {column.TableName}.{column.Name} is added with a default that is computed for each row",
                    new Subject(SubjectKind.Column, column.Name, column.Table.Schema, column.Table.Name),
                    column.Place);
        }
    }

    private static bool IsVolatile(NewColumn column) => column.Definition!.Constraints.Any(c =>
        c is GeneratedDefinition { IsStored: true } || (c is DefaultDefinition { Value: not (ConstantExpr or CastExpr { Operand: ConstantExpr }) and var value } && (column.State?.HasVolatileDefault ?? CallsVolatile(value))));

    // Where the replay does not know the functions of the default.
    private static bool CallsVolatile(SqlExpr value) => value is FunctionCallExpr call && call.Name.Name is
        "gen_random_uuid" or "uuid_generate_v4" or "uuid_generate_v1" or "uuidv7" or "uuidv4" or "random" or "clock_timestamp" or "timeofday" or "nextval" or "gen_random_bytes";
}
