using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Replay.Statements.Access;
using Plumbline.PostgreSql.Replay.Statements.Indexes;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Replay.Statements.Tables;

/// <summary>What ALTER TABLE does to the relation as a whole: owner, triggers, row security, inheritance, partitions, options.</summary>
/// <param name="alter">The statement.</param>
internal sealed class AlterRelation(AlterTable alter)
{
    private Execution Execution => alter.Execution;

    private RelationObject Table => alter.Table;

    private Database Database => alter.Execution.Database;

    /// <summary>Checks an action and puts it off to its pass.</summary>
    public void Prepare(AlterTableAction action)
    {
        switch (action)
        {
            case OwnerToAction owner:
                alter.Enqueue(AlterPass.Misc, () => Ownership.Change(Execution, Table, Execution.Role(owner.Owner)));
                break;
            case RowSecurityAction security:
                alter.Require($"{security.Mode} ROW SECURITY", "r");
                alter.Enqueue(AlterPass.Misc, () => SetRowSecurity(security.Mode));
                break;
            case EnableTriggerAction enable:
                alter.Require(EnableName(enable), enable.IsRule ? "r" : "rf");
                alter.Enqueue(AlterPass.Misc, () => Enable(enable));
                break;
            case RelationOptionsAction options:
                alter.Require(options.Kind == OptionsKind.Set ? "SET" : options.Kind == OptionsKind.Reset ? "RESET" : "OPTIONS", "rvmif" + "I");
                alter.Enqueue(AlterPass.Misc, () => SetOptions(options));
                break;
            case ClusterOnAction cluster:
                alter.Require(cluster.Index is null ? "SET WITHOUT CLUSTER" : "CLUSTER ON", "rm");
                alter.Enqueue(AlterPass.Misc, () => Cluster(cluster));
                break;
            case ReplicaIdentityAction identity:
                alter.Require("REPLICA IDENTITY", "rm");
                alter.Enqueue(AlterPass.Misc, () => SetReplicaIdentity(identity));
                break;
            case SetLoggedAction logged:
                if (logged.Mode != "WITHOUT OIDS")
                {
                    alter.Require($"SET {logged.Mode}", "r");
                    SetLogged(logged.Mode == "LOGGED");
                }

                break;
            case InheritAction inherit:
                alter.Require(inherit.IsRemoved ? "NO INHERIT" : "INHERIT", "rf");
                alter.Enqueue(AlterPass.Misc, () => SetInherit(inherit));
                break;
            case AttachPartitionAction attach:
                if (attach.Bound is null)
                {
                    alter.Enqueue(AlterPass.Misc, () => AttachIndex(attach));
                }
                else
                {
                    alter.Require("ATTACH PARTITION", Table.Kind == 'p' ? "r" : "");
                    alter.Enqueue(AlterPass.Misc, () => PartitionAttachment.Attach(Execution, Table, attach));
                }

                break;
            case DetachPartitionAction detach:
                alter.Require("DETACH PARTITION", Table.Kind == 'p' ? "r" : "");
                alter.Enqueue(AlterPass.Misc, () => PartitionAttachment.Detach(Execution, Table, detach));
                break;
            case SetTablespaceAction tablespace:
                throw new RefusedException("42704", $"tablespace \"{tablespace.Tablespace.Name}\" does not exist");
            case SetAccessMethodAction or OfTypeAction:
                throw new CannotKnowException("The replay does not support this action.");
        }
    }

    private static string EnableName(EnableTriggerAction enable)
    {
        var what = enable.IsRule ? "RULE" : "TRIGGER";
        var name = enable.Mode switch
        {
            "ENABLE ALWAYS" => $"ENABLE ALWAYS {what}",
            "ENABLE REPLICA" => $"ENABLE REPLICA {what}",
            _ => $"{enable.Mode} {what}",
        };
        return enable.Group is null ? name : $"{name} {enable.Group}";
    }

    private void SetRowSecurity(string mode)
    {
        Table.Row = mode switch
        {
            "ENABLE" => Table.Row with { RowSecurity = true },
            "DISABLE" => Table.Row with { RowSecurity = false },
            "FORCE" => Table.Row with { ForceRowSecurity = true },
            _ => Table.Row with { ForceRowSecurity = false },
        };
    }

    private void Enable(EnableTriggerAction enable)
    {
        var state = enable.Mode switch { "DISABLE" => TriggerState.Disabled, "ENABLE ALWAYS" => TriggerState.Always, "ENABLE REPLICA" => TriggerState.Replica, _ => TriggerState.Enabled };
        if (enable.IsRule)
        {
            var rule = Table.Rules.Items.FirstOrDefault(r => r.Name == enable.Name!.Value.Name)
                ?? throw new RefusedException("42704", $"rule \"{enable.Name!.Value.Name}\" for relation \"{Table.Name}\" does not exist");
            rule.Row = rule.Row with { State = state };
            return;
        }

        if (enable.Name is { } name)
        {
            var trigger = Table.Triggers.Items.FirstOrDefault(t => t.Name == name.Name) ?? throw new RefusedException("42704", $"trigger \"{name.Name}\" for table \"{Table.Name}\" does not exist");
            SetState(trigger, state);
            return;
        }

        foreach (var trigger in Table.Triggers.Items)
        {
            SetState(trigger, state);
        }
    }

    private void SetState(TriggerObject trigger, TriggerState state)
    {
        if (trigger.Row.State != state)
        {
            trigger.Row = trigger.Row with { State = state };
        }

        if (trigger.Row.ForEachRow)
        {
            foreach (var child in trigger.Table.Children.Items)
            {
                if (child.Triggers.Items.FirstOrDefault(t => t.Row.Parent == trigger) is { } clone)
                {
                    SetState(clone, state);
                }
            }
        }
    }

    private void SetOptions(RelationOptionsAction action)
    {
        if (action.Kind == OptionsKind.Foreign)
        {
            return;
        }

        if (Table.Kind == 'p')
        {
            throw new RefusedException(new SqlError("42809", "cannot specify storage parameters for a partitioned table") { Hint = "Specify storage parameters for its leaf partitions instead." });
        }

        var of = Table.Kind == 'v' ? "view" : Table.Row.Index?.Method ?? "table";
        Table.Row = Table.Row with
        {
            Options = action.Kind == OptionsKind.Set
                ? StorageOptions.Merge(Execution, Table.Row.Options, action.Options, of)
                : StorageOptions.Reset(Table.Row.Options, action.Options),
        };
    }

    private RelationObject Index(string name) => Clustering.Index(Database, Table, name);

    private void Cluster(ClusterOnAction action)
    {
        Clustering.Mark(Table, action.Index is { } name ? Index(name.Name) : null);
    }

    private void SetReplicaIdentity(ReplicaIdentityAction action)
    {
        RelationObject? index = null;
        if (action.Index is { } name)
        {
            index = Database.FindRelation(Table.Namespace, name.Name) ?? throw new RefusedException("42704", $"index \"{name.Name}\" for table \"{Table.Name}\" does not exist");
            CheckReplicaIndex(index);
        }

        foreach (var other in Table.Indexes.Items)
        {
            if (other.Row.Index!.IsReplicaIdentity != (other == index))
            {
                other.Row = other.Row with { Index = other.Row.Index with { IsReplicaIdentity = other == index } };
            }
        }

        Table.Row = Table.Row with { ReplicaIdentity = action.Mode switch { "FULL" => 'f', "NOTHING" => 'n', "INDEX" => 'i', _ => 'd' } };
    }

    private void CheckReplicaIndex(RelationObject index)
    {
        if (index.Row.Index is not { } info || info.Table != Table)
        {
            throw new RefusedException("42809", $"\"{index.Name}\" is not an index for table \"{Table.Name}\"");
        }

        if (!info.IsUnique)
        {
            throw new RefusedException("42809", $"cannot use non-unique index \"{index.Name}\" as replica identity");
        }

        if (!info.IsImmediate)
        {
            throw new RefusedException("0A000", $"cannot use non-immediate index \"{index.Name}\" as replica identity");
        }

        if (info.Keys.Any(k => k.Expression is not null))
        {
            throw new RefusedException("0A000", $"cannot use expression index \"{index.Name}\" as replica identity");
        }

        if (info.Predicate is not null)
        {
            throw new RefusedException("0A000", $"cannot use partial index \"{index.Name}\" as replica identity");
        }

        foreach (var key in info.Keys)
        {
            if (!Table.Column(key.Column).Row.IsNotNull)
            {
                throw new RefusedException("42809", $"index \"{index.Name}\" cannot be used as replica identity because column \"{Table.Column(key.Column).Name}\" is nullable");
            }
        }
    }

    private void SetLogged(bool logged)
    {
        if (Table.Row.Persistence == 't')
        {
            throw new RefusedException("42P16", $"cannot change logged status of table \"{Table.Name}\" because it is temporary");
        }

        foreach (var constraint in Table.Constraints.Items)
        {
            if (logged && constraint.Row is { Kind: ConstraintKind.ForeignKey, ReferencedTable.Row.Persistence: 'u' } && constraint.Row.ReferencedTable != Table)
            {
                throw new RefusedException("42P16", $"could not change table \"{Table.Name}\" to logged because it references unlogged table \"{constraint.Row.ReferencedTable.Name}\"");
            }
        }

        if (Table.Row.Persistence == (logged ? 'p' : 'u'))
        {
            return;
        }

        if (!logged)
        {
            CheckUnlogged();
        }

        alter.Enqueue(AlterPass.Misc, () =>
        {
            Table.Row = Table.Row with { Persistence = logged ? 'p' : 'u' };
            foreach (var dependency in Table.ReferencedBy.Items)
            {
                if (dependency is { Kind: DependencyType.Auto or DependencyType.Internal, Referenced.Column: > 0, Dependent.Object: RelationObject { Kind: 'S' } sequence })
                {
                    sequence.SetQuietly(sequence.Row with { Persistence = Table.Row.Persistence });
                }
            }

            foreach (var index in Table.Indexes.Items)
            {
                index.SetQuietly(index.Row with { Persistence = Table.Row.Persistence });
            }
        });
    }

    private void CheckUnlogged()
    {
        foreach (var dependency in Table.ReferencedBy.Items.OrderBy(d => d.Dependent.Object.Oid))
        {
            if (dependency.Dependent.Object is ConstraintObject { Row: { Kind: ConstraintKind.ForeignKey, Table: { Row.Persistence: 'p' } user } } key && key.Row.ReferencedTable == Table && user != Table)
            {
                throw new RefusedException("42P16", $"could not change table \"{Table.Name}\" to unlogged because it references logged table \"{user.Name}\"");
            }
        }
    }

    private void SetInherit(InheritAction action)
    {
        var parent = Execution.Relation(action.Parent);
        if (action.IsRemoved)
        {
            if (!Table.Row.Parents.Contains(parent))
            {
                throw new RefusedException("42P01", $"relation \"{parent.Name}\" is not a parent of relation \"{Table.Name}\"");
            }

            InheritanceLinks.Remove(Table, parent);
        }
        else
        {
            if (Table.Row.Parents.Contains(parent))
            {
                throw new RefusedException("42P07", $"relation \"{parent.Name}\" would be inherited from more than once");
            }

            if (InheritanceLinks.IsAncestor(Table, parent))
            {
                throw new RefusedException(new SqlError("42P07", "circular inheritance not allowed") { Detail = $"\"{parent.Name}\" is already a child of \"{Table.Name}\"." });
            }

            InheritanceLinks.Add(Execution, Table, parent, isPartition: false);
        }
    }

    private void AttachIndex(AttachPartitionAction action)
    {
        var index = Execution.Relation(action.Partition);
        if (index.Row.Index is not { } info || Table.Row.Index is not { } parent)
        {
            throw new RefusedException("42809", $"\"{index.Name}\" is not an index");
        }

        if (info.Parent == Table)
        {
            return;
        }

        if (!parent.Table.Children.Items.Contains(info.Table))
        {
            throw new RefusedException(new SqlError("42P17", $"cannot attach index \"{index.Name}\" as a partition of index \"{Table.Name}\"")
            {
                Detail = $"Index \"{index.Name}\" is not an index on any partition of table \"{parent.Table.Name}\".",
            });
        }

        PartitionIndexes.Attach(Execution, Table, index);
        var partitions = parent.Table.Children.Items.Where(c => c.Row.IsPartition);
        if (partitions.All(p => p.Indexes.Items.Any(i => i.Row.Index!.Parent == Table)))
        {
            Table.Row = Table.Row with { Index = Table.Row.Index with { IsValid = true } };
        }
    }
}

/// <summary>The links between tables and those that inherit from them.</summary>
internal static class InheritanceLinks
{
    /// <summary>Whether a table is an ancestor of another, or the same.</summary>
    public static bool IsAncestor(RelationObject table, RelationObject other) => table == other || table.Children.Items.Any(child => IsAncestor(child, other));

    /// <summary>Makes a table a child of another (<c>CreateInheritance</c>).</summary>
    public static void Add(Execution execution, RelationObject table, RelationObject parent, bool isPartition)
    {
        foreach (var column in parent.LiveColumns)
        {
            if (table.FindColumn(column.Name) is not { } own)
            {
                throw new RefusedException("42804", $"child table is missing column \"{column.Name}\"");
            }

            if (own.Row.TypeOid != column.Row.TypeOid || own.Row.Modifier != column.Row.Modifier)
            {
                throw new RefusedException("42804", $"child table \"{table.Name}\" has different type for column \"{column.Name}\"");
            }

            if (column.Row.IsNotNull && !own.Row.IsNotNull)
            {
                throw new RefusedException("42804", $"column \"{column.Name}\" in child table must be marked NOT NULL");
            }

            own.Row = own.Row with { InheritCount = own.Row.InheritCount + 1, IsLocal = !isPartition && own.Row.IsLocal };
        }

        foreach (var check in parent.Constraints.Items)
        {
            if (check.Row is not { Kind: ConstraintKind.Check, NoInherit: false })
            {
                continue;
            }

            var own = table.FindConstraint(check.Name) ?? throw new RefusedException("42804", $"child table is missing constraint \"{check.Name}\"");
            own.Row = own.Row with { InheritCount = own.Row.InheritCount + 1, IsLocal = !isPartition && own.Row.IsLocal };
        }

        table.Row = table.Row with { Parents = table.Row.Parents.Add(parent), IsPartition = isPartition || table.Row.IsPartition };
        parent.Children.Add(table);
        execution.Database.Depend(new ObjectAddress(table), new ObjectAddress(parent), isPartition ? DependencyType.Auto : DependencyType.Normal);
    }

    /// <summary>Makes a table no longer a child of another (<c>RemoveInheritance</c>).</summary>
    public static void Remove(RelationObject table, RelationObject parent)
    {
        foreach (var column in table.LiveColumns)
        {
            if (column.Row.InheritCount > 0 && parent.FindColumn(column.Name) is not null)
            {
                column.Row = column.Row with { InheritCount = column.Row.InheritCount - 1, IsLocal = true };
            }
        }

        foreach (var constraint in table.Constraints.Items)
        {
            if (constraint.Row is { Kind: ConstraintKind.Check, InheritCount: > 0 } && parent.FindConstraint(constraint.Name) is not null)
            {
                constraint.Row = constraint.Row with { InheritCount = constraint.Row.InheritCount - 1, IsLocal = true };
            }
        }

        table.Row = table.Row with { Parents = table.Row.Parents.Remove(parent), IsPartition = false, PartitionBound = null };
        parent.Children.Remove(table);
        Database.ForgetDependencies(new ObjectAddress(table), d => d.Referenced.Object == parent && d.Referenced.Column == 0 && d.Dependent.Column == 0);
    }
}

/// <summary>ATTACH PARTITION and DETACH PARTITION of tables.</summary>
internal static class PartitionAttachment
{
    /// <summary>ATTACH PARTITION (<c>ATExecAttachPartition</c>).</summary>
    public static void Attach(Execution execution, RelationObject parent, AttachPartitionAction action)
    {
        var table = execution.Relation(action.Partition);
        if (table.Row.IsPartition)
        {
            throw new RefusedException("42809", $"\"{table.Name}\" is already a partition");
        }

        if (table.Row.OfType is not null)
        {
            throw new RefusedException("42809", "cannot attach a typed table as partition");
        }

        if (!table.Row.Parents.IsEmpty)
        {
            throw new RefusedException("42809", "cannot attach inheritance child as partition");
        }

        if (InheritanceLinks.IsAncestor(table, parent))
        {
            throw new RefusedException(new SqlError("42P07", "circular inheritance not allowed") { Detail = $"\"{parent.Name}\" is already a child of \"{table.Name}\"." });
        }

        if (table.Kind == 'r' && table.Children.Items.Length > 0)
        {
            throw new RefusedException("42809", "cannot attach inheritance parent as partition");
        }

        foreach (var column in table.LiveColumns)
        {
            if (parent.FindColumn(column.Name) is null)
            {
                throw new RefusedException(new SqlError("42804", $"table \"{table.Name}\" contains column \"{column.Name}\" not found in parent \"{parent.Name}\"")
                {
                    Detail = "The new partition may contain only the columns present in parent.",
                });
            }
        }

        InheritanceLinks.Add(execution, table, parent, isPartition: true);
        var bound = Partitions.Bind(execution, parent, action.Bound!, table);
        table.Row = table.Row with { PartitionBound = bound };
        Partitions.Inherit(execution, parent, table);
    }

    /// <summary>DETACH PARTITION (<c>ATExecDetachPartition</c>).</summary>
    public static void Detach(Execution execution, RelationObject parent, DetachPartitionAction action)
    {
        var table = execution.Relation(action.Partition);
        if (!table.Row.Parents.Contains(parent))
        {
            throw new RefusedException("42P01", $"relation \"{table.Name}\" is not a partition of relation \"{parent.Name}\"");
        }

        foreach (var index in table.Indexes.Items)
        {
            if (index.Row.Index!.Parent is not { } above)
            {
                continue;
            }

            above.Children.Remove(index);
            index.Row = index.Row with { IsPartition = false, Parents = [], Index = index.Row.Index with { Parent = null } };
            Database.ForgetDependencies(new ObjectAddress(index), d => d.Kind == DependencyType.Partition);
            if (index.Row.Index.Constraint is { } own)
            {
                Release(own);
            }
        }

        foreach (var constraint in table.Constraints.Items)
        {
            if (constraint.Row is { Kind: ConstraintKind.ForeignKey, Parent: not null })
            {
                Release(constraint);
            }
        }

        foreach (var trigger in table.Triggers.Items)
        {
            if (trigger.Row.Parent is not null)
            {
                execution.Database.Remove(new ObjectAddress(trigger));
            }
        }

        InheritanceLinks.Remove(table, parent);
    }

    private static void Release(ConstraintObject constraint)
    {
        constraint.Row = constraint.Row with { Parent = null, InheritCount = 0, IsLocal = true };
        Database.ForgetDependencies(new ObjectAddress(constraint), d => d.Kind == DependencyType.Partition);
    }
}
