using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Replay.Effects;

/// <summary>
/// Reads from the journal what a statement did. Every change of the catalogs goes through the journal, so that nothing is missed, whichever statement, block
/// or cascade made it; what was taken back is not in it.
/// </summary>
/// <param name="execution">The session.</param>
internal sealed class EffectRecorder(Execution execution)
{
    private readonly List<Draft> _drafts = [];
    private readonly Dictionary<CatalogObject, Draft> _latest = new(ReferenceEqualityComparer.Instance);
    private readonly ImmutableArray<ObjectChange>.Builder _changes = ImmutableArray.CreateBuilder<ObjectChange>();

    private Database Database => execution.Database;

    /// <summary>What was done since a mark.</summary>
    public ImmutableArray<ObjectChange> Read(int mark)
    {
        var entries = execution.Journal.Entries[mark..];
        if (entries.IsEmpty)
        {
            return [];
        }

        Collect(entries, mark);
        if (_drafts.Count == 0)
        {
            return [];
        }

        foreach (var draft in CollectionsMarshal.AsSpan(_drafts))
        {
            Write(draft);
        }

        var changes = _changes.ToImmutable();
        _drafts.Clear();
        _latest.Clear();
        _changes.Clear();
        return changes;
    }

    private void Collect(ReadOnlySpan<IUndo> entries, int mark)
    {
        var places = execution.Journal.Places;
        var next = 0;
        TextSpan? place = null;
        for (var i = 0; i < entries.Length; i++)
        {
            for (; next < places.Count && places[next].Mark <= mark + i; next++)
            {
                place = places[next].Place;
            }

            switch (entries[i])
            {
                case IRowChange { IsQuiet: false } change when IsTold(change.Owner):
                    Change(change.Owner, change.Before, place);
                    break;
                case RelationObject.ColumnAddition addition:
                    Find(addition.Column, null, place).IsCreated = true;
                    break;
                case JournaledMap<uint, CatalogObject>.Change { Before: null, After: { } created } when IsTold(created):
                    Find(created, null, place).IsCreated = true;
                    break;
                case JournaledMap<uint, CatalogObject>.Change { Before: { } dropped, After: null } when IsTold(dropped):
                    Find(dropped, dropped.CurrentRow, place).IsDropped = true;
                    break;
            }
        }
    }

    // Another action on the same object is another change, but for what the statement itself created.
    private void Change(CatalogObject item, object before, TextSpan? place)
    {
        if (_latest.TryGetValue(item, out var draft) && !draft.IsCreated && !draft.IsDropped && draft.Place != place)
        {
            draft.After = before;
            _latest.Remove(item);
        }

        Find(item, before, place);
    }

    private Draft Find(CatalogObject item, object? before, TextSpan? place)
    {
        if (!_latest.TryGetValue(item, out var draft))
        {
            draft = new Draft(item, before, place);
            _latest.Add(item, draft);
            _drafts.Add(draft);
        }

        return draft;
    }

    private static bool IsTold(CatalogObject item) => item switch
    {
        RelationObject relation => relation.Kind != 't',
        ColumnObject => true,
        ConstraintObject constraint => constraint.Row.Kind != ConstraintKind.Trigger,
        TypeObject { Row: { IsArray: false, Relation: null } } type => type.Kind != PgTypeKind.Multirange,
        FunctionObject function => !function.Row.IsOfType,
        NamespaceObject schema => schema.Name != "pg_temp",
        TriggerObject or PolicyObject or RuleObject or ExtensionObject or RoleObject or PublicationObject or PlainObject => true,
        _ => false,
    };

    private void Write(Draft draft)
    {
        if (draft.IsCreated && draft.IsDropped)
        {
            return;
        }

        var item = draft.Object;
        var isLast = _latest.GetValueOrDefault(item) == draft;
        var after = draft.IsDropped && isLast ? null : draft.After ?? item.CurrentRow;
        if (item is ColumnObject column)
        {
            var isGone = (isLast && IsDropped(column.Relation)) || after is ColumnRow { IsDropped: true };
            if (column.Relation.IsIndex || (isGone && draft.IsCreated))
            {
                return;
            }

            after = isGone ? null : after;
        }

        if (draft.IsCreated)
        {
            Add(draft, ObjectChangeKind.Create, null, after);
            AddLabels(draft, [], (after as TypeRow)?.Labels ?? []);
            return;
        }

        if (after is null)
        {
            if (item is RelationObject { IsIndex: false } relation)
            {
                DropColumns(draft, relation);
            }

            Add(draft, ObjectChangeKind.Drop, draft.Before, null);
            AddLabels(draft, (draft.Before as TypeRow)?.Labels ?? [], []);
            return;
        }

        if (draft.Before!.Equals(after))
        {
            return;
        }

        if (draft.Before is TypeRow was && after is TypeRow now && was.Labels != now.Labels)
        {
            AddLabels(draft, was.Labels, now.Labels);
            if ((was with { Labels = now.Labels }).Equals(now))
            {
                return;
            }
        }

        var kind = Name(draft.Before) != Name(after) ? ObjectChangeKind.Rename
            : Namespace(draft.Before) != Namespace(after) ? ObjectChangeKind.Move
            : ObjectChangeKind.Change;
        Add(draft, kind, draft.Before, after);
    }

    private void DropColumns(Draft draft, RelationObject relation)
    {
        foreach (var column in relation.LiveColumns)
        {
            if (!_latest.ContainsKey(column))
            {
                Add(new Draft(column, column.Row, draft.Place) { IsDropped = true }, ObjectChangeKind.Drop, column.Row, null);
            }
        }
    }

    private void AddLabels(Draft draft, ImmutableArray<EnumLabel> before, ImmutableArray<EnumLabel> after)
    {
        if (before == after)
        {
            return;
        }

        var type = (TypeObject)draft.Object;
        var origin = draft.IsCreated || draft.IsDropped ? ChangeOrigin.Part : ChangeOrigin.Named;

        // A statement changes a label or two: those before and behind them are the same.
        var (start, end) = (0, 0);
        while (start < before.Length && start < after.Length && ReferenceEquals(before[start], after[start]))
        {
            start++;
        }

        while (end < before.Length - start && end < after.Length - start && ReferenceEquals(before[^(end + 1)], after[^(end + 1)]))
        {
            end++;
        }

        before = before[start..^end];
        after = after[start..^end];
        var kept = after.Select(label => label.Key).ToHashSet();
        var olds = before.ToLookup(label => label.Key);
        foreach (var label in before)
        {
            if (!kept.Contains(label.Key))
            {
                Label(ObjectChangeKind.Drop, label, null);
            }
        }

        foreach (var label in after)
        {
            var old = olds[label.Key].FirstOrDefault();
            if (old is null)
            {
                Label(ObjectChangeKind.Create, label, null);
            }
            else if (old.Name != label.Name)
            {
                Label(ObjectChangeKind.Rename, label, old.Name);
            }
        }

        void Label(ObjectChangeKind kind, EnumLabel label, string? oldName) =>
            _changes.Add(new ObjectChange(kind, ObjectKind.EnumValue, NameOf(type), label.Name, (type, label.Key), type, null, null)
            {
                OldName = oldName,
                Origin = origin,
                Part = draft.Place,
            });
    }

    private void Add(Draft draft, ObjectChangeKind kind, object? before, object? after)
    {
        var item = draft.Object;
        var row = after ?? before!;
        var (name, member, owner) = Describe(item, row);
        _changes.Add(new ObjectChange(kind, KindOf(item), name, member, item, owner, Source(item, before, isBefore: true, kind), Source(item, after, isBefore: false, kind))
        {
            OldName = kind switch
            {
                ObjectChangeKind.Rename => Name(before!),
                ObjectChangeKind.Move => Namespace(before!)?.Name,
                _ => null,
            },
            Origin = OriginOf(draft, kind, before),
            Part = draft.Place,
            Rows = (before, after),
        });
    }

    private ChangeOrigin OriginOf(Draft draft, ObjectChangeKind kind, object? before)
    {
        var item = draft.Object;
        switch (kind)
        {
            case ObjectChangeKind.Create:
                return Owners(item).Any(o => _latest.TryGetValue(o, out var owner) && owner.IsCreated) ? ChangeOrigin.Part : ChangeOrigin.Named;
            case ObjectChangeKind.Drop:
                return Owners(item).Any(IsDropped) ? ChangeOrigin.Part : execution.Cascaded.Contains(item) ? ChangeOrigin.Cascade : ChangeOrigin.Named;
            default:
                return before is ColumnRow { Default: { } value } && execution.Cascaded.Contains(value) ? ChangeOrigin.Cascade : ChangeOrigin.Named;
        }
    }

    private bool IsDropped(CatalogObject item) => _latest.TryGetValue(item, out var draft) && draft.IsDropped;

    // What something is a part of.
    private static IEnumerable<CatalogObject> Owners(CatalogObject item)
    {
        switch (item)
        {
            case ColumnObject column:
                yield return column.Relation;
                break;
            case ConstraintObject { Row: { Table: { } table } }:
                yield return table;
                break;
            case ConstraintObject { Row: { Domain: { } domain } }:
                yield return domain;
                break;
            case RelationObject { Row.Index: { } index }:
                yield return index.Table;
                if (index.Constraint is { } constraint)
                {
                    yield return constraint;
                }

                break;
            case RelationObject { Row.Sequence: { OwnerTable: { } owner } sequence }:
                yield return owner;
                yield return owner.Column(sequence.OwnerColumn);
                break;
            case TriggerObject trigger:
                yield return trigger.Table;
                break;
            case PolicyObject policy:
                yield return policy.Table;
                break;
            case RuleObject rule:
                yield return rule.Table;
                break;
        }
    }

    private StateSource? Source(CatalogObject item, object? row, bool isBefore, ObjectChangeKind kind)
    {
        var isGone = isBefore && kind == ObjectChangeKind.Drop;
        return row switch
        {
            ColumnRow column => new ColumnSource(Database, column, isGone),
            ConstraintRow constraint => new ConstraintSource(Database, constraint, isBefore ? NameBefore : NameNow, isGone),
            RelationRow { Index: { } index } => new IndexSource(Database, index, isBefore ? NameBefore : NameNow, isGone),
            RelationRow relation when item is RelationObject { Kind: 'r' or 'p' or 'f' or 'v' or 'm' } => new RelationSource(Database, relation),
            _ => null,
        };
    }

    private static string NameNow(RelationObject table, short column) => table.Column(column).Name;

    private string NameBefore(RelationObject table, short column)
    {
        var item = table.Column(column);
        return item.Row.IsDropped && _latest.TryGetValue(item, out var draft) && draft.Before is ColumnRow before ? before.Name : item.Name;
    }

    private static (ObjectName Name, string? Member, object? Owner) Describe(CatalogObject item, object row) => (item, row) switch
    {
        (ColumnObject column, ColumnRow r) => (column.Relation.QualifiedName, r.Name, column.Relation),
        (_, ConstraintRow { Table: { } table } r) => (table.QualifiedName, r.Name, table),
        (_, ConstraintRow { Domain: { } domain } r) => (NameOf(domain), r.Name, domain),
        (TriggerObject trigger, TriggerRow r) => (trigger.Table.QualifiedName, r.Name, trigger.Table),
        (PolicyObject policy, PolicyRow r) => (policy.Table.QualifiedName, r.Name, policy.Table),
        (RuleObject rule, RuleRow r) => (rule.Table.QualifiedName, r.Name, rule.Table),
        (_, RelationRow r) => (new ObjectName(r.Namespace.Name, r.Name), null, r.Index?.Table ?? r.Sequence?.OwnerTable),
        (_, var r) => (new ObjectName(Namespace(r)?.Name ?? "", Name(r)), null, null),
    };

    private static ObjectName NameOf(TypeObject type) => new(type.Namespace.Name, type.Name);

    private static string Name(object row) => row switch
    {
        ColumnRow r => r.Name,
        RelationRow r => r.Name,
        ConstraintRow r => r.Name,
        TypeRow r => r.Name,
        FunctionRow r => r.Name,
        TriggerRow r => r.Name,
        PolicyRow r => r.Name,
        RuleRow r => r.Name,
        NamespaceRow r => r.Name,
        ExtensionRow r => r.Name,
        RoleRow r => r.Name,
        PublicationRow r => r.Name,
        PlainRow r => r.Name,
        _ => "",
    };

    private static NamespaceObject? Namespace(object row) => row switch
    {
        RelationRow r => r.Namespace,
        TypeRow r => r.Namespace,
        FunctionRow r => r.Namespace,
        PlainRow r => r.Namespace,
        _ => null,
    };

    private static ObjectKind KindOf(CatalogObject item) => item switch
    {
        RelationObject relation => relation.Kind switch
        {
            'r' or 'p' or 'f' => ObjectKind.Table,
            'v' => ObjectKind.View,
            'm' => ObjectKind.MaterializedView,
            'i' or 'I' => ObjectKind.Index,
            'S' => ObjectKind.Sequence,
            _ => ObjectKind.Type,
        },
        ColumnObject => ObjectKind.Column,
        ConstraintObject constraint => ConstraintSource.KindOf(constraint.Row.Kind),
        TypeObject type => type.Kind switch
        {
            PgTypeKind.Enum => ObjectKind.Enum,
            PgTypeKind.Domain => ObjectKind.Domain,
            _ => ObjectKind.Type,
        },
        FunctionObject function => function.Row.Kind switch
        {
            PgFunctionKind.Procedure => ObjectKind.Procedure,
            PgFunctionKind.Aggregate => ObjectKind.Aggregate,
            _ => ObjectKind.Function,
        },
        TriggerObject => ObjectKind.Trigger,
        PolicyObject => ObjectKind.Policy,
        RuleObject => ObjectKind.Rule,
        NamespaceObject => ObjectKind.Schema,
        ExtensionObject => ObjectKind.Extension,
        RoleObject => ObjectKind.Role,
        PublicationObject => ObjectKind.Publication,
        _ => ObjectKind.Other,
    };

    private sealed class Draft(CatalogObject item, object? before, TextSpan? place)
    {
        public CatalogObject Object { get; } = item;

        public object? Before { get; } = before;

        public object? After { get; set; }

        public TextSpan? Place { get; } = place;

        public bool IsCreated { get; set; }

        public bool IsDropped { get; set; }
    }
}
