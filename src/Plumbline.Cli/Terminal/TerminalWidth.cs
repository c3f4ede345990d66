using System.Globalization;

namespace Plumbline.Cli.Terminal;

/// <summary>The width of the terminal that the process writes to.</summary>
internal static class TerminalWidth
{
    private const int Usual = 80;

    /// <summary>Number of columns: of the terminal, or else what <c>COLUMNS</c> says, or else 80.</summary>
    /// <param name="variable">Looks up an environment variable.</param>
    public static int Find(Func<string, string?> variable)
    {
        try
        {
            if (Console.WindowWidth is > 0 and var width)
            {
                return width;
            }
        }
        catch (Exception)
        {
            // The runtime reads the description of the terminal first, which may be damaged.
        }

        return int.TryParse(variable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var columns) && columns > 0 ? columns : Usual;
    }
}
