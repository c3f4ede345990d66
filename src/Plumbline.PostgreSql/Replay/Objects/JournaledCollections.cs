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
    public IEnumerable<TValue> Values
    {
        get
        {
            journal.Budget.UseSteps(_entries.Count);
            return _entries.Values;
        }
    }

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
    where T : class
{
    // Most sets have one item, which needs no table.
    private T? _single;
    private HashSet<T>? _items;

    /// <summary>Number of items.</summary>
    public int Count => _items?.Count ?? (_single is null ? 0 : 1);

    /// <summary>The items, in no order that means anything.</summary>
    public IEnumerable<T> Items
    {
        get
        {
            journal.Budget.UseSteps(Count);
            return _items is not null ? _items : _single is null ? [] : [_single];
        }
    }

    /// <summary>Whether an item is in it.</summary>
    public bool Contains(T item) => _items?.Contains(item) ?? (_single is not null && EqualityComparer<T>.Default.Equals(_single, item));

    /// <summary>Adds an item where it is not in it.</summary>
    public void Add(T item)
    {
        if (!Contains(item))
        {
            Put(item);
            journal.Record(new Change(this, item, WasAdded: true));
        }
    }

    /// <summary>Removes an item where it is in it.</summary>
    public void Remove(T item)
    {
        if (Contains(item))
        {
            Take(item);
            journal.Record(new Change(this, item, WasAdded: false));
        }
    }

    private void Put(T item)
    {
        if (_items is not null)
        {
            _items.Add(item);
        }
        else if (_single is null)
        {
            _single = item;
        }
        else
        {
            _items = [_single, item];
            _single = null;
        }
    }

    private void Take(T item)
    {
        if (_items is null)
        {
            _single = null;
        }
        else
        {
            _items.Remove(item);
        }
    }

    private sealed record Change(JournaledSet<T> Set, T Item, bool WasAdded) : IUndo
    {
        public void Undo()
        {
            if (WasAdded)
            {
                Set.Take(Item);
            }
            else
            {
                Set.Put(Item);
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
    // How many items are searched and copied in the time that an object is looked at.
    private const int ItemsOfStep = 8;

    private ImmutableArray<T> _items = [];

    /// <summary>The items.</summary>
    public ImmutableArray<T> Items => _items;

    /// <summary>Adds an item at the end.</summary>
    /// <exception cref="CannotKnowException">The budget of the history is used up.</exception>
    public void Add(T item)
    {
        journal.Budget.UseForMember(_items.Length);
        Put(_items.Add(item));
    }

    /// <summary>Removes an item.</summary>
    public void Remove(T item)
    {
        journal.Budget.UseSteps(_items.Length / ItemsOfStep);
        Put(_items.Remove(item));
        journal.NoteFreed();
    }

    private void Put(ImmutableArray<T> items)
    {
        journal.Record(new Change(this, _items));
        _items = items;
    }

    private sealed class Change(JournaledList<T> owner, ImmutableArray<T> before) : IUndo
    {
        public void Undo() => owner._items = before;
    }
}
