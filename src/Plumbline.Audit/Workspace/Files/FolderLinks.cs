using System.Collections.Immutable;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Files;

/// <summary>Collects the links to folders while the files of a folder are listed.</summary>
/// <param name="root">Full path of the folder that is listed.</param>
/// <param name="boundary">What a link must stay in.</param>
/// <param name="diagnostics">Receives a note for each link that does not.</param>
internal sealed class FolderLinks(string root, TreeBoundary boundary, List<Diagnostic> diagnostics)
{
    private readonly ImmutableDictionary<string, string>.Builder _inside = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);

    /// <summary>Where the links lead that stay inside, by their own paths.</summary>
    public ImmutableDictionary<string, string> Inside => _inside.ToImmutable();

    /// <summary>Looks at a link; whether it leads to a folder, and so is none of the files.</summary>
    /// <param name="path">Its path, relative to the folder that is listed.</param>
    public bool Add(string path)
    {
        var full = Path.Combine(root, path);
        if (FileStatus.OfTarget(full) != FileKind.Folder)
        {
            return false;
        }

        if (boundary.TargetIn(full, root) is { } target)
        {
            _inside[path] = target;
        }
        else if (boundary.TargetOf(full) is null && !FileListing.IsNeverRead(path + "/"))
        {
            diagnostics.Add(new Diagnostic(
                DiagnosticSeverity.Warning, FileReader.LinkCode, "The folder is a link that leads outside the repository, so its contents are skipped.", SourceLocation.StartOf(path)));
        }

        return true;
    }
}
