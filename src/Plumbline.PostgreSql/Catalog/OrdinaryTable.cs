using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using Npgsql;
using Plumbline.PostgreSql.Catalog.Rows;

namespace Plumbline.PostgreSql.Catalog;

/// <summary>
/// A table of an audited database whose rows are read so that nothing of that database runs. COPY of a table refuses views and foreign tables, follows no rule and
/// no child, and calls the functions of PostgreSQL's own types alone; where a policy would apply, it is an error (<c>row_security = off</c>). PostgreSQL documentation,
/// "COPY", "Row Security Policies".
/// </summary>
/// <param name="Schema">Its schema.</param>
/// <param name="Name">Its name.</param>
/// <param name="Columns">The columns that are read.</param>
public sealed record OrdinaryTable(string Schema, string Name, ImmutableArray<OrdinaryColumn> Columns)
{
    private const string Shape = """
        SELECT c.relkind::int4, row_security_active(c.oid), a.attname, a.atttypid, a.attgenerated <> '', format_type(a.atttypid, NULL)
          FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
         WHERE n.nspname = $1 AND c.relname = $2
        """;

    private static ReadOnlySpan<byte> Signature => [0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00];

    /// <summary>Whether there is such a table. Call it in a transaction of <see cref="CatalogConnection.ReadAsync"/>.</summary>
    /// <exception cref="CatalogException">Something else has its name, or columns or policies keep it from being read.</exception>
    public async Task<bool> IsThereAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var found = new Dictionary<string, (uint Type, bool IsGenerated, string Format)>(StringComparer.Ordinal);
        char? kind = null;
        var isHidden = false;
        var command = new NpgsqlCommand(Shape, connection) { Parameters = { new NpgsqlParameter<string> { TypedValue = Schema }, new NpgsqlParameter<string> { TypedValue = Name } } };
        await using (command.ConfigureAwait(false))
        {
            var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                var row = new RowReader(reader);
                while (await row.NextRowAsync(cancellation).ConfigureAwait(false))
                {
                    kind = row.Letter();
                    isHidden = row.Flag();
                    if (row.TextOrNull() is { } column)
                    {
                        found[column] = (row.Oid(), row.Flag(), row.Text());
                    }
                }
            }
        }

        if (kind is null)
        {
            return false;
        }

        if (kind != 'r')
        {
            throw Unreadable($"{Schema}.{Name} is {KindOf(kind.Value)}, not an ordinary table");
        }

        foreach (var column in Columns)
        {
            if (!found.TryGetValue(column.Name, out var own))
            {
                throw Unreadable($"The table {Schema}.{Name} has no column {column.Name}");
            }

            if (!column.Types.Contains(own.Type))
            {
                throw Unreadable($"The column {column.Name} of the table {Schema}.{Name} has the type {own.Format}, which Prisma does not give it");
            }

            if (own.IsGenerated)
            {
                throw Unreadable($"The column {column.Name} of the table {Schema}.{Name} is a generated column");
            }
        }

        return !isHidden
            ? true
            : throw new CatalogException(CatalogFailure.Denied, $"Row-level security is enabled for the table {Schema}.{Name}, so the role cannot read all of its rows. Connect as the owner of the table, or as a role with BYPASSRLS.");
    }

    /// <summary>Reads its rows, each the bytes of its columns in PostgreSQL's binary format; null for NULL. Call it in a transaction of
    /// <see cref="CatalogConnection.ReadAsync"/>.</summary>
    /// <exception cref="CatalogException">There is too much of it, or the server's answer makes no sense.</exception>
    public async Task<List<byte[]?[]>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var columns = string.Join(", ", Columns.Select(c => Quoted(c.Name)));
        var bytes = new MemoryStream();
        await using (bytes.ConfigureAwait(false))
        {
            var stream = await connection.BeginRawBinaryCopyAsync($"COPY {Quoted(Schema)}.{Quoted(Name)} ({columns}) TO STDOUT (FORMAT binary)", cancellation).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                var buffer = new byte[8192];
                while (await stream.ReadAsync(buffer, cancellation).ConfigureAwait(false) is var read and > 0)
                {
                    if (bytes.Length + read > ServerLimits.MaximalTable)
                    {
                        throw new CatalogException(CatalogFailure.Other, string.Create(CultureInfo.InvariantCulture, $"The table {Schema}.{Name} holds more than {ServerLimits.MaximalTable >> 20} MiB, so plumb does not read it."));
                    }

                    bytes.Write(buffer, 0, read);
                }
            }

            return Rows(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)) ?? throw new CatalogException(CatalogFailure.Other, $"The server's answer about the table {Schema}.{Name} is not in PostgreSQL's format.");
        }
    }

    // PostgreSQL documentation, "COPY", "Binary Format"; null where the bytes are something else.
    private List<byte[]?[]>? Rows(ReadOnlySpan<byte> bytes)
    {
        var rows = new List<byte[]?[]>();
        if (!bytes.StartsWith(Signature) || bytes.Length < Signature.Length + 8)
        {
            return null;
        }

        bytes = bytes[(Signature.Length + 4)..];
        if (!TakeBlock(ref bytes, out _))
        {
            return null;
        }

        while (bytes.Length >= 2)
        {
            var count = BinaryPrimitives.ReadInt16BigEndian(bytes);
            bytes = bytes[2..];
            if (count == -1)
            {
                return rows;
            }

            if (count != Columns.Length)
            {
                return null;
            }

            var row = new byte[]?[count];
            for (var i = 0; i < count; i++)
            {
                if (!TakeBlock(ref bytes, out row[i]))
                {
                    return null;
                }
            }

            rows.Add(row);
        }

        return null;
    }

    // A length and as many bytes; a length of -1 is NULL.
    private static bool TakeBlock(ref ReadOnlySpan<byte> bytes, out byte[]? block)
    {
        block = null;
        if (bytes.Length < 4)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt32BigEndian(bytes);
        bytes = bytes[4..];
        if (length == -1)
        {
            return true;
        }

        if (length < 0 || length > bytes.Length)
        {
            return false;
        }

        block = bytes[..length].ToArray();
        bytes = bytes[length..];
        return true;
    }

    private static CatalogException Unreadable(string reason) => new(CatalogFailure.Other, reason + ", so plumb does not read it.");

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    // PostgreSQL documentation, "pg_class".
    private static string KindOf(char kind) => kind switch
    {
        'v' => "a view",
        'm' => "a materialized view",
        'f' => "a foreign table",
        'p' => "a partitioned table",
        'S' => "a sequence",
        'c' => "a composite type",
        _ => "an index",
    };
}

/// <summary>A column of an <see cref="OrdinaryTable"/>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Types">The built-in types that it may have, by their OIDs.</param>
public sealed record OrdinaryColumn(string Name, ImmutableArray<uint> Types);
