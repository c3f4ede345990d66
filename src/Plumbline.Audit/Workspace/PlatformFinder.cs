using System.Collections.Immutable;

namespace Plumbline.Audit;

/// <summary>Finds out which platform a repository's databases run on.</summary>
internal static class PlatformFinder
{
    private static readonly string[] SupabaseMarks = ["auth.uid()", "auth.jwt()", "auth.role()", "storage.buckets", "REFERENCES auth.users", "references auth.users"];

    /// <summary>The platform, and what tells it.</summary>
    public static (Platform Platform, string? Evidence) Find(FileTree tree, ImmutableArray<Project> projects)
    {
        foreach (var file in tree.Files)
        {
            if (file.Path == "supabase/config.toml" || file.Path.EndsWith("/supabase/config.toml", StringComparison.Ordinal))
            {
                return (Platform.Supabase, file.Path);
            }
        }

        foreach (var migration in projects.SelectMany(project => project.History?.Migrations ?? []))
        {
            if (migration.Script?.Text is { } text && SupabaseMarks.FirstOrDefault(mark => text.Text.Contains(mark, StringComparison.Ordinal)) is { } mark)
            {
                return (Platform.Supabase, $"{mark} in {migration.ScriptPath}");
            }
        }

        return (Platform.None, null);
    }
}
