namespace Plumbline.PostgreSql.Tests.Replay.Generated;

/// <content>What stands on tables, functions, names, comments, privileges, transactions and data.</content>
internal sealed partial class HistoryGenerator
{
    private static readonly ThingKind[] Droppable =
    [
        ThingKind.Table, ThingKind.Table, ThingKind.View, ThingKind.MaterializedView, ThingKind.Sequence, ThingKind.Index, ThingKind.Enum, ThingKind.Domain, ThingKind.Composite, ThingKind.Function, ThingKind.Trigger, ThingKind.Policy, ThingKind.Rule, ThingKind.Schema,
    ];

    private string Schema()
    {
        var schema = new Thing(ThingKind.Schema, null, Pick(SchemaNames));
        if (Chance(4) && Find(ThingKind.Schema) is { } renamed)
        {
            var before = renamed.Name;
            renamed.Name = schema.Name;
            foreach (var thing in _sketch.Things.Where(t => t.Schema == before))
            {
                thing.Schema = renamed.Name;
            }

            return $"ALTER SCHEMA {before} RENAME TO {renamed.Name}";
        }

        if (Chance(5))
        {
            return $"SET search_path TO {Pick("public", $"{schema.Name}, public", schema.Name, "DEFAULT", "DEFAULT")}";
        }

        if (!_sketch.Things.Exists(t => t.Kind == ThingKind.Schema && t.Name == schema.Name))
        {
            _sketch.Add(schema);
        }

        return $"CREATE SCHEMA {IfNotExists()}{schema.Name}";
    }

    private string CreateFunction()
    {
        if (Chance(3))
        {
            var trigger = new Thing(ThingKind.Function, NewSchema(), NewName(Names)) { Detail = "trigger" };
            _sketch.Add(trigger);
            return $"CREATE {Maybe("OR REPLACE ")}FUNCTION {Name(trigger)}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$";
        }

        var type = TypeName();
        var function = new Thing(ThingKind.Function, NewSchema(), NewName(Names)) { Arguments = Chance(3) ? "" : type, Detail = type };
        _sketch.Add(function);
        var arguments = function.Arguments.Length == 0 ? "" : $"{Maybe("x ")}{type}{Maybe($" DEFAULT {Value(type)}", 6)}";
        var value = function.Arguments.Length == 0 ? "NULL" : "$1";
        var replace = Maybe("OR REPLACE ", 3);
        return $"CREATE {replace}FUNCTION {Name(function)}({arguments}) RETURNS {Maybe("SETOF ", 8)}{type} LANGUAGE {Pick("sql", "sql", Wrong(3) ? "nosuch" : "sql")} {Pick("IMMUTABLE", "STABLE", "")} AS $$ " + $"SELECT {value}::{type} $$";
    }

    private string OnTable()
    {
        var table = Wrong(4) ? Relation() : Table();
        var column = ColumnOf(table);
        switch (_random.Next(3))
        {
            case 0:
                var function = _sketch.Things.FindLast(t => t is { Kind: ThingKind.Function, Detail: "trigger" }) is { } known && !Wrong(4) ? known : Target(ThingKind.Function);
                var trigger = _sketch.Add(new Thing(ThingKind.Trigger, null, NewName(Names)) { On = table });
                return $"CREATE {Maybe("OR REPLACE ", 6)}TRIGGER {trigger.Name} {Pick("BEFORE", "AFTER", "AFTER", Wrong(2) ? "INSTEAD OF" : "BEFORE")} {Pick("INSERT", "UPDATE", "DELETE", "INSERT OR UPDATE", $"UPDATE OF {column.Name}", "TRUNCATE")} ON {Name(table)} {Pick("FOR EACH ROW", "FOR EACH ROW", "FOR EACH STATEMENT")}{Maybe($" WHEN ({Condition(Pick("NEW.", Wrong(2) ? "OLD." : "NEW.", Wrong(2) ? "" : "NEW.") + column.Name, column.Type)})", 5)} EXECUTE FUNCTION {Name(function)}()";
            case 1:
                if (Chance(3) && Find(ThingKind.Policy) is { } altered)
                {
                    return $"ALTER POLICY {altered.Name} ON {Name(altered.On!)} {Pick("USING", "WITH CHECK")} ({Condition(ColumnOf(altered.On!).Name, "integer")})";
                }

                var policy = _sketch.Add(new Thing(ThingKind.Policy, null, NewName(Names)) { On = table });
                var command = Pick("", " FOR ALL", " FOR SELECT", " FOR INSERT", " FOR UPDATE", " FOR DELETE");
                return $"CREATE POLICY {policy.Name} ON {Name(table)}{Maybe(" AS RESTRICTIVE", 5)}{command}{Maybe(" TO " + Pick("PUBLIC", "postgres", "CURRENT_USER", Wrong(2) ? "nobody" : "postgres", "pg_monitor, postgres"), 3)}{Maybe($" USING ({Condition(column.Name, column.Type)})")}{Maybe($" WITH CHECK ({Condition(column.Name, column.Type)})", 3)}";
            default:
                var rule = _sketch.Add(new Thing(ThingKind.Rule, null, NewName(Names)) { On = table });
                // Rules are only named, never made: the model keeps the text that they were made with, which no rename reaches.
                return $"DROP RULE {Maybe("IF EXISTS ", 4)}{rule.Name} ON nowhere{Behavior()}";
        }
    }

    private string Rename()
    {
        var name = NewName(Names);
        var kind = _random.Next(10);
        if (kind < 4)
        {
            var table = Relation();
            var column = ColumnOf(table);
            var at = table.Columns.IndexOf(column);
            var to = Pick(Wrong(5) ? ColumnNames : [.. ColumnNames.Take(8).Where(c => !table.Columns.Exists(t => t.Name == c)), "d"]);
            if (at >= 0)
            {
                table.Columns[at] = column with { Name = to };
            }

            return $"ALTER {Keyword(table)} {IfExists()}{Name(table)} RENAME {(table.Kind == ThingKind.Table ? Maybe("COLUMN ") : "COLUMN ")}{column.Name} TO {to}";
        }

        if (kind == 4)
        {
            var table = Table();
            var constraint = Constraints(table);
            foreach (var thing in _sketch.Things.Where(t => t.Kind == ThingKind.Constraint && t.On == table && t.Name == constraint))
            {
                thing.Name = name;
            }

            return $"ALTER TABLE {Name(table)} RENAME CONSTRAINT {constraint} TO {name}";
        }

        var target = Target(ThingKind.Table, ThingKind.Table, ThingKind.View, ThingKind.MaterializedView, ThingKind.Sequence, ThingKind.Index, ThingKind.Enum, ThingKind.Domain, ThingKind.Composite, ThingKind.Function, ThingKind.Trigger, ThingKind.Policy, ThingKind.Rule);
        var text = $"ALTER {(Wrong(6) ? Pick("TABLE", "VIEW", "INDEX", "SEQUENCE", "TYPE", "DOMAIN") : Keyword(target))} {Reference(target)} RENAME TO {name = NameFor(target)}";
        target.Name = name;
        return text;
    }

    // A type and a sequence of one name can be made in one order only, which a written schema cannot know.
    private string NameFor(Thing thing) => NewName(thing.Kind switch
    {
        ThingKind.Enum or ThingKind.Domain or ThingKind.Composite => TypeNames,
        ThingKind.Sequence => SequenceNames,
        _ => Names,
    });

    private string SetSchema()
    {
        var target = Target(ThingKind.Table, ThingKind.Table, ThingKind.View, ThingKind.Sequence, ThingKind.Enum, ThingKind.Domain, ThingKind.Function);
        var schema = Find(ThingKind.Schema) is { } found && !Wrong(3) ? found.Name : Wrong(2) ? "nosuch" : "public";
        if (target.Kind == ThingKind.Index)
        {
            return $"ALTER TABLE {Name(target)} SET SCHEMA {schema}";
        }

        var text = $"ALTER {Keyword(target)} {Reference(target)} SET SCHEMA {schema}";
        target.Schema = schema;
        return text;
    }

    private string Comment()
    {
        var text = Pick("'said'", "'it''s'", "NULL", "''");
        var commented = Find(ThingKind.Table, ThingKind.View) ?? Table();
        if (Chance(3) && !_sketch.Of(ThingKind.Index).Exists(i => i.Name == commented.Name) && !_sketch.Of(ThingKind.Constraint).Exists(i => i.Name == commented.Name) && !commented.Name.Contains('_', StringComparison.Ordinal))
        {
            var table = commented;
            return $"COMMENT ON COLUMN {Name(table)}.{ColumnOf(table).Name} IS {text}";
        }

        if (Chance(6))
        {
            var table = Table();
            return $"COMMENT ON CONSTRAINT {Constraints(table)} ON {Name(table)} IS {text}";
        }

        var target = Target(Droppable);
        if (Keyword(target) == "TYPE" && _sketch.Things.Exists(t => t.Name == target.Name && t.Kind is ThingKind.Table or ThingKind.View or ThingKind.MaterializedView))
        {
            // The row type of a relation has no comment in the model.
            target = Table();
        }

        return $"COMMENT ON {Keyword(target)} {Reference(target)} IS {text}";
    }

    private string Grant()
    {
        var table = Relation();
        var who = Pick("PUBLIC", "postgres", "pg_monitor", Wrong(2) ? "nobody" : "postgres", "CURRENT_USER");
        var what = Pick("SELECT", "ALL", "INSERT, UPDATE", Wrong(2) ? "USAGE" : "REFERENCES", $"SELECT ({ColumnOf(table).Name})", Wrong(2) ? "EXECUTE" : "TRIGGER");
        return Chance(3) ? $"REVOKE {what} ON {Name(table)} FROM {who}" : $"GRANT {what} ON {Name(table)} TO {who}";
    }

    private string Transaction() => Pick("BEGIN", "BEGIN", "COMMIT", "COMMIT", "ROLLBACK", "SAVEPOINT one", "ROLLBACK TO SAVEPOINT one", "RELEASE SAVEPOINT one");

    private string Data()
    {
        var table = Table();
        var column = ColumnOf(table);
        return _random.Next(5) switch
        {
            0 => $"INSERT INTO {Name(table)} ({column.Name}) SELECT {column.Name} FROM {Name(table)} WHERE false",
            1 or 2 => $"DELETE FROM {Name(table)} WHERE {Condition(column.Name, column.Type)}",
            3 => $"TRUNCATE {Name(table)}{Maybe(" CASCADE", 3)}",
            _ => $"SELECT {column.Name} FROM {Name(table)}{Maybe($" WHERE {Condition(column.Name, column.Type)}")}",
        };
    }

    private string Drop()
    {
        var target = Target(Droppable);
        var text = $"DROP {(Wrong(6) ? Pick("TABLE", "VIEW", "INDEX", "SEQUENCE", "TYPE", "DOMAIN") : Keyword(target))} {IfExists()}{Reference(target)}{Behavior()}";
        _sketch.Remove(target);
        return text;
    }

    private string Reference(Thing thing) => thing.Kind switch
    {
        ThingKind.Trigger or ThingKind.Policy or ThingKind.Rule or ThingKind.Constraint => $"{thing.Name} ON {Name(thing.On ?? Table())}",
        ThingKind.Function => $"{Name(thing)}{(Wrong(5) ? "" : $"({thing.Arguments})")}",
        ThingKind.Schema => thing.Name,
        _ => Name(thing),
    };

    private static string Keyword(Thing thing) => thing.Kind switch
    {
        ThingKind.MaterializedView => "MATERIALIZED VIEW",
        ThingKind.Enum or ThingKind.Composite => "TYPE",
        _ => thing.Kind.ToString().ToUpperInvariant(),
    };
}
