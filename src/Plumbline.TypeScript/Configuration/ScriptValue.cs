using Plumbline.Schema.Text;

namespace Plumbline.TypeScript.Configuration;

/// <summary>A text that a script writes out.</summary>
/// <param name="Text">What it stands for.</param>
/// <param name="Location">Its place in the text.</param>
public sealed record ScriptValue(string Text, SourceLocation Location);
