using System.Collections.Immutable;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Views;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Engine;

/// <summary>Says what was checked and holds: a report must tell what is fine from what nobody looked at.</summary>
internal static class Verifier
{
    /// <summary>The facts that hold in a project, about its history and about the agreement of schema and migrations.</summary>
    public static IEnumerable<VerifiedFact> Verify(ProjectFacts project)
    {
        if (project.Final is not { } replay)
            yield break;

        ImmutableArray<string>? order = project.WorkingOrder is null ? null : [.. replay.Migrations.Select(m => m.Name)];
        var history = new Subject(SubjectKind.Migration, project.Project.History!.Path);
        // What nobody can know nobody has verified.
        var isKnown = replay is { UnknownCount: 0, CannotKnowCount: 0 };
        if (replay.RefusedCount == 0 && isKnown)
            yield return Fact("history-replays", history);

        if (project.ShadowDisagreements is { IsEmpty: true })
            yield return Fact("shadow-agrees", history);

        if (project.Drift is not { } drift)
            yield break;

        if (drift.Changes.All(c => c.Kind == Plumbline.Schema.Comparison.ChangeKind.AlterEnumOrder) && drift.NotComparable.IsEmpty && isKnown &&
            project.Prisma is { HasErrors: false })
            yield return Fact("history-agrees", history);

        // A table that several migrations worked on and that ends as the schema has it: its whole history is right.
        var worked = TableHistoryView.Build([project])
            .Where(t => t.Steps.DistinctBy(s => s.Migration).Count() > 1)
            .Select(t => t.Table)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var agreement in drift.Agreements)
        {
            if (agreement is { Subject.Kind: SubjectKind.Table, ToObject: Table table } && worked.Contains(ObjectText.Of(table.Name)))
                yield return Fact("history-agrees", agreement.Subject);

            if (CheckOf(agreement.Subject.Kind) is { } check)
                yield return Fact(check, agreement.Subject);
        }

        foreach (var table in TablesWhoseIndexesAgree(drift))
            yield return Fact("indexes-agree", table);

        VerifiedFact Fact(string check, Subject subject) => new(check, subject, [project.Name], order);
    }

    private static string? CheckOf(SubjectKind kind) => kind switch
    {
        SubjectKind.Table => "table-agrees",
        SubjectKind.Column => "column-agrees",
        SubjectKind.Enum => "enum-values-agree",
        _ => null,
    };

    private static IEnumerable<Subject> TablesWhoseIndexesAgree(SchemaComparison drift)
    {
        var disagreeing = drift.Changes
            .Where(c => ComparisonOptions.KindOf(c.Kind) is "index" or "unique" or "primary-key" or "table")
            .Select(c => (c.ToParent ?? c.ToObject as NamedObject)?.Name)
            .ToHashSet();
        var known = drift.From.Tables.Select(t => t.Name).ToHashSet();
        return drift.To.Tables
            .Where(t => (t.Indexes.Length > 0 || t.UniqueConstraints.Length > 0) && known.Contains(t.Name) && !disagreeing.Contains(t.Name))
            .Select(t => new Subject(SubjectKind.Table, t.Name.Name, t.Name.Schema, t.Name.Name, t.ModelName));
    }
}
