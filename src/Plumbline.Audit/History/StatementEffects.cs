using System.Collections.Immutable;
using Plumbline.PostgreSql.Replay;

namespace Plumbline.Audit.History;

/// <summary>What the replay did with the statements of a history.</summary>
internal sealed class StatementEffects
{
    private readonly Dictionary<(string Path, int Start), StatementOutcome> _outcomes = [];

    /// <summary>The effects of some statements.</summary>
    /// <param name="statements">The statements.</param>
    /// <param name="replay">The replay of their history; null where there is none.</param>
    public StatementEffects(ImmutableArray<MigrationStatement> statements, ReplayResult? replay)
    {
        foreach (var outcome in replay?.Outcomes ?? [])
            _outcomes[(outcome.Source.Path, outcome.Span.Start)] = outcome;

        AsRun = Run(statements);
    }

    /// <summary>The statements with what each did, and behind one that runs code the statements that the code runs.</summary>
    public ImmutableArray<MigrationStatement> AsRun { get; }

    /// <summary>What became of a statement of a migration; null where no replay reached it, and for what code runs.</summary>
    public StatementOutcome? Of(MigrationStatement statement) =>
        statement.Run is null ? _outcomes.GetValueOrDefault((statement.Text.Path, statement.Syntax.Span.Start)) : null;

    private ImmutableArray<MigrationStatement> Run(ImmutableArray<MigrationStatement> statements)
    {
        var asRun = ImmutableArray.CreateBuilder<MigrationStatement>(statements.Length);
        foreach (var statement in statements)
        {
            if (Of(statement) is not { Kind: OutcomeKind.Done } outcome)
            {
                asRun.Add(statement);
                continue;
            }

            // What code does is an effect of the statements in it.
            asRun.Add(statement with { Effects = outcome.Ran.IsEmpty ? outcome.Effects : [] });
            for (var i = 0; i < outcome.Ran.Length; i++)
                asRun.Add(new MigrationStatement(statement.Migration, statement.Text, outcome.Ran[i].Syntax, statement.IsPending, statement.Position)
                {
                    Effects = outcome.Ran[i].Effects,
                    Run = outcome.Ran[i],
                    Caller = statement.Caller,
                    Step = i + 1,
                });
        }

        return asRun.ToImmutable();
    }
}
