using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Files;

/// <summary>What reading a file gave.</summary>
/// <param name="Text">The text; null where there is none.</param>
/// <param name="Problem">What was wrong; null where nothing was.</param>
internal sealed record FileContent(SourceText? Text, Diagnostic? Problem);

/// <summary>Reads files as text: strictly UTF-8, or UTF-16 with a byte-order mark.</summary>
internal static class FileReader
{
    /// <summary>Code of a diagnostic about a file that could not be read.</summary>
    public const string UnreadableCode = "unreadable-file";

    /// <summary>Code of a diagnostic about a file that is not text.</summary>
    public const string BinaryCode = "binary-file";

    /// <summary>Code of a diagnostic about a text with bytes that its encoding does not allow.</summary>
    public const string EncodingCode = "invalid-encoding";

    // A text of this size takes twice as much in memory; no migration or schema written by people or tools comes near it.
    private const long MaximumLength = 256L << 20;

    // As git does: a NUL byte among the first bytes makes a file binary.
    private const int BinaryProbeLength = 8000;

    /// <summary>Reads a file.</summary>
    /// <param name="path">Path to show to people.</param>
    /// <param name="fullPath">Where the file is.</param>
    public static FileContent Read(string path, string fullPath)
    {
        try
        {
            using var handle = File.OpenHandle(fullPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var length = RandomAccess.GetLength(handle);
            if (length > MaximumLength)
            {
                return Failed(path, UnreadableCode, $"The file is {length >> 20} MiB long; files of more than {MaximumLength >> 20} MiB are not read.");
            }

            var bytes = GC.AllocateUninitializedArray<byte>((int)length);
            var read = 0;
            while (read < bytes.Length)
            {
                var count = RandomAccess.Read(handle, bytes.AsSpan(read), read);
                if (count == 0)
                {
                    break;
                }

                read += count;
            }

            return Decode(path, bytes.AsSpan(0, read));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return Missing(path);
        }
        catch (UnauthorizedAccessException)
        {
            var what = Directory.Exists(fullPath) ? "It is a folder where a file was expected." : "The file cannot be read: permission denied.";
            return Failed(path, UnreadableCode, what);
        }
        catch (Exception exception) when (exception is IOException or NotSupportedException)
        {
            return Failed(path, UnreadableCode, "The file cannot be read: "
                + (exception is IOException ? "input/output error or too many levels of symbolic links." : "it is not a regular file."));
        }
    }

    /// <summary>Whether a file may hold one of some words. Nothing is decoded or kept.</summary>
    /// <param name="fullPath">Where the file is.</param>
    /// <param name="words">The words.</param>
    public static bool MayHold(string fullPath, FileWords words)
    {
        try
        {
            using var handle = File.OpenHandle(fullPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var length = RandomAccess.GetLength(handle);
            if (length == 0 || length > words.MaximumLength)
            {
                return false;
            }

            var buffer = ArrayPool<byte>.Shared.Rent((int)length);
            var read = RandomAccess.Read(handle, buffer.AsSpan(0, (int)length), 0);

            // UTF-16 cannot be searched like this, and a file is rarely read in pieces.
            var mayHold = read < length || buffer[0] is 0xFE or 0xFF || words.AreIn(buffer.AsSpan(0, read));
            ArrayPool<byte>.Shared.Return(buffer);
            return mayHold;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return false;
        }
    }

    /// <summary>Decodes the bytes of a file.</summary>
    /// <param name="path">Path to show to people.</param>
    /// <param name="bytes">All its bytes.</param>
    public static FileContent Decode(string path, ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
        {
            return DecodeUtf16(path, bytes[2..], Encoding.Unicode);
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return DecodeUtf16(path, bytes[2..], Encoding.BigEndianUnicode);
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            bytes = bytes[3..];
        }

        if (bytes[..Math.Min(bytes.Length, BinaryProbeLength)].Contains((byte)0))
        {
            return Failed(path, BinaryCode, "The file is not text: it contains NUL bytes.");
        }

        var valid = ValidUtf8Length(bytes);
        var text = new SourceText(path, Encoding.UTF8.GetString(bytes));
        if (valid == bytes.Length)
        {
            return new FileContent(text, null);
        }

        var offset = Encoding.UTF8.GetCharCount(bytes[..valid]);
        var message = string.Create(CultureInfo.InvariantCulture, $"The file is not valid UTF-8: byte 0x{bytes[valid]:X2} is not allowed here.");
        return new FileContent(
            text, new Diagnostic(DiagnosticSeverity.Error, EncodingCode, message, text.LocationOf(new TextSpan(offset, 1)), "Save the file as UTF-8."));
    }

    /// <summary>What reading a file gives that is not there.</summary>
    /// <param name="path">Path to show to people.</param>
    public static FileContent Missing(string path) => Failed(path, UnreadableCode, "The file does not exist.");

    private static FileContent DecodeUtf16(string path, ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        var text = new SourceText(path, encoding.GetString(bytes));
        var bad = text.Text.IndexOf('\uFFFD', StringComparison.Ordinal);
        if (bad < 0)
        {
            return new FileContent(text, null);
        }

        return new FileContent(text, new Diagnostic(
            DiagnosticSeverity.Error, EncodingCode, "The file is not valid UTF-16.", text.LocationOf(new TextSpan(bad, 1)), "Save the file as UTF-8."));
    }

    private static int ValidUtf8Length(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
        {
            return bytes.Length;
        }

        var position = 0;
        while (Rune.DecodeFromUtf8(bytes[position..], out _, out var consumed) == OperationStatus.Done)
        {
            position += consumed;
        }

        return position;
    }

    private static FileContent Failed(string path, string code, string message) =>
        new(null, new Diagnostic(DiagnosticSeverity.Error, code, message, new SourceLocation(path, 1, 1, 1, 1)));
}
