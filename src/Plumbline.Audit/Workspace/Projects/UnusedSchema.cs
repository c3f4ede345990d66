using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Projects;

/// <summary>A Prisma schema that is no project: nothing refers to it, and no history belongs to it.</summary>
/// <param name="Path">Path of the file or folder, relative to the workspace's root.</param>
/// <param name="Why">Why it is taken for none, as a sentence.</param>
/// <param name="Location">Its beginning.</param>
public sealed record UnusedSchema(string Path, string Why, SourceLocation Location);
