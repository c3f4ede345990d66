using Plumbline.Schema.Text;

namespace Plumbline.Audit.Connections.Dotenv;

/// <summary>A variable of an environment file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value as dotenv gives it: without quotes, nothing in it replaced yet.</param>
/// <param name="Location">Where it is, from the name to the end of the value.</param>
/// <param name="IsCut">Whether a <c>#</c> inside the value, which has no quotes around it, begins a comment and cuts the value off.</param>
internal sealed record DotenvEntry(string Name, string Value, SourceLocation Location, bool IsCut = false);
