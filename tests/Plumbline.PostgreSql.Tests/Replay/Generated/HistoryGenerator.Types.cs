namespace Plumbline.PostgreSql.Tests.Replay.Generated;

/// <content>Types: which a column has, and the statements that make and alter them.</content>
internal sealed partial class HistoryGenerator
{
    private static readonly string[] Labels = ["'x'", "'y'", "'z'", "'Ä'", "'it''s'", "''"];

    private string TypeName()
    {
        if (Chance(4) && Find(ThingKind.Enum, ThingKind.Enum, ThingKind.Domain, ThingKind.Composite) is { } own)
        {
            return Name(own) + Maybe("[]", 5);
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
            _ => Chance(4) ? Pick("nosuchtype", "s.nosuchtype", "nosuchtype[]", "varchar(0)", "text(5)", "numeric(2000)") : "integer",
        };
    }

    private string Value(string type)
    {
        if (Chance(12))
        {
            type = TypeName();
        }

        return type switch
        {
            "integer" or "int" or "int4" or "bigint" or "smallint" => Pick("0", "1", "'5'", "-1", "(1 + 2)", "NULL"),
            "text" or "varchar" or "varchar(20)" or "char(3)" or "character varying(191)" => Pick("''", "'x'", "'it''s'", "NULL", "lower('X')", "CURRENT_USER", "'a' || 'b'"),
            "uuid" => Pick("gen_random_uuid()", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'", "'bad'"),
            "timestamp(3)" or "timestamptz" or "date" => Pick("now()", "CURRENT_TIMESTAMP", "'2020-01-01'", "CURRENT_DATE", "now() + '1 day'"),
            "time" => "'12:00'",
            "numeric" or "numeric(10,2)" or "decimal(65,30)" or "real" or "double precision" => Pick("0", "1.5", "-2", "'3'", "random()"),
            "boolean" => Pick("true", "false", "'f'", "NULL", "(1 > 0)"),
            "jsonb" or "json" => Pick("'{}'", "'[]'", "'{\"a\": 1}'", "'{'"),
            "text[]" or "integer[]" or "uuid[]" => Pick("'{}'", "ARRAY[]::text[]", "'{1}'", "NULL"),
            "interval" => "'1 day'",
            _ => Pick("'x'", "'y'", "NULL", "0", "'{}'", $"'x'::{type}"),
        };
    }

    private string CreateType()
    {
        switch (_random.Next(8))
        {
            case 0 or 1 or 2 or 3:
                var labels = Labels.Where(_ => !Chance(3)).ToList();
                if (Chance(20))
                {
                    labels.Add(Pick(Labels));
                }

                var made = new Thing(ThingKind.Enum, NewSchema(), Pick(Names)) { Labels = [.. labels] };
                _sketch.Add(made);
                return $"CREATE TYPE {Name(made)} AS ENUM ({string.Join(", ", labels)})";
            case 4 or 5 or 6:
                var type = Chance(6) ? TypeName() : Pick("integer", "text", "numeric(10,2)", "varchar(20)");
                var domain = _sketch.Add(Make(ThingKind.Domain));
                return $"CREATE DOMAIN {Name(domain)} AS {type}{Maybe($" DEFAULT {Value(type)}", 4)}{Maybe(" NOT NULL", 4)}{Maybe($" {Maybe("CONSTRAINT c ", 3)}CHECK ({Condition("VALUE", type)})")}";
            default:
                var composite = new Thing(ThingKind.Composite, NewSchema(), Pick(Names)) { Columns = [.. new[] { "x", "y", "\"Z z\"" }.Take(1 + _random.Next(3)).Select(n => new SketchColumn(n, TypeName()))] };
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
                5 => $"DROP CONSTRAINT {IfExists()}{Pick("c", domain.Name + "_check")}",
                _ => Pick("RENAME CONSTRAINT c TO d", "VALIDATE CONSTRAINT c"),
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
                var renamed = Pick(Labels.Append("'new'").ToArray());
                target.Labels.Remove(label);
                target.Labels.Add(renamed);
                return $"ALTER TYPE {Name(target)} RENAME VALUE {label} TO {renamed}";
        }
    }

    /// <summary>A condition over a value of a type.</summary>
    private string Condition(string value, string type) => _random.Next(8) switch
    {
        0 => $"{value} IS NOT NULL",
        1 => $"{value} > {Value(type)}",
        2 => $"{value} IN ({Value(type)}, {Value(type)})",
        3 => $"{value}::text <> ''",
        4 => $"length({value}) < 10",
        5 => $"{value} >= 0 AND {value} < 100",
        6 => $"{value} IS NULL OR {value} = {Value(type)}",
        _ => $"NOT ({value} = {Value(type)})",
    };
}
