using System.Collections.Immutable;
using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Queries;

namespace Plumbline.PostgreSql.Replay.Statements.Data;

/// <summary>DELETE and UPDATE of <c>pg_enum</c>, the usual way around PostgreSQL's lack of ALTER TYPE … DROP VALUE.</summary>
internal static class EnumCatalog
{
    /// <summary>Removes the labels that the statement deletes.</summary>
    /// <returns>False where the statement is about another table, or does not say which labels it deletes.</returns>
    public static bool TryRemove(Execution execution, DeleteStatement statement)
    {
        if (!IsEnumCatalog(execution, statement.Table.Name) || !statement.Using.IsEmpty || Read(execution, statement.Where) is not { } found)
        {
            return false;
        }

        foreach (var type in found.Types)
        {
            var labels = type.Row.Labels.RemoveAll(l => found.Labels.Contains(l.Name));
            if (labels.Length < type.Row.Labels.Length)
            {
                type.Row = type.Row with { Labels = labels };
            }
        }

        return true;
    }

    /// <summary>Renames the label that the statement updates.</summary>
    /// <returns>False where the statement is about another table, or does not say which label it renames.</returns>
    public static bool TryRename(Execution execution, UpdateStatement statement)
    {
        if (!IsEnumCatalog(execution, statement.Table.Name) || !statement.From.IsEmpty || Read(execution, statement.Where) is not { Labels: [var label] } found
            || statement.Assignments is not [{ Targets: [{ Column.Name: "enumlabel" }], Value: ConstantExpr { Kind: ConstantKind.String } name }])
        {
            return false;
        }

        foreach (var type in found.Types)
        {
            var labels = type.Row.Labels;
            var index = labels.ToList().FindIndex(l => l.Name == label);
            if (index >= 0)
            {
                type.Row = type.Row with { Labels = labels.SetItem(index, labels[index] with { Name = name.Text, RenamedBy = execution.Journal.Statement }) };
            }
        }

        return true;
    }

    private static bool IsEnumCatalog(Execution execution, QualifiedName name) =>
        name is { Name: "pg_enum", Schema: null or "pg_catalog" } && (name.Schema is not null || execution.TryRelation(name) is null);

    // enumlabel = 'x' AND enumtypid = (SELECT oid FROM pg_type WHERE typname = 't')
    private static Target? Read(Execution execution, SqlExpr? where)
    {
        ImmutableArray<string>? labels = null;
        List<TypeObject>? types = null;
        foreach (var condition in where is BooleanExpr { Kind: BooleanKind.And } all ? all.Operands : where is null ? [] : [where])
        {
            switch (condition)
            {
                case OperatorExpr { Operator.Symbol: "=", Left: ColumnRefExpr column, Right: ConstantExpr { Kind: ConstantKind.String } label } when IsColumn(column, "enumlabel"):
                    labels = [label.Text];
                    break;
                case InExpr { Operand: ColumnRefExpr column, IsNegated: false, Query: null } list
                    when IsColumn(column, "enumlabel") && list.Items.All(i => i is ConstantExpr { Kind: ConstantKind.String }):
                    labels = [.. list.Items.Cast<ConstantExpr>().Select(i => i.Text)];
                    break;
                case OperatorExpr { Operator.Symbol: "=", Left: ColumnRefExpr column, Right: SubqueryExpr query } when IsColumn(column, "enumtypid"):
                    types = TypesOf(execution, query.Query);
                    break;
                case OperatorExpr { Operator.Symbol: "=", Left: ColumnRefExpr column, Right: CastExpr { Operand: ConstantExpr { Kind: ConstantKind.String } name } cast }
                    when IsColumn(column, "enumtypid") && cast.Type.Name.Name == "regtype":
                    types = TypesOf(execution, name.Text);
                    break;
                default:
                    return null;
            }
        }

        return labels is { } known && types is not null ? new Target(known, types) : null;
    }

    private static List<TypeObject>? TypesOf(Execution execution, SelectStatement query)
    {
        if (query.Body is not SelectBody { Targets: [{ Value: ColumnRefExpr target }], Where: OperatorExpr { Operator.Symbol: "=", Left: ColumnRefExpr column, Right: ConstantExpr { Kind: ConstantKind.String } name } }
            || !IsColumn(target, "oid") || !IsColumn(column, "typname"))
        {
            return null;
        }

        return [.. execution.Database.Types.Where(t => t.Kind == PgTypeKind.Enum && t.Name == name.Text)];
    }

    // A name in the words of regtypein: folded unless it is quoted.
    private static List<TypeObject> TypesOf(Execution execution, string name)
    {
        var parts = name.Split('.').Select(p => p.StartsWith('"') ? p.Trim('"') : p.ToLowerInvariant()).ToArray();
        return [.. execution.Database.Types.Where(t => t.Kind == PgTypeKind.Enum && t.Name == parts[^1] && (parts.Length == 1 || t.Namespace.Name == parts[^2]))];
    }

    private static bool IsColumn(ColumnRefExpr column, string name) => column.Parts[^1].Name == name;

    private sealed record Target(ImmutableArray<string> Labels, List<TypeObject> Types);
}
