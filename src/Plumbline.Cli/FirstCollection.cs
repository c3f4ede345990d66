namespace Plumbline.Cli;

/// <summary>When memory is collected for the first time. Most runs are over before they have made much garbage, and what they have made early on (the
/// sources, the catalog of built-in objects) lives to their end: a collection then costs more than it gives back.</summary>
internal static class FirstCollection
{
    // What an audit of a few hundred migrations makes from its beginning to its end.
    private const long Bytes = 52L << 20;

    /// <summary>Lets the first collection wait; the later ones come as always.</summary>
    public static void Postpone()
    {
        try
        {
            GC.TryStartNoGCRegion(Bytes);
        }
        catch (ArgumentOutOfRangeException)
        {
            // A container with so little memory must collect sooner.
        }
    }
}
