using Npgsql;

namespace Plumbline.PostgreSql.Catalog.Rows;

/// <summary>Reads the columns of a row from left to right.</summary>
/// <param name="reader">The rows.</param>
internal sealed class RowReader(NpgsqlDataReader reader)
{
    private int _column;

    /// <summary>Goes to the next row.</summary>
    /// <returns>False behind the last.</returns>
    public async Task<bool> NextRowAsync(CancellationToken cancellation)
    {
        // The lengths in a message may lead back to its beginning: such rows are in memory already, so that reading them never waits and never ends.
        cancellation.ThrowIfCancellationRequested();
        _column = 0;
        return await reader.ReadAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>The number of an object.</summary>
    public uint Oid() => reader.GetFieldValue<uint>(_column++);

    /// <summary>The number of an object; 0 for NULL.</summary>
    public uint OidOrZero() => IsNull() ? 0 : Oid();

    /// <summary>A text.</summary>
    public string Text() => reader.GetString(_column++);

    /// <summary>A text; null for NULL.</summary>
    public string? TextOrNull() => IsNull() ? null : Text();

    /// <summary>A value of type <c>"char"</c>, asked as a number.</summary>
    public char Letter() => (char)Number();

    /// <summary>A value of type <c>"char"</c>, asked as a number; <c>\0</c> for NULL.</summary>
    public char LetterOrNone() => IsNull() ? '\0' : Letter();

    /// <summary>True or false.</summary>
    public bool Flag() => reader.GetBoolean(_column++);

    /// <summary>True or false; null for NULL.</summary>
    public bool? FlagOrNull() => IsNull() ? null : Flag();

    /// <summary>A small number.</summary>
    public short Small() => reader.GetInt16(_column++);

    /// <summary>A number.</summary>
    public int Number() => reader.GetInt32(_column++);

    /// <summary>A number; null for NULL.</summary>
    public int? NumberOrNull() => IsNull() ? null : Number();

    /// <summary>A great number.</summary>
    public long Great() => reader.GetInt64(_column++);

    /// <summary>A great number; null for NULL.</summary>
    public long? GreatOrNull() => IsNull() ? null : Great();

    /// <summary>A number with a fraction.</summary>
    public double Real() => reader.GetDouble(_column++);

    /// <summary>A number with a fraction; null for NULL.</summary>
    public double? RealOrNull() => IsNull() ? null : Real();

    /// <summary>A point in time; null for NULL, and for infinity.</summary>
    public DateTimeOffset? TimeOrNull() => IsNull() ? null : DateTimeOffset.UnixEpoch.AddSeconds(reader.GetDouble(_column++));

    /// <summary>Bytes.</summary>
    public byte[] Bytes() => reader.GetFieldValue<byte[]>(_column++);

    /// <summary>Texts; null for NULL.</summary>
    public string?[]? TextsOrNull() => IsNull() ? null : reader.GetFieldValue<string?[]>(_column++);

    /// <summary>Numbers of columns; empty for NULL.</summary>
    public short[] Columns() => IsNull() ? [] : reader.GetFieldValue<short[]>(_column++);

    /// <summary>Numbers of objects; empty for NULL.</summary>
    public uint[] Oids() => IsNull() ? [] : reader.GetFieldValue<uint[]>(_column++);

    private bool IsNull()
    {
        if (!reader.IsDBNull(_column))
        {
            return false;
        }

        _column++;
        return true;
    }
}
