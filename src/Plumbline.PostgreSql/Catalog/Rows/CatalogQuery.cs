namespace Plumbline.PostgreSql.Catalog.Rows;

/// <summary>A query over the catalog, whatever its rows are.</summary>
internal interface ICatalogQuery
{
    /// <summary>Its text. It is parsed where nothing but <c>pg_catalog</c> is on the search path (and <c>pg_temp</c> behind it).</summary>
    string Sql { get; }

    /// <summary>Whether it has PostgreSQL print expressions, and so joins <c>path</c>.</summary>
    bool Prints { get; }

    /// <summary>Reads all its rows.</summary>
    Task ReadAsync(RowReader reader, CancellationToken cancellation);
}

/// <summary>A query over the catalog, and after the reading its rows.</summary>
/// <typeparam name="T">A row.</typeparam>
/// <param name="sql">Its text.</param>
/// <param name="read">Reads a row.</param>
/// <param name="prints">Whether it has PostgreSQL print expressions, and so joins <c>path</c>.</param>
/// <param name="order">How the rows are sorted once they are here; null where the query does it. A server that sorts prints every row before it sends the first.</param>
internal sealed class CatalogQuery<T>(string sql, Func<RowReader, T> read, bool prints = false, Comparison<T>? order = null) : ICatalogQuery
{
    /// <inheritdoc/>
    public string Sql { get; } = sql;

    /// <inheritdoc/>
    public bool Prints { get; } = prints;

    /// <summary>Its rows.</summary>
    public List<T> Rows { get; } = [];

    /// <inheritdoc/>
    public async Task ReadAsync(RowReader reader, CancellationToken cancellation)
    {
        while (await reader.NextRowAsync(cancellation).ConfigureAwait(false))
        {
            Rows.Add(read(reader));
        }

        if (order is not null)
        {
            Rows.Sort(order);
        }
    }
}
