using System.Text;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing;

/// <summary>Writes triggers. PostgreSQL documentation, "CREATE TRIGGER".</summary>
internal static class TriggerWriter
{
    private static readonly (TriggerEvents Event, string Name)[] Events =
        [(TriggerEvents.Insert, "INSERT"), (TriggerEvents.Delete, "DELETE"), (TriggerEvents.Update, "UPDATE"), (TriggerEvents.Truncate, "TRUNCATE")];

    internal static string Create(ObjectName table, Trigger trigger)
    {
        var sql = new StringBuilder(trigger.IsConstraint ? "CREATE CONSTRAINT TRIGGER " : "CREATE TRIGGER ").Append(SqlIdentifier.Quote(trigger.Name));
        sql.Append(trigger.Timing switch { TriggerTiming.Before => " BEFORE ", TriggerTiming.InsteadOf => " INSTEAD OF ", _ => " AFTER " });
        sql.AppendJoin(" OR ", Events.Where(e => trigger.Events.HasFlag(e.Event)).Select(e => e.Event == TriggerEvents.Update && trigger.UpdateColumns.Length > 0 ? $"UPDATE OF {SqlIdentifier.List(trigger.UpdateColumns)}" : e.Name));
        sql.Append(" ON ")
            .Append(SqlIdentifier.Quote(table))
            .Append(trigger.ReferencedTable is { } referenced ? $" FROM {SqlIdentifier.Quote(referenced)}" : "");
        if (trigger.IsConstraint)
        {
            sql.Append(trigger.IsDeferrable ? " DEFERRABLE" : "").Append(trigger.IsInitiallyDeferred ? " INITIALLY DEFERRED" : "");
        }

        if (trigger.OldTable is not null || trigger.NewTable is not null)
        {
            sql.Append(" REFERENCING")
                .Append(trigger.OldTable is { } old ? $" OLD TABLE AS {SqlIdentifier.Quote(old)}" : "")
                .Append(trigger.NewTable is { } created ? $" NEW TABLE AS {SqlIdentifier.Quote(created)}" : "");
        }

        sql.Append(trigger.ForEachRow ? " FOR EACH ROW" : " FOR EACH STATEMENT").Append(trigger.When is { } condition ? $" WHEN ({condition.Text})" : "");
        return sql.Append(" EXECUTE FUNCTION ")
            .Append(SqlIdentifier.Quote(trigger.Function))
            .Append('(')
            .AppendJoin(", ", trigger.Arguments.Select(SqlLiteral.Quote))
            .Append(')')
            .ToString();
    }

    /// <summary>How <c>ALTER TABLE</c> switches a trigger or rule.</summary>
    /// <param name="kind"><c>TRIGGER</c> or <c>RULE</c>.</param>
    /// <param name="name">Its name.</param>
    /// <param name="state">The state.</param>
    internal static string Switch(string kind, string name, TriggerState state)
    {
        var verb = state switch { TriggerState.Disabled => "DISABLE", TriggerState.Replica => "ENABLE REPLICA", TriggerState.Always => "ENABLE ALWAYS", _ => "ENABLE" };
        return $"{verb} {kind} {SqlIdentifier.Quote(name)}";
    }
}
