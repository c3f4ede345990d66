using Plumbline.PostgreSql.Builtins;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Replay;

/// <summary>What a Supabase project has before the first migration: roles, schemas, the tables that policies name, and the functions that they call.</summary>
internal static class Supabase
{
    /// <summary>Puts it there. Search paths begin with <c>"$user", public, extensions</c>.</summary>
    public static void Install(ReplaySession session)
    {
        session.Execution.Settings.DatabasePath = ["$user", "public", "extensions"];
        var script = SupabasePlatform.Script;
        session.RunStatements(-1, new MigrationSource("", new SourceText("", script)), CancellationToken.None);
        session.Outcomes.Clear();
    }
}
