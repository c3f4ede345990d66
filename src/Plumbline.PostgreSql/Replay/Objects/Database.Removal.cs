using System.Globalization;

namespace Plumbline.PostgreSql.Replay.Objects;

/// <content>Taking objects out of the catalogs, once nothing depends on them (<c>deleteOneObject</c>).</content>
internal sealed partial class Database
{
    private readonly JournaledMap<(NamespaceObject, string), JournaledList<ConstraintObject>> _constraintNames;

    /// <summary>Stores a constraint with its table or domain.</summary>
    public void Add(ConstraintObject item)
    {
        AddMember(item);
        (item.Row.Table?.Constraints ?? item.Row.Domain!.Constraints).Add(item);
        item.Row.Table?.Forget();
        ConstraintNames(NamespaceOf(item), item.Name).Add(item);
    }

    /// <summary>Gives a constraint another name.</summary>
    public void Rename(ConstraintObject item, string name)
    {
        ConstraintNames(NamespaceOf(item), item.Name).Remove(item);
        item.Row = item.Row with { Name = name };
        ConstraintNames(NamespaceOf(item), name).Add(item);
    }

    /// <summary>Whether a schema has a constraint of this name, on whatever table.</summary>
    public bool HasConstraintName(NamespaceObject schema, string name) => _constraintNames[(schema, name)] is { Items.Length: > 0 };

    /// <summary>Notes that the constraints of a table or domain go with it into another schema.</summary>
    public void MoveConstraints(IEnumerable<ConstraintObject> constraints, NamespaceObject from, NamespaceObject to)
    {
        foreach (var item in constraints)
        {
            ConstraintNames(from, item.Name).Remove(item);
            ConstraintNames(to, item.Name).Add(item);
        }
    }

    /// <summary>Takes an object out of the catalogs.</summary>
    public void Remove(ObjectAddress address)
    {
        if (address is { Object: RelationObject owner, Column: > 0 })
        {
            RemoveColumn(owner, owner.Column(address.Column));
            return;
        }

        ForgetDependencies(new ObjectAddress(address.Object));
        var item = address.Object;
        switch (item)
        {
            case RelationObject relation: RemoveRelation(relation); break;
            case TypeObject type: _types[(type.Namespace, type.Name)] = null; break;
            case FunctionObject function: FunctionsOf(function.Namespace, function.Name).Remove(function); break;
            case ConstraintObject constraint: RemoveConstraint(constraint); break;
            case DefaultObject value: RemoveDefault(value); break;
            case TriggerObject trigger: trigger.Table.Triggers.Remove(trigger); break;
            case PolicyObject policy: policy.Table.Policies.Remove(policy); break;
            case RuleObject rule: rule.Table.Rules.Remove(rule); break;
            case RoleObject role: _roles[role.Name] = null; break;
            case PublicationObject publication: _publications[publication.Name] = null; break;
            case PlainObject other: _others[(other.Kind, other.Row.Namespace, other.Row.Name)] = null; break;
            case ExtensionObject extension:
                _extensions[extension.Name] = null;
                _builtins.Value = _builtins.Value.Without(extension.Name);
                break;
            case NamespaceObject schema:
                _namespaces[schema.Name] = null;
                DefaultAcls.Value = DefaultAcls.Value.RemoveAll(entry => entry.Namespace == schema);
                ForgetSearchPath();
                break;
        }

        _objects[item.Oid] = null;
    }

    private void RemoveRelation(RelationObject relation)
    {
        _relations[(relation.Namespace, relation.Name)] = null;
        if (relation.Row.Index is { } index)
        {
            index.Table.Indexes.Remove(relation);
        }

        foreach (var parent in relation.Row.Parents)
        {
            parent.Children.Remove(relation);
        }

        foreach (var publication in _publications.Values)
        {
            if (publication.Row.Tables.Contains(relation))
            {
                publication.Row = publication.Row with { Tables = publication.Row.Tables.Remove(relation) };
            }
        }
    }

    private void RemoveConstraint(ConstraintObject constraint)
    {
        (constraint.Row.Table?.Constraints ?? constraint.Row.Domain!.Constraints).Remove(constraint);
        constraint.Row.Table?.Forget();
        ConstraintNames(NamespaceOf(constraint), constraint.Name).Remove(constraint);
    }

    private static void RemoveDefault(DefaultObject value)
    {
        var column = value.Relation.Column(value.Column);
        if (column.Row.Default == value)
        {
            column.Row = column.Row with { Default = null };
        }
    }

    // RemoveAttributeById: the number stays taken, the name does not.
    private static void RemoveColumn(RelationObject relation, ColumnObject column)
    {
        ForgetDependencies(new ObjectAddress(relation, column.Number));
        column.Row = column.Row with
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"........pg.dropped.{column.Number}........"),
            TypeOid = 0,
            IsDropped = true,
            IsNotNull = false,
            IsGenerated = false,
            Identity = '\0',
            Comment = null,
        };
    }

    private static NamespaceObject NamespaceOf(ConstraintObject constraint) => constraint.Row.Table?.Namespace ?? constraint.Row.Domain!.Namespace;

    private JournaledList<ConstraintObject> ConstraintNames(NamespaceObject schema, string name)
    {
        if (_constraintNames[(schema, name)] is { } list)
        {
            return list;
        }

        list = new JournaledList<ConstraintObject>(Journal);
        _constraintNames[(schema, name)] = list;
        return list;
    }
}
