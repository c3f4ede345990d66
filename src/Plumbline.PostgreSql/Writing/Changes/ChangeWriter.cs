using System.Collections.Immutable;
using System.Text;
using Plumbline.Schema.Comparison;

namespace Plumbline.PostgreSql.Writing.Changes;

/// <summary>
/// Plans what turns one schema into another. Renames come first. What goes, and what is in the way of another change and comes again, goes before what it
/// needs; what comes, comes after what it needs (<see cref="OperationOrder"/>).
/// </summary>
public static class ChangeWriter
{
    /// <summary>The statements, in the order in which they are to be run.</summary>
    public static ImmutableArray<PlannedStatement> Plan(SchemaComparison comparison)
    {
        if (comparison.Changes.IsEmpty)
        {
            return [];
        }

        var plan = new ChangePlan(comparison);
        foreach (var role in RoleWriter.Missing(comparison))
        {
            plan.Add(PlanPhase.Prepare, comparison.Changes[0], RoleWriter.CreateWhereMissing(role));
        }

        Fill(plan);
        return plan.Statements();
    }

    /// <summary>Plans the statements for the changes of a plan.</summary>
    internal static void Fill(ChangePlan plan)
    {
        RenameChanges.Plan(plan);
        Removals.Plan(plan);
        EnumChanges.Plan(plan);
        Creations.Plan(plan);
        ParkedColumns.Plan(plan);
        ColumnTypeChange.Plan(plan);
        ColumnChanges.Plan(plan);
        MemberChanges.Plan(plan);
        ObjectChanges.Plan(plan);
        SettingChanges.Plan(plan);
    }

    /// <summary>The plan as a script: each statement with its semicolon, and above it what a person has to know.</summary>
    public static string Write(SchemaComparison comparison)
    {
        var script = new StringBuilder();
        foreach (var statement in Plan(comparison))
        {
            if (statement.Safety == ChangeSafety.Destructive)
            {
                script.Append("-- destructive: ").Append(OneLine(statement.Note ?? statement.Cause.ToString())).Append('\n');
            }
            else if (statement.Note is { } note)
            {
                script.Append("-- ").Append(OneLine(note)).Append('\n');
            }

            if (statement.Sql.Length > 0)
            {
                script.Append(statement.Sql).Append(";\n");
            }
        }

        return script.ToString();
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
