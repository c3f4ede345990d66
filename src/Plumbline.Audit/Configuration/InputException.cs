using Plumbline.Schema.Text;

namespace Plumbline.Audit.Configuration;

/// <summary>The input or the call is wrong, and nothing useful can be done before someone mends it. The message is for people: full sentences.</summary>
public sealed class InputException : Exception
{
    /// <summary>Says what is wrong.</summary>
    public InputException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong with a file.</summary>
    public InputException(Diagnostic diagnostic)
        : base(diagnostic.Message) => Diagnostic = diagnostic;

    /// <summary>What is wrong, with its place; null where it has none.</summary>
    public Diagnostic? Diagnostic { get; }
}
