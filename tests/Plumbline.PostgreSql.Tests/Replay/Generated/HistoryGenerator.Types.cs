namespace Plumbline.PostgreSql.Tests.Replay.Generated;

/// <content>Types: which a column has, and the statements that make and alter them.</content>
internal sealed partial class HistoryGenerator
{
    private static readonly string[] Labels = ["'x'", "'y'", "'z'", "'Ä'", "'it''s'", "''"];

    private string TypeName()
    {
        if (Chance(4) && Find(ThingKind.Enum, ThingKind.Enum, ThingKind.Domain, ThingKind.Composite) is { } own)
        {
            return Name(own) + (own.Kind == ThingKind.Domain ? "" : Maybe("[]", 5));
        }

        return _random.Next(16) switch
        {
            0 or 1 or 2 => Pick("integer", "int", "int4"),
            3 => "bigint",
            4 or 5 => "text",
            6 => Pick("varchar(20)", "varchar", "char(3)", "character varying(191)"),
            7 => "uuid",
            8 => Pick("timestamp(3)", "timestamptz", "date", "time"),
            9 => Pick("numeric", "numeric(10,2)", "decimal(65,30)"),
            10 => "boolean",
            11 => Pick("jsonb", "json"),
            12 => Pick("text[]", "integer[]", "uuid[]"),
            13 => Pick("smallint", "real", "double precision", "bytea", "inet", "interval"),
            14 => Pick("integer", "text"),
            _ => Wrong(2) ? Pick("nosuchtype", "s.nosuchtype", "nosuchtype[]", "varchar(0)", "text(5)", "numeric(2000)") : "integer",
        };
    }

    private string Value(string type)
    {
        if (Wrong(6))
        {
            type = TypeName();
        }

        var own = _sketch.Things.Find(t => t.Kind == ThingKind.Enum && type.EndsWith(t.Name, StringComparison.Ordinal));
        return type switch
        {
            _ when _sketch.Things.Exists(t => t.Kind == ThingKind.Composite && type.EndsWith(t.Name, StringComparison.Ordinal)) => "NULL",
            _ when own is { Labels.Count: > 0 } => Pick(own.Labels) + Maybe($"::{type}", 4),
            "integer" or "int" or "int4" or "bigint" or "smallint" => Pick("0", "1", "'5'", "-1", "(1 + 2)", "NULL"),
            "char(3)" => Pick("''", "'x'", "NULL", Wrong(2) ? "'long'" : "'xyz'"),
            "text" or "varchar" or "varchar(20)" or "character varying(191)" => Pick("''", "'x'", "'it''s'", "NULL", "lower('X')", "CURRENT_USER", "'a' || 'b'"),
            "uuid" => Pick("gen_random_uuid()", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'", Wrong(2) ? "'bad'" : "NULL"),
            "timestamp(3)" or "timestamptz" or "date" => Pick("now()", "CURRENT_TIMESTAMP", "'2020-01-01'", "CURRENT_DATE", "now() + '1 day'"),
            "time" => "'12:00'",
            "numeric" or "numeric(10,2)" or "decimal(65,30)" or "real" or "double precision" => Pick("0", "1.5", "-2", "'3'", "random()"),
            "boolean" => Pick("true", "false", "'f'", "NULL", "(1 > 0)"),
            "jsonb" or "json" => Pick("'{}'", "'[]'", "'{\"a\": 1}'", Wrong(2) ? "'{'" : "'1'"),
            "text[]" or "integer[]" or "uuid[]" => Pick("'{}'", "ARRAY[]::text[]", "'{1}'", "NULL"),
            "interval" => "'1 day'",
            _ => _isCareful ? "NULL" : Pick("'x'", "'y'", "NULL", "0", "'{}'", $"'x'::{type}"),
        };
    }

    private string CreateType()
    {
        switch (_random.Next(8))
        {
            case 0 or 1 or 2 or 3:
                var labels = Labels.Where(_ => !Chance(3)).ToList();
                if (Wrong(5))
                {
                    labels.Add(Pick(Labels));
                }

                var made = new Thing(ThingKind.Enum, NewSchema(), NewName(Wrong(5) ? Names : TypeNames)) { Labels = [.. labels] };
                _sketch.Add(made);
                return $"CREATE TYPE {Name(made)} AS ENUM ({string.Join(", ", labels)})";
            case 4 or 5 or 6:
                var type = Chance(6) ? TypeName() : Pick("integer", "text", "numeric(10,2)", "varchar(20)");
                var domain = _sketch.Add(new Thing(ThingKind.Domain, NewSchema(), NewName(Wrong(5) ? Names : TypeNames)) { Detail = type });
                return $"CREATE DOMAIN {Name(domain)} AS {type}{Maybe($" DEFAULT {Value(type)}", 4)}{Maybe(" NOT NULL", 4)}{Maybe($" {Maybe("CONSTRAINT c ", 3)}CHECK ({Condition("VALUE", type)})")}";
            default:
                var composite = new Thing(ThingKind.Composite, NewSchema(), NewName(Wrong(5) ? Names : TypeNames)) { Columns = [.. new[] { "x", "y", "\"Z z\"" }.Take(1 + _random.Next(3)).Select(n => new SketchColumn(n, TypeName()))] };
                _sketch.Add(composite);
                return $"CREATE TYPE {Name(composite)} AS ({string.Join(", ", composite.Columns.Select(c => $"{c.Name} {c.Type}"))})";
        }
    }

    private string AlterType()
    {
        if (Chance(4) && Find(ThingKind.Domain) is not null)
        {
            var domain = Target(ThingKind.Domain);
            return $"ALTER DOMAIN {Name(domain)} " + _random.Next(7) switch
            {
                0 => $"SET DEFAULT {Value("integer")}",
                1 => "DROP DEFAULT",
                2 => Pick("SET NOT NULL", "DROP NOT NULL"),
                3 or 4 => $"ADD {Maybe("CONSTRAINT c ")}CHECK ({Condition("VALUE", "integer")}){Maybe(" NOT VALID", 4)}",
                _ => $"DROP CONSTRAINT {IfExists()}c",
            };
        }

        var target = Target(ThingKind.Enum);
        var label = target.Labels.Count > 0 && !Chance(5) ? Pick(target.Labels) : Pick(Labels);
        switch (_random.Next(6))
        {
            case 0 or 1 or 2:
                var added = Pick(Labels.Append("'new'").Append("'newer'").ToArray());
                target.Labels.Add(added);
                return $"ALTER TYPE {Name(target)} ADD VALUE {IfNotExists()}{added}{Maybe($" {Pick("BEFORE", "AFTER")} {label}")}";
            default:
                if (_sketch.Things.Exists(t => t.Columns.Exists(c => c.Type.Contains(target.Name, StringComparison.Ordinal))))
                {
                    // A label that stands in a default would have to be renamed there too.
                    return $"ALTER TYPE {Name(target)} RENAME VALUE 'never' TO 'new'";
                }

                var renamed = Pick(Labels.Append("'new'").ToArray());
                target.Labels.Remove(label);
                target.Labels.Add(renamed);
                return $"ALTER TYPE {Name(target)} RENAME VALUE {label} TO {renamed}";
        }
    }

    // ARRAY[…]::text[], as a list of these is printed, is not what it was when it is read again.
    private bool IsVarying(string type) =>
        type.Contains("var", StringComparison.Ordinal) || type.Contains("char", StringComparison.Ordinal) || _sketch.Things.Exists(t => t.Kind == ThingKind.Domain && type.EndsWith(t.Name, StringComparison.Ordinal));

    /// <summary>A condition over a value of a type.</summary>
    private string Condition(string value, string type) => _random.Next(_isCareful ? 4 : 8) switch
    {
        0 => $"{value} IS NOT NULL",
        1 when !type.Contains("json", StringComparison.Ordinal) => $"{value} = {Value(type)}",
        2 when !type.Contains("json", StringComparison.Ordinal) && !IsVarying(type) => $"{value} IN ({Value(type)}, {Value(type)})",
        3 => $"{value}::text <> ''",
        4 => $"length({value}) < 10",
        5 => $"{value} >= 0 AND {value} < 100",
        6 => $"{value} IS NULL OR {value} > {Value(type)}",
        7 => $"{value} > {Value(type)}",
        _ => $"{value} IS DISTINCT FROM NULL",
    };
}
