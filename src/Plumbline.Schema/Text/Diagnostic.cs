using System.Text.Json.Serialization;

namespace Plumbline.Schema.Text;

/// <summary>Something a reader has to say about its input.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Code">What the reader's own system calls it: a Prisma error code such as <c>P1012</c>, or an SQLSTATE such as <c>42P01</c>.</param>
/// <param name="Message">A full sentence, in the words of the system whose rule it is.</param>
/// <param name="Location">Where.</param>
/// <param name="Hint">What to do, where that is known.</param>
public sealed record Diagnostic(DiagnosticSeverity Severity, string Code, string Message, SourceLocation Location, string? Hint = null)
{
    /// <summary>What is wrong in one clause, as the title of a report; null where the message is short enough.</summary>
    [JsonIgnore]
    public string? Title { get; init; }

    /// <summary>The diagnostic as compilers print it: <c>path:line:column: error: message</c>.</summary>
    public override string ToString() => $"{Location}: {(Severity == DiagnosticSeverity.Error ? "error" : "warning")}: {Message}";
}

/// <summary>How bad a <see cref="Diagnostic"/> is.</summary>
public enum DiagnosticSeverity
{
    /// <summary>The input is taken as it is, but something about it is doubtful.</summary>
    Warning,

    /// <summary>The input is wrong; what it names could not be read in full.</summary>
    Error,
}
