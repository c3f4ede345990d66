using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Projects;

/// <summary>Finds out which platform a repository's databases run on.</summary>
internal static class PlatformFinder
{
    private const string SupabaseFile = "supabase/config.toml";

    private static readonly ImmutableArray<string> SupabaseMarks =
        ["auth.uid()", "auth.jwt()", "auth.role()", "storage.buckets", "REFERENCES auth.users", "references auth.users"];

    // Who makes these has a database of another kind, whatever it is called.
    private static readonly ImmutableArray<string> CounterMarks =
        ["SCHEMA auth", "SCHEMA \"auth\"", "SCHEMA IF NOT EXISTS auth", "SCHEMA IF NOT EXISTS \"auth\"", "FUNCTION auth."];

    /// <summary>The platform of a workspace, and what tells it.</summary>
    public static (Platform Platform, string? Evidence) Find(FileTree tree, ImmutableArray<Project> projects)
    {
        foreach (var file in tree.Files)
        {
            if (file.Path == SupabaseFile || file.Path.EndsWith("/" + SupabaseFile, StringComparison.Ordinal))
            {
                return (Platform.Supabase, file.Path);
            }
        }

        // The image makes Supabase's schemas, roles and extensions when a database begins.
        var texts = projects.SelectMany(project => project.History?.Migrations ?? []).Select(migration => migration.Script?.Text).OfType<SourceText>().ToList();
        if (ServerVersionFinder.FindSupabase(tree) is { } image && !MakesItsOwn(texts))
        {
            return (Platform.Supabase, image);
        }

        return FindMark(texts) is { } evidence ? (Platform.Supabase, evidence) : (Platform.None, null);
    }

    /// <summary>The platform that texts speak of.</summary>
    public static Platform Of(IReadOnlyList<SourceText> texts) => FindMark(texts) is null ? Platform.None : Platform.Supabase;

    private static string? FindMark(IReadOnlyList<SourceText> texts)
    {
        string? evidence = null;
        foreach (var text in texts)
        {
            if (evidence is null && SupabaseMarks.FirstOrDefault(mark => text.Text.Contains(mark, StringComparison.Ordinal)) is { } mark)
            {
                evidence = $"{mark} in {text.Path}";
            }
        }

        return evidence is not null && MakesItsOwn(texts) ? null : evidence;
    }

    private static bool MakesItsOwn(IReadOnlyList<SourceText> texts) => texts.Any(text => CounterMarks.Any(mark => text.Text.Contains(mark, StringComparison.OrdinalIgnoreCase)));
}
