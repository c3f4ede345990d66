using System.Collections.Immutable;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Replay;

/// <summary>The options of a publication in the one form that <c>pg_publication</c> tells of them. PostgreSQL documentation, "CREATE PUBLICATION".</summary>
internal static class PublicationOptions
{
    private static readonly string[] Actions = ["insert", "update", "delete", "truncate"];

    /// <summary>The options that differ from what a publication has without them, sorted by name.</summary>
    public static ImmutableArray<StorageParameter> Canonical(ImmutableArray<StorageParameter> options)
    {
        var canonical = ImmutableArray.CreateBuilder<StorageParameter>(options.Length);
        foreach (var option in options.OrderBy(o => o.Name, StringComparer.Ordinal))
        {
            switch (option.Name)
            {
                case "publish":
                    var written = option.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
                    var published = Array.FindAll(Actions, action => written.Contains(action, StringComparer.OrdinalIgnoreCase));
                    if (published.Length < Actions.Length)
                    {
                        canonical.Add(option with { Value = string.Join(", ", published) });
                    }

                    break;
                case "publish_via_partition_root":
                    if (option.Value.ToLowerInvariant() is "true" or "on" or "1")
                    {
                        canonical.Add(option with { Value = "true" });
                    }

                    break;
                default:
                    canonical.Add(option);
                    break;
            }
        }

        return canonical.ToImmutable();
    }
}
