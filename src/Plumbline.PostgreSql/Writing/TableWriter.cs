using System.Text;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing;

/// <summary>Writes tables with their columns and what can stand inside <c>CREATE TABLE</c>.</summary>
internal static class TableWriter
{
    /// <summary>The table, with keys, checks and exclusions; without foreign keys, which may point to tables that come later.</summary>
    /// <param name="table">The table.</param>
    /// <param name="identities">The sequences of identity columns.</param>
    /// <param name="inherits">Whether to name the tables that it inherits from.</param>
    /// <param name="expressionsLater">Whether defaults and checks are left for <see cref="LaterExpressions"/>, since they use what uses the table.</param>
    internal static string Create(Table table, IReadOnlyDictionary<(ObjectName, string), Sequence> identities, bool inherits, bool expressionsLater)
    {
        var lines = new List<string>();
        foreach (var column in table.Columns)
        {
            identities.TryGetValue((table.Name, column.Name), out var identity);
            lines.Add(ColumnWriter.Definition(table.Name, column, identity, withDefault: !expressionsLater));
        }

        if (table.PrimaryKey is { } key)
        {
            lines.Add(ConstraintWriter.Key(key, isPrimary: true));
        }

        var repeated = RepeatedKeys(table);
        lines.AddRange(table.UniqueConstraints.Where(k => !repeated.Contains(k)).Select(k => ConstraintWriter.Key(k, isPrimary: false)));
        if (!expressionsLater)
        {
            lines.AddRange(table.Checks.Where(c => c.IsValidated).Select(ConstraintWriter.Check));
        }

        lines.AddRange(table.Exclusions.Where(e => !IsRepeated(table, e)).Select(ConstraintWriter.Exclusion));
        var sql = new StringBuilder("CREATE ").Append(table.Persistence switch { Persistence.Unlogged => "UNLOGGED ", Persistence.Temporary => "TEMPORARY ", _ => "" });
        sql.Append(table.Kind == TableKind.Foreign ? "FOREIGN TABLE " : "TABLE ").Append(SqlIdentifier.Quote(table.Name)).Append(" (");
        sql.Append(lines.Count == 0 ? "" : "\n    ").AppendJoin(",\n    ", lines).Append(lines.Count == 0 ? ")" : "\n)");
        if (inherits && table.Inherits.Length > 0)
        {
            sql.Append(" INHERITS (").AppendJoin(", ", table.Inherits.Select(SqlIdentifier.Quote)).Append(')');
        }

        sql.Append(table.PartitionKey is { } partitionKey ? $" PARTITION BY {partitionKey.Text}" : "").Append(table.Kind == TableKind.Foreign ? $" SERVER {SqlIdentifier.Quote(table.ForeignServer ?? "")}" : "");
        return sql.Append(StorageParameters.With(table.StorageParameters)).ToString();
    }

    /// <summary>The defaults and checks that <see cref="Create"/> left out.</summary>
    internal static IEnumerable<string> LaterExpressions(Table table)
    {
        foreach (var column in table.Columns.Where(c => c.Default is not null && c.Generated is null))
        {
            yield return $"{Alter(table.Name)} ALTER COLUMN {SqlIdentifier.Quote(column.Name)} SET DEFAULT {column.Default!.Text}";
        }

        foreach (var check in table.Checks.Where(c => c.IsValidated))
        {
            yield return $"{Alter(table.Name)} ADD {ConstraintWriter.Check(check)}";
        }
    }

    /// <summary>What is said of the table once it is there, but for indexes, foreign keys, triggers and policies.</summary>
    internal static IEnumerable<string> Settings(Table table)
    {
        foreach (var key in RepeatedKeys(table))
        {
            yield return $"{Alter(table.Name)} ADD {ConstraintWriter.Key(key, isPrimary: false)}";
        }

        foreach (var exclusion in table.Exclusions.Where(e => IsRepeated(table, e)))
        {
            yield return $"{Alter(table.Name)} ADD {ConstraintWriter.Exclusion(exclusion)}";
        }

        foreach (var check in table.Checks.Where(c => !c.IsValidated))
        {
            yield return $"{Alter(table.Name)} ADD {ConstraintWriter.Check(check)}";
        }

        foreach (var setting in table.Columns.SelectMany(c => ColumnWriter.Settings(Alter(table.Name), c)))
        {
            yield return setting;
        }
    }

    // CREATE TABLE makes one constraint of keys that are the same (transformIndexConstraints), and only ALTER TABLE makes two.
    private static HashSet<KeyConstraint> RepeatedKeys(Table table)
    {
        var seen = new HashSet<(string Columns, string Include, bool Nulls, bool IsDeferrable, bool IsDeferred)>();
        var repeated = new HashSet<KeyConstraint>(ReferenceEqualityComparer.Instance);
        if (table.PrimaryKey is { } primary)
        {
            seen.Add(Shape(primary));
        }

        foreach (var key in table.UniqueConstraints)
        {
            if (!seen.Add(Shape(key)))
            {
                repeated.Add(key);
            }
        }

        return repeated;
    }

    private static bool IsRepeated(Table table, ExclusionConstraint exclusion)
    {
        var text = ConstraintWriter.Exclusion(exclusion with { Name = "x" });
        foreach (var earlier in table.Exclusions)
        {
            if (ReferenceEquals(earlier, exclusion))
            {
                return false;
            }

            if (ConstraintWriter.Exclusion(earlier with { Name = "x" }) == text)
            {
                return true;
            }
        }

        return false;
    }

    private static (string Columns, string Include, bool Nulls, bool IsDeferrable, bool IsDeferred) Shape(KeyConstraint key) =>
        (SqlIdentifier.List(key.Columns), SqlIdentifier.List(key.Include), key.NullsNotDistinct, key.IsDeferrable, key.IsInitiallyDeferred);

    /// <summary>Clustering and replica identity, which name indexes.</summary>
    internal static IEnumerable<string> IndexSettings(Table table)
    {
        var clustered = table.Indexes.FirstOrDefault(i => i.IsClustered)?.Name ?? table.UniqueConstraints.FirstOrDefault(k => k.IsClustered)?.Name ?? (table.PrimaryKey is { IsClustered: true } key ? key.Name : null);
        if (clustered is not null)
        {
            yield return $"{Alter(table.Name)} CLUSTER ON {SqlIdentifier.Quote(clustered)}";
        }

        if (table.ReplicaIdentity != "default")
        {
            yield return $"{Alter(table.Name)} REPLICA IDENTITY {ReplicaIdentity(table.ReplicaIdentity)}";
        }
    }

    /// <summary>Row-level security as it is switched.</summary>
    internal static IEnumerable<string> RowSecurity(Table table)
    {
        if (table.RowSecurity)
        {
            yield return $"{Alter(table.Name)} ENABLE ROW LEVEL SECURITY";
        }

        if (table.ForceRowSecurity)
        {
            yield return $"{Alter(table.Name)} FORCE ROW LEVEL SECURITY";
        }
    }

    internal static string AddForeignKey(Table table, ForeignKey key) => $"{Alter(table.Name)} ADD {ConstraintWriter.ForeignKey(key)}";

    internal static string Attach(Table table) =>
        $"{Alter(table.PartitionOf!)} ATTACH PARTITION {SqlIdentifier.Quote(table.Name)} {table.PartitionBound?.Text ?? "DEFAULT"}";

    internal static string Alter(ObjectName table) => $"ALTER TABLE {SqlIdentifier.Quote(table)}";

    internal static string ReplicaIdentity(string identity) =>
        identity.StartsWith("index ", StringComparison.Ordinal)
            ? $"USING INDEX {SqlIdentifier.Quote(identity["index ".Length..])}"
            : identity.ToUpperInvariant();
}
