using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;
using Plumbline.Schema.Snapshots;
using Plumbline.Schema.Tests.Comparison;
using Plumbline.Schema.Text;
using Plumbline.Testing;

namespace Plumbline.Schema.Tests.Snapshots;

public sealed class SnapshotTests
{
    [Fact]
    public void A_snapshot_has_the_shape_of_the_contract()
    {
        var schema = new DatabaseSchema
        {
            Namespaces = [new Namespace { Name = "public" }],
            Tables = [SampleSchema.Table("users", SampleSchema.Column("id", new ColumnType("integer")) with { IsNullable = false }) with { Inherits = [new ObjectName("audit", "base")] }],
        };
        var diagnostic = new Diagnostic(DiagnosticSeverity.Error, "42P07", "relation \"users\" already exists", new SourceLocation("a.sql", 3, 1, 3, 9));
        using var json = JsonDocument.Parse(SnapshotWriter.Write(new Snapshot(schema, [diagnostic])));
        var root = json.RootElement;
        Assert.Equal(["version", "source", "schemas", "errors"], root.EnumerateObject().Select(p => p.Name));
        Assert.Equal((1, "sql"), (root.GetProperty("version").GetInt32(), root.GetProperty("source").GetString()));
        var table = root.GetProperty("schemas")[0].GetProperty("tables")[0];
        Assert.Equal("users", table.GetProperty("name").GetString());
        Assert.Equal("""{"schema":"audit","name":"base"}""", JsonSerializer.Serialize(table.GetProperty("inherits")[0]));
        var column = table.GetProperty("columns")[0];
        Assert.Equal(("id", "integer", false, "none"), (column.GetProperty("name").GetString(), column.GetProperty("type").GetProperty("name").GetString(), column.GetProperty("isNullable").GetBoolean(), column.GetProperty("identity").GetString()));
        var error = root.GetProperty("errors")[0];
        Assert.Equal(("error", "42P07", 3), (error.GetProperty("severity").GetString(), error.GetProperty("code").GetString(), error.GetProperty("location").GetProperty("line").GetInt32()));
    }

    [Fact]
    public void The_published_JSON_Schema_is_that_of_the_code()
    {
        var path = ProjectRoot.Combine("docs", "schema-snapshot.schema.json");
        Assert.Equal(SnapshotJsonSchema.Create(), File.ReadAllText(path));
    }

    [Fact]
    public void Any_schema_comes_back_exactly()
    {
        var steps = Gen.Choose(0, SampleSchema.Mutations.Length - 1).ArrayOf(8).ToArbitrary();
        Check.One(GeneratedValues.Config(), Prop.ForAll(steps, chosen =>
        {
            var schema = Sorted(Apply(chosen)) with { Source = (SourceKind)(chosen.Length % 4), VisibleNamespaces = chosen.Length % 2 == 0 ? ["public"] : null };
            var text = SnapshotWriter.Write(new Snapshot(schema, []));
            Assert.True(SnapshotReader.TryRead(new SourceText("s.json", text), out var snapshot, out var error), error?.ToString());
            Assert.Equal(text, SnapshotWriter.Write(snapshot!));
            var comparison = SchemaComparer.Compare(schema with { Source = SourceKind.Sql, VisibleNamespaces = null }, snapshot!.Schema with { Source = SourceKind.Sql, VisibleNamespaces = null });
            Assert.Empty(comparison.Changes);
            Assert.Equivalent(schema, snapshot.Schema, strict: true);
        }));
    }

    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("[]", 1, 1)]
    [InlineData("{}", 1, 1)]
    [InlineData("{\n  \"version\": 2\n}", 2, 14)]
    [InlineData("{\n  \"version\": 1,\n  \"schemas\": [\n    { \"name\": \"ä\", \"tables\": 5 }\n  ]\n}", 4, 31)]
    [InlineData("{ \"version\": 1,\n  \"schemas\": [ { \"name\": \"public\", \"tables\": [ null ] } ] }", 2, 48)]
    [InlineData("{ \"version\": 1,\n  \"schemas\": [ { \"name\": \"public\", \"tables\": [ { \"columns\": [] } ] } ] }", 2, 65)]
    [InlineData("{ \"version\": 1,\n  \"source\": \"oracle\" }", 2, 21)]
    [InlineData("{ \"version\": 1,\n  \"schemas\": [ ", 2, 16)]
    [InlineData("{ \"version\": 1,\n  \"schemas\": [ { \"name\": \"public\", \"tables\": [ { \"name\": \"t\", \"columns\": null } ] } ] }", 2, 78)]
    public void A_broken_snapshot_is_refused_with_its_place(string text, int line, int column)
    {
        Assert.False(SnapshotReader.TryRead(new SourceText("s.json", text), out var snapshot, out var error));
        Assert.Null(snapshot);
        Assert.Equal((line, column), (error!.Location.Line, error.Location.Column));
        Assert.DoesNotContain("LineNumber", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Plumbline.", error.Message, StringComparison.Ordinal);
        Assert.Contains(error.Message[^1], ".?");
    }

    [Theory]
    [InlineData("", "The file is not valid JSON: it is empty.")]
    [InlineData(" \n", "The file is not valid JSON: it is empty.")]
    [InlineData("{\n", "The file is not valid JSON: it ends too early.")]
    [InlineData("{ \"version\": 1,\n  \"schemas\": [ ", "The file is not valid JSON: it ends too early.")]
    [InlineData("{ \"version\": 1, \"schemas\": ] }", "The file is not valid JSON: ']' is an invalid start of a value.")]
    [InlineData("[]", "A snapshot is a JSON object.")]
    [InlineData("{ \"version\": 1, \"schemas\": [ { \"name\": \"a\", \"tables\": 5 } ] }", "The value does not have the form that a snapshot has here.")]
    [InlineData("{ \"version\": 1, \"schemas\": [ { \"name\": \"a\", \"tables\": [ { \"columns\": [] } ] } ] }", "The object has no value for 'kind', 'persistence', 'uniqueConstraints', 'foreignKeys', 'checks'.")]
    public void A_broken_snapshot_is_refused_with_a_sentence(string text, string expected)
    {
        Assert.False(SnapshotReader.TryRead(new SourceText("s.json", text), out _, out var error));
        Assert.Equal(expected, error!.Message);
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        var text = "{\"version\":1,\"schemas\":" + new string('[', 100_000);
        Assert.False(SnapshotReader.TryRead(new SourceText("s.json", text), out _, out var error));
        Assert.Equal("The values are nested too deeply.", error!.Message);
    }

    private static DatabaseSchema Apply(int[] steps)
    {
        var schema = SampleSchema.Base;
        foreach (var step in steps)
        {
            try
            {
                schema = SampleSchema.Mutations[step].Apply(schema);
            }
            catch (IndexOutOfRangeException)
            {
                // The step stands on something that another has taken away.
                continue;
            }
        }

        return schema;
    }

    private static DatabaseSchema Sorted(DatabaseSchema schema) => schema with
    {
        Tables = [.. schema.Tables.OrderBy(t => t.Name)],
        Views = [.. schema.Views.OrderBy(t => t.Name)],
        Enums = [.. schema.Enums.OrderBy(t => t.Name)],
        Sequences = [.. schema.Sequences.OrderBy(t => t.Name)],
        CompositeTypes = [.. schema.CompositeTypes.OrderBy(t => t.Name)],
        Functions = [.. schema.Functions.OrderBy(t => t.Name)],
        Domains = [.. schema.Domains.OrderBy(t => t.Name)],
    };
}
