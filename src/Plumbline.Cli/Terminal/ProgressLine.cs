using System.Diagnostics;
using System.Globalization;
using Plumbline.Cli.Outgoing;
using Plumbline.Schema.Text;

namespace Plumbline.Cli.Terminal;

/// <summary>A line on stderr that shows what is under way and for how long. It appears only where work takes long and a person watches, and leaves nothing behind.</summary>
internal sealed class ProgressLine : IProgress<string>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly OutgoingWriter _error;
    private readonly int _width;
    private readonly Timer? _timer;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private string _current = "";
    private bool _isShown;

    /// <summary>Begins to listen.</summary>
    public ProgressLine(CommandConsole console, bool isQuiet)
    {
        _error = console.ErrorAs(OutgoingForm.Progress);
        _width = Math.Max(20, (console.Width ?? 80) - 1);
        if (console.IsErrorTerminal && !console.IsBuildServer && !isQuiet)
        {
            _timer = new Timer(_ => Show(), null, Patience, Pace);
        }
    }

    /// <inheritdoc/>
    public void Report(string value) => Volatile.Write(ref _current, value);

    /// <summary>Wipes the line.</summary>
    public void Dispose()
    {
        if (_timer is null)
        {
            return;
        }

        _timer.Dispose();
        lock (_lock)
        {
            if (_isShown)
            {
                _error.Write("\r\e[K");
                _error.Flush();
            }

            _isShown = false;
            _current = "";
        }
    }

    private void Show()
    {
        lock (_lock)
        {
            if (Volatile.Read(ref _current) is { Length: > 0 } what)
            {
                // A folder of many repositories takes a while to read: the seconds show that work goes on.
                var text = _watch.Elapsed.TotalSeconds < 2 ? what : string.Create(CultureInfo.InvariantCulture, $"[{_watch.Elapsed.TotalSeconds:0} s] {what}");
                text = InertText.InLine(_error.WithoutSecrets(text));
                _isShown = true;
                _error.Write("\r\e[K" + (text.Length > _width ? text[..(_width - 1)] + "…" : text));
                _error.Flush();
            }
        }
    }
}
