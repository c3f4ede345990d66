using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Rules;

namespace Plumbline.Audit.Engine;

/// <summary>Checks that the rules of a request can find something: the verdict of no rule at all would look like agreement.</summary>
internal static class RequestedRules
{
    /// <summary>Checks a request that names rules or areas.</summary>
    /// <param name="request">The request.</param>
    /// <param name="options">The options of the audit, with what the configuration says.</param>
    /// <exception cref="InputException">No rule is left, or each of them needs a database and none is named.</exception>
    public static void Check(AuditRequest request, AuditOptions options)
    {
        if (request.Rules.IsEmpty && request.Areas.IsEmpty)
            return;

        var named = RuleCatalog.All.ToArray();
        named = Array.FindAll(named, rule => (options with { Settings = AuditOptions.Default.Settings }).Includes(rule.Descriptor.Name));
        if (named.Length == 0)
            throw new InputException($"No rule that --rule names is in {(request.Areas.Length == 1 ? "the area" : "one of the areas")} {string.Join(", ", request.Areas)}. Leave out --rule or --area.");

        var included = Array.FindAll(named, rule => options.Includes(rule.Descriptor.Name));
        if (included.Length == 0)
            throw new InputException($"{AuditConfiguration.FileName} switches off {(named.Length == 1 ? named[0].Descriptor.Name : "all selected rules")}, so nothing would be checked.");

        if (request is { Database: null, IsLive: false } && Array.TrueForAll(included, rule => rule.RunsOnDatabaseOnly))
        {
            var others = included.Length == 1 ? " needs" : $" and {Plural.Of(included.Length - 1, "other selected rule", "other selected rules")} need";
            throw new InputException($"{included[0].Descriptor.Name}{others} a database: use --live or --database URL.");
        }
    }
}
