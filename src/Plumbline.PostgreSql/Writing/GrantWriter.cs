using System.Collections.Immutable;
using System.Text;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing;

/// <summary>Writes owners and privileges where they differ from what a new object has. PostgreSQL documentation, "Privileges".</summary>
internal static class GrantWriter
{
    /// <summary>The role that a schema is taken to be created by, so that what it owns needs no mention.</summary>
    internal const string Creator = "postgres";

    private static readonly (char Letter, string Name)[] Privileges =
    [
        ('a', "INSERT"), ('r', "SELECT"), ('w', "UPDATE"), ('d', "DELETE"), ('D', "TRUNCATE"), ('x', "REFERENCES"), ('t', "TRIGGER"), ('X', "EXECUTE"),
        ('U', "USAGE"), ('C', "CREATE"), ('T', "TEMPORARY"), ('c', "CONNECT"), ('s', "SET"), ('A', "ALTER SYSTEM"), ('m', "MAINTAIN"),
    ];

    /// <summary>All that can have owners and privileges, with what it has.</summary>
    internal static IEnumerable<(AclTarget Target, string? Owner, ImmutableArray<Grant>? Grants)> Holders(DatabaseSchema schema)
    {
        foreach (var item in schema.Namespaces)
        {
            yield return (AclTarget.Of(item, schema.ServerVersion), item.Name == "public" && item.Owner == "pg_database_owner" ? null : item.Owner, item.Grants);
        }

        IEnumerable<NamedObject> types = [.. schema.Enums, .. schema.CompositeTypes, .. schema.Domains, .. schema.RangeTypes];
        foreach (var item in types)
        {
            yield return (AclTarget.OfType(item), item.Owner, item.Grants);
        }

        foreach (var item in schema.Tables)
        {
            yield return (AclTarget.Of(item), item.Owner, item.Grants);
        }

        foreach (var item in schema.Sequences)
        {
            yield return (AclTarget.Of(item), item.OwnedByTable is null ? item.Owner : null, item.Grants);
        }

        foreach (var item in schema.Functions)
        {
            yield return (AclTarget.Of(item), item.Owner, item.Grants);
        }

        foreach (var item in schema.Views)
        {
            yield return (AclTarget.Of(item), item.Owner, item.Grants);
        }
    }

    internal static string? Own(AclTarget target, string? owner) =>
        owner is null or Creator || target.AlterOwner is null ? null : Own(target.AlterOwner, owner);

    internal static string Own(string reference, string owner) => $"ALTER {reference} OWNER TO {SqlIdentifier.Quote(owner)}";

    /// <summary>The statements that turn the privileges of an object from one list into another; null stands for the defaults.</summary>
    internal static IEnumerable<string> Change(AclTarget target, string owner, ImmutableArray<Grant>? from, ImmutableArray<Grant>? to)
    {
        ImmutableArray<Grant> defaults = [new Grant(owner, owner, target.OwnerDefault)];
        if (target.PublicDefault.Length > 0)
        {
            defaults = [new Grant("", owner, target.PublicDefault), .. defaults];
        }

        var wrote = false;
        foreach (var statement in Change(target.Reference, owner, from ?? defaults, to ?? defaults, ""))
        {
            wrote = true;
            yield return statement;
        }

        // A list that is written down and says the same as none is still another catalog.
        if (!wrote && from is null && to is not null)
        {
            yield return $"GRANT {List(target.OwnerDefault, target.Reference, "")} ON {target.Reference} TO {SqlIdentifier.Quote(owner)}";
        }
    }

    /// <summary>The same for a column, which has no defaults.</summary>
    internal static IEnumerable<string> ChangeColumn(ObjectName table, string owner, Column column, ImmutableArray<Grant>? from, ImmutableArray<Grant>? to) =>
        Change($"TABLE {SqlIdentifier.Quote(table)}", owner, from ?? [], to ?? [], $" ({SqlIdentifier.Quote(column.Name)})");

    /// <summary>The roles that lose a privilege.</summary>
    internal static IEnumerable<string> Losers(ImmutableArray<Grant>? from, ImmutableArray<Grant>? to) => (from ?? [])
        .Where(f => f.Privileges.Any(p => !(to ?? []).Any(t => t.Grantee == f.Grantee && t.Grantor == f.Grantor && t.Privileges.Contains(p, StringComparison.Ordinal))))
        .Select(f => f.Grantee);

    private static IEnumerable<string> Change(string reference, string owner, ImmutableArray<Grant> from, ImmutableArray<Grant> to, string columns)
    {
        var had = Letters(from);
        var wanted = Letters(to);
        var regranted = new HashSet<(string, string?)>();
        foreach (var (key, letters) in had)
        {
            var extra = Minus(letters, wanted.GetValueOrDefault(key, ""));
            if (extra.Length > 0 && IsAll(letters, reference, columns))
            {
                // What else is all of a table on this server goes too, and what stays is given again.
                extra = letters;
                regranted.Add(key);
            }

            if (extra.Length > 0)
            {
                yield return As(key.Grantor, owner, $"REVOKE {List(extra, reference, columns)} ON {reference} FROM {RoleWriter.Name(key.Grantee)}{(letters.Contains('*', StringComparison.Ordinal) ? " CASCADE" : "")}");
            }
        }

        foreach (var (key, letters) in wanted)
        {
            var missing = Minus(letters, regranted.Contains(key) ? "" : had.GetValueOrDefault(key, ""));
            missing = missing.Length > 0 && IsAll(letters, reference, columns) ? letters : missing;
            foreach (var withOption in (bool[])[false, true])
            {
                var part = Part(missing, withOption);
                if (part.Length > 0)
                {
                    yield return As(
                        key.Grantor,
                        owner,
                        $"GRANT {List(part, reference, columns)} ON {reference} TO {RoleWriter.Name(key.Grantee)}{(withOption ? " WITH GRANT OPTION" : "")}");
                }
            }
        }

        Dictionary<(string Grantee, string? Grantor), string> Letters(ImmutableArray<Grant> grants)
        {
            var letters = new Dictionary<(string, string?), string>();
            foreach (var grant in grants)
            {
                // Who is not named gave nothing away: the owner did.
                var key = (grant.Grantee == "public" ? "" : grant.Grantee, grant.Grantor is null || grant.Grantor == owner ? null : grant.Grantor);
                letters[key] = letters.GetValueOrDefault(key, "") + grant.Privileges;
            }

            return letters;
        }
    }

    private static string As(string? grantor, string owner, string statement) =>
        grantor is null || grantor == owner ? statement : $"SET ROLE {SqlIdentifier.Quote(grantor)};\n{statement};\nRESET ROLE";

    /// <summary>The letters of one list that another lacks; one with a grant option counts as another.</summary>
    private static string Minus(string letters, string other)
    {
        var result = new StringBuilder();
        for (var i = 0; i < letters.Length; i++)
        {
            var length = i + 1 < letters.Length && letters[i + 1] == '*' ? 2 : 1;
            var at = other.IndexOf(letters[i], StringComparison.Ordinal);
            var hasOption = at >= 0 && at + 1 < other.Length && other[at + 1] == '*';
            if (at < 0 || hasOption != (length == 2))
            {
                result.Append(letters, i, length);
            }

            i += length - 1;
        }

        return result.ToString();
    }

    private static string Part(string letters, bool withOption)
    {
        var result = new StringBuilder();
        for (var i = 0; i < letters.Length; i++)
        {
            var hasOption = i + 1 < letters.Length && letters[i + 1] == '*';
            if (hasOption == withOption)
            {
                result.Append(letters[i]);
            }

            i += hasOption ? 1 : 0;
        }

        return result.ToString();
    }

    private static bool IsAll(string letters, string reference, string columns) =>
        columns.Length == 0 && reference.StartsWith("TABLE ", StringComparison.Ordinal) && AclTarget.AllOfTable.All(l => letters.Contains(l, StringComparison.Ordinal));

    // What is all of a table differs between versions (MAINTAIN came with 17), and is meant to be all.
    private static string List(string letters, string reference, string columns) =>
        IsAll(letters, reference, columns) ? "ALL" : string.Join(", ", letters.Where(l => l != '*').Select(l => Array.Find(Privileges, p => p.Letter == l).Name + columns));
}
