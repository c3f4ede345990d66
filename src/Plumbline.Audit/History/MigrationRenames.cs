using System.Collections.Immutable;
using System.Globalization;
using Plumbline.PostgreSql.Replay;

namespace Plumbline.Audit.History;

/// <summary>New names for the fewest migrations, under which a history runs in its working order.</summary>
/// <param name="Names">Each migration that gets another name, with that name; in the working order.</param>
internal sealed record MigrationRenames(ImmutableArray<MigrationRename> Names)
{
    private const string Format = "yyyyMMddHHmmss";

    /// <summary>
    /// The names, after a replay of the migrations in the order of their new names showed that it is as good as the working order. Null where names without a
    /// timestamp, or timestamps without a second between them, leave no room.
    /// </summary>
    /// <param name="working">The replay in the working order.</param>
    public static MigrationRenames? Find(ReplayResult working)
    {
        string[] names = [.. working.Migrations.Select(m => m.Name)];
        var stays = Staying(names);
        var proposed = new string[names.Length];
        for (var i = names.Length - 1; i >= 0; i--)
        {
            // From the end: each that moves comes right before the one behind it, or else right behind the one before it.
            if (stays[i])
                proposed[i] = names[i];
            else if (Between(i == 0 ? null : LastStaying(names, stays, i), i + 1 < names.Length ? proposed[i + 1] : null, names[i]) is { } name)
                proposed[i] = name;
            else
                return null;
        }

        MigrationSource[] renamed =
            [.. working.Migrations.Select((m, i) => new MigrationSource(proposed[i], m.Text)).OrderBy(m => m.Name, StringComparer.Ordinal)];
        if (!renamed.Select(m => m.Name).SequenceEqual(proposed, StringComparer.Ordinal) || MigrationReplay.Run(renamed, working.Options).RefusedCount != working.RefusedCount)
            return null;

        return new MigrationRenames([.. names.Select((name, i) => new MigrationRename(name, proposed[i])).Where(r => r.Old != r.New)]);
    }

    // The longest part of the order whose names are sorted already; of several that one which keeps the later migrations, as mostly a base comes too late.
    private static bool[] Staying(string[] names)
    {
        var length = new int[names.Length];
        var before = new int[names.Length];
        var last = -1;
        for (var i = 0; i < names.Length; i++)
        {
            (length[i], before[i]) = (1, -1);
            for (var j = 0; j < i; j++)
            {
                if (string.CompareOrdinal(names[j], names[i]) < 0 && length[j] + 1 >= length[i])
                    (length[i], before[i]) = (length[j] + 1, j);
            }

            if (last < 0 || length[i] >= length[last])
                last = i;
        }

        var stays = new bool[names.Length];
        for (; last >= 0; last = before[last])
            stays[last] = true;

        return stays;
    }

    private static string? LastStaying(string[] names, bool[] stays, int end)
    {
        for (var i = end - 1; i >= 0; i--)
        {
            if (stays[i])
                return names[i];
        }

        return null;
    }

    private static string? Between(string? before, string? behind, string name)
    {
        if (TimeOf(name) is null)
            return null;

        var rest = name[Format.Length..];
        return (behind is not null && TimeOf(behind) is { } next && Fits(next.AddSeconds(-1).ToString(Format, CultureInfo.InvariantCulture) + rest) is { } early) ? early
            : before is not null && TimeOf(before) is { } previous && Fits(previous.AddSeconds(1).ToString(Format, CultureInfo.InvariantCulture) + rest) is { } late ? late
            : null;

        string? Fits(string candidate) =>
            (before is null || string.CompareOrdinal(before, candidate) < 0) && (behind is null || string.CompareOrdinal(candidate, behind) < 0) ? candidate : null;
    }

    private static DateTime? TimeOf(string name) =>
        name.Length > Format.Length && DateTime.TryParseExact(name[..Format.Length], Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}

/// <summary>Another name for a migration.</summary>
/// <param name="Old">The name that it has.</param>
/// <param name="New">The name that it gets.</param>
internal sealed record MigrationRename(string Old, string New);
