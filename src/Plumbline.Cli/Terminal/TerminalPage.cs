using System.Text;
using Plumbline.Cli.Outgoing;
using Plumbline.Schema.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Plumbline.Cli.Terminal;

/// <summary>A page of text for a terminal: pieces with a style, and prose that is wrapped.</summary>
internal sealed class TerminalPage
{
    private readonly TextWriter _output;

    // Null without colors: Spectre would then reset the colors of the process's own terminal with each piece.
    private readonly IAnsiConsole? _console;

    /// <summary>Makes a page.</summary>
    /// <param name="output">Where it is written to.</param>
    /// <param name="usesColor">Whether it may have styles.</param>
    /// <param name="width">Number of columns.</param>
    public TerminalPage(TextWriter output, bool usesColor, int width)
    {
        Width = width;
        _output = output;
        _console = !usesColor ? null : AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.Standard,
            Interactive = InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            EnvironmentVariables = [],
            Out = new PageOutput(output),
        });
    }

    /// <summary>Number of columns.</summary>
    public int Width { get; }

    /// <summary>Writes a piece of a line.</summary>
    public TerminalPage Write(string text, Style? style = null)
    {
        if (_console is null)
        {
            _output.Write(Printable(text));
        }
        else if (text.Length > 0)
        {
            _console.Write(new Piece(Printable(text), style ?? Style.Plain));
        }

        return this;
    }

    /// <summary>Writes a piece and ends the line.</summary>
    public TerminalPage WriteLine(string text = "", Style? style = null)
    {
        Write(text, style);
        if (_console is null)
        {
            _output.Write('\n');
        }
        else
        {
            _console.Write(new Piece("\n", Style.Plain));
        }

        return this;
    }

    /// <summary>Writes prose, wrapped at blanks and indented; line breaks of its own are kept.</summary>
    /// <param name="text">The text.</param>
    /// <param name="first">What stands before its first line.</param>
    /// <param name="following">What stands before the lines that follow.</param>
    /// <param name="style">Its style.</param>
    public TerminalPage WriteProse(string text, string first, string following, Style? style = null)
    {
        const int longestLine = 110;

        // Where the first line continues another, what is there takes as much room as the indent below it.
        var room = Math.Min(Width, longestLine) - Math.Max(CellsOf(first), CellsOf(following));
        var prefix = first;

        text = WithoutSecrets(text);
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n').SelectMany(line => WordWrap.Lines(line, room, room)))
        {
            Write(prefix, Styles.Frame).WriteLine(line, style);
            prefix = following;
        }

        return this;
    }

    /// <summary>A text without its secrets, for what is wrapped: one with blanks could be in two lines.</summary>
    public string WithoutSecrets(string text) => _output is OutgoingWriter output ? output.WithoutSecrets(text) : text;

    /// <summary>The cells that a text takes.</summary>
    public static int CellsOf(string text) => Segment.CellCount([new Segment(Printable(text))]);

    /// <summary>Shows what a terminal would obey: files under audit are not trusted.</summary>
    public static string Printable(string text) => InertText.InLine(text);

    // Lines are measured here, so what is longer than the page is meant to be. Nothing asks the real console: that would load its whole key map.
    private sealed class PageOutput(TextWriter writer) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => false;

        public int Width => int.MaxValue / 4;

        public int Height => int.MaxValue / 4;

        public void SetEncoding(Encoding encoding)
        {
        }
    }

    private sealed class Piece(string text, Style style) : IRenderable
    {
        public Measurement Measure(RenderOptions options, int maxWidth) => new(text.Length, text.Length);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => [text == "\n" ? Segment.LineBreak : new Segment(text, style)];
    }
}
