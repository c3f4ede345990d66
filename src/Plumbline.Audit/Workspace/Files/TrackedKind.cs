namespace Plumbline.Audit.Workspace.Files;

/// <summary>What git tracks at a path.</summary>
internal enum TrackedKind
{
    /// <summary>A file.</summary>
    File,

    /// <summary>A symbolic link.</summary>
    Link,

    /// <summary>A commit of another repository.</summary>
    Submodule,
}
