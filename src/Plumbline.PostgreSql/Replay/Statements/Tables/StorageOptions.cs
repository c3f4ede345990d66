using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Replay.Statements.Tables;

/// <summary>Storage parameters as <c>reloptions</c> keeps them. PostgreSQL documentation, "Storage Parameters".</summary>
internal static class StorageOptions
{
    private static readonly HashSet<string> OfTables =
    [
        "fillfactor", "toast_tuple_target", "parallel_workers", "autovacuum_enabled", "vacuum_index_cleanup", "vacuum_truncate", "autovacuum_vacuum_threshold",
        "autovacuum_vacuum_scale_factor", "autovacuum_vacuum_insert_threshold", "autovacuum_vacuum_insert_scale_factor", "autovacuum_analyze_threshold",
        "autovacuum_analyze_scale_factor", "autovacuum_vacuum_cost_delay", "autovacuum_vacuum_cost_limit", "autovacuum_freeze_min_age", "autovacuum_freeze_max_age",
        "autovacuum_freeze_table_age", "autovacuum_multixact_freeze_min_age", "autovacuum_multixact_freeze_max_age", "autovacuum_multixact_freeze_table_age",
        "log_autovacuum_min_duration", "user_catalog_table", "vacuum_max_eager_freeze_failure_rate", "autovacuum_vacuum_max_threshold",
    ];

    private static readonly Dictionary<string, string[]> OfIndexes = new()
    {
        ["btree"] = ["fillfactor", "vacuum_cleanup_index_scale_factor", "deduplicate_items"],
        ["hash"] = ["fillfactor"],
        ["gist"] = ["fillfactor", "buffering"],
        ["spgist"] = ["fillfactor"],
        ["gin"] = ["fastupdate", "gin_pending_list_limit"],
        ["brin"] = ["pages_per_range", "autosummarize"],
    };

    /// <summary>The parameters that a statement writes, for a table (<c>table</c>), view (<c>view</c>) or index method.</summary>
    /// <exception cref="RefusedException">22023: there is no such parameter.</exception>
    public static ImmutableArray<StorageParameter> Parse(Execution execution, ImmutableArray<DefinitionOption> options, string of)
    {
        if (options.IsEmpty)
        {
            return [];
        }

        return Merge(execution, [], options, of);
    }

    /// <summary>Parameters after SET.</summary>
    /// <exception cref="RefusedException">22023: there is no such parameter.</exception>
    public static ImmutableArray<StorageParameter> Merge(Execution execution, ImmutableArray<StorageParameter> existing, ImmutableArray<DefinitionOption> options, string of)
    {
        var merged = existing;
        foreach (var option in options)
        {
            if (option.Namespace is { } group and not "toast")
            {
                throw new RefusedException("22023", $"unrecognized parameter namespace \"{group}\"");
            }

            // TOAST's own parameters belong to another relation, which nobody sees.
            if (option.Namespace is null)
            {
                merged = merged.RemoveAll(p => p.Name == option.Name);
            }
        }

        var unknown = default(string);
        foreach (var option in options)
        {
            if (option.Namespace is not null || (option.Name == "oids" && of == "table"))
            {
                if (option is { Namespace: null, Name: "oids" } && option.Text is not "false")
                {
                    throw new RefusedException("0A000", "tables declared WITH OIDS are not supported");
                }

                continue;
            }

            if (!IsKnown(execution, option.Name, of))
            {
                unknown ??= option.Name;
            }

            merged = merged.Add(new StorageParameter(option.Name, option.Text ?? "true"));
        }

        if (unknown is not null)
        {
            throw new RefusedException("22023", $"unrecognized parameter \"{unknown}\"");
        }

        return merged;
    }

    /// <summary>Parameters after RESET.</summary>
    public static ImmutableArray<StorageParameter> Reset(ImmutableArray<StorageParameter> existing, ImmutableArray<DefinitionOption> options) =>
        existing.RemoveAll(p => options.Any(o => o.Namespace is null && o.Name == p.Name));

    private static bool IsKnown(Execution execution, string name, string of) => of switch
    {
        "table" => OfTables.Contains(name),
        "view" => name is "security_barrier" or "security_invoker" or "check_option",
        _ => !OfIndexes.TryGetValue(of, out var known) || known.Contains(name) || execution.Database.HasUnknownObjects,
    };
}
