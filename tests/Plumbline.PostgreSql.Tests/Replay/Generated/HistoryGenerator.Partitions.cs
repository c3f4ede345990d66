namespace Plumbline.PostgreSql.Tests.Replay.Generated;

/// <content>Partitioned tables and their partitions.</content>
internal sealed partial class HistoryGenerator
{
    private static readonly string[] Strategies = ["RANGE", "LIST", "HASH"];

    private string Partition()
    {
        var parents = _sketch.Of(ThingKind.Table).FindAll(t => Array.IndexOf(Strategies, t.Detail) >= 0);
        if (parents.Count == 0 || Chance(4))
        {
            return CreatePartitioned();
        }

        var parent = Wrong(6) ? Table() : Pick(parents);
        var partitions = _sketch.Of(ThingKind.Table).FindAll(t => t.On == parent);
        switch (_random.Next(5))
        {
            case 0 when partitions.Count > 0:
                return $"ALTER TABLE {Name(parent)} DETACH PARTITION {Name(Pick(partitions))}";
            case 1:
                return $"ALTER TABLE {Name(parent)} ATTACH PARTITION {Name(Table())} {Bound(parent)}";
            case 2:
                var like = new Thing(ThingKind.Table, NewSchema(), NewName(Names)) { Columns = [.. parent.Columns] };
                _sketch.Add(like);
                return $"CREATE TABLE {Name(like)} (LIKE {Name(parent)}{Maybe(" INCLUDING ALL")})";
            default:
                var partition = new Thing(ThingKind.Table, NewSchema(), NewName(Names)) { On = parent, Columns = [.. parent.Columns] };
                _sketch.Add(partition);
                return $"CREATE TABLE {IfNotExists()}{Name(partition)} PARTITION OF {Name(parent)} {Bound(parent)}";
        }
    }

    private string CreatePartitioned()
    {
        var table = new Thing(ThingKind.Table, NewSchema(), NewName(Names)) { Detail = Pick(Strategies) };
        table.Columns.Add(new SketchColumn("id", Pick("integer", "bigint", "date", Wrong(2) ? "jsonb" : "integer")));
        table.Columns.Add(new SketchColumn("a", Pick("text", "integer", "boolean")));
        _sketch.Add(table);
        var key = Wrong(5) ? Pick("nope", "ctid", "(id + 1)", "id, a") : "id";
        return $"CREATE TABLE {Name(table)} (id {table.Columns[0].Type} NOT NULL, a {table.Columns[1].Type}{Maybe(Pick(", PRIMARY KEY (id)", ", UNIQUE (a)", $", CHECK ({Condition("id", table.Columns[0].Type)})"), 3)}) PARTITION BY {table.Detail} ({key})";
    }

    private string Bound(Thing parent)
    {
        var isDate = parent.Columns.Count > 0 && parent.Columns[0].Type == "date";
        var at = _random.Next(6);
        return (Wrong(6) ? Pick(Strategies) : parent.Detail) switch
        {
            _ when Chance(7) => "DEFAULT",
            "RANGE" when isDate => $"FOR VALUES FROM ('202{at}-01-01') TO ('202{at + 1}-01-01')",
            "RANGE" => $"FOR VALUES FROM ({Pick("MINVALUE", $"{at}0", $"{at}0")}) TO ({at + 1}0)",
            "LIST" when isDate => $"FOR VALUES IN ('202{at}-01-01'{Maybe(", NULL", 5)})",
            "LIST" => $"FOR VALUES IN ({at}, {at + 1}0)",
            _ => $"FOR VALUES WITH (MODULUS {Pick("4", "4", "2")}, REMAINDER {_random.Next(Wrong(3) ? 6 : 4)})",
        };
    }
}
