using System.Text.RegularExpressions;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Rules.Upkeep;

/// <summary>Rules of the business that only SQL written by hand enforces and the schema says nothing of.</summary>
internal sealed partial class BusinessRuleUndocumentedRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "upkeep/business-rule-undocumented",
        Title = "A rule that the database enforces is not documented in the schema",
        Severity = Severity.Info,
        Needs = [RuleNeed.Schema, RuleNeed.Migrations],
        What = """
            CHECK and exclusion constraints and partial unique indexes of the migrations, which Prisma cannot express, on tables whose model says nothing of
            them: neither the model nor a field that the rule is about has a `///` comment. Silent where no model at all is documented. All of them are one finding.
            """,
        Why = """
            Who reads the schema does not learn of the rule: writes that break it fail at run time, and the next one who reshapes the table loses it unseen.
            """,
        Bad = """
            ```sql
            ALTER TABLE "Booking" ADD CONSTRAINT "ends_after_start" CHECK ("end" > "start");
            ```
            ```prisma
            model Booking {
              id    Int      @id
              start DateTime
              end   DateTime
            }
            ```
            """,
        Good = """
            ```prisma
            /// Ends after it starts (CHECK ends_after_start).
            model Booking {
              id    Int      @id
              start DateTime
              end   DateTime
            }
            ```
            """,
        Fix = "Say the rule in a `///` comment at the model, or at the field that it is about.",
        WhenOff = "When the rules are documented elsewhere.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        if (project.Prisma is not { } prisma || project.Final is not { } final || !prisma.Models.Any(m => !string.IsNullOrWhiteSpace(m.Documentation)))
            return;

        var tables = new Dictionary<ObjectName, Table>();
        foreach (var table in final.Schema.Tables)
            tables[table.Name] = table;

        var silent = new List<(Model Model, string Rule, SourceLocation? Place)>();
        foreach (var model in prisma.Models.Where(m => string.IsNullOrWhiteSpace(m.Documentation)))
        {
            if (!tables.TryGetValue(new ObjectName(model.SchemaName ?? "public", model.DatabaseName), out var table))
                continue;

            HashSet<string> documented = [.. model.Fields.Where(f => !string.IsNullOrWhiteSpace(f.Documentation)).Select(f => f.DatabaseName)];
            foreach (var rule in RulesOf(table))
            {
                if (!Words().Matches(rule.Text).Any(word => documented.Contains(word.Value)))
                    silent.Add((model, $"{model.Name}: {rule.Name}", rule.Place));
            }
        }

        if (silent.Count == 0)
            return;

        sink.Report(new Observation
        {
            Title = silent.Count == 1 ? $"A rule that the database enforces on {silent[0].Model.Name} is not documented" : $"{silent.Count} rules that the database enforces are not documented",
            Message = $"No comment in the schema tells of: {string.Join(", ", silent.Take(20).Select(r => r.Rule))}{(silent.Count > 20 ? ", …" : "")}.",
            Impact = "Who reads the schema does not learn of them: writes that break them fail at run time.",
            Recommendation = "Say each rule in a /// comment at the model, or at the field that it is about.",
            Project = project.Name,
            Subject = new Subject(SubjectKind.Model, silent[0].Model.DatabaseName, Model: silent[0].Model.Name),
            Locations =
            [
                .. silent.Select(r => r.Model).Distinct().Select(m => new FindingLocation(LocationRole.Schema, m.Location)),
                .. silent.Select(r => r.Place).OfType<SourceLocation>().Select(place => new FindingLocation(LocationRole.Migration, place)),
            ],
        });
    }

    // The rules that Prisma has no word for, with the text that names their columns.
    private static IEnumerable<EnforcedRule> RulesOf(Table table) =>
    [
        .. table.Checks.Select(c => new EnforcedRule(c.Name, c.Expression.Text, c.Location)),
        .. table.Exclusions.Select(e => new EnforcedRule(e.Name, e.ToString(), e.Location)),
        .. table.Indexes.Where(i => i is { IsUnique: true, Predicate: not null }).Select(i => new EnforcedRule(i.Name, i.ToString(), i.Location)),
    ];

    [GeneratedRegex(@"\w+", RegexOptions.CultureInvariant)]
    private static partial Regex Words();

    private sealed record EnforcedRule(string Name, string Text, SourceLocation? Place);
}
