using Plumbline.Schema.Text;

namespace Plumbline.TypeScript.Configuration;

/// <summary>How a database URL is named: by a variable, or written out.</summary>
/// <param name="Variable">The variable; null where it is written out.</param>
/// <param name="Value">The URL; null where a variable gives it.</param>
/// <param name="Location">Where.</param>
public sealed record UrlReference(string? Variable, string? Value, SourceLocation Location);
