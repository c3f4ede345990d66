using Plumbline.Audit.Configuration;
using Plumbline.Audit.History;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>A column of type char(n), which pads its values with blanks.</summary>
internal sealed class BanCharTypeRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/ban-char-type",
        Title = "A column has the type char(n)",
        Severity = Severity.Low,
        Needs = [RuleNeed.Migrations],
        What = "Columns that are created with the type `char(n)` or `character(n)`.",
        Why = "Values are padded with blanks to the full length, which comparisons ignore and concatenation does not. The type saves nothing compared with `varchar(n)` or `text`.",
        Bad = """
            ```sql
            CREATE TABLE "countries" ("code" CHAR(2) NOT NULL);
            ```
            """,
        Good = """
            ```sql
            CREATE TABLE "countries" ("code" TEXT NOT NULL CHECK (length("code") = 2));
            ```
            """,
        Fix = "Use `text`, with a CHECK where the length matters.",
        WhenOff = "When another system requires the type.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnStatement(new StatementCheck(
            Look,
            "Values come back padded with blanks.",
            "Use text, with a CHECK where the length matters."));

    private static IEnumerable<StatementHit> Look(MigrationStatement statement, MigrationStatements statements)
    {
        foreach (var column in statements.NewColumns(statement))
        {
            if (column.TypeName is "bpchar" or "char" or "character")
                yield return new StatementHit(
                    $"{column.TableName}.{column.Name} is of type char(n)",
                    new Subject(SubjectKind.Column, column.Name, column.Table.Schema, column.Table.Name),
                    column.Place);
        }
    }
}
