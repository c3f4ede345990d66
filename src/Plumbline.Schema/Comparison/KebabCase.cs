using System.Collections.Immutable;
using Plumbline.Schema.Text;

namespace Plumbline.Schema.Comparison;

/// <summary>The names of enum members as output formats spell them: <c>AddForeignKey</c> is <c>add-foreign-key</c>.</summary>
public static class KebabCase
{
    private static readonly ImmutableArray<string> ChangeKindNames = NamesOf<ChangeKind>();
    private static readonly ImmutableArray<string> SubjectKindNames = NamesOf<SubjectKind>();
    private static readonly ImmutableArray<string> FeatureNames = NamesOf<SchemaFeature>();

    /// <summary>The name of a kind of change, such as <c>alter-column-type</c>.</summary>
    public static string Name(this ChangeKind kind) => ChangeKindNames[(int)kind];

    /// <summary>The name of a kind of subject, such as <c>enum-value</c>.</summary>
    public static string Name(this SubjectKind kind) => SubjectKindNames[(int)kind];

    /// <summary>The name of a feature, such as <c>partial-index</c>.</summary>
    public static string Name(this SchemaFeature feature) => FeatureNames[(int)feature];

    private static ImmutableArray<string> NamesOf<T>()
        where T : struct, Enum => [.. Enum.GetNames<T>().Select(name => PascalCase.Separate(name, '-'))];
}
