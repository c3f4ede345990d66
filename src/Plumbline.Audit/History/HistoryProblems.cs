using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Plumbline.PostgreSql;
using Plumbline.PostgreSql.Replay;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.History;

/// <summary>What PostgreSQL refuses in a history, each refusal with those that only follow from it.</summary>
internal sealed class HistoryProblems
{
    private HistoryProblems(ImmutableArray<HistoryProblem> all, int leftOut)
    {
        All = all;
        LeftOut = leftOut;
    }

    /// <summary>The refusals that stand by themselves, in the order of the history.</summary>
    public ImmutableArray<HistoryProblem> All { get; }

    /// <summary>How many refusals are none of them, because nobody knows whether PostgreSQL refuses the statements.</summary>
    public int LeftOut { get; }

    /// <summary>Sorts the refusals of a replay.</summary>
    /// <param name="asItIs">The replay in Prisma's order; null where there is no history.</param>
    /// <param name="working">The replay in an order in which more succeeds; null where there is none.</param>
    /// <param name="isLeftOut">Tells whether nothing is known about a statement: its refusal is no problem of the history.</param>
    public static HistoryProblems Of(ReplayResult? asItIs, ReplayResult? working, Func<StatementOutcome, bool> isLeftOut)
    {
        if (asItIs is null)
            return new HistoryProblems([], 0);

        var inOrder = working?.Outcomes.ToLookup(o => (working.Migrations[o.Migration].Name, o.Statement));
        var followers = new Dictionary<int, List<StatementOutcome>>();
        for (var i = 0; i < asItIs.Outcomes.Length; i++)
        {
            if (asItIs.Outcomes[i] is not { Kind: OutcomeKind.Refused, CausedBy: not null } outcome)
                continue;

            var root = RootOf(asItIs, i);
            if (!followers.TryGetValue(root, out var list))
                followers.Add(root, list = []);

            list.Add(outcome);
        }

        var all = new List<HistoryProblem>();
        var leftOut = 0;
        for (var i = 0; i < asItIs.Outcomes.Length; i++)
        {
            if (asItIs.Outcomes[i] is not { Kind: OutcomeKind.Refused, CausedBy: null } outcome)
                continue;

            if (isLeftOut(outcome))
            {
                leftOut++;
                continue;
            }

            var name = asItIs.Migrations[outcome.Migration].Name;
            var elsewhere = inOrder?[(name, outcome.Statement)].FirstOrDefault();
            var problem = new HistoryProblem(
                name, outcome, [.. followers.GetValueOrDefault(i) ?? []], elsewhere is { Kind: OutcomeKind.Done } ? elsewhere : null)
            {
                Creator = IsTaken(outcome.Error!) ? CreatorOf(asItIs, i) : null,
            };

            // What is missing is missing for all who look for it: one cause, however many statements name it. So is what one migration makes once more.
            var same = IsMissing(outcome.Error!)
                ? all.FindIndex(p => p.InWorkingOrder is null == problem.InWorkingOrder is null &&
                    p.Outcome.Error! with { Position = null } == outcome.Error! with { Position = null })
                : problem.Creator is null ? -1 : all.FindIndex(p => p.Migration == name && p.Creator == problem.Creator && p.InWorkingOrder is null == problem.InWorkingOrder is null);
            if (same >= 0 && problem.Creator is not null)
                all[same] = all[same] with { Alike = all[same].Alike.Add(outcome), Followers = [.. all[same].Followers, .. problem.Followers] };
            else if (same >= 0)
                all[same] = all[same] with { Followers = [.. all[same].Followers, outcome, .. problem.Followers] };
            else
                all.Add(problem);
        }

        return new HistoryProblems([.. all], leftOut);
    }

    /// <summary>Whether a statement is refused because something that it names does not exist.</summary>
    public static bool IsMissing(SqlError error) => error.SqlState is "42P01" or "42703" or "42704" or "42883" or "3F000";

    /// <summary>Whether a statement is refused because what it makes exists.</summary>
    public static bool IsTaken(SqlError error) => error.SqlState is "42701" or "42P07" or "42710" or "42P06" or "42723";

    // The migration that made what a statement makes once more; null where the record does not show it.
    private static string? CreatorOf(ReplayResult replay, int index)
    {
        foreach (var attempt in replay.Objects.Attempts.Where(a => a.Outcome == index && a.Kind == ObjectChangeKind.Create))
        {
            // A unique constraint needs the name of an index.
            var existing = replay.Objects.Find(attempt.ObjectKind, attempt.Name, attempt.Member) ??
                replay.Objects.Records.FirstOrDefault(r => r.Name.Schema == attempt.Name.Schema && (r.Member ?? r.Name.Name) == (attempt.Member ?? attempt.Name.Name) && r.Kind.IsRelation);
            if (existing?.Created is { } created && created.Index < index)
                return replay.Migrations[created.Outcome.Migration].Name;
        }

        return null;
    }

    private static int RootOf(ReplayResult replay, int index)
    {
        while (replay.Outcomes[index].CausedBy is { } cause && cause < index)
            index = cause;

        return index;
    }
}

/// <summary>A statement that PostgreSQL refuses, with what falls because of it.</summary>
/// <param name="Migration">Name of the migration.</param>
/// <param name="Outcome">What became of the statement.</param>
/// <param name="Followers">The later refusals that would not be without it.</param>
/// <param name="InWorkingOrder">What becomes of it in the working order, where it succeeds there; else null.</param>
internal sealed partial record HistoryProblem(string Migration, StatementOutcome Outcome, ImmutableArray<StatementOutcome> Followers, StatementOutcome? InWorkingOrder)
{
    /// <summary>Of a statement that makes what exists: the migration that made it; null where that is not known.</summary>
    public string? Creator { get; init; }

    /// <summary>The name of the table or type that the statement names and that does not exist; without a schema where the message has none; null for other refusals.</summary>
    public ObjectName? Absent => Outcome.Error is { SqlState: "42P01" or "42704", Message: var message } && AbsentName().Match(message) is { Success: true } match
        ? match.Groups["name"].Value.Split('.') is [var schema, var name] ? new ObjectName(schema, name) : new ObjectName("", match.Groups["name"].Value)
        : null;

    /// <summary>The other statements of the migration that make what the same migration made.</summary>
    public ImmutableArray<StatementOutcome> Alike { get; init; } = [];

    /// <summary>What the statement is about: what it makes or changes where that is known, else the migration.</summary>
    public Subject Subject =>
        (InWorkingOrder ?? Outcome).Changes is [var first, ..] ? SubjectOf(first) : new Subject(SubjectKind.Migration, Migration);

    [GeneratedRegex("""^(?:relation|type) "(?<name>[^"]+)" does not exist$""", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex AbsentName();

    private static Subject SubjectOf(ObjectChange change)
    {
        var kind = change.Subject switch
        {
            "table" => SubjectKind.Table,
            "view" or "materialized view" => SubjectKind.View,
            "index" => SubjectKind.Index,
            "sequence" => SubjectKind.Sequence,
            "enum" => SubjectKind.Enum,
            "domain" => SubjectKind.Domain,
            "type" => SubjectKind.Type,
            "function" or "procedure" or "aggregate" => SubjectKind.Function,
            "schema" => SubjectKind.Schema,
            "extension" => SubjectKind.Extension,
            "column" => SubjectKind.Column,
            "constraint" => SubjectKind.Constraint,
            "trigger" => SubjectKind.Trigger,
            "policy" => SubjectKind.Policy,
            "enum-value" => SubjectKind.EnumValue,
            _ => SubjectKind.Table,
        };
        var schema = change.Name.Schema.Length == 0 ? null : change.Name.Schema;
        return change.Member is { } member
            ? new Subject(kind, member, schema, change.Name.Name)
            : new Subject(kind, change.Name.Name, schema, kind is SubjectKind.Table or SubjectKind.View ? change.Name.Name : null);
    }
}
