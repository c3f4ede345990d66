using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Sql.Ast.Objects;

namespace Plumbline.PostgreSql.Replay.Statements.Types;

/// <summary>ALTER TYPE … ADD VALUE and RENAME VALUE (<c>AlterEnum</c>). PostgreSQL documentation, "ALTER TYPE".</summary>
internal static class AlterEnum
{
    /// <summary>Runs it.</summary>
    public static void Run(Execution execution, AlterEnumStatement statement)
    {
        var type = CreateType.Find(execution, statement.Name);
        if (type.Kind != PgTypeKind.Enum)
        {
            throw new RefusedException("42809", $"{execution.Database.FormatType(type.Oid)} is not an enum");
        }

        if (statement.OldValue is not null)
        {
            Rename(execution, type, statement.OldValue.Text, statement.NewValue.Text);
        }
        else
        {
            Add(execution, type, statement);
        }
    }

    private static void Add(Execution execution, TypeObject type, AlterEnumStatement statement)
    {
        var name = statement.NewValue.Text;
        CreateType.CheckLabel(name);
        var labels = type.Row.Labels;
        if (labels.Any(l => l.Name == name))
        {
            if (statement.IfNotExists)
            {
                return;
            }

            throw new RefusedException("42710", $"enum label \"{name}\" already exists");
        }

        var index = labels.Length;
        if (statement.Neighbor is { } neighbor)
        {
            index = IndexOf(type, neighbor.Text);
            if (statement.IsAfter)
            {
                index++;
            }
        }

        // Until 17, a label is unsafe even where its type was made by the same transaction.
        var isSafe = !execution.IsTransactional || (execution.Version >= 17 && execution.IsOfThisTransaction(type.Oid));
        var key = name;
        while (labels.Any(l => l.Key == key))
        {
            // Another label had this name before it was renamed.
            key += " ";
        }

        // The list is copied.
        execution.Budget.UseForMember(labels.Length);
        var label = new EnumLabel(name, execution.Journal.Statement) { UnsafeIn = isSafe ? 0 : execution.Transaction, Key = key };
        type.Row = type.Row with { Labels = labels.Insert(index, label) };
        if (!isSafe)
        {
            execution.Database.NoteUnsafeLabels(type);
        }
    }

    private static void Rename(Execution execution, TypeObject type, string from, string to)
    {
        CreateType.CheckLabel(to);
        var index = IndexOf(type, from);
        if (type.Row.Labels.Any(l => l.Name == to))
        {
            throw new RefusedException("42710", $"enum label \"{to}\" already exists");
        }

        // The list is copied.
        execution.Budget.UseForMember(type.Row.Labels.Length);
        type.Row = type.Row with { Labels = type.Row.Labels.SetItem(index, type.Row.Labels[index] with { Name = to, RenamedBy = execution.Journal.Statement }) };
    }

    private static int IndexOf(TypeObject type, string label)
    {
        var labels = type.Row.Labels;
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i].Name == label)
            {
                return i;
            }
        }

        throw new RefusedException("22023", $"\"{label}\" is not an existing enum label");
    }
}
