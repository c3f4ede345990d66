using System.Text;
using System.Text.RegularExpressions;
using Plumbline.Audit.Connections;
using Plumbline.Schema.Text;

namespace Plumbline.Cli.Outgoing;

/// <summary>
/// What every text goes through that leaves the program, whoever wrote it: no line shows a secret, none holds a character that a terminal, a log of CI or an editor
/// obeys, and none is taken for a command by CI. A line is held back until it is complete or the writer is flushed.
/// </summary>
/// <remarks>GitHub documentation, "Workflow commands for GitHub Actions"; ECMA-48, "Control Functions for Coded Character Sets".</remarks>
internal sealed partial class OutgoingWriter : TextWriter
{
    // Most commands write less.
    private const long Much = 32 << 10;

    private readonly TextWriter _inner;
    private readonly OutgoingForm _form;
    private readonly SecretValues _secrets;
    private readonly StringBuilder _line = new();
    private long _written;

    /// <summary>Makes a writer.</summary>
    /// <param name="inner">Where the text goes.</param>
    /// <param name="form">What it may hold beside text.</param>
    /// <param name="secrets">The secrets that the run has met.</param>
    public OutgoingWriter(TextWriter inner, OutgoingForm form, SecretValues secrets)
    {
        _secrets = secrets;
        _inner = inner;
        _form = form;
        NewLine = "\n";
    }

    /// <inheritdoc/>
    public override Encoding Encoding => _inner.Encoding;

    /// <summary>Whether what cannot be written is left out: of errors nobody can be told that nobody reads them.</summary>
    public bool IsBestEffort { get; init; }

    /// <summary>Whether something secret was replaced.</summary>
    public bool HasMasked { get; private set; }

    /// <summary>A writer to the same place for another form.</summary>
    public OutgoingWriter As(OutgoingForm form)
    {
        Release();
        return new OutgoingWriter(_inner, form, _secrets) { IsBestEffort = IsBestEffort };
    }

    /// <summary>A text without its secrets, for what is broken into lines before it is written.</summary>
    public string WithoutSecrets(string text)
    {
        if (!MayHoldSecret(text))
        {
            return text;
        }

        var masked = _secrets.Hide(text);
        masked = _form == OutgoingForm.Code ? SecretMask.Code(masked) : SecretMask.Text(masked);
        HasMasked |= masked != text;
        return masked;
    }

    /// <inheritdoc/>
    public override void Write(char value) => Write(new ReadOnlySpan<char>(in value));

    /// <inheritdoc/>
    public override void Write(string? value) => Write(value.AsSpan());

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer)
    {
        // An argument can be a secret of several lines.
        if (buffer.Contains('\n') && _secrets.MayBeIn(buffer))
        {
            var hidden = _secrets.Hide(buffer.ToString());
            HasMasked |= !buffer.SequenceEqual(hidden);
            buffer = hidden;
        }

        if (buffer.LastIndexOf('\n') is var end && end < 0)
        {
            _line.Append(buffer);
            return;
        }

        var lines = buffer[..(end + 1)];
        if (_line.Length > 0)
        {
            var first = lines.IndexOf('\n') + 1;
            _line.Append(lines[..first]);
            lines = lines[first..];
            WriteHeld();
        }

        WriteLines(lines);
        _line.Append(buffer[(end + 1)..]);
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        Release();
        try
        {
            _inner.Flush();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            Fail(exception);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Flush();
        }

        base.Dispose(disposing);
    }

    private void Release()
    {
        if (_line.Length > 0)
        {
            WriteHeld();
        }
    }

    private void WriteHeld()
    {
        var held = _line.ToString();
        _line.Clear();
        WriteLines(held);
    }

    private void WriteLines(ReadOnlySpan<char> lines)
    {
        _written += lines.Length;
        if (!IsSuspect(lines))
        {
            Pass(lines);
            return;
        }

        while (lines.Length > 0)
        {
            var length = lines.IndexOf('\n') is var end and >= 0 ? end + 1 : lines.Length;
            var line = lines[..length];
            Pass(IsSuspect(line) ? Inert(line.ToString()) : line);
            lines = lines[length..];
        }
    }

    private void Pass(ReadOnlySpan<char> text)
    {
        try
        {
            _inner.Write(text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            Fail(exception);
        }
    }

    // A closed stream is reported as one that may not be written to.
    private void Fail(Exception exception)
    {
        if (!IsBestEffort)
        {
            throw exception as IOException ?? new IOException("The output is closed.", exception);
        }
    }

    private bool IsSuspect(ReadOnlySpan<char> text) =>
        InertText.IndexOfActive(text) >= 0 || MayHoldSecret(text) || (_form is not (OutgoingForm.Commands or OutgoingForm.Code) && text.Contains("::", StringComparison.Ordinal)) ||
        LogCommands.HasMark(text);

    private bool MayHoldSecret(ReadOnlySpan<char> text) => SecretMask.MayHoldSecret(text, _written > Much) || _secrets.MayBeIn(text);

    private string Inert(string line)
    {
        var masked = LogCommands.EscapeMarks(WithoutSecrets(line));

        // In SQL a cast may begin a line; what would be a command there is none any more (InertSql).
        if (_form is not (OutgoingForm.Code or OutgoingForm.Commands) && masked.AsSpan().TrimStart().StartsWith("::"))
        {
            var at = masked.IndexOf("::", StringComparison.Ordinal);
            masked = string.Concat(masked.AsSpan(0, at), InertText.EscapeOf(':'), masked.AsSpan(at + 1));
        }

        return _form switch
        {
            OutgoingForm.Colors => Around(masked, ColorCode()),
            OutgoingForm.Progress => Around(masked, ProgressCode()),
            _ => InertText.Escape(masked),
        };
    }

    // Everything but the codes is escaped.
    private static string Around(string line, Regex codes)
    {
        var output = new StringBuilder(line.Length + 16);
        var from = 0;
        foreach (var code in codes.EnumerateMatches(line))
        {
            InertText.Escape(line.AsSpan(from, code.Index - from), output);
            output.Append(line.AsSpan(code.Index, code.Length));
            from = code.Index + code.Length;
        }

        InertText.Escape(line.AsSpan(from), output);
        return output.ToString();
    }

    // Select Graphic Rendition: colors and weight.
    [GeneratedRegex(@"\x1B\[[0-9;]*m", RegexOptions.CultureInvariant)]
    private static partial Regex ColorCode();

    // Back to the first column, and Erase in Line.
    [GeneratedRegex(@"\r|\x1B\[[0-9;]*[mK]", RegexOptions.CultureInvariant)]
    private static partial Regex ProgressCode();
}
