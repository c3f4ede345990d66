using Plumbline.PostgreSql.Sql;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Session;

namespace Plumbline.PostgreSql.Tests.Sql;

/// <summary>How a script is cut into statements, as psql does.</summary>
public sealed class ScriptTests
{
    [Fact]
    public void A_wrong_statement_hides_no_other() => Assert.Equal(
        ["SelectStatement", "InvalidStatement", "SelectStatement"], Kinds("select 1; select from from; select 2;"));

    [Fact]
    public void Comments_before_a_statement_are_reachable()
    {
        const string Script = "-- one\nselect 1; -- two\n/* three */ select /* inside */ 2;";
        Assert.Equal(
            ["-- one", "-- two|/* three */"],
            SqlParser.Read(Script).Select(statement => string.Join('|', statement.LeadingComments.Select(comment => Script.Substring(comment.Span.Start,
                comment.Span.Length)))));
    }

    [Fact]
    public void Backslash_commands_are_statements_of_psql()
    {
        var commands = SqlParser.Read("\\set x 1\nselect 1;\n\\connect other  \nselect 2").Select(static s => s.Statement).OfType<PsqlCommandStatement>();
        Assert.Equal(["set x 1", "connect other"], commands.Select(static command => $"{command.Command} {command.Arguments}"));
    }

    [Fact]
    public void A_backslash_is_an_error_for_a_server() => Assert.Equal(
        "syntax error at or near \"\\\"", Assert.IsType<InvalidStatement>(SqlParser.Read("\\echo x", isPsql: false).First().Statement).Error.Message);

    [Fact]
    public void The_data_behind_copy_from_stdin_is_no_SQL()
    {
        const string Script = "COPY t FROM stdin;\n1\t'x;\n\\.\nselect 1;";
        var statements = SqlParser.Read(Script).Select(static s => s.Statement).ToList();
        var copy = Assert.IsType<CopyStatement>(statements[0]);
        Assert.Equal("1\t'x;\n", Script.Substring(copy.Data!.Value.Start, copy.Data.Value.Length));
    }

    [Fact]
    public void A_statement_with_a_psql_variable_is_unknown_not_wrong() =>
        Assert.Equal(["UnknownStatement", "SelectStatement"], Kinds("select * from :\"t\"; select 1"));

    [Fact]
    public void A_wrong_function_body_is_cut_behind_its_end() => Assert.Equal(
        ["InvalidStatement", "SelectStatement"], Kinds("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE 1 END; SELECT from from; END; SELECT 1"));

    [Fact]
    public void A_parenthesis_that_is_never_closed_takes_the_rest_with_it_as_in_psql() =>
        Assert.Equal(["InvalidStatement"], Kinds("create table a (b int; select 1;"));

    private static string[] Kinds(string script) => [.. SqlParser.Read(script).Select(static statement => statement.Statement.GetType().Name)];
}
