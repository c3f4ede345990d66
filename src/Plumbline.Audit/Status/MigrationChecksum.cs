using System.Security.Cryptography;
using System.Text;

namespace Plumbline.Audit.Status;

/// <summary>The checksum that Prisma keeps of an applied migration: SHA-256 of its script, whatever its line endings.</summary>
internal static class MigrationChecksum
{
    private const char ByteOrderMark = '\uFEFF';

    /// <summary>The checksum of a script as it is.</summary>
    public static string Of(string script) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(script)));

    /// <summary>Whether a script is the one that a checksum was computed of. Line endings do not count: git changes them between systems, and Prisma allows for it.</summary>
    /// <param name="script">The script, without a byte-order mark, which Prisma would have counted.</param>
    /// <param name="checksum">The checksum.</param>
    public static bool Matches(string script, string checksum)
    {
        var unix = script.Replace("\r\n", "\n", StringComparison.Ordinal);
        return Is(script) || Is(unix) || Is(unix.Replace("\n", "\r\n", StringComparison.Ordinal));

        bool Is(string text) => Equal(Of(text)) || Equal(Of(ByteOrderMark + text));

        bool Equal(string computed) => string.Equals(computed, checksum, StringComparison.OrdinalIgnoreCase);
    }
}
