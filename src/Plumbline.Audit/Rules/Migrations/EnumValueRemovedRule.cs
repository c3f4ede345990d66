using Plumbline.Audit.Configuration;
using Plumbline.Audit.History;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
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
            var before = statements.AsRun.Where(s => s.IsBefore(statement)).ToArray();
            lost = [.. lost.Where(value => !before.Any(earlier => MovesRows(earlier, value, statement, statements)))];
        }

        if (lost.Length == 0)
            yield break;

        yield return new StatementHit(
            $"The enum {rename.NewName} loses {string.Join(", ", lost)}",
            new Subject(SubjectKind.Enum, rename.NewName.Name, statements.SchemaOf(name)),
            statement.LocationOf(rename));
    }

    // A statement before it that changes the rows which have the value, or casts it to another one.
    private static bool MovesRows(MigrationStatement earlier, string value, MigrationStatement rename, MigrationStatements statements)
    {
        switch (earlier.Syntax)
        {
            case DoStatement:
                return HasLiteral();
            case UpdateStatement update:
                return IsOfTheEnum(update.Table.Name) && !update.Assignments.Any(a => Assigned(a.Value) == value) && (HasLiteral() || IsEveryOther(update.Where));
            case DeleteStatement delete:
                return IsOfTheEnum(delete.Table.Name) && (HasLiteral() || IsEveryOther(delete.Where));
            case MergeStatement merge:
                return IsOfTheEnum(merge.Table.Name) && HasLiteral();
            default:
                return earlier.TableActions.Any(a => a.Action is SetTypeAction { Using: not null }) && HasLiteral();
        }

        bool HasLiteral() => statements.Effects.Of(earlier)?.LiteralsWhenRun().Contains(value) == true;

        // Every row, or every row that has none of the values that stay.
        bool IsEveryOther(SqlExpr? where) =>
            earlier.Migration == rename.Migration && (where is null || earlier.Written(where).Contains("NOT IN", StringComparison.OrdinalIgnoreCase));

        bool IsOfTheEnum(QualifiedName table) => TablesOfEnum(rename, statements) is var tables && (tables.Count == 0 || tables.Contains(table.Name));
    }

    // The tables whose columns the migration moves to the type that takes the name; none where no column is left.
    private static HashSet<string> TablesOfEnum(MigrationStatement rename, MigrationStatements statements)
    {
        var syntax = (RenameStatement)rename.Syntax;
        return
        [
            .. statements.AsRun
                .Where(s => s.Migration == rename.Migration)
                .SelectMany(s => s.TableActions)
                .Where(a => a.Action is SetTypeAction type && (type.Type.Name.Name == syntax.Object.Name!.Name || type.Type.Name.Name == syntax.NewName.Name))
                .Select(a => a.Table.Name),
        ];
    }

    private static string? Assigned(SqlExpr value) => value switch
    {
        ConstantExpr { Kind: ConstantKind.String } constant => constant.Text,
        CastExpr cast => Assigned(cast.Operand),
        _ => null,
    };
}
