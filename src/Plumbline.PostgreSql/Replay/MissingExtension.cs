using System.Text.RegularExpressions;
using Plumbline.PostgreSql.Builtins;

namespace Plumbline.PostgreSql.Replay;

/// <summary>Finds the extension whose absence a refusal complains of.</summary>
internal static partial class MissingExtension
{
    /// <summary>The extension's name; null where the refusal has another reason.</summary>
    public static string? Of(SqlError error)
    {
        if (error.SqlState is not ("42704" or "42883" or "0A000" or "58P01"))
        {
            return null;
        }

        var match = Missing().Match(error.Message);
        if (!match.Success)
        {
            return null;
        }

        var name = match.Groups[2].Value;
        name = name[(name.LastIndexOf('.') + 1)..].Replace("[]", "", StringComparison.Ordinal);
        return match.Groups[1].Value switch
        {
            "extension" or "required extension" => name,
            "type" => KnownExtension.OwnerOf('T', name),
            "operator class" => KnownExtension.OwnerOf('K', name),
            _ => KnownExtension.OwnerOf('F', name),
        };
    }

    [GeneratedRegex("^(type|operator class|extension|required extension|function) \"?((?>[^\" (]+))\"?.* (?:does not exist|is not available|is not installed)")]
    private static partial Regex Missing();
}
