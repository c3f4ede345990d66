using System.Collections.Immutable;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Projects;

/// <summary>A project of a Prisma version that is not read yet.</summary>
/// <param name="Path">Path of its contract, relative to the workspace's root.</param>
/// <param name="Why">What shows the version, as a sentence.</param>
/// <param name="Location">Where that stands.</param>
/// <param name="Files">The paths of all files of the same package that show it, sorted.</param>
public sealed record UnsupportedProject(string Path, string Why, SourceLocation Location, ImmutableArray<string> Files);
