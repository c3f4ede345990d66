using System.Collections.Immutable;
using Plumbline.Prisma.Binding;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Facts.Patches;

/// <summary>
/// Offers edits of a Prisma schema for differences from the migrations to it. What is offered was tried: Prisma accepts the edited schema, it no longer differs
/// in these ways, and it differs in no new one.
/// </summary>
internal sealed class SchemaPatches
{
    private readonly Func<IReadOnlyList<SourceText>, PrismaSchema> _read;
    private readonly Func<PrismaSchema, SchemaComparison> _compare;
    private readonly PrismaSchema _schema;
    private readonly SchemaComparison _comparison;
    private readonly PatchWriter _writer;
    private readonly HashSet<string> _differences;
    private readonly HashSet<string> _errors;
    private readonly long _size;
    private long _tried;
    private readonly Dictionary<SchemaChange, ImmutableArray<PatchEdit>> _own = new(ReferenceEqualityComparer.Instance);
    private readonly Lazy<HashSet<SchemaChange>> _settled;

    /// <summary>The edits of a schema.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="comparison">From the migrations to it.</param>
    /// <param name="read">Reads an edited schema.</param>
    /// <param name="compare">Compares the migrations with an edited schema.</param>
    public SchemaPatches(PrismaSchema schema, SchemaComparison comparison, Func<IReadOnlyList<SourceText>, PrismaSchema> read, Func<PrismaSchema, SchemaComparison> compare)
    {
        (_schema, _comparison, _read, _compare) = (schema, comparison, read, compare);
        _writer = new PatchWriter(schema, comparison);
        _differences = comparison.Changes.Select(LiveDrift.Key).ToHashSet(StringComparer.Ordinal);
        _errors = ErrorsOf(schema);
        _size = comparison.From.Tables.Concat(comparison.To.Tables).Sum(t => 1L + t.Columns.Length);
        _settled = new Lazy<HashSet<SchemaChange>>(FindSettled);
    }

    /// <summary>The lines to remove and to add; null where no edit settles the changes.</summary>
    public string? For(IReadOnlyCollection<SchemaChange> changes)
    {
        // A schema that lacks thousands of tables is written anew (prisma db pull), not edited.
        if (_comparison.Changes.Length > ReadingBudget.PatchedChanges || !changes.All(PatchWriter.CanSettle))
            return null;

        // Relations that are added together have other names than each alone.
        var isKnown = changes.All(_settled.Value.Contains) && (changes.Count == 1 || !changes.Any(c => c.Kind == ChangeKind.DropForeignKey));
        var isToTry = changes.Count > 1 || changes.All(c => c.Kind == ChangeKind.AlterColumnGenerated);
        return (isKnown || isToTry) && Write(changes) is { } edits && (isKnown || Settle(changes, edits)) ? PatchText.Of(edits, changes.Count > 1) : null;
    }

    // All together first: to compare the whole schema once for each change would take long where there are many.
    private HashSet<SchemaChange> FindSettled()
    {
        var settled = new HashSet<SchemaChange>(ReferenceEqualityComparer.Instance);
        foreach (var change in _comparison.Changes.Where(PatchWriter.CanSettle))
        {
            if (_writer.Write([change]) is { } edits)
                _own.Add(change, edits);
        }

        Find([.. _comparison.Changes.Where(_own.ContainsKey)], settled);
        return settled;
    }

    // What fixes one change was written before it was tried.
    private ImmutableArray<PatchEdit>? Write(IReadOnlyCollection<SchemaChange> changes) =>
        changes.Count == 1 && _own.TryGetValue(changes.First(), out var own) ? own : _writer.Write(changes);

    private void Find(ReadOnlySpan<SchemaChange> changes, HashSet<SchemaChange> settled)
    {
        // Each try compares the whole schema again; the edits that are not tried are not offered.
        if (changes.IsEmpty || _tried + _size > ReadingBudget.PatchTries)
            return;

        _tried += _size;
        var all = changes.ToArray();
        if (Write(all) is { } edits && Settle(all, edits))
        {
            settled.UnionWith(all);
        }
        else if (all.Length > 1)
        {
            Find(changes[..(all.Length / 2)], settled);
            Find(changes[(all.Length / 2)..], settled);
        }
    }

    private bool Settle(IReadOnlyCollection<SchemaChange> changes, ImmutableArray<PatchEdit> edits)
    {
        var patched = _read(PatchText.Apply(_schema.Files.Select(f => f.Source), edits));
        if (!ErrorsOf(patched).IsSubsetOf(_errors))
            return false;

        var left = _differences.Except(changes.Select(LiveDrift.Key), StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        var comparison = _compare(patched);
        return comparison.Changes.All(c => left.Contains(LiveDrift.Key(c)) || IsOfOtherFinding(c, changes)) && AreSettled(changes, comparison);
    }

    // What Prisma alone takes for a difference is no change of the comparison.
    private bool AreSettled(IReadOnlyCollection<SchemaChange> changes, SchemaComparison comparison)
    {
        var generated = changes.Where(c => c.Kind == ChangeKind.AlterColumnGenerated).Select(c => c.Subject).ToHashSet();
        return IncludedColumns.Find(comparison).Length <= IncludedColumns.Find(_comparison).Length && (generated.Count == 0 || !GeneratedColumns.Find(comparison).Any(c => generated.Contains(c.Subject)));
    }

    // Where the client keeps references whole, all foreign keys of the migrations are a difference of their own.
    private bool IsOfOtherFinding(SchemaChange change, IReadOnlyCollection<SchemaChange> changes) =>
        change.Kind == ChangeKind.DropForeignKey && _schema.RelationMode == Prisma.Binding.Symbols.RelationMode.Prisma &&
        changes.Any(c => c.Kind == ChangeKind.DropTable && c.FromObject is Plumbline.Schema.Model.Table table && table.Name == change.FromParent?.Name);

    private static HashSet<string> ErrorsOf(PrismaSchema schema) =>
        schema.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.Message).ToHashSet(StringComparer.Ordinal);
}
