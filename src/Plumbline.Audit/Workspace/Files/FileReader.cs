using System.Buffers;
using System.Buffers.Binary;
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

    /// <summary>Code of a diagnostic about a link that leads outside the repository, or nowhere.</summary>
    public const string LinkCode = "unreadable-link";

    /// <summary>Code of a diagnostic about something that is neither a regular file nor a folder, or a folder where a file was expected.</summary>
    public const string KindCode = "unreadable-kind";

    /// <summary>Code of a diagnostic about a file or folder that may not be read.</summary>
    public const string PermissionCode = "unreadable-permission";

    /// <summary>Code of a diagnostic about a file that is too long.</summary>
    public const string LengthCode = "unreadable-length";

    /// <summary>Code of a diagnostic about a file that is not text.</summary>
    public const string BinaryCode = "binary-file";

    /// <summary>Code of a diagnostic about a text with bytes that its encoding does not allow.</summary>
    public const string EncodingCode = "invalid-encoding";

    /// <summary>The length of the longest file that is read, in bytes. A text of this size takes twice as much in memory; no migration or schema comes near it.</summary>
    public const long MaximumLength = ReadingBudget.FileLength;

    /// <summary>What is said of something whose name is not valid UTF-8.</summary>
    public const string NameMessage = "Its name is not valid UTF-8, so it cannot be opened.";

    private const string OutsideMessage = "The file is a link that leads outside the repository.";
    private const string BehindMessage = "The file is behind a link that leads outside the repository.";
    private const string GitMessage = "The file is in git's own folder.";
    private const string LoopMessage = "The file cannot be read: too many levels of symbolic links.";

    /// <summary>Reads a file.</summary>
    /// <param name="path">Path to show to people.</param>
    /// <param name="fullPath">Where the file is.</param>
    /// <param name="boundary">What it must lie in; null where it may lie anywhere.</param>
    public static FileContent Read(string path, string fullPath, TreeBoundary? boundary = null)
    {
        using var opened = Open(fullPath, boundary, out var outside);
        if (outside is not null)
        {
            return Failed(path, LinkCode, outside);
        }

        if (opened.Handle is null)
        {
            return opened.Kind switch
            {
                FileKind.Missing when fullPath.Contains('\uFFFD', StringComparison.Ordinal) => Unreadable(path, NameMessage),
                FileKind.Missing => Missing(path),
                FileKind.Folder => Failed(path, KindCode, "It is a folder where a file was expected."),
                FileKind.Other => Failed(path, KindCode, "It is a pipe, a socket or a device, not a regular file."),
                FileKind.Link => Failed(path, LinkCode, LoopMessage),
                _ when RealPath.Of(fullPath) is null => Failed(path, LinkCode, LoopMessage),
                _ => Failed(path, PermissionCode, "The file cannot be read: permission denied."),
            };
        }

        if (opened.Length > MaximumLength)
        {
            return TooLong(path, opened.Length);
        }

        try
        {
            return Decode(path, RegularFile.Read(opened));
        }
        catch (IOException)
        {
            return Failed(path, UnreadableCode, "The file cannot be read: input/output error.");
        }
    }

    /// <summary>Whether a file may hold one of some words. Nothing is decoded or kept.</summary>
    /// <param name="fullPath">Where the file is.</param>
    /// <param name="words">The words.</param>
    /// <param name="boundary">What it must lie in; null where it may lie anywhere.</param>
    public static bool MayHold(string fullPath, FileWords words, TreeBoundary? boundary = null)
    {
        using var opened = Open(fullPath, boundary, out _);
        if (opened.Handle is null || opened.Length == 0 || opened.Length > words.MaximumLength)
        {
            return false;
        }

        var length = (int)opened.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var read = RandomAccess.Read(opened.Handle, buffer.AsSpan(0, length), 0);

            // UTF-16 cannot be searched like this, and a file is rarely read in pieces.
            return read < length || buffer[0] is 0xFE or 0xFF || words.AreIn(buffer.AsSpan(0, read));
        }
        catch (IOException)
        {
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // What is no link costs no further call: a link is refused by the system, and only then looked at.
    private static OpenedFile Open(string fullPath, TreeBoundary? boundary, out string? outside)
    {
        outside = null;
        if (boundary is null)
        {
            return RegularFile.Open(fullPath, LinkRule.Followed);
        }

        if (boundary.PlaceOf(fullPath) is not { } place)
        {
            outside = boundary.IsOfGit(fullPath) ? GitMessage : BehindMessage;
            return default;
        }

        // The place has no links; what has become one since, or is one itself, is looked at again.
        var opened = RegularFile.Open(place, LinkRule.Nowhere);
        if (opened.Kind != FileKind.Link || RealPath.Of(place) is null)
        {
            return opened;
        }

        var target = boundary.TargetOf(place);
        outside = target is null ? OutsideMessage : null;
        return target is null ? default : RegularFile.Open(target, LinkRule.Nowhere);
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

        if (bytes.Contains((byte)0))
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

    /// <summary>What reading a file gives that is too long.</summary>
    /// <param name="path">Path to show to people.</param>
    /// <param name="length">Its length in bytes.</param>
    public static FileContent TooLong(string path, long length) => Failed(path, LengthCode, string.Create(
        CultureInfo.InvariantCulture, $"The file is {length >> 20} MiB long; files of more than {MaximumLength >> 20} MiB are not read."));

    /// <summary>What reading a file gives that cannot be read.</summary>
    /// <param name="path">Path to show to people.</param>
    /// <param name="message">Why.</param>
    public static FileContent Unreadable(string path, string message) => Failed(path, UnreadableCode, message);

    private static FileContent DecodeUtf16(string path, ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        var text = new SourceText(path, encoding.GetString(bytes));
        var bad = IndexOfInvalid(text.Text, bytes, encoding.Equals(Encoding.BigEndianUnicode));
        if (bad < 0)
        {
            return new FileContent(text, IsReadByPrisma(path)
                ? new Diagnostic(DiagnosticSeverity.Error, EncodingCode, "The file is UTF-16 text, which Prisma reads as UTF-8.", SourceLocation.StartOf(path), "Save the file as UTF-8.")
                : null);
        }

        return new FileContent(text, new Diagnostic(
            DiagnosticSeverity.Error, EncodingCode, "The file is not valid UTF-16.", text.LocationOf(new TextSpan(bad, 1)), "Save the file as UTF-8."));
    }

    // Node.js decodes them as UTF-8, whatever their byte-order mark says (Node.js documentation, "fs.readFileSync").
    private static bool IsReadByPrisma(string path) =>
        path.EndsWith(".prisma", StringComparison.Ordinal) || RelativePath.NameOf(path) == "migration.sql";

    // What is not valid is decoded to one U+FFFD for each unit of two bytes, and for a last byte alone; a text may hold that character too.
    private static int IndexOfInvalid(string text, ReadOnlySpan<byte> bytes, bool isBigEndian)
    {
        const char replacement = '\uFFFD';
        for (var i = text.IndexOf(replacement, StringComparison.Ordinal); i >= 0; i = text.IndexOf(replacement, i + 1))
        {
            if ((2 * i) + 1 >= bytes.Length ||
                (isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes[(2 * i)..]) : BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..])) != replacement)
            {
                return i;
            }
        }

        return -1;
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
        new(null, new Diagnostic(DiagnosticSeverity.Error, code, message, SourceLocation.StartOf(path)));
}
