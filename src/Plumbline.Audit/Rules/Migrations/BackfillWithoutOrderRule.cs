using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.History;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>A backfill takes its values from rows that <c>LIMIT</c> picks without an order.</summary>
internal sealed class BackfillWithoutOrderRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/backfill-without-order",
        Title = "A backfill picks rows with LIMIT and without ORDER BY",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Migrations],
        What = """
            `UPDATE` and `INSERT … SELECT` statements that take values from a query with `LIMIT` and without `ORDER BY`. Queries that only choose the rows of a batch
            (`WHERE id IN (SELECT … LIMIT 1000)`) and `EXISTS` are fine.
            """,
        Why = "Without `ORDER BY`, PostgreSQL returns whichever rows it finds first. Staging and production, or two runs on copies of the same data, end up with different values, and nobody can tell which ones are right.",
        Bad = """
            ```sql
            UPDATE "users" SET "teamId" = (SELECT "teamId" FROM "members" WHERE "userId" = "users"."id" LIMIT 1);
            ```
            """,
        Good = """
            ```sql
            UPDATE "users" SET "teamId" = (SELECT "teamId" FROM "members" WHERE "userId" = "users"."id" ORDER BY "createdAt", "id" LIMIT 1);
            ```
            """,
        Fix = "Add an `ORDER BY` that decides between all rows, ending with a unique column.",
        WhenOff = "When the queries can only ever find one row.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnStatement(new StatementCheck(
        Look,
        "Which value a row gets depends on the order in which PostgreSQL finds the rows; it can differ between databases.",
        "Add an ORDER BY that ends with a unique column."));

    private static IEnumerable<StatementHit> Look(MigrationStatement statement, MigrationStatements statements)
    {
        var (table, queries) = statement.Syntax switch
        {
            UpdateStatement update => (update.Table.Name, update.Assignments.SelectMany(a => Subqueries(a.Value)).Concat(Lateral(update.From))),
            InsertStatement { Source: { } source } insert => (insert.Table, Sources(source)),
            _ => (null, []),
        };
        foreach (var query in queries)
        {
            if (table is not null && query is { Limit: not null, OrderBy.IsEmpty: true, Body: SelectBody { From.IsEmpty: false } })
                yield return new StatementHit(
                    $"The backfill of {table} takes values from a query with LIMIT and without ORDER BY",
                    new Subject(SubjectKind.Table, table.Name, statements.SchemaOf(table), table.Name),
                    statement.LocationOf(query));
        }
    }

    private static IEnumerable<SelectStatement> Sources(SelectStatement source) =>
        source.Body is SelectBody select ? select.Targets.SelectMany(t => Subqueries(t.Value)).Concat(Lateral(select.From)).Prepend(source)
        : source.Body is ValuesBody values ? values.Rows.SelectMany(row => row.SelectMany(Subqueries))
        : [source];

    // Only what gives a value: a condition chooses rows, and EXISTS asks for any.
    private static IEnumerable<SelectStatement> Subqueries(SqlExpr value) => value switch
    {
        SubqueryExpr { Kind: SubqueryKind.Scalar or SubqueryKind.Array } subquery => [subquery.Query],
        CastExpr cast => Subqueries(cast.Operand),
        ConditionalExpr conditional => conditional.Arguments.SelectMany(Subqueries),
        FunctionCallExpr call => call.Arguments.SelectMany(a => Subqueries(a.Value)),
        CaseExpr choice => choice.Branches.SelectMany(b => Subqueries(b.Result)).Concat(choice.Else is { } other ? Subqueries(other) : []),
        _ => [],
    };

    private static IEnumerable<SelectStatement> Lateral(ImmutableArray<FromItem> items)
    {
        foreach (var item in items)
        {
            switch (item)
            {
                case SubqueryItem { IsLateral: true } subquery:
                    yield return subquery.Query;
                    break;
                case JoinItem join:
                    foreach (var query in Lateral([join.Left, join.Right]))
                        yield return query;

                    break;
            }
        }
    }
}
