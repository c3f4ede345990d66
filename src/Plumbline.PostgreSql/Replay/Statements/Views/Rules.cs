using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Replay.Statements.Objects;
using Plumbline.PostgreSql.Replay.Statements.Tables;
using Plumbline.PostgreSql.Sql.Ast.Objects;

namespace Plumbline.PostgreSql.Replay.Statements.Views;

/// <summary>CREATE RULE (<c>DefineQueryRewrite</c>). PostgreSQL documentation, "CREATE RULE".</summary>
internal static class Rules
{
    /// <summary>Runs it.</summary>
    public static void Run(Execution execution, CreateRuleStatement statement)
    {
        var database = execution.Database;
        var table = Relations.Open(execution.Relation(statement.Table));
        if (table.Kind == 'm')
        {
            throw new RefusedException("0A000", "rules on materialized views are not supported");
        }

        if (table.Kind is not ('r' or 'v' or 'p'))
        {
            throw new RefusedException(new SqlError("42809", $"relation \"{table.Name}\" cannot have rules") { Detail = $"This operation is not supported for {Sequences.KindDetail(table.Kind)}." });
        }

        if (statement.Event == "SELECT")
        {
            throw new CannotKnowException("Rules ON SELECT are views in disguise, which the replay does not follow.");
        }

        var where = statement.Where is null ? null : execution.Binder.RuleWhere(statement.Where, table);
        var existing = table.Rules.Items.FirstOrDefault(r => r.Name == statement.Name.Name);
        if (existing is not null && !statement.OrReplace)
        {
            throw new RefusedException("42710", $"rule \"{statement.Name.Name}\" for relation \"{table.Name}\" already exists");
        }

        var definition = execution.Text.Substring(statement.Span.Start, statement.Span.Length);
        if (existing is not null)
        {
            existing.Row = existing.Row with { Definition = definition };
            return;
        }

        var rule = new RuleObject(database, database.NextOid(), table, new RuleRow(statement.Name.Name, definition));
        database.AddMember(rule);
        table.Rules.Add(rule);
        database.Depend(new ObjectAddress(rule), new ObjectAddress(table), DependencyType.Auto);
        database.DependOn(new ObjectAddress(rule), where, DependencyType.Normal);
    }
}
