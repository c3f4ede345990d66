using FsCheck;
using FsCheck.Fluent;
using Npgsql;
using Plumbline.PostgreSql.Writing;
using Plumbline.PostgreSql.Writing.Changes;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;
using Plumbline.Schema.Tests.Comparison;
using Plumbline.Testing;

namespace Plumbline.PostgreSql.Tests.Writing;

/// <summary>One schema written to a server and turned into another by its plan is the other, as the catalog tells.</summary>
public sealed class ChangeWriterTests(PostgreSqlServer server)
{
    private static readonly string CatalogLines = File.ReadAllText(ProjectRoot.Combine("eng", "catalog-lines.sql"));

    [Fact]
    public void A_view_without_a_query_as_in_a_Prisma_schema_goes_and_has_no_way_back()
    {
        var view = new View { Name = new ObjectName("public", "v"), Definition = SampleSchema.Sql("") };
        var step = Assert.Single(ChangeWriter.Plan(SchemaComparer.Compare(new DatabaseSchema { Views = [view] }, new DatabaseSchema())));
        Assert.Equal(("DROP VIEW public.v", null), (step.Sql, step.Reverse));
    }

    [Fact]
    public void Values_of_an_enum_that_stand_in_another_order_are_left_and_a_comment_says_so()
    {
        var to = SampleSchema.Base with { Enums = [SampleSchema.Base.Enums[0], SampleSchema.Enum("status", "live", "draft", "gone")] };
        var comparison = SchemaComparer.Compare(SampleSchema.Base, to);
        Assert.Equal("", Assert.Single(ChangeWriter.Plan(comparison)).Sql);
        Assert.StartsWith("-- The values of status ", ChangeWriter.Write(comparison), StringComparison.Ordinal);
        Assert.Single(ChangeWriter.Write(comparison).TrimEnd().Split('\n'));
    }

    [Fact]
    public void A_change_that_partitions_inherit_is_made_once()
    {
        var column = SampleSchema.Column("size", new ColumnType("integer")) with { Default = SampleSchema.Sql("1") };
        DatabaseSchema With(string name, DatabaseSchema schema) => SampleSchema.InTable(schema, name, t => t with { Columns = [.. t.Columns, column] });
        var statement = Assert.Single(ChangeWriter.Plan(SchemaComparer.Compare(SampleSchema.Base, With("log_2025", With("log", SampleSchema.Base)))));
        Assert.Equal("ALTER TABLE public.log ADD COLUMN size integer DEFAULT 1", statement.Sql);
    }

    [Fact]
    public void A_value_that_is_added_to_an_enum_can_be_used_once_it_is_committed()
    {
        var to = SampleSchema.Base with { Enums = [SampleSchema.Base.Enums[0], SampleSchema.Enum("status", "draft", "live", "gone", "kept")] };
        var statement = Assert.Single(ChangeWriter.Plan(SchemaComparer.Compare(SampleSchema.Base, to)));
        Assert.Equal(("ALTER TYPE public.status ADD VALUE 'kept' AFTER 'gone'", true), (statement.Sql, statement.MustBeCommitted));
    }

    [Fact]
    [Trait("needs", "server")]
    public void A_trigger_that_is_switched_on_while_its_column_gets_another_type_is_switched_when_it_is_back()
    {
        using var database = server.CreateDatabase();
        using var connection = database.Open();
        var from = SampleSchema.InTable(SampleSchema.Base, "posts", t => t with { Triggers = [t.Triggers[0] with { State = TriggerState.Disabled }] });
        var to = SampleSchema.InColumn(SampleSchema.Base, "posts", "title", c => c with { Type = new ColumnType("character varying", null, "20") });
        Assert.Empty(Difference(connection, "disabled to enabled", from, to, Catalog(connection, SchemaWriter.Write(to))));
        Assert.Empty(Difference(connection, "enabled to disabled", to, from, Catalog(connection, SchemaWriter.Write(from))));
    }

    [Fact]
    [Trait("needs", "server")]
    public void Every_step_and_its_way_back_give_the_catalog_that_they_lead_to()
    {
        using var database = server.CreateDatabase();
        using var connection = database.Open();
        var original = Catalog(connection, SchemaWriter.Write(SampleSchema.Base));
        var failures = new List<string>();
        foreach (var mutation in SampleSchema.Mutations)
        {
            var other = mutation.Apply(SampleSchema.Base);
            string[] target;
            try
            {
                target = Catalog(connection, SchemaWriter.Write(other));
            }
            catch (PostgresException exception)
            {
                failures.Add($"{mutation.Change} itself: {exception.Message}");
                continue;
            }

            failures.AddRange(Difference(connection, mutation.Change, SampleSchema.Base, other, mutation.LeavesOtherCatalog ? null : target));
            failures.AddRange(Difference(connection, $"{mutation.Change}, back", other, SampleSchema.Base, mutation.LeavesOtherCatalog ? null : original));
        }

        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }

    [Fact]
    [Trait("needs", "server")]
    public void Any_steps_together_give_the_catalog_that_they_lead_to()
    {
        using var database = server.CreateDatabase();
        using var connection = database.Open();
        var steps = Gen.Choose(0, SampleSchema.Mutations.Length - 1).Where(i => !SampleSchema.Mutations[i].LeavesOtherCatalog).ArrayOf(4);
        var property = Prop.ForAll(steps.Two().ToArbitrary(), pair =>
        {
            var (from, to) = (Apply(connection, pair.Item1), Apply(connection, pair.Item2));
            var target = Catalog(connection, SchemaWriter.Write(to));
            var failures = Difference(connection, $"[{string.Join(", ", pair.Item1)}] to [{string.Join(", ", pair.Item2)}]", from, to, target);
            return failures.Count == 0 ? true.ToProperty() : false.Label(string.Join("\n", failures));
        });
        Check.One(GeneratedValues.Config(12), property);
    }

    /// <summary>Takes each step that still leads to a schema that PostgreSQL accepts; those that undo another's ground are left out.</summary>
    private static DatabaseSchema Apply(NpgsqlConnection connection, int[] steps)
    {
        var schema = SampleSchema.Base;
        foreach (var step in steps.Distinct())
        {
            try
            {
                var next = SampleSchema.Mutations[step].Apply(schema);
                Catalog(connection, SchemaWriter.Write(next));
                schema = next;
            }
            catch (Exception exception) when (exception is PostgresException or IndexOutOfRangeException)
            {
                continue;
            }
        }

        return schema;
    }

    private static List<string> Difference(NpgsqlConnection connection, string name, DatabaseSchema from, DatabaseSchema to, string[]? target)
    {
        var script = ChangeWriter.Write(SchemaComparer.Compare(from, to));
        try
        {
            var actual = Catalog(connection, SchemaWriter.Write(from) + script);
            return target is null || actual.SequenceEqual(target)
                ? []
                : [$"{name}:\n{script}missing:\n{string.Join('\n', target.Except(actual))}\ntoo much:\n{string.Join('\n', actual.Except(target))}"];
        }
        catch (PostgresException exception)
        {
            return [$"{name}:\n{script}{exception.Message}"];
        }
    }

    /// <summary>What a script makes of an empty database; it is rolled back, which is faster than making another.</summary>
    private static string[] Catalog(NpgsqlConnection connection, string script)
    {
        using var transaction = connection.BeginTransaction();
        using (var command = new NpgsqlCommand(script, connection))
        {
            command.ExecuteNonQuery();
        }

        using var query = new NpgsqlCommand(CatalogLines, connection);
        using var reader = query.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read())
        {
            lines.Add(reader.GetString(0));
        }

        return [.. lines];
    }
}
