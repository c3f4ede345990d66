using System.Globalization;
using System.Text.RegularExpressions;
using Plumbline.PostgreSql.Tests.Catalog;
using Plumbline.PostgreSql.Writing.Changes;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;
using Plumbline.Testing;

namespace Plumbline.PostgreSql.Tests.Writing.Generated;

/// <summary>What became of one plan on a server.</summary>
/// <param name="Failure">What went wrong; null where nothing did.</param>
/// <param name="Script">The script.</param>
/// <param name="Dependents">The number of objects that the plan drops and makes again for the sake of another.</param>
/// <param name="KeptRows">Whether it ran over rows; else they were in the way of a statement that said so, and it ran without them.</param>
internal sealed record PlanResult(string? Failure, string Script, int Dependents, bool KeptRows);

/// <summary>Runs plans on a server and compares what they make with what they should make.</summary>
internal sealed partial class PlanCheck : IDisposable
{
    private readonly TestDatabase _first;
    private readonly TestDatabase _second;

    public PlanCheck(PostgreSqlServer server)
    {
        _first = server.CreateDatabase();
        _second = server.CreateDatabase();
        _first.Run(string.Concat(((string[])["plan_reader", "plan_writer"]).Select(r =>
            $"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{r}') THEN CREATE ROLE {r}; END IF; END $$;\n")));
    }

    /// <summary>Makes both schemas, turns each into the other, and tells what came of both plans.</summary>
    public async Task<(PlanResult Forth, PlanResult Back)> RunAsync(IReadOnlyList<string> first, IReadOnlyList<string> second)
    {
        Make(_first, first);
        Make(_second, second);
        var (a, b) = (await LiveCatalog.SchemaAsync(_first), await LiveCatalog.SchemaAsync(_second));
        var (linesOfA, linesOfB) = (Lines(_first), Lines(_second));
        return (Run(_first, first, a, b, linesOfB), Run(_second, second, b, a, linesOfA));
    }

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }

    private static void Make(TestDatabase database, IReadOnlyList<string> statements)
    {
        database.Clear();
        database.Psql(["-f", "-"], string.Concat(statements.Select(s => s + ";\n")));
    }

    private static PlanResult Run(TestDatabase database, IReadOnlyList<string> statements, DatabaseSchema from, DatabaseSchema to, string[] expected)
    {
        var comparison = SchemaComparer.Compare(from, to);
        var plan = ChangeWriter.Plan(comparison);
        var script = ChangeWriter.Write(comparison);

        // Of what one change drops or turns over, all but one is so for the sake of that one.
        var dependents = plan.Where(s => s.Sql.StartsWith("DROP ", StringComparison.Ordinal) || s.Sql.Contains(" DROP ", StringComparison.Ordinal) || s.Sql.Contains(" TYPE ", StringComparison.Ordinal))
            .GroupBy(s => s.Cause, (IEqualityComparer<SchemaChange>)ReferenceEqualityComparer.Instance)
            .Sum(g => g.Count() - 1);
        SampleRows.Insert(database, from, to);
        var kept = Kept(comparison, plan);
        var before = Digests(database, kept.Select(k => (k.From, k.Columns.Select(c => c.From))));
        var run = database.Psql(["-v", "ON_ERROR_STOP=1", "-v", "VERBOSITY=verbose", "-f", "-"], script);
        var keptRows = true;
        if (run.ExitCode != 0 && IsAboutRows(run.Error, plan))
        {
            // The plan said that rows have to be looked after first: without any it must run.
            keptRows = false;
            Make(database, statements);
            run = database.Psql(["-v", "ON_ERROR_STOP=1", "-v", "VERBOSITY=verbose", "-f", "-"], script);
        }

        if (run.ExitCode != 0)
        {
            return new PlanResult(Refused(run.Error, script), script, dependents, keptRows);
        }

        var actual = Lines(database);
        if (!actual.SequenceEqual(expected))
        {
            return new PlanResult(
                $"lines differ\nmissing:\n{string.Join('\n', expected.Except(actual))}\ntoo much:\n{string.Join('\n', actual.Except(expected))}", script, dependents, keptRows);
        }

        if (!keptRows)
        {
            return new PlanResult(null, script, dependents, keptRows);
        }

        var after = Digests(database, kept.Select(k => (k.To, k.Columns.Select(c => c.To))));
        var lost = kept.Select((k, i) => (k.From.Name, Before: before[i], After: after[i])).Where(k => k.Before != k.After).Select(k => $"{k.Name}: {k.Before} became {k.After}").ToList();
        return new PlanResult(lost.Count == 0 ? null : "rows lost\n" + string.Join('\n', lost), script, dependents, keptRows);
    }

    private static List<string> Digests(TestDatabase database, IEnumerable<(Table Table, IEnumerable<string> Columns)> tables)
    {
        using var connection = database.Open();
        return [.. tables.Select(t => SampleRows.Digest(connection, t.Table, t.Columns))];
    }

    /// <summary>The tables that keep their rows, with the columns whose values nothing touches.</summary>
    private static List<(Table From, Table To, List<(string From, string To)> Columns)> Kept(SchemaComparison comparison, IEnumerable<PlannedStatement> plan)
    {
        var lossy = plan.Where(s => s.Safety == ChangeSafety.Destructive).Select(s => s.Cause.FromObject).OfType<Table>().Select(t => t.Name).ToHashSet();
        var renames = comparison.Changes.Where(c => c.Kind == ChangeKind.RenameTable).ToDictionary(c => ((Table)c.FromObject!).Name, c => ((Table)c.ToObject!).Name);
        var columns = comparison.Changes.Where(c => c.Kind == ChangeKind.RenameColumn).ToDictionary(c => (c.FromParent!.Name, ((Column)c.FromObject!).Name), c => ((Column)c.ToObject!).Name);
        var kept = new List<(Table, Table, List<(string, string)>)>();
        foreach (var from in comparison.From.Tables.Where(t => !lossy.Contains(t.Name) && !(t.PartitionOf is { } whole && lossy.Contains(whole))))
        {
            if (comparison.To.Tables.FirstOrDefault(t => t.Name == renames.GetValueOrDefault(from.Name, from.Name)) is not { } to || (from.Kind, to.Kind) is (TableKind.Partitioned, TableKind.Partitioned))
            {
                continue;
            }

            var pairs = from column in @from.Columns
                        let name = columns.GetValueOrDefault((@from.Name, column.Name), column.Name)
                        where column.Generated is null && column.Type.Schema is null && to.FindColumn(name) is { Generated: null } other && other.Type == column.Type
                        select (column.Name, name);
            kept.Add((from, to, [.. pairs]));
        }

        return kept;
    }

    /// <summary>Whether values or rows were in the way (SQLSTATE classes 22 and 23) of a statement that had said that they may be.</summary>
    private static bool IsAboutRows(string error, IEnumerable<PlannedStatement> plan)
    {
        var (at, line) = (LineOf(error), 0);
        foreach (var statement in plan)
        {
            line += (statement.Note is not null || statement.Safety == ChangeSafety.Destructive ? 1 : 0) + (statement.Sql.Length == 0 ? 0 : statement.Sql.Split('\n').Length);
            if (line >= at)
            {
                return RowState().IsMatch(error) && statement.Safety != ChangeSafety.Safe;
            }
        }

        return false;
    }

    private static int LineOf(string error) => LineNumber().Match(error) is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;

    private static string Refused(string error, string script)
    {
        var line = LineOf(error);
        var at = script.Split('\n').Skip(Math.Max(0, line - 1)).FirstOrDefault();
        return $"refused: {error.Trim()}\nat: {at}";
    }

    /// <summary>The catalog's lines, in which enums have no order, and privileges neither an order nor a way of saying the default.</summary>
    private static string[] Lines(TestDatabase database) => [.. database.CatalogLines().Select(Normalize).Order(StringComparer.Ordinal)];

    private static string Normalize(string line)
    {
        if (line.StartsWith("type ", StringComparison.Ordinal) && EnumValues().Match(line) is { Success: true } match)
        {
            line = match.Groups[1].Value + string.Join(", ", match.Groups[2].Value.Split(", ").Order(StringComparer.Ordinal));
        }

        return Privileges().Replace(line, found =>
        {
            var items = found.Groups[1].Value.Split(',').Order(StringComparer.Ordinal);
            var owner = OwnerOf().Match(line) is { Success: true } named ? named.Groups[1].Value : "postgres";
            var all = line.Split(' ')[0] switch
            {
                "schema" => "UC",
                "function" => "X",
                "type" => "U",
                "table" when line.Contains(" kind=S", StringComparison.Ordinal) => "rwU",
                "table" => "arwdDxt",
                _ => null,
            };
            string[] defaults = all is "X" or "U" ? [$"={all}/{owner}", $"{owner}={all}/{owner}"] : all is null ? [] : [$"{owner}={all}/{owner}"];
            var text = string.Join(',', items);
            return text == string.Join(',', defaults) || text == $"{owner}=arwdDxtm/{owner}" ? "acl=" : $"acl={{{text}}}";
        });
    }

    [GeneratedRegex(@"ERROR:  (?:22|23)\w{3}:")]
    private static partial Regex RowState();

    [GeneratedRegex(@"<stdin>:(\d+): ERROR")]
    private static partial Regex LineNumber();

    [GeneratedRegex("^(type .* kind=e .*? )('.*)$")]
    private static partial Regex EnumValues();

    [GeneratedRegex(@"acl=\{([^}]*)\}")]
    private static partial Regex Privileges();

    [GeneratedRegex(@" owner=(\S+)")]
    private static partial Regex OwnerOf();
}
