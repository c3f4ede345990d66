namespace Plumbline.PostgreSql.Replay.Procedures;

/// <summary>
/// What all blocks and functions of a session may cost together, in units of about the time that one look-up takes. It is counted, not measured, so that the same
/// history always ends at the same place.
/// </summary>
internal sealed class ProcedureBudget
{
    /// <summary>The units that a session may use.</summary>
    public const long Limit = 20_000_000;

    /// <summary>What running one statement of a block costs.</summary>
    public const int OfStatement = 100;

    /// <summary>The characters, or items, that a value may have.</summary>
    public const int ValueLimit = 1_000_000;

    /// <summary>The units that were used.</summary>
    public long Used { get; private set; }

    /// <summary>Uses some units.</summary>
    /// <returns>False where there are not that many left.</returns>
    public bool TryUse(long units)
    {
        if (units > Limit - Used)
        {
            Used = Limit;
            return false;
        }

        Used += units;
        return true;
    }

    /// <summary>Checks the size of a value before it is made.</summary>
    /// <exception cref="UnknownValueException">It is too large.</exception>
    public static void Allow(long size)
    {
        if (size > ValueLimit)
        {
            throw new UnknownValueException("a value of more than a million characters or items");
        }
    }
}
