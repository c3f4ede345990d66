using System.Globalization;

namespace Plumbline.Audit.Live;

/// <summary>Sizes as people read them.</summary>
internal static class ByteSize
{
    private const double Megabyte = 1024 * 1024;
    private const double Gigabyte = 1024 * Megabyte;

    /// <summary>A size in the largest unit that it fills.</summary>
    public static string Text(long bytes) => bytes switch
    {
        < (long)Megabyte => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024} kB"),
        < (long)(10 * Gigabyte) => string.Create(CultureInfo.InvariantCulture, $"{bytes / Megabyte:0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / Gigabyte:0} GB"),
    };
}
