using Plumbline.PostgreSql.Catalog;
using Plumbline.PostgreSql.Writing;
using Plumbline.Testing;

namespace Plumbline.PostgreSql.Tests.Catalog;

/// <summary>pgvector, an extension that PostgreSQL does not bring: its types, modifiers, access methods and operator classes, read from PGlite.</summary>
[Trait("needs", "server")]
[Trait("needs", "node")]
public sealed class PgVectorTests : IDisposable
{
    private const string Script = """
        CREATE EXTENSION vector;
        CREATE TABLE documents (
          id int PRIMARY KEY, body text NOT NULL, embedding vector(1536) NOT NULL, "half" halfvec(3), sparse sparsevec(1000), anything vector, several vector(3)[],
          preset vector(3) DEFAULT '[1,2,3]');
        CREATE INDEX documents_embedding_hnsw ON documents USING hnsw (embedding vector_cosine_ops) WITH (m = 16, ef_construction = 64);
        CREATE INDEX documents_embedding_ivfflat ON documents USING ivfflat (embedding vector_l2_ops) WITH (lists = 100);
        CREATE INDEX documents_half ON documents USING hnsw ("half" halfvec_ip_ops) WHERE id > 0;
        CREATE INDEX documents_bits ON documents USING hnsw ((binary_quantize(embedding)::bit(1536)) bit_hamming_ops);
        """;

    private readonly PGliteServer _server = new();

    [Fact]
    public async Task A_vector_and_its_indexes_compare_equal_to_their_history_and_come_back_as_SQL()
    {
        _server.Run(Script);
        var snapshot = await CatalogReader.ReadAsync(LiveCatalog.UrlOf(_server.Url), new CatalogOptions { WithStatistics = true }, TestContext.Current.CancellationToken);
        Assert.Equal("", string.Join('\n', LiveCatalog.Refusals(Script, 15)));
        Assert.Equal("", string.Join('\n', LiveCatalog.Differences(LiveCatalog.Replay(Script), snapshot.Schema)));
        var sql = SchemaWriter.Write(snapshot.Schema);
        Assert.Contains("CREATE EXTENSION IF NOT EXISTS vector", sql, StringComparison.Ordinal);
        Assert.Contains("embedding public.vector(1536) NOT NULL", sql, StringComparison.Ordinal);
        Assert.Contains("USING hnsw (embedding public.vector_cosine_ops)", sql, StringComparison.Ordinal);
        Assert.Contains("USING ivfflat (embedding)", sql, StringComparison.Ordinal);

        // What was written makes the same again.
        _server.Run("DROP TABLE documents; DROP EXTENSION vector");
        _server.Run(sql);
        var again = await CatalogReader.ReadAsync(LiveCatalog.UrlOf(_server.Url), CatalogOptions.Default, TestContext.Current.CancellationToken);
        Assert.Equal("", string.Join('\n', LiveCatalog.Differences(snapshot.Schema, again.Schema)));
        Assert.Equal(sql, SchemaWriter.Write(again.Schema));
    }

    /// <inheritdoc/>
    public void Dispose() => _server.Dispose();
}
