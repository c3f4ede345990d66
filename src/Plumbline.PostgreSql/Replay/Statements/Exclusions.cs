using Plumbline.PostgreSql.Sql.Ast;

namespace Plumbline.PostgreSql.Replay.Statements;

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
}
