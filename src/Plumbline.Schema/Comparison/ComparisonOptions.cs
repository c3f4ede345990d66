using System.Collections.Immutable;

namespace Plumbline.Schema.Comparison;

/// <summary>How two schemas are compared.</summary>
public sealed record ComparisonOptions
{
    /// <summary>Everything is compared, and renames are guessed.</summary>
    public static ComparisonOptions Default { get; } = new();

    /// <summary>Kinds of things to leave out, as in <see cref="KnownKinds"/>: <c>grant</c>, <c>owner</c>, <c>comment</c> ….</summary>
    public ImmutableHashSet<string> IgnoredKinds { get; init; } = [];

    /// <summary>Whether a dropped and an added object that look alike are reported as a rename.</summary>
    public bool DetectRenames { get; init; } = true;

    /// <summary>Every kind that can be ignored: the names of changes without their <c>add-</c>, <c>drop-</c>, <c>rename-</c> or <c>alter-</c>,
    /// sorted.</summary>
    public static ImmutableArray<string> KnownKinds => [.. Enum.GetValues<ChangeKind>().Select(KindOf).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Whether changes of a kind are left out.</summary>
    public bool Ignores(ChangeKind kind) => IgnoredKinds.Count > 0 && IgnoredKinds.Contains(KindOf(kind));

    /// <summary>What a change is about, without what happens to it: <c>column</c> for <see cref="ChangeKind.AddColumn"/>.</summary>
    public static string KindOf(ChangeKind kind)
    {
        var name = kind.Name();
        return name[(name.IndexOf('-', StringComparison.Ordinal) + 1)..];
    }
}
