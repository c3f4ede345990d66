using System.Collections.Immutable;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Configuration;

/// <summary>The input or the call is wrong, and nothing useful can be done before someone fixes it. The message is for people: full sentences.</summary>
public sealed class InputException : Exception
{
    /// <summary>Says what is wrong.</summary>
    public InputException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong with a file.</summary>
    public InputException(Diagnostic diagnostic)
        : this([diagnostic])
    {
    }

    /// <summary>Says everything that is wrong with a file.</summary>
    /// <param name="diagnostics">What is wrong; one thing at least.</param>
    public InputException(ImmutableArray<Diagnostic> diagnostics)
        : base(string.Join('\n', diagnostics.Select(diagnostic => diagnostic.Message))) => Diagnostics = diagnostics;

    /// <summary>What is wrong, with its places; empty where it has none.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; } = [];

    /// <summary>The first thing that is wrong, with its place; null where it has none.</summary>
    public Diagnostic? Diagnostic => Diagnostics.IsEmpty ? null : Diagnostics[0];
}
