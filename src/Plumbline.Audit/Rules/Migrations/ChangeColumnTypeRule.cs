using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Audit.History;
using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>A column gets another type, which rewrites the table under an exclusive lock.</summary>
internal sealed class ChangeColumnTypeRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/change-column-type",
        Title = "The type of a column is changed",
        Severity = Severity.High,
        Needs = [RuleNeed.Migrations],
        What = "Statements that change the type of an existing column. Changes to `text` or `varchar` without a length are ignored: from other character types they rewrite nothing.",
        Why = "Most type changes rewrite the whole table and its indexes, and nobody can read it until that is done. Values that do not fit make the migration fail, and running clients may not expect the new type.",
        Bad = """
            ```sql
            ALTER TABLE "orders" ALTER COLUMN "id" TYPE BIGINT;
            ```
            """,
        Good = """
            ```sql
            ALTER TABLE "orders" ADD COLUMN "id_new" BIGINT;
            -- copy in batches, keep both in step by a trigger, then switch
            ```
            """,
        Fix = "Add a column of the new type, copy the values in batches, keep both columns in sync, then switch.",
        WhenOff = "When the migrations never reach a database with rows or users.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnStatement(new StatementCheck(
            Look,
            "The table is rewritten under an exclusive lock, and values that do not fit make the migration fail.",
            "Add a column of the new type, copy the values in batches, and switch to it in a later migration.")
    {
        // One value that does not fit is enough.
        HarmBegins = 1,
        Effort = Effort.Large,
    });

    private static IEnumerable<StatementHit> Look(MigrationStatement statement, MigrationStatements statements)
    {
        foreach (var (table, action) in statement.TableActions)
        {
            if (action is SetTypeAction set && Rewrites(set, statement, table) && !statements.IsNewColumn(statement, table, set.Column.Name))
                yield return new StatementHit(
                    $"The type of {table}.{set.Column} is changed to {statement.Written(set.Type)}",
                    new Subject(SubjectKind.Column, set.Column.Name, statements.SchemaOf(table), table.Name),
                    statement.LocationOf(action));
        }
    }

    // PostgreSQL documentation, "ALTER TABLE", Notes: no rewrite where the old type is binary coercible to the new one.
    private static bool Rewrites(SetTypeAction set, MigrationStatement statement, QualifiedName table)
    {
        if (statement.Effects is null)
            return set.Using is not null || set.Type.IsArray || !(set.Type.Name.Name == "text" || (set.Type.Name.Name is "varchar" && set.Type.Modifiers.IsEmpty));

        return IsComputed(set) || statement.ColumnChanges(ObjectChangeKind.Change, table.Name, set.Column.Name)
            .Any(c => c is { Before: ColumnState before, After: ColumnState after } && TypeChange.Rewrites(before.Type, after.Type));
    }

    // USING with more than the column itself, as it is or cast to the new type.
    private static bool IsComputed(SetTypeAction set) =>
        set.Using is { } value && (value is CastExpr cast && cast.Type.Name.Name == set.Type.Name.Name ? cast.Operand : value) is not ColumnRefExpr;
}
