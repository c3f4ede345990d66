namespace Plumbline.Audit.Workspace.Files;

/// <summary>What lies at a path.</summary>
public enum FileKind
{
    /// <summary>Nothing.</summary>
    Missing,

    /// <summary>Something that may not be looked at: a folder on the way to it may not be entered.</summary>
    Unreachable,

    /// <summary>A regular file.</summary>
    Regular,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A symbolic link.</summary>
    Link,

    /// <summary>A pipe, a socket or a device: opening or reading it can wait forever, or has effects.</summary>
    Other,
}
