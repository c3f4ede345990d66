namespace Plumbline.Cli;

/// <summary>When memory is collected for the first time. Most runs are over before they have made much garbage, and what they have made early on (the
/// sources, the catalog of built-in objects) lives to their end: a collection then costs more than it gives back.</summary>
internal static class FirstCollection
{
    // An audit of a few hundred migrations makes 60 MiB from its beginning to its end, a look at a database of two thousand tables little more, and one of a
    // schema of three thousand models twice this. What waits longer has more to move when it comes.
    private const long Bytes = 160L << 20;

    /// <summary>Lets the first collection wait; the later ones come as always.</summary>
    public static void Postpone()
    {
        try
        {
            GC.TryStartNoGCRegion(Bytes);

            // Which of the parts set aside for this is used first, is the runtime's affair.
            HugePages.BehindNewObjects(2 * Bytes);
        }
        catch (ArgumentOutOfRangeException)
        {
            // A container with so little memory must collect sooner.
        }
    }
}
