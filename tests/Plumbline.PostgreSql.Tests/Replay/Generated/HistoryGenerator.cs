namespace Plumbline.PostgreSql.Tests.Replay.Generated;

/// <summary>
/// Makes histories in which objects are created, altered, renamed and dropped in mixed order. Most statements are aimed at what the generator
/// believes to exist, some at anything, so that many succeed on top of others and many are refused, for many reasons.
/// </summary>
/// <param name="seed">Where the history comes from: the same seed, the same history.</param>
internal sealed partial class HistoryGenerator(int seed)
{
    private static readonly string[] Names = ["a", "b", "users", "\"User\"", "\"Ünïcode name\"", "\"order\"", "items", "a_b_key", "a_pkey", "a_id_idx", "long_name_that_is_almost_as_long_as_any_name_may_be_in_postgres"];
    private static readonly string[] SchemaNames = ["s", "\"My Schema\"", "other"];

    private static readonly string[] TypeNames = ["mood", "\"Role\"", "\"Ünïcode type\"", "a", "positive", "\"order\""];
    private static readonly string[] SequenceNames = ["numbers", "\"My Seq\"", "counter", "b_id_seq"];

    private readonly Random _random = new(seed);
    private readonly Sketch _sketch = new();

    // A statement that is made with care can fail only for what the generator does not know.
    private bool _isCareful;

    /// <summary>The statements of a history, without semicolons.</summary>
    public List<string> History()
    {
        var statements = new List<string>();
        _isCareful = true;
        var things = _random.Next(2, 6);
        for (var i = 0; i < things; i++)
        {
            statements.Add(Chance(4) ? CreateType() : CreateTable());
        }

        var more = _random.Next(6, 26);
        for (var i = 0; i < more; i++)
        {
            _isCareful = !Chance(4);
            statements.Add(Next());
        }

        return statements;
    }

    private string Next() => _random.Next(100) switch
    {
        < 6 => CreateTable(),
        < 8 => Partition(),
        < 33 => AlterTable(),
        < 40 => CreateIndex(),
        < 48 => CreateView(),
        < 54 => CreateType(),
        < 59 => AlterType(),
        < 63 => CreateSequence(),
        < 67 => CreateFunction(),
        < 71 => OnTable(),
        < 78 => Rename(),
        < 80 => SetSchema(),
        < 83 => Comment(),
        < 86 => Grant(),
        < 88 => Schema(),
        < 91 => Transaction(),
        < 93 => Data(),
        _ => Drop(),
    };

    private bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    private string Maybe(string text, int oneIn = 2) => Chance(oneIn) ? text : "";

    private bool Wrong(int oneIn) => !_isCareful && Chance(oneIn);

    /// <summary>A name for something new: a free one where care is taken.</summary>
    private string NewName(string[] names)
    {
        var name = Pick(names);
        for (var i = 0; (_isCareful || Chance(2)) && _sketch.Things.Exists(t => t.Name == name) && i < 20; i++)
        {
            name = i < 8 ? Pick(names) : $"{(names == SequenceNames ? "q" : "n")}{_random.Next(100)}";
        }

        return name;
    }

    private T Pick<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];

    private string IfExists() => Maybe("IF EXISTS ", 5);

    private string IfNotExists() => Maybe("IF NOT EXISTS ", 6);

    private string Behavior() => Pick("", "", "", " CASCADE", " CASCADE", " RESTRICT");

    /// <summary>Something believed to exist of one of these kinds; else null.</summary>
    private Thing? Find(params ThingKind[] kinds)
    {
        var found = _sketch.Things.FindAll(t => Array.IndexOf(kinds, t.Kind) >= 0 && (t.Kind != ThingKind.Schema || t.Name != "public"));
        return found.Count == 0 ? null : Pick(found);
    }

    /// <summary>What a statement is aimed at: mostly something of these kinds, sometimes of any kind, sometimes nothing at all.</summary>
    private Thing Target(params ThingKind[] kinds)
    {
        var thing = _random.Next(_isCareful ? 200 : 16) switch
        {
            0 => null,
            1 => Find(ThingKind.Table, ThingKind.View, ThingKind.MaterializedView, ThingKind.Sequence, ThingKind.Index, ThingKind.Composite),
            2 => Find(ThingKind.Enum, ThingKind.Domain, ThingKind.Table, ThingKind.View),
            _ => Find(kinds),
        };
        return thing ?? new Thing(kinds[0], NewSchema(), Pick(Names)) { Columns = [new SketchColumn("id", "integer")] };
    }

    private Thing Table() => Target(ThingKind.Table);

    private Thing Relation() => Target(ThingKind.Table, ThingKind.Table, ThingKind.View, ThingKind.MaterializedView);

    /// <summary>The schema for a new object: mostly the first of the search path.</summary>
    private string? NewSchema() => _random.Next(7) switch
    {
        0 => "public",
        1 => Find(ThingKind.Schema)?.Name,
        2 when Wrong(3) => Pick(SchemaNames),
        _ => null,
    };

    private string Name(Thing thing) => thing.Schema is null || (thing.Schema == "public" && Chance(2)) ? thing.Name : $"{thing.Schema}.{thing.Name}";

    private SketchColumn ColumnOf(Thing thing) => thing.Columns.Count > 0 && !Wrong(6)
        ? Pick(thing.Columns)
        : new SketchColumn(Pick("id", "a", "b", "\"createdAt\"", "missing", "nope"), "integer");

    private string Columns(Thing thing, int atMost) => string.Join(", ", SomeColumns(thing, atMost).Select(c => c.Name));

    private List<SketchColumn> SomeColumns(Thing thing, int atMost)
    {
        var columns = new List<SketchColumn>();
        var count = 1 + _random.Next(atMost);
        for (var i = 0; i < count; i++)
        {
            var column = ColumnOf(thing);
            if (columns.Count == 0 || !columns.Contains(column) || Wrong(6))
            {
                columns.Add(column);
            }
        }

        return columns;
    }
}
