using Plumbline.Audit.Configuration;
using Plumbline.Audit.History;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.PostgreSql.Sql.Ast.Session;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>An enum is replaced with one that lacks a value that rows may still have.</summary>
internal sealed class EnumValueRemovedRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/enum-value-removed",
        Title = "An enum loses a value",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Migrations],
        What = "Migrations that replace an enum with one that lacks some of its values (`CREATE TYPE \"X_new\" … RENAME TO \"X\"`, as Prisma writes it), where no earlier statement moves the rows off those values.",
        Why = "Rows that still have the value make the cast, and with it the migration, fail. On the empty database of a test it succeeds.",
        Bad = """
            ```sql
            CREATE TYPE "Role_new" AS ENUM ('ADMIN');
            ALTER TABLE "users" ALTER COLUMN "role" TYPE "Role_new" USING ("role"::text::"Role_new");
            ALTER TYPE "Role" RENAME TO "Role_old";
            ALTER TYPE "Role_new" RENAME TO "Role";
            ```
            """,
        Good = """
            ```sql
            UPDATE "users" SET "role" = 'ADMIN' WHERE "role" = 'OWNER';
            -- then replace the type
            ```
            """,
        Fix = "Change the rows that have the value first, in the same or an earlier migration.",
        WhenOff = "When the migrations never reach a database with rows or users.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnStatement(new StatementCheck(
            Look,
            "The migration fails if a row still has the value.",
            "Change the rows that still have the value before the type is replaced."));

    private static IEnumerable<StatementHit> Look(MigrationStatement statement, MigrationStatements statements)
    {
        if (statement.Syntax is not RenameStatement { Member: null, Object: { Kind: SqlObjectKind.Type, Name: { } name } } rename)
            yield break;

        string[] lost = [.. statements.EnumReplacements.LostBy(statement)];
        if (lost.Length > 0)
        {
            var before = statements.All[..statement.Position];
            lost = [.. lost.Where(value => !before.Any(earlier => MovesRows(earlier, value, statement, statements)))];
        }

        if (lost.Length == 0)
            yield break;

        yield return new StatementHit(
            $"The enum {rename.NewName} loses {string.Join(", ", lost)}",
            new Subject(SubjectKind.Enum, rename.NewName.Name, name.Schema ?? "public"),
            statement.LocationOf(rename));
    }

    // A statement before it that names the value and changes rows, or casts it to another one.
    private static bool MovesRows(MigrationStatement earlier, string value, MigrationStatement rename, MigrationStatements statements)
    {
        if (earlier.Syntax is not (UpdateStatement or DeleteStatement or MergeStatement or DoStatement) && !earlier.TableActions.Any(a => a.Action is SetTypeAction { Using: not null }))
            return false;

        if (statements.Effects.Of(earlier)?.LiteralsWhenRun().Contains(value) == true)
            return true;

        // Every row, or every row that has none of the values that stay.
        return earlier.Migration == rename.Migration && (earlier.Syntax is UpdateStatement { Where: null } or DeleteStatement { Where: null } ||
            (earlier.Syntax is UpdateStatement or DeleteStatement && earlier.Text.Slice(earlier.Syntax.Span).Contains("NOT IN", StringComparison.OrdinalIgnoreCase)));
    }
}
