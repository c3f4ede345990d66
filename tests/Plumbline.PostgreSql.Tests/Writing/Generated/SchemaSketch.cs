namespace Plumbline.PostgreSql.Tests.Writing.Generated;

/// <summary>
/// Writes a schema with objects of every kind that depend on each other in every way PostgreSQL has. A statement that a choice made impossible (a view over
/// a column that is not there) is refused by the server and left out of the schema.
/// </summary>
internal sealed partial class SchemaSketch(SlotChoices choices)
{
    private readonly List<string> _statements = [];

    /// <summary>The statements of a schema, without semicolons.</summary>
    public static IReadOnlyList<string> Statements(SlotChoices choices)
    {
        var sketch = new SchemaSketch(choices);
        sketch.Types();
        sketch.FirstFunctions();
        sketch.Domains();
        sketch.Users();
        sketch.Orders();
        sketch.Notes();
        sketch.Events();
        sketch.Animals();
        sketch.LaterFunctions();
        sketch.Views();
        sketch.Members();
        sketch.Words();
        return sketch._statements;
    }

    private void Add(string statement) => _statements.Add(statement);

    private void Add(string slot, int percent, string statement)
    {
        if (choices.Has(slot, percent))
        {
            Add(statement);
        }
    }

    private string Pick(string slot, params ReadOnlySpan<string> options) => choices.Pick(slot, options);

    private string Maybe(string slot, string text, int percent = 50) => choices.Maybe(slot, text, percent);

    private void Types()
    {
        Add("CREATE SCHEMA app");
        Add("CREATE TABLE app.plain (id int)");
        Add("CREATE TABLE app.other (id int)");
        Add("schema.extra", 50, "CREATE SCHEMA extra");
        Add("extension.citext", 40, "CREATE EXTENSION citext");
        Add("extension.gist", 70, "CREATE EXTENSION btree_gist");
        Enum("status", "draft", "live", "gone", "held", "sold");
        Enum("mood", "sad", "fine", "happy", "it''s ok", "none");
        Enum("app.level", "low", "mid", "high", "top");
        Add("type.pair", 85, $"CREATE TYPE pair AS (a {Pick("pair.a", "int", "bigint", "text")}, b {Pick("pair.b", "status", "text", "status")}{Maybe("pair.c", ", c date", 40)})");
        Add("type.span", 60, $"CREATE TYPE span AS RANGE (subtype = {Pick("span.subtype", "int", "date", "numeric")})");
        Add("type.moods", 30, "CREATE TYPE moods AS RANGE (subtype = mood)");
        Add("sequence.tickets", 80, $"CREATE SEQUENCE tickets{Pick("tickets.type", "", " AS integer", "")}{Pick("tickets.step", "", " INCREMENT 5", " CACHE 3 CYCLE")}");
    }

    private void Enum(string name, params ReadOnlySpan<string> values)
    {
        var chosen = new List<string>();
        for (var i = 0; i < values.Length; i++)
        {
            if (i == 0 || choices.Has($"{name}.{i}", i == 1 ? 90 : 60))
            {
                chosen.Add($"'{values[i]}'");
            }
        }

        if (choices.Has($"{name}.order", 20))
        {
            chosen.Reverse();
        }

        Add($"type.{name}", 92, $"CREATE TYPE {name} AS ENUM ({string.Join(", ", chosen)})");
    }

    private void FirstFunctions()
    {
        Add($"CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {Pick("touch.body", "RETURN NEW;", "RETURN NEW; -- same", "NEW := NEW; RETURN NEW;")} END $$");
        Add("function.norm", 90, $"CREATE FUNCTION norm({Pick("norm.argument", "value", "value", "input")} text) RETURNS {Pick("norm.returns", "text", "text", "varchar")} LANGUAGE sql IMMUTABLE AS 'SELECT lower($1)'");
        Add("function.score", 90, $"CREATE FUNCTION score(n integer{Maybe("score.second", ", m integer DEFAULT 1", 30)}) RETURNS {Pick("score.returns", "integer", "integer", "bigint")} LANGUAGE {Pick("score.language", "sql IMMUTABLE AS 'SELECT 1 + $1'", "plpgsql IMMUTABLE AS $$ BEGIN RETURN n + 1; END $$")}");
        Add("function.is_ok", 90, $"CREATE FUNCTION is_ok({Pick("is_ok.argument", "t", "word", "t")} text) RETURNS boolean LANGUAGE sql IMMUTABLE{Maybe("is_ok.strict", " STRICT", 30)} AS $$ SELECT $1 {Pick("is_ok.operator", "<> ''", "IS NOT NULL", "<> 'x'")} $$");
        Add("function.label", 85, $"CREATE FUNCTION label_of(s {Pick("label.type", "status", "status", "mood")}{Maybe("label.array", ", rest status[] DEFAULT '{}'", 30)}) RETURNS {Pick("label.returns", "text", "text", "varchar")} LANGUAGE sql IMMUTABLE AS 'SELECT $1::text'");
        Add("function.first_status", 70, $"CREATE FUNCTION first_status() RETURNS {Pick("first_status.returns", "status", "status", "text")} LANGUAGE sql IMMUTABLE AS $$ SELECT 'draft'::{Pick("first_status.returns", "status", "status", "text")} $$");
        Add("function.allowed", 80, $"CREATE FUNCTION app.allowed({Pick("allowed.argument", "id bigint", "id bigint", "who bigint")}) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER{Maybe("allowed.path", " SET search_path = public, pg_temp", 40)} AS $$ BEGIN RETURN $1 > {Pick("allowed.limit", "0", "5")}; END $$");
        Add("function.both", 60, $"CREATE FUNCTION both_of(p pair) RETURNS {Pick("both.returns", "text", "text", "pair")} LANGUAGE sql AS {Pick("both.returns", "'SELECT $1.b::text'", "'SELECT $1.b::text'", "'SELECT $1'")}");
        Add("procedure.act", 50, $"CREATE PROCEDURE act(INOUT a int{Maybe("act.second", ", b status DEFAULT 'draft'", 50)}) LANGUAGE plpgsql AS $$ BEGIN a := 1; END $$");
        Add("aggregate.joined", 40, $"CREATE FUNCTION join_step(a text, b text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT coalesce($1, '''') || {Pick("join.step", "$2", "upper($2)")}'");
        Add("aggregate.joined", 40, "CREATE AGGREGATE joined(text) (SFUNC = join_step, STYPE = text)");
    }

    private void Domains()
    {
        Add("domain.positive", 85, $"CREATE DOMAIN positive AS {Pick("positive.base", "int", "bigint", "int")}{Maybe("positive.default", " DEFAULT 1", 40)}{Maybe("positive.not_null", " NOT NULL", 15)}{Maybe("positive.check", " CONSTRAINT above CHECK (VALUE > 0)", 70)}");
        Add("domain.word", 85, $"CREATE DOMAIN word AS {Pick("word.base", "text", "text", "varchar(30)")} CONSTRAINT fine CHECK ({Pick("word.check", "is_ok(VALUE)", "is_ok(VALUE)", "length(VALUE) < 40")})");
        Add("domain.stage", 70, $"CREATE DOMAIN stage AS status{Maybe("stage.default", " DEFAULT 'draft'", 50)}{Maybe("stage.check", " CONSTRAINT moving CHECK (VALUE <> 'gone')", 40)}");
    }
}
