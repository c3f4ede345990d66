using Plumbline.Audit.Rules.Vectors;
using Plumbline.PostgreSql.Catalog;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Tests.Rules.Vectors;

public sealed class NoIndexRuleTests
{
    private const string Extension = "CREATE EXTENSION vector;\n";

    [Fact]
    public void Many_vectors_without_an_index_are_found_with_their_number()
    {
        var finding = Assert.Single(Test("[|CREATE TABLE documents (id int PRIMARY KEY, embedding vector(1536))|];").Expect("medium: documents.embedding has no index for nearest-neighbor search"));

        Assert.Equal("The column is a vector of 1536 dimensions in about 200000 rows, and no hnsw or ivfflat index covers it.", finding.Message);
    }

    [Fact]
    public void More_dimensions_than_an_index_of_the_type_takes_need_another_type() =>
        Assert.Contains("((embedding::halfvec(3072)) halfvec_cosine_ops)", Assert.Single(Test("CREATE TABLE documents (id int PRIMARY KEY, embedding vector(3072));").Run().Findings).Recommendation, StringComparison.Ordinal);

    [Fact]
    public void Another_index_on_the_table_does_not_help() =>
        Assert.Single(Test("CREATE TABLE documents (id int PRIMARY KEY, embedding vector(3), title text); CREATE INDEX ON documents (title);").Run().Findings);

    [Fact]
    public void The_parts_of_a_partitioned_table_are_one_finding() =>
        Assert.Equal(
            "documents.embedding has no index for nearest-neighbor search",
            Assert.Single(Test("CREATE TABLE documents (id int, embedding vector(3)) PARTITION BY RANGE (id); CREATE TABLE documents_1 PARTITION OF documents FOR VALUES FROM (0) TO (10); CREATE TABLE documents_2 PARTITION OF documents FOR VALUES FROM (10) TO (20);", rows: 3_000).Run().Findings).Title);

    [Theory]
    [InlineData("CREATE TABLE documents (id int PRIMARY KEY, embedding vector(3)); CREATE INDEX ON documents USING hnsw (embedding vector_cosine_ops);")]
    [InlineData("CREATE TABLE documents (id int PRIMARY KEY, embedding halfvec(3)); CREATE INDEX ON documents USING ivfflat (embedding halfvec_l2_ops);")]
    [InlineData("CREATE TABLE documents (id int PRIMARY KEY, embedding vector(3072)); CREATE INDEX ON documents USING hnsw ((embedding::halfvec(3072)) halfvec_cosine_ops);")]
    [InlineData("CREATE TABLE documents (id int PRIMARY KEY, embedding vector);")]
    [InlineData("CREATE TABLE documents (id int PRIMARY KEY, embedding real[]);")]
    public void Those_with_an_index_and_those_that_can_have_none_are_fine(string sql) => Test(sql).ExpectNothing();

    [Fact]
    public void A_few_thousand_are_searched_exactly() => Test("CREATE TABLE documents (id int PRIMARY KEY, embedding vector(1536));", rows: 4_000).ExpectNothing();

    [Fact]
    public void Of_a_table_that_was_never_analyzed_nothing_is_known() => Test("CREATE TABLE documents (id int PRIMARY KEY, embedding vector(1536));", rows: null).ExpectNothing();

    [Fact]
    public void Without_a_database_nothing_is_known() =>
        RuleTest.For<NoIndexRule>().Migration("2025_a", Extension + "CREATE TABLE documents (id int PRIMARY KEY, embedding vector(1536));").ExpectNothing();

    private static RuleTest Test(string sql, long? rows = 200_000) =>
        RuleTest.For<NoIndexRule>().Migration("2025_a", Extension + sql).Live("", live => live with
        {
            Snapshot = live.Snapshot! with
            {
                Statistics = new CatalogStatistics
                {
                    TakenAt = DateTimeOffset.UnixEpoch,
                    Tables = [.. live.Snapshot.Schema.Tables.Where(t => t.Kind == TableKind.Ordinary).Select(t => new TableStatistics(t.Name, rows, 0, null, 0, 0))],
                },
            },
        });
}
