using System.Collections.Immutable;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Facts;

/// <summary>What schema and migrations of a project agree in: a report must distinguish what is fine from what nobody looked at.</summary>
internal sealed class Agreements
{
    private readonly ProjectFacts _project;
    private readonly SchemaComparison? _drift;

    /// <summary>The agreements of a project.</summary>
    public Agreements(ProjectFacts project)
    {
        _project = project;
        _drift = project.UnreadMigrations.IsEmpty ? project.Drift : null;
    }

    /// <summary>The order of migrations in which they hold; null for the one on disk.</summary>
    public ImmutableArray<string>? Order => _project.WorkingOrder is { } working ? [.. working.Migrations.Select(m => m.Name)] : null;

    /// <summary>The history as a subject.</summary>
    public Subject History => new(SubjectKind.Migration, _project.Project.History!.Path);

    /// <summary>Whether every statement is understood. What nobody can know nobody has verified.</summary>
    public bool IsKnown => _project.KnownEnd is { UnknownCount: 0, CannotKnowCount: 0 };

    /// <summary>Whether all statements succeed.</summary>
    public bool Replays => IsKnown && _project.Final is { RefusedCount: 0 };

    /// <summary>Whether the migrations make exactly what the schema says, but for the order of enum values.</summary>
    public bool IsWhole =>
        IsKnown && !_project.HasUnreadSchema && _project.Prisma is { HasErrors: false } && _drift is { NotComparable.IsEmpty: true } drift && drift.Changes.All(c => c.Kind == ChangeKind.AlterEnumOrder);

    /// <summary>The objects of a kind that agree.</summary>
    public IEnumerable<Subject> Of(SubjectKind kind) => (_drift?.Agreements ?? []).Where(a => a.Subject.Kind == kind).Select(a => a.Subject);

    /// <summary>The tables that several migrations worked on and that end as the schema has them: their whole history is right.</summary>
    public IEnumerable<Subject> TablesWithHistory()
    {
        if (_drift is null)
            yield break;

        var worked = TableHistories.Build([_project])
            .Where(t => t.Steps.DistinctBy(s => s.Migration).Count() > 1)
            .Select(t => t.Table)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var agreement in _drift.Agreements)
        {
            if (agreement is { Subject.Kind: SubjectKind.Table, ToObject: Table table } && worked.Contains(ObjectText.Of(table.Name)))
                yield return agreement.Subject;
        }
    }

    /// <summary>The tables whose indexes agree.</summary>
    public IEnumerable<Subject> TablesWhoseIndexesAgree()
    {
        if (_drift is not { } drift)
            return [];

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
