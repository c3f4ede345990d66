namespace Plumbline.PostgreSql;

/// <summary>An error as PostgreSQL sends it for a statement that it refuses.</summary>
/// <param name="SqlState">The five characters of the error's class and code, such as <c>42P01</c> ("PostgreSQL Error Codes").</param>
/// <param name="Message">The primary message, in the words of the server.</param>
public sealed record SqlError(string SqlState, string Message)
{
    /// <summary>Where the server points: offset, in UTF-16 code units from 0, into the text that was parsed; null where it points nowhere.</summary>
    public int? Position { get; init; }

    /// <summary>The server's HINT; else null.</summary>
    public string? Hint { get; init; }

    /// <summary>The server's DETAIL; else null.</summary>
    public string? Detail { get; init; }

    /// <summary>The error as psql prints it, without the statement.</summary>
    public override string ToString() => $"{SqlState}: {Message}";
}
