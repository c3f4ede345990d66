using System.Collections.Immutable;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison.Objects;

/// <summary>
/// The privileges on the schema <c>public</c>. Up to PostgreSQL 14 it belongs to the superuser and everyone may create there; since 15 it belongs to the
/// database's owner, and nobody else may. PostgreSQL 15 release notes, "Migration to Version 15".
/// </summary>
internal static class GrantsOfPublic
{
    private const int Since = 15;
    private const string Owner = "pg_database_owner";
    private const string Creator = "postgres";

    /// <summary>Whether both sides grant the same, where what a new database has on either server is the same.</summary>
    internal static bool AreSame(ComparisonBuilder builder, ImmutableArray<Grant>? from, ImmutableArray<Grant>? to)
    {
        if (from is null && to is null)
        {
            return true;
        }

        var (left, right) = (Effective(from, builder.From), Effective(to, builder.To));
        if (builder.OneSideIsBefore(Since))
        {
            // That everyone may create on the older server was not granted, so that it need not be granted on the newer one.
            var older = IsOlder(builder.From) ? left : right;
            if (older.Contains(("", "UC")))
            {
                (left, right) = (WithoutCreate(left), WithoutCreate(right));
            }
        }

        return left.SetEquals(right);
    }

    private static HashSet<(string Grantee, string Privileges)> Effective(ImmutableArray<Grant>? grants, DatabaseSchema schema) =>
        grants is { } granted
            ? [.. granted.Select(g => (g.Grantee == Creator ? Owner : g.Grantee, g.Privileges))]
            : [(Owner, "UC"), ("", IsOlder(schema) ? "UC" : "U")];

    private static bool IsOlder(DatabaseSchema schema) => schema.ServerVersion < Since;

    private static HashSet<(string Grantee, string Privileges)> WithoutCreate(HashSet<(string Grantee, string Privileges)> grants) =>
        [.. grants.Select(g => g == ("", "UC") ? ("", "U") : g)];
}
