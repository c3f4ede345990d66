using Plumbline.Schema.Comparison;

namespace Plumbline.Schema.Tests.Comparison;

public sealed class SchemaComparerTests
{
    public static TheoryData<int> Mutations => [.. Enumerable.Range(0, SampleSchema.Mutations.Length)];

    [Fact]
    public void A_schema_does_not_differ_from_itself()
    {
        var comparison = SchemaComparer.Compare(SampleSchema.Base, SampleSchema.Base);
        Assert.Empty(comparison.Changes);
        Assert.Empty(comparison.NotVisible);
        Assert.Empty(comparison.NotComparable);
        Assert.Equal(SampleSchema.Base.Tables.Length, comparison.Agreements.Count(a => a.Subject.Kind is SubjectKind.Table or SubjectKind.Partition));
    }

    [Theory]
    [MemberData(nameof(Mutations))]
    public void A_step_is_one_change(int index)
    {
        var mutation = SampleSchema.Mutations[index];
        var comparison = SchemaComparer.Compare(SampleSchema.Base, mutation.Apply(SampleSchema.Base));
        Assert.Empty(comparison.NotComparable);
        Assert.Empty(comparison.NotVisible);
        string[] expected = mutation.Extra is { } extra ? [mutation.Change, extra] : [mutation.Change];
        Assert.Equal(expected.Order(), comparison.Changes.Select(c => c.Kind.Name()).Order());
    }

    [Theory]
    [MemberData(nameof(Mutations))]
    public void The_way_back_mirrors_the_way_there(int index)
    {
        var other = SampleSchema.Mutations[index].Apply(SampleSchema.Base);
        var there = SchemaComparer.Compare(SampleSchema.Base, other);
        var back = SchemaComparer.Compare(other, SampleSchema.Base);
        Assert.Equal(there.Changes.Select(c => (Mirror(c.Kind), c.To, c.From)).Order(), back.Changes.Select(c => (c.Kind.Name(), c.From, c.To)).Order());
    }

    [Fact]
    public void Every_kind_of_change_has_the_name_that_the_contract_gives_it()
    {
        string[] addable = ["schema", "table", "column", "primary-key", "unique", "index", "foreign-key", "check", "exclusion", "enum", "enum-value", "type", "domain", "policy", "trigger", "function", "view", "sequence", "extension", "comment", "grant", "partition", "rule", "publication"];
        string[] renamed = ["table", "column", "index", "constraint", "enum", "enum-value"];
        string[] altered =
        [
            "column-type", "column-nullability", "column-default", "column-identity", "column-generated", "column-collation", "primary-key", "unique", "index", "foreign-key", "check", "enum-order", "type",
            "domain", "policy", "trigger", "function", "view", "sequence", "extension", "comment", "rls", "owner", "grant", "partition", "storage", "constraint-state", "publication",
        ];
        var names = addable.Select(n => "add-" + n).Concat(addable.Select(n => "drop-" + n)).Concat(renamed.Select(n => "rename-" + n)).Concat(altered.Select(n => "alter-" + n));
        Assert.Equal(names.Order(), Enum.GetValues<ChangeKind>().Select(k => k.Name()).Order());
    }

    [Fact]
    public void Kinds_can_be_ignored()
    {
        var commented = SampleSchema.InTable(SampleSchema.Base, "tags", t => t with { Comment = "labels", Columns = [t.Columns[0]] });
        var comparison = SchemaComparer.Compare(SampleSchema.Base, commented, new ComparisonOptions { IgnoredKinds = ["comment"] });
        Assert.Equal("drop-column", Assert.Single(comparison.Changes).Kind.Name());
    }

    private static string Mirror(ChangeKind kind)
    {
        var name = kind.Name();
        return name.StartsWith("add-", StringComparison.Ordinal) ? "drop-" + name[4..] : name.StartsWith("drop-", StringComparison.Ordinal) ? "add-" + name[5..] : name;
    }
}
