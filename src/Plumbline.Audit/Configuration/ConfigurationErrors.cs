using Plumbline.Schema.Text;

namespace Plumbline.Audit.Configuration;

/// <summary>What is wrong with a configuration file. All of it is reported at once, so that nobody has to run a command once for each mistake.</summary>
internal sealed class ConfigurationErrors
{
    private const string InvalidCode = "invalid-configuration";

    private readonly List<Diagnostic> _errors = [];
    private int _unknown;

    /// <summary>Adds an error.</summary>
    /// <param name="location">Where it is.</param>
    /// <param name="message">What is wrong, in full sentences.</param>
    /// <param name="hint">What would be right; null where the message says it.</param>
    /// <param name="code">The kind of error.</param>
    public void Add(SourceLocation location, string message, string? hint = null, string code = InvalidCode) =>
        _errors.Add(new Diagnostic(DiagnosticSeverity.Error, code, message, location, hint));

    /// <summary>Adds that a name is not known.</summary>
    /// <param name="location">Where it is.</param>
    /// <param name="what">What it should be the name of.</param>
    /// <param name="written">What is written.</param>
    /// <param name="known">The right names.</param>
    /// <param name="list">Where the right names are listed; null where the message does it.</param>
    public void AddUnknown(SourceLocation location, string what, string written, IReadOnlyCollection<string> known, string? list = null)
    {
        // Each is compared with all known names, and a file of unknown names has thousands of them.
        var isHelped = _unknown++ < ReadingBudget.NearestNames;
        Add(location, $"There is no {what} \"{written}\".{(isHelped ? NearestName.Hint(written, known) : "")}", list ?? (isHelped ? $"Known: {string.Join(", ", known)}." : null));
    }

    /// <summary>Throws where there are errors.</summary>
    /// <exception cref="InputException">There are.</exception>
    public void ThrowIfAny()
    {
        if (_errors.Count > 0)
        {
            throw new InputException([.. _errors.OrderBy(error => error.Location.Line).ThenBy(error => error.Location.Column)]);
        }
    }
}
