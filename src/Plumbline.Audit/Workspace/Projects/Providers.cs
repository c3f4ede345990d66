namespace Plumbline.Audit.Workspace.Projects;

/// <summary>The names of providers in a Prisma schema.</summary>
internal static class Providers
{
    /// <summary>Whether a provider is PostgreSQL.</summary>
    public static bool IsPostgreSql(string provider) => provider is "postgresql" or "postgres";

    /// <summary>Whether two names stand for one provider.</summary>
    public static bool AreSame(string left, string right) => left == right || (IsPostgreSql(left) && IsPostgreSql(right));
}
