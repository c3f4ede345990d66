using System.Collections.Immutable;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Facts;

/// <summary>
/// What fixes the differences of a live database. What it has beside the migrations, a migration can create everywhere. What it lacks or has otherwise, the migrations
/// (and the schema) have on purpose: only this database is restored.
/// </summary>
internal sealed class LiveFixes : IFixPlanner
{
    private readonly Lazy<ChangeFixes> _adoption;
    private readonly Lazy<Restoration> _restoration;
    private readonly string _note;

    /// <summary>The fixes of a database; the statements are planned when the first fix is asked for.</summary>
    /// <param name="comparison">From what was applied to the database to what it has.</param>
    /// <param name="isAgainstSchema">Whether there are no migrations, and the schema stands in their place.</param>
    public LiveFixes(SchemaComparison comparison, bool isAgainstSchema)
    {
        _adoption = new Lazy<ChangeFixes>(() => new ChangeFixes(comparison));
        _restoration = new Lazy<Restoration>(() => new Restoration(SchemaComparer.Compare(comparison.To, comparison.From)));
        _note = $"-- Run this on the audited database, not as a migration: {(isAgainstSchema ? "the schema has" : "the migrations have")} it already.\n";
    }

    /// <inheritdoc/>
    public FindingFix? Fix(IReadOnlyCollection<SchemaChange> changes, FixWays ways = FixWays.Either)
    {
        var added = changes.Count(IsAddition);
        if (added == changes.Count)
            return _adoption.Value.Fix(changes, ways);

        // A migration for everywhere and statements for here are no fix together.
        if (added > 0)
            return null;

        var back = changes.Select(_restoration.Value.Of).ToImmutableArray();
        return back.Contains(null) || _restoration.Value.Fixes.Fix([.. back.OfType<SchemaChange>()], ways) is not { Sql: { } sql } fix
            ? null
            : fix with { Sql = _note + sql, IsForDatabase = true };
    }

    private static bool IsAddition(SchemaChange change) => change.Kind.Name().StartsWith("add-", StringComparison.Ordinal);

    /// <summary>The way back from the database to what was applied to it.</summary>
    private sealed class Restoration
    {
        private readonly ILookup<object, SchemaChange> _byObject;
        private readonly ILookup<string, SchemaChange> _bySubject;

        public Restoration(SchemaComparison comparison)
        {
            Fixes = new ChangeFixes(comparison, isForDatabase: true);
            _byObject = comparison.Changes.Where(c => c.ToObject is not null).ToLookup(c => (object)c.ToObject!, ReferenceEqualityComparer.Instance);
            _bySubject = comparison.Changes.ToLookup(c => SubjectOf(c.Kind.Name(), c), StringComparer.Ordinal);
        }

        public ChangeFixes Fixes { get; }

        /// <summary>The change that undoes one; null where there is none.</summary>
        public SchemaChange? Of(SchemaChange change)
        {
            var kind = change.Kind.Name() is var name && name.StartsWith("drop-", StringComparison.Ordinal) ? string.Concat("add-", name.AsSpan("drop-".Length)) : name;
            var ofObject = change.FromObject is { } item ? _byObject[item].Where(c => c.Kind.Name() == kind).ToList() : [];
            return ofObject.Find(c => c.From == change.To && c.To == change.From) ?? ofObject.FirstOrDefault() ?? _bySubject[SubjectOf(kind, change)].FirstOrDefault();
        }

        private static string SubjectOf(string kind, SchemaChange change) => $"{kind}\u001e{change.Subject.Schema}\u001e{change.Subject}";
    }
}
