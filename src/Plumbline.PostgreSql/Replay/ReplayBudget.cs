using System.Globalization;
using Plumbline.PostgreSql.Replay.Procedures;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Replay;

/// <summary>
/// What the statements of a history may cost together. Blocks and functions cost units of about the time that one look-up takes, columns and other members of
/// tables about the memory that they need, and what is looked through in the catalogs costs steps, one for each object. It is counted, not measured, so that the
/// same history always ends at the same place.
/// </summary>
internal sealed class ReplayBudget
{
    /// <summary>What running one statement of a block costs.</summary>
    public const int OfStatement = 100;

    // References of a list that is copied when one is added need the memory of one member.
    private const int ReferencesOfMember = 64;

    // Lists of columns beyond these count as members, since wide tables with many expressions need much memory.
    private const int OrdinaryColumns = 64;
    private const int ColumnsOfMember = 8;
    private const long StepsOfColumn = 4;

    // All rows of a catalog are made for each query.
    private const long StepsOfRow = 25;

    private long _lookups;
    private long _members;
    private long _steps;
    private long _text;
    private long _changes;
    private bool _wasExceeded;

    /// <summary>The budget as far as it is used, for statements that are only tried.</summary>
    public ReplayBudget Copy() => new() { _lookups = _lookups, _members = _members, _steps = _steps, _text = _text, _changes = _changes, Exhausted = Exhausted };

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
        if (_members > ReadingBudget.HistoryMembers)
        {
            throw TooManyMembers();
        }
    }

    /// <summary>Uses what it costs to list the columns of a relation anew: each expression that is made then keeps the list.</summary>
    /// <param name="columns">How many columns it has.</param>
    /// <exception cref="CannotKnowException">There is nothing left: this statement and all that follow are left out.</exception>
    public void UseForColumns(int columns)
    {
        UseSteps(StepsOfColumn * columns);
        _members += Math.Max(0, columns - OrdinaryColumns) / ColumnsOfMember;
        if (_members > ReadingBudget.HistoryMembers && IsRunning)
        {
            throw TooManyMembers();
        }
    }

    /// <summary>Uses what it costs to go through the columns of a relation for an expression or query.</summary>
    /// <param name="columns">How many columns it has.</param>
    /// <exception cref="CannotKnowException">There is nothing left: this statement and all that follow are left out.</exception>
    public void UseColumns(int columns) => UseSteps(StepsOfColumn * columns);

    /// <summary>Uses what it costs a block to read a catalog.</summary>
    /// <param name="rows">How many rows it has, at most.</param>
    /// <exception cref="CannotKnowException">There is nothing left: this statement and all that follow are left out.</exception>
    public void UseCatalog(int rows) => UseSteps(StepsOfRow * rows);

    /// <summary>Uses what it costs to keep what a statement did.</summary>
    /// <param name="count">How many objects it created, changed or dropped.</param>
    /// <exception cref="CannotKnowException">There is nothing left: this statement and all that follow are left out.</exception>
    public void UseChanges(int count)
    {
        _changes += count;
        if (_changes > ReadingBudget.HistoryChanges)
        {
            throw Exhaust(string.Create(
                CultureInfo.InvariantCulture, $"The migrations create, change and drop more than {ReadingBudget.HistoryChanges:N0} objects, columns and constraints; the replay ends there."));
        }
    }

    /// <summary>Uses what it costs to keep an expression, the body of a function or a comment: a report holds several copies of it.</summary>
    /// <param name="length">Its length.</param>
    /// <exception cref="CannotKnowException">There is nothing left: this statement and all that follow are left out.</exception>
    public void UseText(int length)
    {
        _text += length;
        if (_text > ReadingBudget.HistoryText)
        {
            throw Exhaust(string.Create(
                CultureInfo.InvariantCulture, $"The expressions, functions and comments of the migrations have more than {ReadingBudget.HistoryText:N0} characters; the replay ends there."));
        }
    }

    /// <summary>The steps that were used so far.</summary>
    public long Steps => _steps;

    /// <summary>Whether a statement runs, which may be left out where it looks through too much. What is read or taken back besides is only counted.</summary>
    public bool IsRunning { get; set; }

    /// <summary>A statement begins to run.</summary>
    /// <exception cref="CannotKnowException">There is nothing left: this statement and all that follow are left out.</exception>
    public void Begin()
    {
        IsRunning = true;
        UseSteps(0);
    }

    /// <summary>Uses what it costs to look through a part of the catalogs.</summary>
    /// <param name="steps">How many objects are looked at.</param>
    /// <exception cref="CannotKnowException">There is nothing left: this statement and all that follow are left out.</exception>
    public void UseSteps(long steps)
    {
        _steps += steps;
        if (_steps > ReadingBudget.HistorySteps && IsRunning)
        {
            throw Exhaust(string.Create(
                CultureInfo.InvariantCulture, $"The migrations look through more than {ReadingBudget.HistorySteps:N0} objects in search of names and dependencies; the replay ends there."));
        }
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

    private CannotKnowException TooManyMembers() => Exhaust(string.Create(
        CultureInfo.InvariantCulture, $"The migrations make more than {ReadingBudget.HistoryMembers:N0} columns, constraints and other parts of tables; the replay ends there."));

    private CannotKnowException Exhaust(string reason)
    {
        _wasExceeded = true;
        Exhausted = reason;
        return new CannotKnowException(reason);
    }

    /// <summary>A block that is not run to its end because that would cost too much.</summary>
    /// <param name="reason">Why, as a full sentence.</param>
    public CannotKnowException TooLong(string reason)
    {
        _wasExceeded = true;
        return new CannotKnowException(reason);
    }
}
