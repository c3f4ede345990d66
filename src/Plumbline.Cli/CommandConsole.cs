using Plumbline.Audit.Connections;
using Plumbline.Cli.Outgoing;
using Plumbline.Schema.Text;

namespace Plumbline.Cli;

/// <summary>Where a command writes to, and what is known about who reads it.</summary>
internal sealed record CommandConsole
{
    /// <summary>Where results go.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Where progress and errors go.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>The secrets that the run has met, which neither stream shows.</summary>
    public SecretValues Secrets { get; } = new();

    /// <summary>The console with both streams behind the writers that everything goes through.</summary>
    public CommandConsole Guarded() => this with { Out = new OutgoingWriter(Out, OutgoingForm.Text, Secrets), Error = new OutgoingWriter(Error, OutgoingForm.Text, Secrets) { IsBestEffort = true } };

    /// <summary><see cref="Out"/> for text of another form.</summary>
    public OutgoingWriter OutAs(OutgoingForm form) => Out is OutgoingWriter writer ? writer.As(form) : new OutgoingWriter(Out, form, Secrets);

    /// <summary><see cref="Error"/> for text of another form.</summary>
    public OutgoingWriter ErrorAs(OutgoingForm form) => Error is OutgoingWriter writer ? writer.As(form) : new OutgoingWriter(Error, form, Secrets);

    /// <summary>Whether <see cref="Out"/> is a terminal.</summary>
    public bool IsOutTerminal { get; init; }

    /// <summary>Whether <see cref="Error"/> is a terminal.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>Number of columns of the terminal; null where there is none.</summary>
    public int? Width { get; init; }

    /// <summary>Looks up an environment variable.</summary>
    public Func<string, string?> Variable { get; init; } = _ => null;

    /// <summary>Reports what is wrong with a file, as compilers do, and what to do about it.</summary>
    public void Report(Diagnostic diagnostic)
    {
        Error.WriteLine(diagnostic);
        if (diagnostic.Hint is { } hint)
        {
            Error.WriteLine("  " + hint);
        }
    }

    /// <summary>Whether a build server runs the command: nobody watches, and escape sequences end up in a log.</summary>
    public bool IsBuildServer => Variable("CI") is { Length: > 0 } value && value is not ("false" or "0");

    /// <summary>Whether color codes may be written, as far as the environment allows (no-color.org).</summary>
    public bool AllowsColor => IsOutTerminal && !IsBuildServer && string.IsNullOrEmpty(Variable("NO_COLOR")) && Variable("TERM") != "dumb";
}
