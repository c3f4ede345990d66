using System.Collections.Immutable;
using System.Text;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Replay;

/// <summary>Access control lists as <c>pg_class.relacl</c> and its kin have them. PostgreSQL documentation, "Privileges".</summary>
internal static class Privileges
{
    private const string Letters = "arwdDxtXUCTcsAm";

    private static readonly (string Word, char Letter)[] Words =
    [
        ("INSERT", 'a'), ("SELECT", 'r'), ("UPDATE", 'w'), ("DELETE", 'd'), ("TRUNCATE", 'D'), ("REFERENCES", 'x'), ("TRIGGER", 't'), ("EXECUTE", 'X'), ("USAGE", 'U'),
        ("CREATE", 'C'), ("TEMPORARY", 'T'), ("TEMP", 'T'), ("CONNECT", 'c'), ("SET", 's'), ("ALTER SYSTEM", 'A'), ("MAINTAIN", 'm'),
    ];

    /// <summary>The bits of letters.</summary>
    public static uint Bits(string letters)
    {
        var bits = 0u;
        foreach (var letter in letters)
        {
            bits |= 1u << Letters.IndexOf(letter);
        }

        return bits;
    }

    /// <summary>The bit of a privilege's word; 0 where there is no such word.</summary>
    public static uint Bit(string word)
    {
        foreach (var (known, letter) in Words)
        {
            if (string.Equals(known, word, StringComparison.OrdinalIgnoreCase))
            {
                return Bits(letter.ToString());
            }
        }

        return 0;
    }

    /// <summary>Every privilege of a kind of object: <c>r</c> table, <c>S</c> sequence, <c>f</c> function, <c>n</c> schema, <c>T</c> type, <c>c</c>
    /// column.</summary>
    public static uint All(char kind) => kind switch
    {
        'r' => Bits("arwdDxt"),
        'S' => Bits("rwU"),
        'f' => Bits("X"),
        'n' => Bits("UC"),
        'T' => Bits("U"),
        'c' => Bits("arwx"),
        _ => 0,
    };

    /// <summary>What the owner and PUBLIC have before anything is granted (<c>acldefault</c>).</summary>
    public static ImmutableArray<AclItem> Default(char kind, RoleObject owner)
    {
        var items = ImmutableArray.CreateBuilder<AclItem>();
        if (kind is 'f' or 'T')
        {
            items.Add(new AclItem(null, owner, All(kind), 0));
        }

        if (kind != 'c')
        {
            items.Add(new AclItem(owner, owner, All(kind), 0));
        }

        return items.ToImmutable();
    }

    /// <summary>A list with privileges given to a role.</summary>
    public static ImmutableArray<AclItem> Grant(ImmutableArray<AclItem> acl, RoleObject? grantee, RoleObject grantor, uint privileges, bool withGrantOption)
    {
        var options = withGrantOption ? privileges : 0;
        for (var i = 0; i < acl.Length; i++)
        {
            var item = acl[i];
            if (item.Grantee == grantee && item.Grantor == grantor)
            {
                return acl.SetItem(i, item with { Privileges = item.Privileges | privileges, GrantOptions = item.GrantOptions | options });
            }
        }

        return acl.Add(new AclItem(grantee, grantor, privileges, options));
    }

    /// <summary>A list with privileges, or only the option to grant them, taken from a role.</summary>
    public static ImmutableArray<AclItem> Revoke(ImmutableArray<AclItem> acl, RoleObject? grantee, RoleObject grantor, uint privileges, bool onlyGrantOption)
    {
        for (var i = 0; i < acl.Length; i++)
        {
            var item = acl[i];
            if (item.Grantee != grantee || item.Grantor != grantor)
            {
                continue;
            }

            var left =
                item with { Privileges = onlyGrantOption ? item.Privileges : item.Privileges & ~privileges, GrantOptions = item.GrantOptions & ~privileges };
            return left.Privileges == 0 ? acl.RemoveAt(i) : acl.SetItem(i, left);
        }

        return acl;
    }

    /// <summary>A list after its object's owner changed (<c>aclnewowner</c>).</summary>
    public static ImmutableArray<AclItem>? ChangeOwner(ImmutableArray<AclItem>? acl, RoleObject from, RoleObject to)
    {
        if (acl is not { } items)
        {
            return null;
        }

        var merged = ImmutableArray<AclItem>.Empty;
        foreach (var item in items)
        {
            var moved = item with { Grantee = item.Grantee == from ? to : item.Grantee, Grantor = item.Grantor == from ? to : item.Grantor };
            var index = -1;
            for (var i = 0; i < merged.Length; i++)
            {
                if (merged[i].Grantee == moved.Grantee && merged[i].Grantor == moved.Grantor)
                {
                    index = i;
                }
            }

            merged = index < 0
                ? merged.Add(moved)
                : merged.SetItem(
                    index,
                    moved with { Privileges = merged[index].Privileges | moved.Privileges, GrantOptions = merged[index].GrantOptions | moved.GrantOptions });
        }

        return merged;
    }

    /// <summary>A list as the neutral model has it.</summary>
    public static ImmutableArray<Grant>? ToGrants(ImmutableArray<AclItem>? acl) =>
        acl is { } items ? [.. items.Select(item => new Grant(item.Grantee?.Name ?? "", item.Grantor.Name, Text(item)))] : null;

    private static string Text(AclItem item)
    {
        var text = new StringBuilder();
        for (var i = 0; i < Letters.Length; i++)
        {
            if ((item.Privileges & (1u << i)) != 0)
            {
                text.Append(Letters[i]);
                if ((item.GrantOptions & (1u << i)) != 0)
                {
                    text.Append('*');
                }
            }
        }

        return text.ToString();
    }
}
