using System.Collections.Immutable;
using System.Text;
using Plumbline.Audit.Findings;
using Plumbline.PostgreSql.Writing.Changes;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Facts;

/// <summary>What fixes each difference of a comparison: the statements that turn the first schema into the second, by the change that they are made
/// for.</summary>
internal sealed class ChangeFixes
{
    // Changes are told apart by identity: comparing them by value would compare whole schemas.
    private readonly Lazy<Dictionary<SchemaChange, List<PlannedStatement>>> _statements;
    private readonly SchemaComparison _comparison;

    /// <summary>The fixes of a comparison; the statements are planned when the first fix is asked for.</summary>
    public ChangeFixes(SchemaComparison comparison)
    {
        _comparison = comparison;
        _statements = new Lazy<Dictionary<SchemaChange, List<PlannedStatement>>>(Plan);
    }

    /// <summary>The statements for a change; null where none can be written.</summary>
    public FindingFix? Sql(SchemaChange change)
    {
        if (!_statements.Value.TryGetValue(change, out var statements))
            return null;

        var sql = new StringBuilder();
        var migrations = ImmutableArray.CreateBuilder<FixMigration>();
        var safety = ChangeSafety.Safe;
        foreach (var statement in statements)
        {
            safety = (ChangeSafety)Math.Max((int)safety, (int)statement.Safety);
            var note = statement.Note is { } text ? $"-- {text.ReplaceLineEndings(" ")}\n" : "";
            var steps = OnlineStep.Of(statement);
            foreach (var step in steps)
                migrations.Add(new FixMigration(step.Name, $"{note}{step.Sql};"));

            sql.Append(note);
            if (steps.IsEmpty && statement.Sql.Length > 0)
                sql.Append(statement.Sql).Append(";\n");

            foreach (var step in steps)
                sql.Append(step.RunsInTransaction ? "" : "-- In a migration of its own: CONCURRENTLY cannot run inside a transaction.\n").Append(step.Sql).Append(";\n");
        }

        if (statements.TrueForAll(s => s.Sql.Length == 0))
            return null;

        // What else the change needs runs first.
        var others = string.Concat(statements.Where(s => OnlineStep.Of(s).IsEmpty && s.Sql.Length > 0).Select(s => s.Sql + ";\n")).TrimEnd('\n');
        if (migrations.Count > 0 && others.Length > 0)
            migrations.Insert(0, new FixMigration("prepare", others));

        return new FindingFix(KindOf(safety), sql.ToString().TrimEnd('\n')) { Migrations = migrations.ToImmutable() };
    }

    /// <summary>
    /// What fixes a difference between migrations and schema: for what only the migrations have and whose removal would lose data, the lines that the schema
    /// lacks;
    /// else the statements of the migration that is missing, with those lines beside them where there are any.
    /// </summary>
    public FindingFix? SqlOrPatch(SchemaChange change)
    {
        var fix = Sql(change);
        var patch = SchemaPatch.For(change, _comparison.From);
        if (patch is null)
            return fix;

        return fix is null or { Kind: not FixKind.Safe } ? new FindingFix(FixKind.Safe, null, patch) : fix with { Patch = patch };
    }

    private Dictionary<SchemaChange, List<PlannedStatement>> Plan()
    {
        var statements = new Dictionary<SchemaChange, List<PlannedStatement>>(ReferenceEqualityComparer.Instance);
        foreach (var statement in ChangeWriter.Plan(_comparison))
        {
            if (!statements.TryGetValue(statement.Cause, out var list))
                statements.Add(statement.Cause, list = []);

            list.Add(statement);
        }

        return statements;
    }

    private static FixKind KindOf(ChangeSafety safety) => safety switch
    {
        ChangeSafety.Safe => FixKind.Safe,
        ChangeSafety.NeedsBackfill => FixKind.NeedsBackfill,
        _ => FixKind.Destructive,
    };
}
