namespace Plumbline.PostgreSql.Builtins;

/// <summary>What a database on Supabase holds before the first migration ("Supabase: Postgres roles", its auth and storage schemas).</summary>
internal static class SupabasePlatform
{
    /// <summary>The script that makes it on an empty database.</summary>
    public static string Script => BuiltinText.Read("supabase.sql");
}
