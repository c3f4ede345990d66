using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Plumbline.PostgreSql.Replay.Objects;

/// <summary>A dictionary whose changes can be taken back.</summary>
/// <typeparam name="TKey">Its keys.</typeparam>
/// <typeparam name="TValue">Its values.</typeparam>
internal sealed class JournaledMap<TKey, TValue>(Journal journal)
    where TKey : notnull
    where TValue : class
{
    private readonly Dictionary<TKey, TValue> _entries = [];

    /// <summary>Number of entries.</summary>
    public int Count => _entries.Count;

    /// <summary>The values, in no order that means anything.</summary>
    public IEnumerable<TValue> Values => _entries.Values;

    /// <summary>The value of a key; null where it has none. Setting null removes it.</summary>
    public TValue? this[TKey key]
    {
        get => _entries.GetValueOrDefault(key);
        set
        {
            journal.Record(new Change(this, key, _entries.GetValueOrDefault(key), value));
            Put(key, value);
        }
    }

    /// <summary>Whether a key has a value.</summary>
    public bool TryGet(TKey key, [NotNullWhen(true)] out TValue? value) => _entries.TryGetValue(key, out value);

    /// <summary>Whether a key has a value.</summary>
    public bool Contains(TKey key) => _entries.ContainsKey(key);

    private void Put(TKey key, TValue? value)
    {
        if (value is null)
        {
            _entries.Remove(key);
            journal.NoteFreed();
        }
        else
        {
            _entries[key] = value;
        }
    }

    /// <summary>A change of one entry.</summary>
    internal sealed class Change(JournaledMap<TKey, TValue> map, TKey key, TValue? before, TValue? after) : IUndo
    {
        /// <summary>The value that the key had; null where it had none.</summary>
        public TValue? Before => before;

        /// <summary>The value that it has now; null where it was removed.</summary>
        public TValue? After => after;

        /// <inheritdoc/>
        public void Undo() => map.Put(key, before);
    }
}

/// <summary>A set whose changes can be taken back.</summary>
/// <typeparam name="T">What it holds.</typeparam>
internal sealed class JournaledSet<T>(Journal journal)
    where T : notnull
{
    private HashSet<T>? _items;

    /// <summary>Number of items.</summary>
    public int Count => _items?.Count ?? 0;

    /// <summary>The items, in no order that means anything.</summary>
    public IEnumerable<T> Items => _items ?? Enumerable.Empty<T>();

    /// <summary>Whether an item is in it.</summary>
    public bool Contains(T item) => _items?.Contains(item) == true;

    /// <summary>Adds an item where it is not in it.</summary>
    public void Add(T item)
    {
        if ((_items ??= []).Add(item))
        {
            journal.Record(new Change(this, item, WasAdded: true));
        }
    }

    /// <summary>Removes an item where it is in it.</summary>
    public void Remove(T item)
    {
        if (_items?.Remove(item) == true)
        {
            journal.Record(new Change(this, item, WasAdded: false));
        }
    }

    private sealed record Change(JournaledSet<T> Set, T Item, bool WasAdded) : IUndo
    {
        public void Undo()
        {
            if (WasAdded)
            {
                Set._items!.Remove(Item);
            }
            else
            {
                Set._items!.Add(Item);
            }
        }
    }
}

/// <summary>A value whose changes can be taken back.</summary>
/// <typeparam name="T">Its type: immutable.</typeparam>
internal sealed class Journaled<T>(Journal journal, T initial)
{
    private T _value = initial;

    /// <summary>The value.</summary>
    public T Value
    {
        get => _value;
        set
        {
            journal.Record(new Change(this, _value));
            _value = value;
        }
    }

    private sealed class Change(Journaled<T> owner, T before) : IUndo
    {
        public void Undo() => owner._value = before;
    }
}

/// <summary>A list, in order of addition, whose changes can be taken back.</summary>
/// <typeparam name="T">What it holds.</typeparam>
internal sealed class JournaledList<T>(Journal journal)
    where T : class
{
    private readonly Journaled<ImmutableArray<T>> _items = new(journal, []);

    /// <summary>The items.</summary>
    public ImmutableArray<T> Items => _items.Value;

    /// <summary>Adds an item at the end.</summary>
    /// <exception cref="CannotKnowException">The budget of the history is used up.</exception>
    public void Add(T item)
    {
        journal.Budget.UseForMember(_items.Value.Length);
        _items.Value = _items.Value.Add(item);
    }

    /// <summary>Removes an item.</summary>
    public void Remove(T item)
    {
        _items.Value = _items.Value.Remove(item);
        journal.NoteFreed();
    }
}
