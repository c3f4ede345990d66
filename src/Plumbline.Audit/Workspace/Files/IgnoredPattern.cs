namespace Plumbline.Audit.Workspace.Files;

/// <summary>A pattern with the folder of the file that it stands in.</summary>
/// <param name="Folder">The folder; empty for that of all.</param>
/// <param name="Pattern">The pattern.</param>
internal readonly record struct IgnoredPattern(string Folder, GitIgnorePattern Pattern);
