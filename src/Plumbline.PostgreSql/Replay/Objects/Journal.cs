using System.Runtime.InteropServices;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Replay.Objects;

/// <summary>
/// What has to be done to take back changes, in the order in which they were made. Transactions, savepoints, failed statements and PL/pgSQL's exception
/// blocks are all marks in it, so that none of them ever copies the catalog.
/// </summary>
internal sealed class Journal
{
    // What it costs to make and keep an entry, in steps.
    private const int OfEntry = 4;

    private readonly List<IUndo> _entries = [];
    private readonly List<(int Mark, TextSpan? Place)> _places = [];
    private bool _isUndoing;

    /// <summary>The statement that is running, which every change is put down to.</summary>
    public StatementRef Statement { get; set; }

    /// <summary>The changes since the last commit, in the order in which they were made.</summary>
    public ReadOnlySpan<IUndo> Entries => CollectionsMarshal.AsSpan(_entries);

    /// <summary>Where the parts of statements begin among the entries, in ascending order.</summary>
    public IReadOnlyList<(int Mark, TextSpan? Place)> Places => _places;

    /// <summary>The part of the running statement that changes are put down to now; null for the statement as a whole.</summary>
    public TextSpan? Place => _places.Count > 0 ? _places[^1].Place : null;

    /// <summary>What all statements together may cost.</summary>
    public ReplayBudget Budget { get; set; } = new();

    /// <summary>Grows whenever a name may have become free.</summary>
    public long Freed { get; private set; }

    /// <summary>Notes that a name may have become free.</summary>
    public void NoteFreed() => Freed++;

    /// <summary>A place to come back to.</summary>
    public int Mark() => _entries.Count;

    /// <summary>Puts the changes that follow down to a part of the running statement.</summary>
    /// <param name="place">Its place in the migration; null for the statement as a whole.</param>
    public void MoveTo(TextSpan? place)
    {
        if (_places.Count > 0 && _places[^1].Mark == _entries.Count)
        {
            _places[^1] = (_entries.Count, place);
        }
        else if ((_places.Count > 0 ? _places[^1].Place : null) != place)
        {
            _places.Add((_entries.Count, place));
        }
    }

    /// <summary>Notes how to take back a change that is about to be made.</summary>
    /// <exception cref="CannotKnowException">The budget of the history is used up.</exception>
    public void Record(IUndo undo)
    {
        if (!_isUndoing)
        {
            _entries.Add(undo);
            Budget.UseSteps(OfEntry);
        }
    }

    /// <summary>Takes back everything since a mark.</summary>
    public void RollBackTo(int mark)
    {
        // What is half taken back would be no state at all.
        var isRunning = Budget.IsRunning;
        Budget.IsRunning = false;
        _isUndoing = true;
        Freed++;
        for (var i = _entries.Count - 1; i >= mark; i--)
        {
            _entries[i].Undo();
        }

        _entries.RemoveRange(mark, _entries.Count - mark);
        var places = _places.Count;
        while (places > 0 && _places[places - 1].Mark > mark)
        {
            places--;
        }

        _places.RemoveRange(places, _places.Count - places);
        _isUndoing = false;
        Budget.IsRunning = isRunning;
    }

    /// <summary>Makes everything since a mark final.</summary>
    public void CommitTo(int mark)
    {
        _entries.RemoveRange(mark, _entries.Count - mark);
        _places.Clear();
    }
}

/// <summary>A change that can be taken back.</summary>
internal interface IUndo
{
    /// <summary>Takes it back.</summary>
    void Undo();
}

/// <summary>Another row of a catalog object.</summary>
internal interface IRowChange : IUndo
{
    /// <summary>The object.</summary>
    CatalogObject Owner { get; }

    /// <summary>The row that it had.</summary>
    object Before { get; }

    /// <summary>Whether the change is one that people do not care for.</summary>
    bool IsQuiet { get; }
}

/// <summary>A statement of the history: migration and offsets in its text.</summary>
/// <param name="Migration">Index of the migration.</param>
/// <param name="Start">Offset of the statement.</param>
/// <param name="Length">Its length.</param>
internal readonly record struct StatementRef(int Migration, int Start, int Length);

/// <summary>The statements that changed an object, the last one first; sharing its tail, it grows at no cost.</summary>
/// <param name="Statement">The last of them.</param>
/// <param name="Earlier">Those before it; null where there are none.</param>
internal sealed record StatementTrail(StatementRef Statement, StatementTrail? Earlier);
