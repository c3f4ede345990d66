using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Files;

/// <summary>A file of a workspace: its path, and its text, which is read once and only when it is asked for. Safe to ask from several threads.</summary>
public sealed class WorkspaceFile
{
    private readonly Lazy<FileContent> _content;
    private readonly Func<FileWords, bool>? _mayHold;

    internal WorkspaceFile(IFileSource source, string path, string fullPath)
        : this(path, () => source.Read(path, fullPath)) => _mayHold = words => source.MayHold(fullPath, words);

    internal WorkspaceFile(string path, Func<FileContent> read)
    {
        Path = path;
        _content = new Lazy<FileContent>(read);
    }

    internal WorkspaceFile(SourceText text)
    {
        Path = text.Path;
        _content = new Lazy<FileContent>(new FileContent(text, null));
    }

    /// <summary>Path relative to the workspace's root, with <c>/</c> between its parts.</summary>
    public string Path { get; }

    /// <summary>The last part of the path.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>The folder of the file, relative to the workspace's root; empty for the root itself.</summary>
    public string Folder => Path.LastIndexOf('/') is var slash and > 0 ? Path[..slash] : "";

    /// <summary>The text; null where it could not be read at all (see <see cref="Problem"/>). Where only some bytes are wrong they are replaced, and the rest
    /// is here.</summary>
    public SourceText? Text => _content.Value.Text;

    /// <summary>What was wrong with reading it: missing, not readable, binary, not UTF-8; null where nothing was.</summary>
    public Diagnostic? Problem => _content.Value.Problem;

    /// <summary>The text where it holds one of some words; null where it does not. A file that nothing else reads is read as text only then.</summary>
    internal SourceText? TextWith(FileWords words) =>
        (_content.IsValueCreated || _mayHold?.Invoke(words) != false) && Text is { } text && words.AreIn(text.Text) ? text : null;

    /// <summary>The path.</summary>
    public override string ToString() => Path;
}
