using Plumbline.PostgreSql.Sql;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.PostgreSql.Sql.Ast.Session;
using Plumbline.PostgreSql.Sql.Ast.Tables;

namespace Plumbline.PostgreSql.Tests.Sql;

/// <summary>What the trees of some statements hold; that they are read at all is held against PostgreSQL elsewhere.</summary>
public sealed class StatementTests
{
    [Fact]
    public void A_table_has_columns_and_constraints_in_their_order()
    {
        var table = Parse<CreateTableStatement>(
            "CREATE TABLE IF NOT EXISTS s.t (id serial PRIMARY KEY, a numeric(10, 2) DEFAULT 0 NOT NULL, CONSTRAINT fk FOREIGN KEY (a) REFERENCES u ON DELETE CASCADE)");
        Assert.Equal(("s", "t", true), (table.Name.Schema, table.Name.Name, table.IfNotExists));
        Assert.Equal(["ColumnDefinition", "ColumnDefinition", "ForeignKeyDefinition"], table.Elements.Select(static element => element.GetType().Name));
        var column = Assert.IsType<ColumnDefinition>(table.Elements[1]);
        Assert.Equal(["DefaultDefinition", "NotNullDefinition"], column.Constraints.Select(static constraint => constraint.GetType().Name));
        var key = Assert.IsType<ForeignKeyDefinition>(table.Elements[2]);
        Assert.Equal(("fk", ForeignKeyAction.Cascade, ForeignKeyAction.NoAction), (key.Name!.Value.Name, key.OnDelete, key.OnUpdate));
    }

    [Fact]
    public void Attributes_behind_a_column_s_constraint_belong_to_it()
    {
        var table = Parse<CreateTableStatement>("CREATE TABLE t (a int REFERENCES u INITIALLY DEFERRED)");
        var key = Assert.IsType<ForeignKeyDefinition>(Assert.IsType<ColumnDefinition>(table.Elements[0]).Constraints[0]);
        Assert.True(key is { IsDeferrable: true, IsInitiallyDeferred: true });
    }

    [Fact]
    public void An_attribute_without_a_constraint_is_refused() => Assert.Equal(
        ("42601", "misplaced DEFERRABLE clause"), Refused("CREATE TABLE t (a int DEFERRABLE)"));

    [Fact]
    public void A_do_block_knows_where_its_code_stands()
    {
        const string Text = "DO $x$ BEGIN END $x$";
        var block = Parse<DoStatement>(Text);
        Assert.Equal(block.Code, Text.Substring(block.CodeStart!.Value, block.Code.Length));
    }

    [Fact]
    public void Of_a_long_list_of_values_the_first_rows_are_kept_and_all_are_counted()
    {
        var insert = Parse<InsertStatement>("INSERT INTO t VALUES " + string.Join(',', Enumerable.Repeat("(1)", 5_000)));
        var values = Assert.IsType<ValuesBody>(insert.Source!.Body);
        Assert.Equal((1_000, 5_000), (values.Rows.Length, values.RowCount));
    }

    [Fact]
    public void A_trigger_has_its_events()
    {
        var trigger = Parse<CreateTriggerStatement>("CREATE TRIGGER x BEFORE INSERT OR UPDATE OF a, b ON t FOR EACH ROW EXECUTE FUNCTION f(1, 'y')");
        Assert.Equal(("BEFORE", "INSERT,UPDATE", "a,b", "1,y", true), (
            trigger.Timing, string.Join(',', trigger.Events), string.Join(',', trigger.UpdateColumns), string.Join(',', trigger.Arguments),
                trigger.ForEachRow));
    }

    [Fact]
    public void Grants_name_privileges_objects_and_grantees()
    {
        var grant = Parse<GrantStatement>("GRANT SELECT (a, b), UPDATE ON t, s.u TO PUBLIC, joe WITH GRANT OPTION");
        Assert.Equal(["select", "update"], grant.Privileges.Select(static privilege => privilege.Name));
        Assert.Equal(["t", "s.u"], grant.Objects.Select(static target => target.Name!.ToString()));
        Assert.Equal([RoleKind.Public, RoleKind.Named], grant.Grantees.Select(static role => role.Kind));
        Assert.True(grant.GrantOption);
    }

    private static T Parse<T>(string text)
        where T : SqlStatement => Assert.IsType<T>(SqlParser.ParseStatement(text));

    private static (string SqlState, string Message) Refused(string text)
    {
        var error = Parse<InvalidStatement>(text).Error;
        return (error.SqlState, error.Message);
    }
}
