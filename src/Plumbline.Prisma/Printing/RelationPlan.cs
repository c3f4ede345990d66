using Plumbline.Prisma.Binding;
using Plumbline.Schema.Model;
using ReferentialAction = Plumbline.Schema.Model.ReferentialAction;

namespace Plumbline.Prisma.Printing;

/// <summary>The relation fields of a printed schema, both sides of each foreign key and of each table of an implicit many-to-many relation.</summary>
internal sealed class RelationPlan
{
    private readonly PrintingPlan _plan;
    private readonly Dictionary<ObjectName, List<string>> _lines = [];
    private readonly Dictionary<ObjectName, List<string>> _notes = [];
    private readonly Dictionary<(string, string), int> _relationsBetween = [];
    private readonly HashSet<ObjectName> _ignored;
    private readonly PrismaNames _relationNames = new();

    public RelationPlan(PrintingPlan plan, HashSet<ObjectName> ignored)
    {
        _plan = plan;
        _ignored = ignored;
        var keys = plan.Models.SelectMany(t => t.ForeignKeys.Select(k => (Table: t, Key: k))).ToList();
        foreach (var (table, key) in keys.Where(k => plan.ModelNames.ContainsKey(k.Key.ReferencedTable)))
        {
            Count(plan.ModelNames[table.Name], plan.ModelNames[key.ReferencedTable]);
        }

        var joins = plan.JoinTables.Values.Select(t => (Table: t, A: PrintingPlan.Side(t, "A"), B: PrintingPlan.Side(t, "B"))).ToList();
        foreach (var (_, a, b) in joins)
        {
            Count(plan.ModelNames[a], plan.ModelNames[b]);
        }

        foreach (var (table, key) in keys)
        {
            AddForeignKey(table, key);
        }

        foreach (var (table, a, b) in joins)
        {
            AddManyToMany(table, a, b);
        }
    }

    /// <summary>The relation fields of a table's model.</summary>
    public IReadOnlyList<string> LinesOf(ObjectName table) => _lines.GetValueOrDefault(table, []);

    /// <summary>What its foreign keys have that no schema can say.</summary>
    public IReadOnlyList<string> NotesOf(ObjectName table) => _notes.GetValueOrDefault(table, []);

    private static (string, string) Pair(string a, string b) => string.CompareOrdinal(a, b) < 0 ? (a, b) : (b, a);

    private void Count(string a, string b)
    {
        var pair = Pair(a, b);
        _relationsBetween[pair] = _relationsBetween.GetValueOrDefault(pair) + 1;
    }

    private void AddForeignKey(Table table, ForeignKey key)
    {
        if (!_plan.TablesByName.TryGetValue(key.ReferencedTable, out var referenced) || !TypesAgree(table, key, referenced)
            || !_plan.AreUnique(referenced, key.ReferencedColumns))
        {
            Add(
                _notes,
                table.Name,
                $"Foreign key {key.Name} ({string.Join(", ", key.Columns)}) to {key.ReferencedTable} ({string.Join(", ", key.ReferencedColumns)})");
            return;
        }

        var from = _plan.ModelNames[table.Name];
        var to = _plan.ModelNames[referenced.Name];
        var columns = key.Columns.Select(c => _plan.FieldOf(table.Name, c)).ToList();
        var isSelf = from == to;
        var isAmbiguous = _relationsBetween[Pair(from, to)] > 1;
        var relation = isAmbiguous ? _relationNames.Take($"{from}_{string.Join('_', columns)}To{to}") : isSelf ? _relationNames.Take($"{from}To{to}") : null;
        var forward = _plan.FieldNamesOf(table.Name).Take(key.FieldName ?? (isAmbiguous ? $"{to}_{relation}" : to));
        var back = _plan.FieldNamesOf(referenced.Name).Take(isAmbiguous ? $"{(isSelf ? "other_" : "")}{from}_{relation}" : isSelf ? $"other_{from}" : from);
        var isOptional = key.Columns.Any(c => table.FindColumn(c)?.IsNullable == true);
        var isOneToOne = _plan.AreUnique(table, key.Columns);

        var arguments = new List<string>();
        if (relation is not null)
        {
            arguments.Add(PrismaText.Quote(relation));
        }

        arguments.Add($"fields: [{string.Join(", ", columns)}]");
        arguments.Add($"references: [{string.Join(", ", key.ReferencedColumns.Select(c => _plan.FieldOf(referenced.Name, c)))}]");
        var allOptional = key.Columns.All(c => table.FindColumn(c)?.IsNullable == true);
        if (key.OnDelete != (allOptional ? ReferentialAction.SetNull : ReferentialAction.Restrict))
        {
            arguments.Add($"onDelete: {key.OnDelete}");
        }

        if (key.OnUpdate != ReferentialAction.Cascade)
        {
            arguments.Add($"onUpdate: {key.OnUpdate}");
        }

        if (key.Name != ConstraintNames.ForeignKey(table.Name.Name, key.Columns))
        {
            arguments.Add($"map: {PrismaText.Quote(key.Name)}");
        }

        Add(_lines, table.Name, $"{forward} {to}{(isOptional ? "?" : "")} @relation({string.Join(", ", arguments)}){Ignored(table.Name, referenced.Name)}");
        Add(_lines, referenced.Name, $"{back} {from}{(isOneToOne ? "?" : "[]")}{(relation is null ? "" : $" @relation({PrismaText.Quote(relation)})")}{Ignored(referenced.Name, table.Name)}");
        if (Beyond(key) is { Length: > 0 } beyond)
        {
            Add(_notes, table.Name, $"Foreign key {key.Name}: {beyond}");
        }
    }

    private void AddManyToMany(Table table, ObjectName tableA, ObjectName tableB)
    {
        var (a, b) = (_plan.ModelNames[tableA], _plan.ModelNames[tableB]);
        var isSelf = a == b;
        var relation = table.Name.Name[1..];
        var isAmbiguous = _relationsBetween[Pair(a, b)] > 1;
        var isNamed = isSelf || isAmbiguous || relation != $"{a}To{b}";
        var suffix = isAmbiguous ? "_" + PrismaNames.Clean(relation) : "";

        var fieldInA = _plan.FieldNamesOf(tableA).Take(isSelf ? $"{a}{suffix}_A" : b + suffix);
        var fieldInB = _plan.FieldNamesOf(tableB).Take(isSelf ? $"{a}{suffix}_B" : a + suffix);
        var attribute = isNamed ? $" @relation({PrismaText.Quote(relation)})" : "";
        Add(_lines, tableA, $"{fieldInA} {b}[]{attribute}{Ignored(tableA, tableB)}");
        Add(_lines, tableB, $"{fieldInB} {a}[]{attribute}{Ignored(tableB, tableA)}");
    }

    // A field whose model is ignored must be ignored itself.
    private string Ignored(ObjectName model, ObjectName type) => _ignored.Contains(type) && !_ignored.Contains(model) ? " @ignore" : "";

    private bool TypesAgree(Table table, ForeignKey key, Table referenced)
    {
        for (var i = 0; i < key.Columns.Length; i++)
        {
            if (table.FindColumn(key.Columns[i]) is not { } column || referenced.FindColumn(key.ReferencedColumns[i]) is not { } other
                || _plan.TypeOf(column) is not { Kind: not PrintedTypeKind.Unsupported } type || _plan.TypeOf(other).Name != type.Name || column.Type.IsArray != other.Type.IsArray)
            {
                return false;
            }
        }

        return true;
    }

    private static string Beyond(ForeignKey key) => string.Join(", ", new[]
    {
        key.MatchFull ? "MATCH FULL" : "",
        key.IsDeferrable ? key.IsInitiallyDeferred ? "DEFERRABLE INITIALLY DEFERRED" : "DEFERRABLE" : "",
        key.IsValidated ? "" : "NOT VALID",
        key.IsEnforced ? "" : "NOT ENFORCED",
        key.OnDeleteColumns.IsEmpty ? "" : $"ON DELETE names ({string.Join(", ", key.OnDeleteColumns)})",
    }.Where(part => part.Length > 0));

    private static void Add(Dictionary<ObjectName, List<string>> lines, ObjectName table, string line)
    {
        if (!lines.TryGetValue(table, out var ofTable))
        {
            lines.Add(table, ofTable = []);
        }

        ofTable.Add(line);
    }
}
