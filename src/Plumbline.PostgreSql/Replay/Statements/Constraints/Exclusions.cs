using System.Text;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Replay.Statements.Indexes;
using Plumbline.PostgreSql.Sql.Ast.Tables;

namespace Plumbline.PostgreSql.Replay.Statements.Constraints;

/// <summary>EXCLUDE constraints with their indexes. PostgreSQL documentation, "CREATE TABLE".</summary>
internal static class Exclusions
{
    /// <summary>Makes the constraint.</summary>
    public static ConstraintObject Create(Execution execution, RelationObject table, ExclusionDefinition definition)
    {
        var index = IndexBuilder.Create(execution, new IndexDraft(definition.Name?.Name, table, definition.AccessMethod?.Name ?? "btree", definition.Elements)
        {
            IsConstraint = true,
            ExclusionOperators = definition.Operators,
            Include = definition.Include,
            Options = definition.Options,
            Predicate = definition.Where,
            IsDeferrable = definition.IsDeferrable == true || definition.IsInitiallyDeferred == true,
            IsDeferred = definition.IsInitiallyDeferred == true,
        });
        return index.Row.Index!.Constraint!;
    }

    /// <summary>Whether two say the same, but for their names.</summary>
    public static bool AreEqual(Execution execution, ExclusionDefinition one, ExclusionDefinition other) => Text(execution, one) == Text(execution, other);

    private static string Text(Execution execution, ExclusionDefinition definition)
    {
        var text = new StringBuilder(definition.AccessMethod?.Name ?? "btree");
        for (var i = 0; i < definition.Elements.Length; i++)
        {
            text.Append(',').Append(execution.Text, definition.Elements[i].Span.Start, definition.Elements[i].Span.Length).Append(" with ").Append(definition.Operators[i]);
        }

        text.Append(" include ").AppendJoin(',', definition.Include.Select(i => i.Name)).Append(" where ");
        if (definition.Where is { } condition)
        {
            text.Append(execution.Text, condition.Span.Start, condition.Span.Length);
        }

        return text.Append(definition.IsDeferrable == true ? " deferrable" : "").Append(definition.IsInitiallyDeferred == true ? " deferred" : "").ToString();
    }
}
