namespace Plumbline.PostgreSql.Builtins;

/// <summary>
/// Objects of one kind, one a line, found by name or number. Nothing is read before it is asked for: the first search by name or number passes once over
/// the lines, and only the lines that are found are taken apart, each once.
/// </summary>
/// <typeparam name="T">What a line describes.</typeparam>
/// <param name="text">The lines.</param>
/// <param name="nameField">Which field holds the name; the number stands in the one behind it. Lines of one name follow each other.</param>
/// <param name="parse">Takes a line apart.</param>
internal sealed class LineIndex<T>(Func<string> text, int nameField, Func<string, T> parse)
    where T : class
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, T> _parsed = [];
    private string? _text;
    private readonly Dictionary<string, T[]> _found = [];
    private Dictionary<string, (int Start, int Count)>? _byName;
    private Dictionary<uint, int>? _byOid;

    /// <summary>All lines.</summary>
    public IReadOnlyList<T> All()
    {
        lock (_lock)
        {
            var all = new List<T>();
            var lines = Text();
            for (var start = 0; start < lines.Length; start = EndOf(lines, start) + 1)
            {
                all.Add(At(start));
            }

            return all;
        }
    }

    /// <summary>The objects of this name.</summary>
    public IReadOnlyList<T> Find(string name)
    {
        lock (_lock)
        {
            if (_found.TryGetValue(name, out var objects))
            {
                return objects;
            }

            _byName ??= IndexNames();
            if (!_byName.TryGetValue(name, out var found))
            {
                return [];
            }

            objects = new T[found.Count];
            for (int i = 0, start = found.Start; i < found.Count; i++, start = EndOf(Text(), start) + 1)
            {
                objects[i] = At(start);
            }

            _found[name] = objects;
            return objects;
        }
    }

    /// <summary>The object of this number; else null.</summary>
    public T? Get(uint oid)
    {
        lock (_lock)
        {
            _byOid ??= IndexNumbers();
            return _byOid.TryGetValue(oid, out var start) ? At(start) : null;
        }
    }

    private static int EndOf(string lines, int start)
    {
        var end = lines.IndexOf('\n', start);
        return end < 0 ? lines.Length : end;
    }

    private string Text() => _text ??= text();

    private T At(int start)
    {
        if (!_parsed.TryGetValue(start, out var value))
        {
            _parsed[start] = value = parse(Text()[start..EndOf(Text(), start)]);
        }

        return value;
    }

    private Dictionary<string, (int Start, int Count)> IndexNames()
    {
        var lines = Text();
        var index = new Dictionary<string, (int Start, int Count)>();
        var first = 0;
        var count = 0;
        ReadOnlySpan<char> previous = [];
        for (var start = 0; start < lines.Length; start = EndOf(lines, start) + 1)
        {
            var name = Name(lines.AsSpan(start, EndOf(lines, start) - start));
            if (count > 0 && !name.SequenceEqual(previous))
            {
                index[previous.ToString()] = (first, count);
                count = 0;
            }

            if (count++ == 0)
            {
                first = start;
                previous = name;
            }
        }

        if (count > 0)
        {
            index[previous.ToString()] = (first, count);
        }

        return index;
    }

    private Dictionary<uint, int> IndexNumbers()
    {
        var lines = Text();
        var index = new Dictionary<uint, int>();
        for (var start = 0; start < lines.Length; start = EndOf(lines, start) + 1)
        {
            var fields = new FieldReader(lines.AsSpan(start, EndOf(lines, start) - start));
            for (var i = 0; i <= nameField; i++)
            {
                fields.Next();
            }

            index[fields.NextOid()] = start;
        }

        return index;
    }

    private ReadOnlySpan<char> Name(ReadOnlySpan<char> line)
    {
        var fields = new FieldReader(line);
        for (var i = 0; i < nameField; i++)
        {
            fields.Next();
        }

        return fields.Next();
    }
}
