using Plumbline.Audit.Configuration;
using Plumbline.Audit.History;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>An enum is made anew without a value that rows may still have.</summary>
internal sealed class EnumValueRemovedRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/enum-value-removed",
        Title = "An enum loses a value",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Migrations],
        What = "Migrations that replace an enum type by one without some of its values (`CREATE TYPE \"X_new\" … RENAME TO \"X\"`, as Prisma writes it).",
        Why = "Rows that still have the value make the cast fail, and with it the migration. On the empty database of a test it succeeds.",
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
        Fix = "Change the rows that have the value first, in the same migration or before it.",
        WhenOff = "When no database with rows or users is reached by the migrations.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnStatement(new StatementCheck(
            Look,
            "The migration fails where a row still has the value.",
            "Change the rows that still have the value before the type is replaced."));

    private static IEnumerable<StatementHit> Look(MigrationStatement statement, MigrationStatements statements)
    {
        if (statement.Syntax is not RenameStatement { Member: null, Object: { Kind: SqlObjectKind.Type, Name: { } name } } rename)
            yield break;

        var lost = statements.EnumReplacements.LostBy(statement);
        var changesRowsBefore = statements.Of(statement.Migration).Any(s => s.Position < statement.Position && s.Syntax is UpdateStatement or DeleteStatement);
        if (lost.IsEmpty || changesRowsBefore)
            yield break;

        yield return new StatementHit(
            $"The enum {rename.NewName} loses {string.Join(", ", lost)}",
            new Subject(SubjectKind.Enum, rename.NewName.Name, name.Schema ?? "public"),
            statement.LocationOf(rename));
    }
}
