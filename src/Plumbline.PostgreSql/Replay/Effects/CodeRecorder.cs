using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.PostgreSql.Sql.Ast.Session;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Replay.Effects;

/// <summary>Notes the statements that code runs. What an exception takes back is not among them.</summary>
/// <param name="effects">Reads what each of them did.</param>
internal sealed class CodeRecorder(EffectRecorder effects)
{
    private readonly List<RanStatement> _statements = [];
    private readonly HashSet<(int? Part, int Start, string Text)> _idle = [];

    /// <summary>A place to come back to.</summary>
    public int Mark() => _statements.Count;

    /// <summary>Notes a statement that ran.</summary>
    /// <param name="syntax">The statement.</param>
    /// <param name="text">The text that its spans refer to.</param>
    /// <param name="start">Where this text stands in the migration.</param>
    /// <param name="part">The part of the migration that runs it.</param>
    /// <param name="mark">The place in the journal before it.</param>
    public void Note(SqlStatement syntax, string text, int? start, TextSpan? part, int mark)
    {
        // A block and a call are what they run.
        if (syntax is DoStatement or CallStatement or SelectStatement { Into: null })
        {
            return;
        }

        var changes = effects.Read(mark);

        // A loop runs its statements over and over.
        if (changes.IsEmpty && !_idle.Add(Key(part, text, syntax)))
        {
            return;
        }

        _statements.Add(new RanStatement(syntax, text, start, part, changes));
    }

    /// <summary>Forgets what ran since a place.</summary>
    public void RollBackTo(int mark)
    {
        for (var i = mark; i < _statements.Count; i++)
        {
            _idle.Remove(Key(_statements[i].Part, _statements[i].Text, _statements[i].Syntax));
        }

        _statements.RemoveRange(mark, _statements.Count - mark);
    }

    /// <summary>What ran in a statement that is done.</summary>
    public ImmutableArray<RanStatement> Take()
    {
        if (_statements.Count == 0)
        {
            return [];
        }

        ImmutableArray<RanStatement> statements = [.. _statements];
        Clear();
        return statements;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _statements.Clear();
        _idle.Clear();
    }

    private static (int? Part, int Start, string Text) Key(TextSpan? part, string text, SqlStatement syntax) => (part?.Start, syntax.Span.Start, text);
}
