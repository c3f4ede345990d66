using Plumbline.Schema.Model;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Projects;

/// <summary>A table or enum that <c>prisma.config.ts</c> says somebody else creates (<c>tables.external</c>, <c>enums.external</c>).</summary>
/// <param name="Name">Its name.</param>
/// <param name="Location">Where it is listed.</param>
public sealed record ExternalObject(ObjectName Name, SourceLocation Location);
