using System.Collections.Immutable;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Rules;

namespace Plumbline.Audit.Engine;

/// <summary>Whether a project has what rules need.</summary>
internal static class Availability
{
    /// <summary>Whether it has all of it.</summary>
    public static bool Has(ProjectFacts project, ImmutableArray<RuleNeed> needs)
    {
        foreach (var need in needs)
        {
            if (!Has(project, need))
                return false;
        }

        return true;
    }

    private static bool Has(ProjectFacts project, RuleNeed need) => need switch
    {
        RuleNeed.Schema => !project.Project.SchemaFiles.IsEmpty,
        RuleNeed.Migrations => project.Project.History is not null,
        RuleNeed.Database => project.Database?.Snapshot is not null,
        _ => true,
    };
}
