using System.Collections.Immutable;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing.Changes;

/// <summary>One of several statements that do together what a planned statement does, each in a transaction of its own, so that readers and writers wait less.</summary>
/// <param name="Name">What it does, as the name of a migration: <c>create_users_email_idx_concurrently</c>.</param>
/// <param name="Sql">The statement, without semicolon.</param>
/// <param name="RunsInTransaction">Whether it can run inside a transaction.</param>
public sealed record OnlineStep(string Name, string Sql, bool RunsInTransaction)
{
    /// <summary>
    /// The steps for a statement; empty where it does not block more than a moment. PostgreSQL documentation, "CREATE INDEX", section "Building Indexes
    /// Concurrently", and "ALTER TABLE", section "Notes".
    /// </summary>
    /// <param name="statement">The planned statement.</param>
    public static ImmutableArray<OnlineStep> Of(PlannedStatement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);

        // Neither is possible on a partitioned table.
        if (statement.Cause.ToParent is not Table { Kind: not TableKind.Partitioned } table)
            return [];

        return statement.Cause switch
        {
            { Kind: ChangeKind.AddIndex or ChangeKind.AddUnique, ToObject: Index index } when statement.Sql == IndexWriter.Create(table.Name, index) =>
                [new OnlineStep($"create_{index.Name}_concurrently", IndexWriter.Create(table.Name, index, concurrently: true), RunsInTransaction: false)],
            { Kind: ChangeKind.AddForeignKey, ToObject: ForeignKey { IsValidated: true } key } when statement.Phase == PlanPhase.AddForeignKeys => Validated(statement.Sql, table, key),
            { Kind: ChangeKind.AddCheck, ToObject: CheckConstraint { IsValidated: true } check } when statement.Sql.Contains(" ADD CONSTRAINT ", StringComparison.Ordinal) =>
                Validated(statement.Sql, table, check),
            _ => [],
        };
    }

    // NOT VALID follows all other words of both constraints.
    private static ImmutableArray<OnlineStep> Validated(string sql, Table table, Constraint constraint) =>
    [
        new OnlineStep($"add_{constraint.Name}", sql + " NOT VALID", RunsInTransaction: true),
        new OnlineStep(
            $"validate_{constraint.Name}",
            $"ALTER TABLE {SqlIdentifier.Quote(table.Name)} VALIDATE CONSTRAINT {SqlIdentifier.Quote(constraint.Name)}",
            RunsInTransaction: true),
    ];
}
