using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules.Vectors;

namespace Plumbline.Audit.Tests.Rules.Vectors;

public sealed class DimensionUnknownRuleTests
{
    private const string Title = "medium: documents.embedding has no number of dimensions";
    private const string Extension = "CREATE EXTENSION vector;\n";

    [Fact]
    public void A_schema_alone_is_enough() =>
        RuleTest.For<DimensionUnknownRule>().Schema("""
            model Document {
              id        Int                     @id
              [|embedding Unsupported("vector")?|]

              @@map("documents")
            }
            """).Expect(Title);

    [Fact]
    public void Migrations_are_enough() => Test("[|CREATE TABLE documents (id int PRIMARY KEY, embedding vector)|];").Expect(Title);

    [Fact]
    public void A_column_of_a_database_is_found_at_its_migration() => Test("[|CREATE TABLE documents (id int PRIMARY KEY, embedding halfvec)|];").Live("").Expect(Title);

    [Fact]
    public void Schema_migrations_and_database_are_one_finding() =>
        Assert.Equal(
            [LocationRole.Migration, LocationRole.Schema],
            Assert.Single(Test("CREATE TABLE documents (id int PRIMARY KEY, embedding vector);").Schema("model documents {\n  id Int @id\n  embedding Unsupported(\"vector\")?\n}\n").Live("").Run().Findings).Locations.Select(l => l.Role));

    [Fact]
    public void Several_columns_are_one_finding() =>
        Test("[|CREATE TABLE documents (id int PRIMARY KEY, embedding vector)|];\n[|CREATE TABLE notes (id int PRIMARY KEY, embedding vector)|];").Expect("medium: 2 vector columns have no number of dimensions");

    [Fact]
    public void What_the_database_has_by_hand_is_found_too() =>
        Test("CREATE TABLE documents (id int PRIMARY KEY);").Live("CREATE TABLE hand (embedding vector);").ExpectNowhere("medium: hand.embedding has no number of dimensions");

    [Fact]
    public void Where_the_migrations_have_the_number_its_lack_in_the_schema_is_drift() =>
        Test("CREATE TABLE documents (id int PRIMARY KEY, embedding vector(3));").Schema("model documents {\n  id Int @id\n  embedding Unsupported(\"vector\")?\n}\n").ExpectNothing();

    [Theory]
    [InlineData("CREATE TABLE documents (id int PRIMARY KEY, embedding vector(1536));")]
    [InlineData("CREATE TABLE documents (id int PRIMARY KEY, model int, embedding vector); CREATE INDEX ON documents USING hnsw ((embedding::vector(3)) vector_l2_ops) WHERE (model = 1);")]
    [InlineData("CREATE TABLE documents (id int PRIMARY KEY, embedding vector CHECK (vector_dims(embedding) = 3));")]
    [InlineData("CREATE TABLE documents (id int PRIMARY KEY, embedding real[]);")]
    [InlineData("CREATE TABLE documents (id int PRIMARY KEY, model text, embedding vector);")]
    [InlineData("CREATE TABLE documents (id int PRIMARY KEY, \"embeddingModel\" text, embedding vector);")]
    [InlineData("CREATE TABLE documents (id int PRIMARY KEY, embedding_dims int, embedding vector);")]
    public void Those_with_a_number_or_several_on_purpose_are_fine(string sql)
    {
        Test(sql).ExpectNothing();
        Test(sql).Live("").ExpectNothing();
    }

    [Fact]
    public void Code_that_casts_to_a_number_creates_its_indexes_when_it_starts() =>
        Test("CREATE TABLE documents (id int PRIMARY KEY, embedding vector);")
            .File("src/vectors.ts", "await sql.raw(`CREATE INDEX ON documents USING hnsw ((embedding::vector(${size})) vector_cosine_ops)`);").ExpectNothing();

    private static RuleTest Test(string sql) => RuleTest.For<DimensionUnknownRule>().Migration("2025_a", Extension + sql);
}
