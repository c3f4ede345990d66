using Plumbline.Schema.Comparison.Renames;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison.Objects;

/// <summary>Compares how tables keep their rows.</summary>
internal static class StorageComparer
{
    internal static void CompareTable(ComparisonBuilder builder, TablePair pair, Subject subject)
    {
        var (from, to) = (pair.From, pair.To);
        if (from.Persistence != to.Persistence || !CommonComparer.AreEqual(from.StorageParameters, to.StorageParameters) ||
            from.ReplicaIdentity != to.ReplicaIdentity)
        {
            builder.Differs(SchemaFeature.Storage, default(Parents).Change(ChangeKind.AlterStorage, subject, from, to, Text(from), Text(to)));
        }
    }

    private static string? Text(Table table)
    {
        var parts = new List<string>();
        if (table.Persistence != Persistence.Permanent)
        {
            parts.Add(table.Persistence.ToString().ToUpperInvariant());
        }

        if (ObjectText.Of(table.StorageParameters) is { } parameters)
        {
            parts.Add($"WITH ({parameters})");
        }

        if (table.ReplicaIdentity != "default")
        {
            parts.Add($"REPLICA IDENTITY {table.ReplicaIdentity}");
        }

        return parts.Count == 0 ? null : string.Join(" ", parts);
    }
}
