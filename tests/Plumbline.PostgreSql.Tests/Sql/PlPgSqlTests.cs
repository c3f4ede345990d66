using Npgsql;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.PostgreSql.Sql.PlPgSql;
using Plumbline.Testing;

namespace Plumbline.PostgreSql.Tests.Sql;

/// <summary>"PL/pgSQL" in PostgreSQL's documentation; what it refuses is held against a server, which checks a body when a function is made.</summary>
public sealed class PlPgSqlTests(PostgreSqlServer server)
{
    [Fact]
    public void A_guarded_type_is_a_block_with_a_handler()
    {
        var block = Parse("BEGIN CREATE TYPE a AS ENUM ('x'); EXCEPTION WHEN duplicate_object OR SQLSTATE '42P07' THEN NULL; END");
        Assert.IsType<CreateEnumStatement>(Assert.IsType<PlSql>(Assert.Single(block.Statements)).Statement);
        var handler = Assert.Single(block.Handlers);
        Assert.Equal(["duplicate_object", "42P07"], handler.Conditions.Select(static condition => condition.Name));
    }

    [Fact]
    public void A_condition_may_be_a_query()
    {
        var statement = Assert.IsType<PlIf>(Assert.Single(Parse(
            "BEGIN IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'a') THEN CREATE TYPE a; ELSIF count(*) > 1 FROM t THEN NULL; ELSE RETURN; END IF; END").Statements));
        Assert.IsType<BooleanExpr>(statement.Branches[0].Conditions[0]);
        Assert.IsType<SubqueryExpr>(statement.Branches[1].Conditions[0]);
        Assert.IsType<PlReturn>(Assert.Single(statement.Else));
    }

    [Fact]
    public void Declarations_have_types_and_values()
    {
        var block = Parse("DECLARE a int := 1; b CONSTANT text NOT NULL DEFAULT 'x'; c t%ROWTYPE; d t.a%TYPE; e ALIAS FOR $1; r record; f CURSOR FOR SELECT 1; BEGIN END");
        Assert.Equal("a=int4 b=text c=t d=t.a e= r=record f=", string.Join(' ',
            block.Declarations.Select(static item => $"{item.Name}={(item.Type?.IsSqlSpelling == true ? item.Type.Name.Name : item.Type?.Name)}")));
        Assert.True(block.Declarations[1] is { IsConstant: true, IsNotNull: true, Default: ConstantExpr });
        Assert.IsType<SelectStatement>(block.Declarations[6].Cursor);
    }

    [Fact]
    public void Loops_are_told_apart_by_what_they_go_through()
    {
        var block = Parse(
            "BEGIN FOR i IN REVERSE 10..1 BY 2 LOOP END LOOP; FOR r IN SELECT * FROM t LOOP END LOOP; FOR r IN EXECUTE 'x' USING 1, 2 LOOP END LOOP; "
            + "FOREACH x SLICE 1 IN ARRAY ARRAY['a', 'b'] LOOP END LOOP; <<l>> WHILE a LOOP EXIT l WHEN b; CONTINUE; END LOOP l; FOR r IN c LOOP END LOOP; END");
        Assert.Equal(["PlForRange", "PlForQuery", "PlForQuery", "PlForeach", "PlLoop", "PlForQuery"], block.Statements.Select(static s => s.GetType().Name));
        Assert.Equal(2, Assert.IsType<PlForQuery>(block.Statements[2]).Using.Length);
    }

    [Fact]
    public void Into_is_taken_out_of_a_query()
    {
        var block = Parse("BEGIN SELECT a, b INTO STRICT x, r.y FROM t WHERE c; INSERT INTO t VALUES (1) RETURNING id INTO x; EXECUTE format('x %I', a) INTO x USING 1; END");
        var query = Assert.IsType<PlSql>(block.Statements[0]);
        Assert.Equal(["x", "r.y"], query.Into!.Targets.Select(static target => target.ToString()));
        Assert.NotNull(Assert.IsType<SelectBody>(Assert.IsType<SelectStatement>(query.Statement).Body).Where);
        Assert.NotNull(Assert.IsType<PlSql>(block.Statements[1]).Into);
        Assert.True(Assert.IsType<PlExecute>(block.Statements[2]) is { Into.IsStrict: false, Using.Length: 1 });
    }

    [Fact]
    public void Assignments_may_go_to_fields_and_elements()
    {
        var block = Parse("BEGIN a := 1; b = 2; NEW.c := now(); d[1] := 3; END");
        Assert.Equal(4, block.Statements.OfType<PlAssignment>().Count());
    }

    [Theory]
    [Trait("needs", "server")]
    [InlineData("BEGIN IF a THEN END; END")]
    [InlineData("BEGIN IF a NULL; END IF; END")]
    [InlineData("BEGIN SELECT 1 FROM; END")]
    [InlineData("BEGIN SELECT 1 END")]
    [InlineData("BEGIN RAISE NOTICE 'a % b'; END")]
    [InlineData("BEGIN RAISE NOTICE 'a', 1; END")]
    [InlineData("BEGIN LOOP NULL; END; END")]
    [InlineData("BEGIN NULL END")]
    [InlineData("BEGIN EXECUTE; END")]
    [InlineData("DECLARE a int BEGIN END")]
    [InlineData("DECLARE a int := ; BEGIN END")]
    [InlineData("BEGIN RETURN 1 +; END")]
    [InlineData("BEGIN WHILE true NULL; END LOOP; END")]
    [InlineData("BEGIN PERFORM f(; END")]
    [InlineData("<<a>> BEGIN NULL; END b")]
    [InlineData("BEGIN NULL; END; SELECT 1")]
    [InlineData("BEGIN CREATE TABEL t (); END")]
    [InlineData("BEGIN NULL; EXCEPTION WHEN others NULL; END")]
    public void A_wrong_body_is_refused_with_the_message_of_a_server(string body)
    {
        using var database = server.CreateDatabase();
        using var connection = database.Open();
        using var command = new NpgsqlCommand($"CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $body${body}$body$", connection);
        var exception = Assert.Throws<PostgresException>(() => command.ExecuteNonQuery());
        var error = PlPgSqlParser.Parse(body).Error;
        Assert.NotNull(error);
        Assert.Equal((exception.SqlState, exception.MessageText), (error.SqlState, error.Message));
    }

    private static PlBlock Parse(string body)
    {
        var result = PlPgSqlParser.Parse(body);
        Assert.True(result.Error is null, result.Error?.Message);
        return result.Block!;
    }
}
