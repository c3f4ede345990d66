using System.Collections.Immutable;
using Plumbline.PostgreSql.Replay;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Facts;

/// <summary>What the migrations did to each table, told under the name that it has at the end.</summary>
internal static class TableHistories
{
    /// <summary>The histories of the tables that more than one statement made, sorted by table.</summary>
    public static ImmutableArray<TableHistory> Build(IEnumerable<ProjectFacts> projects)
    {
        var histories = projects.Select(p => p.Final).OfType<ReplayResult>().SelectMany(Build);
        return [.. histories.OrderBy(h => h.Table, StringComparer.Ordinal)];
    }

    private static IEnumerable<TableHistory> Build(ReplayResult replay)
    {
        var steps = new Dictionary<ObjectName, List<TableStep>>();
        var ended = new List<(ObjectName Name, List<TableStep> Steps)>();
        foreach (var outcome in replay.Outcomes)
        {
            foreach (var change in outcome.Changes)
            {
                if (change.Subject is not ("table" or "column" or "constraint" or "trigger" or "policy"))
                    continue;

                Follow(change, new TableStep(replay.Migrations[outcome.Migration].Name, outcome.Location.Line, Name(change), Detail(change)), steps, ended);
            }
        }

        return steps.Select(s => (Name: s.Key, Steps: s.Value)).Concat(ended)
            .Where(s => s.Steps.Count > 1)
            .GroupBy(s => s.Name)
            .Select(g => new TableHistory(ObjectText.Of(g.Key), [.. g.SelectMany(s => s.Steps)]));
    }

    private static void Follow(ObjectChange change, TableStep step, Dictionary<ObjectName, List<TableStep>> steps, List<(ObjectName, List<TableStep>)> ended)
    {
        // A member may hang on a view: only what began as a table is followed.
        if (change is { Subject: "table", Kind: ObjectChangeKind.Create })
            steps.TryAdd(change.Name, []);

        var before = change switch
        {
            { Subject: "table", Kind: ObjectChangeKind.Rename, OldName: { } old } => change.Name with { Name = old },
            { Subject: "table", Kind: ObjectChangeKind.Move, OldName: { } old } => change.Name with { Schema = old },
            _ => change.Name,
        };
        if (!steps.Remove(before, out var list))
            return;

        list.Add(step);
        if (change is { Subject: "table", Kind: ObjectChangeKind.Drop })
            ended.Add((before, list));
        else
            steps[change.Name] = list;
    }

    private static string Name(ObjectChange change)
    {
        var verb = change.Kind switch
        {
            ObjectChangeKind.Create => change.Member is null ? "create" : "add",
            ObjectChangeKind.Change => "alter",
            ObjectChangeKind.Rename => "rename",
            ObjectChangeKind.Move => "move",
            _ => "drop",
        };
        return $"{verb}-{change.Subject}";
    }

    private static string Detail(ObjectChange change)
    {
        var name = change.Member ?? change.Name.Name;
        return change.Kind switch
        {
            ObjectChangeKind.Rename => $"{change.OldName} → {name}",
            ObjectChangeKind.Move => $"{change.OldName} → {change.Name.Schema}",
            _ => change.Detail is null ? name : $"{name}: {change.Detail}",
        };
    }
}
