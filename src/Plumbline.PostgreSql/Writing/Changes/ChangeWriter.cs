using System.Collections.Immutable;
using System.Text;
using Plumbline.Schema.Comparison;

namespace Plumbline.PostgreSql.Writing.Changes;

/// <summary>
/// Plans what turns one schema into another: renames first, then from the outside in what must go, then what is made and altered, then what hangs on it.
/// A change that PostgreSQL refuses while a view, policy or trigger looks at the column makes these go and come again.
/// </summary>
public static class ChangeWriter
{
    /// <summary>The statements, in the order in which they are to be run.</summary>
    public static ImmutableArray<PlannedStatement> Plan(SchemaComparison comparison)
    {
        var plan = new ChangePlan(comparison);
        foreach (var role in RoleWriter.Needed(comparison.To).Except(RoleWriter.Needed(comparison.From)))
        {
            if (comparison.Changes.Length > 0)
            {
                plan.Add(PlanPhase.Prepare, comparison.Changes[0], RoleWriter.CreateWhereMissing(role));
            }
        }

        RenameChanges.Plan(plan);
        EnumChanges.Plan(plan);
        NewObjects.Plan(plan);
        ColumnChanges.Plan(plan);
        MemberChanges.Plan(plan);
        ObjectChanges.Plan(plan);
        ViewChanges.Plan(plan);
        Dependents.Plan(plan);
        SettingChanges.Plan(plan);
        return plan.Statements();
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

            script.Append(statement.Sql).Append(";\n");
        }

        return script.ToString();
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
