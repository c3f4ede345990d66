namespace Plumbline.Audit.Workspace.Files;

/// <summary>Something that lies in a folder, whether git lists it or not.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is; <see cref="FileKind.Missing"/> where its name is not valid UTF-8, so that nothing can be asked about it.</param>
/// <param name="IsLoop">Whether it is a link that leads back to itself.</param>
internal readonly record struct FolderEntry(string Name, FileKind Kind, bool IsLoop);
