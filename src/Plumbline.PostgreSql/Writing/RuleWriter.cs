using System.Collections.Immutable;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing;

/// <summary>Writes rewrite rules.</summary>
internal static class RuleWriter
{
    internal static IEnumerable<string> Create(ObjectName table, ImmutableArray<RewriteRule> rules)
    {
        foreach (var rule in rules)
        {
            yield return rule.Definition.Text.TrimEnd().TrimEnd(';');
            if (rule.State != TriggerState.Enabled)
            {
                yield return $"{TableWriter.Alter(table)} {TriggerWriter.Switch("RULE", rule.Name, rule.State)}";
            }
        }
    }
}
