using Plumbline.Audit.Configuration;
using Spectre.Console;

namespace Plumbline.Cli.Terminal;

/// <summary>What things look like.</summary>
internal static class Styles
{
    /// <summary>What leads the eye but is not read.</summary>
    public static Style Frame { get; } = new(Color.Grey);

    /// <summary>What can be skipped.</summary>
    public static Style Faint { get; } = new(Color.Grey);

    /// <summary>What is read first.</summary>
    public static Style Strong { get; } = new(decoration: Decoration.Bold);

    /// <summary>A place in a file.</summary>
    public static Style Path { get; } = new(Color.Aqua);

    /// <summary>What to do.</summary>
    public static Style Advice { get; } = new(Color.Green);

    /// <summary>What holds, or is added.</summary>
    public static Style Good { get; } = new(Color.Green);

    /// <summary>What is taken away.</summary>
    public static Style Bad { get; } = new(Color.Red);

    /// <summary>What is altered.</summary>
    public static Style Changed { get; } = new(Color.Yellow);

    /// <summary>The style of a severity.</summary>
    public static Style Of(Severity severity) => severity switch
    {
        Severity.Critical => new Style(Color.Red, decoration: Decoration.Bold),
        Severity.High => new Style(Color.Red),
        Severity.Medium => new Style(Color.Yellow),
        Severity.Low => new Style(Color.Blue),
        _ => new Style(Color.Grey),
    };
}
