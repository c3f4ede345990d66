using System.Collections.Immutable;
using System.Text;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Catalog.Assembly;

/// <summary>Reads access control lists as <c>aclitemout</c> prints them. PostgreSQL documentation, "Privileges".</summary>
/// <param name="creator">The role that made everything: a replay knows it as <c>postgres</c>.</param>
/// <param name="version">The server's major version.</param>
internal sealed class AclReader(string creator, int version)
{
    /// <summary>The name that the model has for the role that owns everything.</summary>
    public const string Creator = "postgres";

    // All that an owner may do with a table. PostgreSQL 17 added MAINTAIN, without which ALL would be another thing there.
    private const string AllOfTable = "arwdDxt";

    /// <summary>The privileges of a list; null for none.</summary>
    public ImmutableArray<Grant>? Read(string?[]? acl)
    {
        if (acl is null)
        {
            return null;
        }

        var grants = ImmutableArray.CreateBuilder<Grant>(acl.Length);
        foreach (var item in acl)
        {
            if (item is not null)
            {
                grants.Add(Read(item));
            }
        }

        return grants.ToImmutable();
    }

    private Grant Read(string item)
    {
        var position = 0;
        var grantee = ReadName(item, ref position);
        position++;
        var end = item.IndexOf('/', position);
        var privileges = end < 0 ? item[position..] : item[position..end];
        position = end + 1;
        var grantor = end < 0 ? null : ReadName(item, ref position);
        return new Grant(Known(grantee), grantor is null ? null : Known(grantor), version >= 17 ? WithoutMaintain(privileges) : privileges);
    }

    private string Known(string role) => role == creator ? Creator : role;

    private static string WithoutMaintain(string privileges) => privileges switch
    {
        AllOfTable + "m" => AllOfTable,
        "a*r*w*d*D*x*t*m*" => "a*r*w*d*D*x*t*",
        _ => privileges,
    };

    // putid: a name that is more than letters, digits and underscores is in quotes, of which those within are doubled.
    private static string ReadName(string item, ref int position)
    {
        if (position >= item.Length || item[position] != '"')
        {
            var start = position;
            while (position < item.Length && item[position] is not ('=' or '/'))
            {
                position++;
            }

            return item[start..position];
        }

        var name = new StringBuilder();
        for (position++; position < item.Length; position++)
        {
            if (item[position] == '"')
            {
                position++;
                if (position >= item.Length || item[position] != '"')
                {
                    break;
                }
            }

            name.Append(item[position]);
        }

        return name.ToString();
    }
}
