using System.Text;
using Plumbline.Prisma.Binding;

namespace Plumbline.Prisma.Printing;

/// <summary>Names for a Prisma schema, made of names of a database: letters, digits and <c>_</c>, a letter first, nothing reserved, none twice.</summary>
internal sealed class PrismaNames
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>A name for a model, view or enum.</summary>
    /// <param name="databaseName">Its name in the database.</param>
    /// <param name="schema">Its schema, which tells it from others of its name.</param>
    public string TakeBlock(string databaseName, string schema)
    {
        var name = Clean(databaseName);
        if (ReservedNames.Contains(name) || BuiltinTypes.Find(name) is not null)
        {
            name = "Renamed" + name;
        }

        return _taken.Contains(name) ? Take($"{Clean(schema)}_{name}") : Take(name);
    }

    /// <summary>A name for a field or enum value.</summary>
    public string TakeMember(string databaseName) => Take(Clean(databaseName));

    /// <summary>The name itself, or where it is taken the first that is free with a number behind it.</summary>
    public string Take(string name)
    {
        var free = name;
        for (var number = 2; !_taken.Add(free); number++)
        {
            free = $"{name}_{number}";
        }

        return free;
    }

    /// <summary>The characters of a name that a Prisma schema can have, others as <c>_</c>.</summary>
    public static string Clean(string name)
    {
        var result = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (char.IsAsciiLetter(c) || (result.Length > 0 && char.IsAsciiDigit(c)))
            {
                result.Append(c);
            }
            else if (result.Length > 0)
            {
                result.Append('_');
            }
        }

        return result.Length == 0 ? "unnamed" : result.ToString();
    }
}
