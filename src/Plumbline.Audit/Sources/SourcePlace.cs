using Plumbline.Audit.Workspace.Files;

namespace Plumbline.Audit.Sources;

/// <summary>Where in a repository a source lies.</summary>
/// <param name="Files">What the repository is read from.</param>
/// <param name="Repository">Full path of the repository.</param>
/// <param name="Path">The path of the source in it.</param>
/// <param name="Folder">Full path of the folder that the source is or lies in.</param>
internal sealed record SourcePlace(IFileSource Files, string Repository, string Path, string Folder);
