using Plumbline.Audit.Workspace.Files;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Rules;

/// <summary>What to do about a file or folder that cannot be read, by its cause.</summary>
internal static class ReadingAdvice
{
    /// <summary>What to do.</summary>
    /// <param name="problem">Why it cannot be read.</param>
    /// <param name="part">What a file that is too long can be divided into: <c>migration</c> or <c>schema</c>.</param>
    public static string Of(Diagnostic problem, string part) => problem.Hint ?? problem.Code switch
    {
        FileReader.BinaryCode => "Save the file as UTF-8 text.",
        FileReader.LengthCode => $"Split the {part}.",
        FileReader.PermissionCode => "Give the user that runs plumb read permission.",
        FileReader.LinkCode => "Replace the link with what it leads to.",
        FileReader.KindCode => $"Replace {problem.Location.Path} with a regular file.",
        _ => $"Make {problem.Location.Path} a regular file or folder in the repository.",
    };
}
