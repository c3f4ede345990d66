namespace Plumbline.Audit.Workspace.Files;

/// <summary>Which links on the way to a file are followed.</summary>
internal enum LinkRule
{
    /// <summary>All.</summary>
    Followed,

    /// <summary>Those of folders; none at the file's own path.</summary>
    NotAtTheEnd,

    /// <summary>None.</summary>
    Nowhere,
}
