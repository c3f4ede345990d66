using Plumbline.Schema;

namespace Plumbline.Audit;

internal static class SubjectKindNames
{
    public static string Name(this SubjectKind kind) =>
        string.Concat(kind.ToString().Select((c, i) => char.IsAsciiLetterUpper(c) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
