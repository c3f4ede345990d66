using System.Globalization;
using Plumbline.PostgreSql.Replay.Procedures;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Replay;

/// <summary>
/// What the statements of a history may cost together. Blocks and functions cost units of about the time that one look-up takes, columns and other members of
/// tables about the memory that they need. It is counted, not measured, so that the same history always ends at the same place.
/// </summary>
internal sealed class ReplayBudget
{
    /// <summary>What running one statement of a block costs.</summary>
    public const int OfStatement = 100;

    // References of a list that is copied when one is added need the memory of one member.
    private const int ReferencesOfMember = 64;

    private long _lookups;
    private long _members;
    private bool _wasExceeded;

    /// <summary>The budget as far as it is used, for statements that are only tried.</summary>
    public ReplayBudget Copy() => new() { _lookups = _lookups, _members = _members, Exhausted = Exhausted };

    /// <summary>Why the rest of the history is not replayed; null where it is.</summary>
    public string? Exhausted { get; private set; }

    /// <summary>Whether something was left out since this was asked last because it would have cost too much.</summary>
    public bool TakeExceeded()
    {
        var exceeded = _wasExceeded;
        _wasExceeded = false;
        return exceeded;
    }

    /// <summary>Uses some look-ups.</summary>
    /// <returns>False where there are not that many left.</returns>
    public bool TryUse(long units)
    {
        if (units > ReadingBudget.HistoryLookups - _lookups)
        {
            _lookups = ReadingBudget.HistoryLookups;
            _wasExceeded = true;
            return false;
        }

        _lookups += units;
        return true;
    }

    /// <summary>Uses what a new member of a table or type costs: a column, constraint, index, trigger, policy or partition.</summary>
    /// <param name="others">How many members of its kind there are.</param>
    /// <exception cref="CannotKnowException">There is nothing left: this statement and all that follow are left out.</exception>
    public void UseForMember(int others)
    {
        _members += 1 + (others / ReferencesOfMember);
        if (_members <= ReadingBudget.HistoryMembers)
            return;

        _wasExceeded = true;
        Exhausted = string.Create(
            CultureInfo.InvariantCulture, $"The migrations make more than {ReadingBudget.HistoryMembers:N0} columns, constraints and other parts of tables; the replay ends there.");
        throw new CannotKnowException(Exhausted);
    }

    /// <summary>Checks the size of a value before it is made.</summary>
    /// <exception cref="UnknownValueException">It is too large.</exception>
    public void Allow(long size)
    {
        if (size > ReadingBudget.ValueLength)
            throw Exceeded(ValueLimits.Size);
    }

    /// <summary>A value that is not computed because that would cost too much.</summary>
    /// <param name="limit">One of <see cref="ValueLimits"/>.</param>
    public UnknownValueException Exceeded(string limit)
    {
        _wasExceeded = true;
        return new UnknownValueException(limit);
    }

    /// <summary>A block that is not run to its end because that would cost too much.</summary>
    /// <param name="reason">Why, as a full sentence.</param>
    public CannotKnowException TooLong(string reason)
    {
        _wasExceeded = true;
        return new CannotKnowException(reason);
    }
}
