namespace Plumbline.PostgreSql.Builtins;

/// <summary>The embedded texts that describe built-in objects (written by <c>eng/builtins/generate.sh</c>).</summary>
internal static class BuiltinText
{
    /// <summary>Reads one of the texts.</summary>
    /// <param name="name">Its file's name.</param>
    public static string Read(string name)
    {
        using var stream =
            typeof(BuiltinText).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The assembly lacks the resource {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

/// <summary>The fields of one line, which tabs part; fields that a line doesn't have are empty.</summary>
/// <param name="line">The line, without its line break.</param>
internal ref struct FieldReader(ReadOnlySpan<char> line)
{
    private ReadOnlySpan<char> _rest = line;

    /// <summary>The next field.</summary>
    public ReadOnlySpan<char> Next()
    {
        var end = _rest.IndexOf('\t');
        var field = end < 0 ? _rest : _rest[..end];
        _rest = end < 0 ? [] : _rest[(end + 1)..];
        return field;
    }

    /// <summary>The next field as a number; 0 where it is empty.</summary>
    public uint NextOid()
    {
        var field = Next();
        return field.IsEmpty ? 0 : uint.Parse(field, System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The next field as a number.</summary>
    /// <param name="empty">What an empty field stands for.</param>
    public int NextNumber(int empty)
    {
        var field = Next();
        return field.IsEmpty ? empty : int.Parse(field, System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The first character of the next field; <c>\0</c> where it is empty.</summary>
    public char NextChar()
    {
        var field = Next();
        return field.IsEmpty ? '\0' : field[0];
    }

    /// <summary>The next field as a volatility: <c>i</c>, <c>s</c> or <c>v</c>.</summary>
    public PgVolatility NextVolatility() => NextChar() switch { 'i' => PgVolatility.Immutable, 's' => PgVolatility.Stable, _ => PgVolatility.Volatile };
}
