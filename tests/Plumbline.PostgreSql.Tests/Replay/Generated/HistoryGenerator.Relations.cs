namespace Plumbline.PostgreSql.Tests.Replay.Generated;

/// <content>Indexes, views and sequences.</content>
internal sealed partial class HistoryGenerator
{
    private string CreateIndex()
    {
        var table = Wrong(6) ? Relation() : Table();
        var index = _sketch.Add(new Thing(ThingKind.Index, table.Schema, NewName(Names)) { On = table });
        var name = Chance(3) ? "" : IfNotExists() + index.Name + " ";
        var keys = string.Join(", ", SomeColumns(table, 3).Select(c => Chance(5) ? $"({Expression(table)})" : c.Name + Pick("", "", "", "", " DESC", " NULLS FIRST", Wrong(3) ? " text_pattern_ops" : "")));
        var method = Pick("", "", "", "", "USING btree ", Wrong(2) ? Pick("USING hash ", "USING gin ", "USING gist ", "USING nosuch ") : "");
        var column = ColumnOf(table);
        return $"CREATE {Maybe("UNIQUE ", 3)}INDEX {Maybe("CONCURRENTLY ", 12)}{name}ON {Maybe("ONLY ", 20)}{Name(table)} {method}({keys}){Maybe($" INCLUDE ({ColumnOf(table).Name})", 12)}{Maybe(" NULLS NOT DISTINCT", 25)}{Maybe(" WITH (fillfactor = 80)", 25)}{Maybe($" WHERE {Condition(column.Name, column.Type)}", 6)}";
    }

    private string CreateView()
    {
        var source = Relation();
        var column = ColumnOf(source);
        var columns = SomeColumns(source, 3);
        var list = string.Join(", ", columns.Select(c => c.Name));
        var second = Relation();
        var joined = ColumnOf(second);
        List<SketchColumn> made = columns;
        string query;
        switch (_random.Next(9))
        {
            case 0 or 1:
                made = [.. source.Columns];
                query = $"SELECT * FROM {Name(source)}{Maybe($" WHERE {Condition(column.Name, column.Type)}")}";
                break;
            case 2:
                made = [column, new SketchColumn("n", "bigint")];
                query = $"SELECT {column.Name}, count(*) AS n FROM {Name(source)} GROUP BY {Pick(column.Name, column.Name, column.Name, ColumnOf(source).Name)}";
                break;
            case 3:
                made = [new SketchColumn("one", column.Type), new SketchColumn("two", joined.Type)];
                query = $"SELECT x.{column.Name} AS one, y.{joined.Name} AS two FROM {Name(source)} x {Maybe("LEFT ")}JOIN {Name(second)} y ON x.{column.Name} = y.{joined.Name}";
                break;
            case 4:
                made = [new SketchColumn("e", "text"), column];
                query = $"SELECT {Expression(source)} AS e, {column.Name} FROM {Name(source)} ORDER BY {column.Name}{Maybe(" DESC LIMIT 5")}";
                break;
            case 5:
                query = $"SELECT {list} FROM {Name(source)} WHERE EXISTS (SELECT 1 FROM {Name(second)} z WHERE z.{joined.Name} = {column.Name})";
                break;
            case 6:
                made = [column];
                query = $"SELECT {column.Name} FROM {Name(source)} UNION {Maybe("ALL ")}SELECT {joined.Name} FROM {Name(second)}";
                break;
            case 7:
                query = $"WITH w AS (SELECT {list} FROM {Name(source)}) SELECT w.* FROM w";
                break;
            default:
                query = $"SELECT {list} FROM {Name(source)}";
                break;
        }

        var isMaterialized = Chance(4);
        var existing = Find(ThingKind.View);
        // A view that reads itself can be made, but never written down.
        var view = existing is not null && Chance(4) && source.Kind == ThingKind.Table && second.Kind == ThingKind.Table ? existing : new Thing(isMaterialized ? ThingKind.MaterializedView : ThingKind.View, NewSchema(), NewName(Names)) { Columns = made };
        if (view != existing)
        {
            _sketch.Add(view);
        }

        return isMaterialized
            ? $"CREATE MATERIALIZED VIEW {IfNotExists()}{Name(view)} AS {query}{Maybe(" WITH NO DATA", 4)}"
            : $"CREATE {Maybe("OR REPLACE ", 3)}VIEW {Name(view)}{Maybe(Pick(" (one, two)", " WITH (security_invoker = true)"), 12)} AS {query}";
    }

    private string CreateSequence()
    {
        if (Chance(3) && Find(ThingKind.Sequence) is not null)
        {
            return $"ALTER SEQUENCE {IfExists()}{Name(Target(ThingKind.Sequence))} {SequenceOptions(1)}";
        }

        var sequence = _sketch.Add(new Thing(ThingKind.Sequence, NewSchema(), NewName(SequenceNames)));
        return $"CREATE SEQUENCE {IfNotExists()}{Name(sequence)}{Maybe(" AS " + Pick("integer", "smallint", "bigint", "text"), 4)} {SequenceOptions(_isCareful ? 1 : 2)}".TrimEnd();
    }

    private string SequenceOptions(int atMost)
    {
        var options = new List<string>();
        for (var i = 0; i < atMost; i++)
        {
            var table = Table();
            options.Add(Pick(
                "INCREMENT BY 2", "INCREMENT BY -1", Wrong(2) ? "INCREMENT BY 0" : "INCREMENT BY 3", "START WITH 10", Wrong(2) ? "START WITH -5" : "START WITH 7", "MINVALUE 5", "MAXVALUE 100", "NO MAXVALUE", "CACHE 10", Wrong(2) ? "CACHE 0" : "CACHE 3", "CYCLE",
                $"OWNED BY {Name(table)}.{ColumnOf(table).Name}", $"OWNED BY {Name(table)}.{ColumnOf(table).Name}", "OWNED BY NONE"));
        }

        return string.Join(' ', options);
    }
}
