namespace Plumbline.Audit.Reports;

/// <summary>The version of the program, as reports name it.</summary>
public static class ToolVersion
{
    /// <summary>Major, minor and patch number.</summary>
    public static string Text { get; } = typeof(ToolVersion).Assembly.GetName().Version is { } version ? version.ToString(3) : "0.0.0";
}
