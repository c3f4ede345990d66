using Plumbline.Schema;

namespace Plumbline.PostgreSql.Replay;

/// <summary>One migration, or any other SQL file, to be replayed.</summary>
/// <param name="Name">The name by which the history knows it: the name of its folder.</param>
/// <param name="Text">Its SQL.</param>
public sealed record MigrationSource(string Name, SourceText Text);
