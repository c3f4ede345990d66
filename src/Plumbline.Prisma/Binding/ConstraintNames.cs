using System.Text;

namespace Plumbline.Prisma.Binding;

/// <summary>The names that Prisma gives to what has no <c>map:</c> (Prisma documentation, "Named constraints", "Prisma's default naming
/// conventions").</summary>
public static class ConstraintNames
{
    /// <summary>The longest name that PostgreSQL keeps, in bytes.</summary>
    public const int MaximumLength = 63;

    /// <summary>The name of a primary key: <c>table_pkey</c>.</summary>
    public static string PrimaryKey(string table) => Fit(table, "_pkey");

    /// <summary>The name of an index: <c>table_column_idx</c>.</summary>
    public static string Index(string table, IEnumerable<string> columns) => Fit($"{table}_{string.Join('_', columns)}", "_idx");

    /// <summary>The name of a unique index: <c>table_column_key</c>.</summary>
    public static string Unique(string table, IEnumerable<string> columns) => Fit($"{table}_{string.Join('_', columns)}", "_key");

    /// <summary>The name of a foreign key: <c>table_column_fkey</c>.</summary>
    public static string ForeignKey(string table, IEnumerable<string> columns) => Fit($"{table}_{string.Join('_', columns)}", "_fkey");

    // The part before the suffix is cut, at the last whole character that still fits.
    private static string Fit(string name, string suffix)
    {
        var limit = MaximumLength - suffix.Length;
        if (Encoding.UTF8.GetByteCount(name) > limit)
        {
            var length = 0;
            var bytes = 0;
            foreach (var rune in name.EnumerateRunes())
            {
                if (bytes + rune.Utf8SequenceLength > limit)
                {
                    break;
                }

                bytes += rune.Utf8SequenceLength;
                length += rune.Utf16SequenceLength;
            }

            name = name[..length];
        }

        return name + suffix;
    }
}
