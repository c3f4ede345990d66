using Plumbline.Prisma.Binding;
using Plumbline.Schema.Model;

namespace Plumbline.Prisma.Printing;

/// <summary>The key and indexes of a model as attributes of its fields and of its block.</summary>
internal sealed class PrintedIndexes
{
    private readonly PrintingPlan _plan;
    private readonly Table _table;

    public PrintedIndexes(PrintingPlan plan, Table table)
    {
        _plan = plan;
        _table = table;
        AddPrimaryKey();
        foreach (var unique in table.UniqueConstraints.Select(AsIndex).Concat(table.Indexes.Where(i => i.IsUnique)).OrderBy(i => i.Name, StringComparer.Ordinal))
        {
            AddIndex(unique);
        }

        foreach (var index in table.Indexes.Where(i => !i.IsUnique).OrderBy(i => i.Name, StringComparer.Ordinal))
        {
            AddIndex(index);
        }
    }

    /// <summary>Attributes of fields, by column.</summary>
    public Dictionary<string, List<string>> OfFields { get; } = new(StringComparer.Ordinal);

    /// <summary>Attributes of the block.</summary>
    public List<string> OfBlock { get; } = [];

    /// <summary>What no schema can say.</summary>
    public List<string> Notes { get; } = [];

    // A unique constraint and a unique index are one thing to Prisma.
    private static Index AsIndex(KeyConstraint constraint) => new()
    {
        Name = constraint.Name,
        IsUnique = true,
        Keys = [.. constraint.Columns.Select(c => new IndexKey { Column = c })],
        Include = constraint.Include,
        NullsNotDistinct = constraint.NullsNotDistinct,
    };

    private void AddPrimaryKey()
    {
        if (_table.PrimaryKey is not { } key)
        {
            return;
        }

        var map = key.Name == ConstraintNames.PrimaryKey(_table.Name.Name) ? null : $"map: {PrismaText.Quote(key.Name)}";
        if (key.Columns is [var column])
        {
            OfField(column, map is null ? "@id" : $"@id({map})");
        }
        else
        {
            OfBlock.Add($"@@id([{string.Join(", ", key.Columns.Select(c => _plan.FieldOf(_table.Name, c)))}]{(map is null ? "" : $", {map}")})");
        }

        if (key.IsDeferrable || !key.Include.IsEmpty)
        {
            Notes.Add($"Primary key {key.Name}: {(key.IsDeferrable ? "DEFERRABLE" : "")} {Included(key.Include)}".TrimEnd());
        }
    }

    private void AddIndex(Index index)
    {
        if (index.Keys.Any(k => k.Column is null))
        {
            Notes.Add($"Index {index.Name} USING {index.Method} ({string.Join(", ", index.Keys.Select(k => k.Column ?? $"({k.Expression})"))}){Where(index)}");
            return;
        }

        var columns = index.Keys.Select(k => k.Column!).ToList();
        var arguments = new List<string>();
        var defaultName = index.IsUnique ? ConstraintNames.Unique(_table.Name.Name, columns) : ConstraintNames.Index(_table.Name.Name, columns);
        if (index.Name != defaultName)
        {
            arguments.Add($"map: {PrismaText.Quote(index.Name)}");
        }

        var algorithm = AlgorithmOf(index.Method);
        if (algorithm is not (null or "BTree"))
        {
            arguments.Add($"type: {algorithm}");
        }

        if (index.Predicate is { } predicate)
        {
            arguments.Add($"where: raw({PrismaText.Quote(predicate.Text)})");
        }

        if (index is { IsUnique: true, Keys: [var only] })
        {
            AddUniqueField(only, arguments);
        }
        else
        {
            arguments.Insert(0, $"[{string.Join(", ", index.Keys.Select(k => Key(k, hasClass: !index.IsUnique && algorithm is not null)))}]");
            OfBlock.Add($"@@{(index.IsUnique ? "unique" : "index")}({string.Join(", ", arguments)})");
        }

        AddNotes(index);
    }

    private string Key(IndexKey key, bool hasClass)
    {
        var inside = new List<string>();
        if (key.OperatorClass is { } operatorClass && hasClass)
        {
            inside.Add($"ops: raw({PrismaText.Quote(BareName(operatorClass))})");
        }

        if (key.IsDescending)
        {
            inside.Add("sort: Desc");
        }

        var field = _plan.FieldOf(_table.Name, key.Column!);
        return inside.Count == 0 ? field : $"{field}({string.Join(", ", inside)})";
    }

    private void AddNotes(Index index)
    {
        var beyond = new List<string>();
        if (index.NullsNotDistinct)
        {
            beyond.Add("NULLS NOT DISTINCT");
        }

        if (!index.Include.IsEmpty)
        {
            beyond.Add(Included(index.Include));
        }

        foreach (var key in index.Keys)
        {
            if (key.NullsFirst != key.IsDescending)
            {
                beyond.Add($"{key.Column} NULLS {(key.NullsFirst ? "FIRST" : "LAST")}");
            }

            if (key.OperatorClass is { } operatorClass && index.IsUnique)
            {
                beyond.Add($"{key.Column} {operatorClass}");
            }

            if (key.Collation is { } collation)
            {
                beyond.Add($"{key.Column} COLLATE {collation}");
            }
        }

        if (beyond.Count > 0)
        {
            Notes.Add($"Index {index.Name}: {string.Join(", ", beyond)}");
        }
    }

    private void OfField(string column, string attribute)
    {
        if (!OfFields.TryGetValue(column, out var attributes))
        {
            OfFields.Add(column, attributes = []);
        }

        attributes.Add(attribute);
    }

    // A field can say @unique once; the block can say it again.
    private void AddUniqueField(IndexKey key, List<string> arguments)
    {
        if (OfFields.TryGetValue(key.Column!, out var attributes) && attributes.Exists(a => a.StartsWith("@unique", StringComparison.Ordinal)))
        {
            OfBlock.Add($"@@unique({string.Join(", ", arguments.Prepend($"[{Key(key, hasClass: false)}]"))})");
            return;
        }

        if (key.IsDescending)
        {
            arguments.Add("sort: Desc");
        }

        OfField(key.Column!, arguments.Count == 0 ? "@unique" : $"@unique({string.Join(", ", arguments)})");
    }

    private static string Included(IReadOnlyList<string> columns) => columns.Count == 0 ? "" : $"INCLUDE ({string.Join(", ", columns)})";

    private static string Where(Index index) => index.Predicate is { } predicate ? $" WHERE {predicate.Text}" : "";

    // Prisma compares the operator class by its name alone, whatever schema it lies in.
    private static string BareName(string operatorClass)
    {
        var start = operatorClass.EndsWith('"') ? operatorClass.LastIndexOf(".\"", StringComparison.Ordinal) + 1 : operatorClass.LastIndexOf('.') + 1;
        return operatorClass[start..].Trim('"');
    }

    // Null for a method that Prisma does not know: it reads such an index as one without a type and without operator classes.
    private static string? AlgorithmOf(string method) => method switch
    {
        "btree" => "BTree",
        "hash" => "Hash",
        "gist" => "Gist",
        "gin" => "Gin",
        "spgist" => "SpGist",
        "brin" => "Brin",
        _ => null,
    };
}
