using Plumbline.Audit.Workspace.Migrations;
using Plumbline.PostgreSql.Replay;

namespace Plumbline.Audit.History;

/// <summary>Migrations that share a timestamp, so that the rest of their names decides their order.</summary>
internal static class SharedTimestamps
{
    /// <summary>Finds the groups of them, except those whose names end in numbers: their author chose the order.</summary>
    /// <param name="names">The names of the migrations, in their order.</param>
    public static IReadOnlyList<MigrationGroup> Find(IReadOnlyList<string> names)
    {
        var groups = new List<MigrationGroup>();
        for (var first = 0; first < names.Count;)
        {
            var end = first + 1;
            if (MigrationFolder.TimestampOf(names[first]) is { } timestamp)
            {
                while (end < names.Count && MigrationFolder.TimestampOf(names[end]) == timestamp)
                    end++;
            }

            if (end - first > 1 && !Enumerable.Range(first, end - first).All(i => char.IsAsciiDigit(names[i][^1])))
                groups.Add(new MigrationGroup(first, end - first));

            first = end;
        }

        return groups;
    }
}
