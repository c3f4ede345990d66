using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Replay.Statements.Constraints;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Objects;

namespace Plumbline.PostgreSql.Replay.Statements.Objects;

/// <summary>COMMENT ON. PostgreSQL documentation, "COMMENT".</summary>
internal static class Comments
{
    /// <summary>Runs it.</summary>
    public static void Run(Execution execution, CommentStatement statement)
    {
        if (statement.Object.Kind is SqlObjectKind.Database or SqlObjectKind.Tablespace or SqlObjectKind.LargeObject or SqlObjectKind.Cast or SqlObjectKind.Operator or SqlObjectKind.Language
            or SqlObjectKind.Collation or SqlObjectKind.Conversion or SqlObjectKind.Transform or SqlObjectKind.AccessMethod or SqlObjectKind.OperatorClass or SqlObjectKind.OperatorFamily)
        {
            // Nothing of these is in the model.
            return;
        }

        if (statement.Object is { Kind: SqlObjectKind.Column, Name: { Parts.Length: > 1 } column } && SystemColumns.Contains(column.Name)
            && execution.TryRelation(new QualifiedName(column.Span, column.Parts[..^1])) is { Kind: 'r' or 'm' or 'f' or 'p' })
        {
            // Kept by the server, and shown nowhere.
            return;
        }

        var address = ObjectFinder.Find(execution, statement.Object, missingOk: false)!;
        var text = string.IsNullOrEmpty(statement.Comment) ? null : statement.Comment;
        execution.Budget.UseText(text?.Length ?? 0);
        if (address is { Object: RelationObject owner, Column: > 0 })
        {
            if (owner.Kind is not ('r' or 'v' or 'm' or 'c' or 'f' or 'p'))
            {
                throw NotOn(owner);
            }

            var own = owner.Column(address.Column);
            own.Row = own.Row with { Comment = text };
            return;
        }

        Set(address.Object, text);
    }

    /// <summary>That the columns of a relation can have no comments.</summary>
    public static RefusedException NotOn(RelationObject relation) =>
        new(new SqlError("42809", $"cannot set comment on relation \"{relation.Name}\"") { Detail = $"This operation is not supported for {Sequences.KindDetail(relation.Kind)}." });

    private static void Set(CatalogObject target, string? text)
    {
        switch (target)
        {
            case RelationObject item: item.Row = item.Row with { Comment = text }; break;
            case TypeObject item: item.Row = item.Row with { Comment = text }; break;
            case ConstraintObject item: item.Row = item.Row with { Comment = text }; break;
            case FunctionObject item: item.Row = item.Row with { Comment = text }; break;
            case TriggerObject item: item.Row = item.Row with { Comment = text }; break;
            case PolicyObject item: item.Row = item.Row with { Comment = text }; break;
            case RuleObject item: item.Row = item.Row with { Comment = text }; break;
            case NamespaceObject item: item.Row = item.Row with { Comment = text }; break;
            case ExtensionObject item: item.Row = item.Row with { Comment = text }; break;
            case RoleObject item: item.Row = item.Row with { Comment = text }; break;
            case PublicationObject item: item.Row = item.Row with { Comment = text }; break;
            case PlainObject item: item.Row = item.Row with { Comment = text }; break;
        }
    }
}
