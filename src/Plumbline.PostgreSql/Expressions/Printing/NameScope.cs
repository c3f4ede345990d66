using System.Collections.Immutable;
using System.Text;
using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions.Tree;

namespace Plumbline.PostgreSql.Expressions.Printing;

/// <summary>The names under which a printed query knows its range items and their columns (ruleutils' <c>deparse_namespace</c>).</summary>
internal sealed class NameScope
{
    private readonly IObjectCatalog _catalog;
    private readonly List<RangeItem> _items;
    private readonly List<ItemNames> _columns;
    private readonly List<string> _usingNames = [];
    private readonly List<JoinBranch> _joins = [];
    private bool _uniqueUsing;

    private NameScope(IObjectCatalog catalog, List<RangeItem> items, ImmutableArray<CommonTableNode> commonTables)
    {
        _catalog = catalog;
        _items = items;
        _columns = items.ConvertAll(_ => new ItemNames());
        CommonTables = commonTables;
    }

    /// <summary>The names of the items; null for unnamed joins.</summary>
    public List<string?> Names { get; } = [];

    /// <summary>The query's WITH.</summary>
    public ImmutableArray<CommonTableNode> CommonTables { get; }

    /// <summary>The items.</summary>
    public List<RangeItem> Items => _items;

    /// <summary>Names for an expression that belongs to a relation, or to the rows OLD and NEW.</summary>
    public static NameScope ForItems(IObjectCatalog catalog, List<RangeItem> items)
    {
        var scope = new NameScope(catalog, items, []);
        scope.ChooseNames([], []);
        scope.ChooseColumns();
        return scope;
    }

    /// <summary>Names for a query.</summary>
    /// <param name="catalog">The database.</param>
    /// <param name="query">The query.</param>
    /// <param name="parents">The scopes around it, the nearest first.</param>
    /// <param name="reserved">Names that are taken though no item here has them: those of a view's rule.</param>
    public static NameScope ForQuery(IObjectCatalog catalog, Query query, ImmutableArray<NameScope> parents, ImmutableArray<string> reserved)
    {
        var scope = new NameScope(catalog, query.Items, [.. query.CommonTables]);
        scope.ChooseNames(parents, reserved);
        scope._uniqueUsing = query.From.Exists(scope.IsDangerous);
        foreach (var node in query.From)
        {
            scope.ChooseUsingNames(node, []);
        }

        scope.ChooseColumns();
        return scope;
    }

    /// <summary>The name of a column of an item.</summary>
    public string? ColumnName(int item, short column) => _columns[item - 1].Names.GetValueOrDefault(column);

    /// <summary>The names of all columns of an item, as an alias lists them.</summary>
    public IReadOnlyList<string> AllColumns(int item) => _columns[item - 1].All;

    /// <summary>The names that USING lists.</summary>
    public IReadOnlyList<string> UsingNames(int item) => _columns[item - 1].Using;

    /// <summary>Whether the alias of an item must list its columns.</summary>
    public bool PrintsColumns(int item) => _columns[item - 1].PrintsAliases;

    private void ChooseNames(ImmutableArray<NameScope> parents, ImmutableArray<string> reserved)
    {
        var counters = new Dictionary<string, int>();
        foreach (var name in parents.SelectMany(parent => parent.Names).Concat(reserved))
        {
            if (name is not null)
            {
                counters[name] = 0;
            }
        }

        foreach (var item in _items)
        {
            var name = item.Alias ?? item.Kind switch
            {
                RangeKind.Relation => _catalog.GetRelation(item.Relation)?.Name ?? item.Name,
                RangeKind.Join => null,
                _ => item.Name,
            };
            if (name is not null && !counters.TryAdd(name, 0))
            {
                string changed;
                do
                {
                    changed = WithNumber(name, ++counters[name]);
                }
                while (!counters.TryAdd(changed, 0));
                name = changed;
            }

            Names.Add(name);
        }
    }

    private static string WithNumber(string name, int number)
    {
        var suffix = $"_{number}";
        while (Encoding.UTF8.GetByteCount(name) + suffix.Length > 63)
        {
            name = name[..^1];
        }

        return name + suffix;
    }

    private bool IsDangerous(JoinNode node) => node is JoinBranch join
        &&
            ((join.Alias is null && !join.Using.IsEmpty &&
                _items[join.Item - 1].JoinColumns.Take(_items[join.Item - 1].MergedColumns).Any(value => value is not VarExpr))
            || IsDangerous(join.Left)
            || IsDangerous(join.Right));

    private void ChooseUsingNames(JoinNode node, ImmutableArray<string> parentUsing)
    {
        if (node is not JoinBranch join)
        {
            return;
        }

        _joins.Add(join);
        var item = _items[join.Item - 1];
        var own = _columns[join.Item - 1];
        var left = _columns[ItemOf(join.Left) - 1];
        var right = _columns[ItemOf(join.Right) - 1];
        if (item.Alias is null)
        {
            foreach (var (column, name) in own.Names)
            {
                PushDown(item.JoinSources[column - 1], name, left, right);
            }
        }

        for (var i = 0; i < join.Using.Length; i++)
        {
            var column = (short)(i + 1);
            if (!own.Names.TryGetValue(column, out var name))
            {
                name = MakeUnique(i < item.AliasColumns.Length ? item.AliasColumns[i] : join.Using[i], own);
                if (_uniqueUsing)
                {
                    _usingNames.Add(name);
                }

                own.Give(column, name);
            }

            own.Using.Add(name);
            parentUsing = parentUsing.Add(name);
            PushDown(item.JoinSources[i], name, left, right);
        }

        left.ParentUsing = parentUsing;
        right.ParentUsing = parentUsing;
        ChooseUsingNames(join.Left, parentUsing);
        ChooseUsingNames(join.Right, parentUsing);
    }

    private static void PushDown((int Left, int Right) source, string name, ItemNames left, ItemNames right)
    {
        if (source.Left > 0)
        {
            left.Give((short)source.Left, name);
        }

        if (source.Right > 0)
        {
            right.Give((short)source.Right, name);
        }
    }

    private static int ItemOf(JoinNode node) => node is JoinLeaf leaf ? leaf.Item : ((JoinBranch)node).Item;

    private void ChooseColumns()
    {
        for (var i = 0; i < _items.Count; i++)
        {
            if (_items[i].Kind == RangeKind.Join)
            {
                ChooseJoinColumns(_items[i], _columns[i], i + 1);
            }
            else
            {
                ChooseItemColumns(_items[i], _columns[i]);
            }
        }
    }

    private void ChooseItemColumns(RangeItem item, ItemNames own)
    {
        // A relation's columns by their present names, with those that were added since.
        var real = item.Kind == RangeKind.Relation && _catalog.GetRelation(item.Relation) is { } relation
            ? relation.Columns.Select(c => (c.Number, c.Name)).ToList()
            : item.Columns.ConvertAll(c => (c.Number, c.Name));
        var changed = false;
        for (var i = 0; i < real.Count; i++)
        {
            var (number, realName) = real[i];
            if (!own.Names.TryGetValue(number, out var name))
            {
                name = MakeUnique(i < item.AliasColumns.Length ? item.AliasColumns[i] : realName, own);
                own.Give(number, name);
            }

            own.All.Add(name);
            changed |= name != realName;
        }

        own.PrintsAliases = item.Kind switch
        {
            RangeKind.Relation => changed,
            RangeKind.Function => true,
            _ => !item.AliasColumns.IsEmpty || changed,
        };
    }

    private void ChooseJoinColumns(RangeItem item, ItemNames own, int index)
    {
        var (left, right) = Children(index);
        var changed = false;
        for (var i = 0; i < item.JoinSources.Count; i++)
        {
            var column = (short)(i + 1);
            var source = item.JoinSources[i];
            if (source.Left != 0 && source.Right != 0)
            {
                own.All.Add(own.Names[column]);
                continue;
            }

            var child = source.Left != 0 ? left : right;
            var real = child.Names.GetValueOrDefault((short)(source.Left != 0 ? source.Left : source.Right));
            if (real is null)
            {
                continue;
            }

            if (item.Alias is null)
            {
                own.Give(column, real);
            }
            else if (!own.Names.ContainsKey(column))
            {
                own.Give(column, MakeUnique(i < item.AliasColumns.Length ? item.AliasColumns[i] : real, own));
            }

            changed |= own.Names[column] != real;
            own.All.Add(own.Names[column]);
        }

        if (item.Alias is not null)
        {
            for (var i = 0; i < item.MergedColumns; i++)
            {
                changed |= own.Names[(short)(i + 1)] != left.Names.GetValueOrDefault((short)item.JoinSources[i].Left);
            }
        }

        own.PrintsAliases = item.Alias is not null && changed;
    }

    private (ItemNames Left, ItemNames Right) Children(int index)
    {
        foreach (var node in _joins)
        {
            if (node.Item == index)
            {
                return (_columns[ItemOf(node.Left) - 1], _columns[ItemOf(node.Right) - 1]);
            }
        }

        return (new ItemNames(), new ItemNames());
    }

    private string MakeUnique(string name, ItemNames own)
    {
        if (IsUnique(name, own))
        {
            return name;
        }

        for (var i = 1; ; i++)
        {
            var changed = WithNumber(name, i);
            if (IsUnique(changed, own))
            {
                return changed;
            }
        }
    }

    private bool IsUnique(string name, ItemNames own) => !own.Has(name) && !_usingNames.Contains(name) && !own.ParentUsing.Contains(name);

    private sealed class ItemNames
    {
        // Few items have more columns, and a short list is searched sooner than a set is made.
        private const int MostSearched = 32;

        private readonly Dictionary<short, string> _names = [];
        private HashSet<string>? _taken;

        public IReadOnlyDictionary<short, string> Names => _names;

        public List<string> All { get; } = [];

        public List<string> Using { get; } = [];

        public ImmutableArray<string> ParentUsing { get; set; } = [];

        public bool PrintsAliases { get; set; }

        public void Give(short column, string name)
        {
            if (_taken is not null && !_names.ContainsKey(column))
            {
                _taken.Add(name);
            }
            else
            {
                _taken = null;
            }

            _names[column] = name;
        }

        public bool Has(string name) => _names.Count <= MostSearched ? _names.ContainsValue(name) : (_taken ??= [.. _names.Values]).Contains(name);
    }
}
