using Plumbline.PostgreSql.Writing.Dependencies;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing.Changes;

/// <summary>Makes what is new and what comes again, with its comments, owner and privileges.</summary>
internal static class Creations
{
    internal static void Plan(ChangePlan plan)
    {
        var functions = plan.Made.Values.FirstOrDefault(m => m.Node.Key.Kind == ObjectKind.Function);
        if (functions.Node is not null)
        {
            plan.Add(PlanPhase.Prepare, functions.Cause, "SET check_function_bodies = off");
        }

        foreach (var (node, cause) in plan.Made.Values)
        {
            switch (node.Key.Kind)
            {
                case ObjectKind.Type:
                    CreateType(plan, node, cause);
                    break;
                case ObjectKind.Sequence:
                    CreateSequence(plan, (Sequence)node.Item, node.Key, cause);
                    break;
                case ObjectKind.Function:
                    CreateFunction(plan, (Function)node.Item, node.Key, cause);
                    break;
                case ObjectKind.Table:
                    CreateTable(plan, node, cause);
                    break;
                case ObjectKind.View:
                    CreateView(plan, (View)node.Item, node.Key, cause);
                    break;
                case ObjectKind.Publication:
                    var publication = (Publication)node.Item;
                    plan.Add(new Operation(PlanPhase.AddPublications, cause, PublicationWriter.Create(publication))
                    {
                        Reverse = $"DROP PUBLICATION {SqlIdentifier.Quote(publication.Name)}",
                        Makes = [node.Key],
                    });
                    if (publication.Comment is { } comment)
                    {
                        plan.Add(PlanPhase.Comments, cause, CommentWriter.On(CommentWriter.Reference(publication, null)!, comment));
                    }

                    break;
                case ObjectKind.Link:
                    CreateLink(plan, node, cause);
                    break;
                case ObjectKind.Column:
                    ColumnChanges.Add(plan, node, cause);
                    break;
                case ObjectKind.Default:
                    ColumnDefaultChanges.Add(plan, node, cause);
                    break;
                default:
                    CreateMember(plan, node, cause);
                    break;
            }
        }

        foreach (var change in plan.Comparison.Changes)
        {
            switch (change)
            {
                case { Kind: ChangeKind.AddSchema, ToObject: Namespace schema }:
                    plan.Add(
                        PlanPhase.Prepare,
                        change,
                        NamespaceWriter.CreateWhereMissing(schema.Name),
                        $"DROP SCHEMA {SqlIdentifier.Quote(schema.Name)}");
                    SettingChanges.DressContainer(plan, change, schema);
                    break;
                case { Kind: ChangeKind.AddExtension, ToObject: Extension extension }:
                    plan.Add(PlanPhase.Prepare, change, ExtensionWriter.Create(extension), $"DROP EXTENSION {SqlIdentifier.Quote(extension.Name)}");
                    SettingChanges.DressContainer(plan, change, extension);
                    break;
            }
        }
    }

    private static void CreateType(ChangePlan plan, DependencyNode node, SchemaChange cause)
    {
        var type = (NamedObject)node.Item;
        if (plan.Fates.Of(node.Key) == Fate.Remade)
        {
            TypeRebuild.Plan(plan, node, cause);
        }
        else
        {
            TypeRebuild.Create(plan, node, cause, reverse: true);
        }

        SettingChanges.Dress(plan, cause, type);
    }

    private static void CreateSequence(ChangePlan plan, Sequence sequence, ObjectKey key, SchemaChange cause)
    {
        plan.Add(new Operation(PlanPhase.Create, cause, SequenceWriter.Create(sequence))
        {
            Reverse = $"DROP SEQUENCE IF EXISTS {SqlIdentifier.Quote(sequence.Name)}",
            Makes = [key],
            Takes = [sequence.Name],
        });
        if (SequenceWriter.Own(sequence) is { } own)
        {
            var column = ObjectKey.Of(ObjectKind.Column, sequence.OwnedByTable!, sequence.OwnedByColumn!);
            if (plan.FromGraph.Find(ObjectKey.Of(ObjectKind.Table, sequence.OwnedByTable!)) is { Item: Table { Owner: { } owner } } table && !plan.IsMade(table.Key))
            {
                // A sequence can only belong to a column of its owner's table.
                plan.Add(new Operation(PlanPhase.Sequences, cause, GrantWriter.Own($"SEQUENCE {SqlIdentifier.Quote(sequence.Name)}", owner)) { After = [key] });
            }

            plan.Add(new Operation(PlanPhase.SetNotNull, cause, own)
            {
                Reverse = $"ALTER SEQUENCE {SqlIdentifier.Quote(sequence.Name)} OWNED BY NONE",
                After = [key, column],
            });
            if (!plan.IsMade(column))
            {
                plan.Add(new Operation(PlanPhase.SetDefaults, cause, ColumnChanges.MoveSequence(sequence.OwnedByTable!, sequence.OwnedByColumn!, sequence)) { After = [key, column] });
            }
        }

        SettingChanges.Dress(plan, cause, sequence);
    }

    private static void CreateFunction(ChangePlan plan, Function function, ObjectKey key, SchemaChange cause)
    {
        plan.Add(new Operation(PlanPhase.ReplaceFunctions, cause, FunctionWriter.Create(function))
        {
            Reverse = $"DROP {FunctionWriter.Reference(function)}",
            Makes = [key],
        });
        SettingChanges.Dress(plan, cause, function);
    }

    private static void CreateView(ChangePlan plan, View view, ObjectKey key, SchemaChange cause)
    {
        // The Prisma Schema Language has a view's columns and no query.
        var reverse = $"DROP {ViewWriter.Reference(view)}";
        foreach (var statement in ViewWriter.Create(view))
        {
            plan.Add(new Operation(PlanPhase.CreateViews, cause, statement)
            {
                Reverse = reverse,
                Makes = [key],
                Takes = [view.Name],
            });
            reverse = null;
        }

        if (view.Definition.Text.Length > 0)
        {
            SettingChanges.Dress(plan, cause, view);
        }
    }

    private static void CreateTable(ChangePlan plan, DependencyNode node, SchemaChange cause)
    {
        var table = (Table)node.Item;
        var later = MustComeLater(plan, node);
        var statements = PartitionWriter.Create(table, plan.ToTables, plan.Identities, later).ToList();
        if (plan.Fates.Of(node.Key) == Fate.Remade)
        {
            TableRebuild.Plan(plan, node, cause);
        }

        var members = plan.ToGraph.Named(node.Key.Name).Where(n => n.Parent is not null && IsInline(n, later)).Select(n => n.Key).ToList();
        HashSet<ObjectKey> links = statements[0].Contains(" INHERITS (", StringComparison.Ordinal)
            ? [.. plan.ToGraph.Named(node.Key.Name).Where(n => n.Key.Kind == ObjectKind.Link).Select(n => n.Key)]
            : [];
        var parents = links.SelectMany(l => plan.ToGraph.Find(l)!.Needs.Where(k => k.Kind == ObjectKind.Table && k != node.Key)).ToList();
        var first = new Operation(PlanPhase.Create, cause, statements[0])
        {
            Reverse = $"DROP TABLE {SqlIdentifier.Quote(table.Name)}",
            Makes = [node.Key, .. members, .. links],
            Takes = [.. RelationNames.Of(plan.OwnedInTo(table.Name), table).Where(n => !plan.OwnSequences.Contains(n)).Except(table.Indexes.Select(i => table.Name with { Name = i.Name }))],
            After = [.. parents.SelectMany(p => Removals.MembersOf(plan.ToGraph, p.Name).Where(k => k.Kind is ObjectKind.Column or ObjectKind.Default))],
            AfterDropping = [.. parents.SelectMany(p => Removals.MembersOf(plan.FromGraph, p.Name).Where(k => k.Kind == ObjectKind.Column))],
        };
        plan.Add(first);
        foreach (var statement in statements.Skip(1).Where(s => !s.Contains(" INHERIT ", StringComparison.Ordinal)))
        {
            // A check that is not valid yet can't stand in CREATE TABLE, and needs what it calls all the same.
            var check = table.Checks.FirstOrDefault(c => !c.IsValidated && statement == $"{TableWriter.Alter(table.Name)} ADD {ConstraintWriter.Check(c)}");
            plan.Add(new Operation(PlanPhase.Create, cause, statement)
            {
                After = [node.Key],
                Makes = check is null ? [] : [ObjectKey.Of(ObjectKind.Constraint, table.Name, check.Name)],
            });
        }

        if (later)
        {
            AddLater(plan, table, cause);
        }

        foreach (var statement in TableWriter.IndexSettings(table).Concat(TableWriter.RowSecurity(table)))
        {
            plan.Add(new Operation(PlanPhase.Settings, cause, statement)
            {
                After = [node.Key, .. table.Indexes.Select(i => ObjectKey.Of(ObjectKind.Index, table.Name, i.Name))],
            });
        }

        SettingChanges.Dress(plan, cause, table);
    }

    /// <summary>What is in <c>CREATE TABLE</c> itself.</summary>
    private static bool IsInline(DependencyNode node, bool later) => node.Key.Kind switch
    {
        ObjectKind.Column => true,
        ObjectKind.Default => !later || node.Item is Column { Generated: not null },
        ObjectKind.Constraint => node.Item is KeyConstraint or ExclusionConstraint || (node.Item is CheckConstraint check && !later && check.IsValidated),
        _ => false,
    };

    /// <summary>Whether a default or check calls what needs the table itself.</summary>
    private static bool MustComeLater(ChangePlan plan, DependencyNode table) =>
        plan.ToGraph.Named(table.Key.Name).Where(n => n.Parent is not null && n.Key.Kind is ObjectKind.Default or ObjectKind.Constraint && n.Item is not ForeignKey)
            .Any(n => n.Needs.Any(k => k.Name != table.Key.Name && plan.ToGraph.Reaches(k, table.Key)));

    private static void AddLater(ChangePlan plan, Table table, SchemaChange cause)
    {
        foreach (var column in table.Columns.Where(c => c is { Default: not null, Generated: null }))
        {
            plan.Add(new Operation(PlanPhase.SetDefaults, cause, $"{TableWriter.Alter(table.Name)} ALTER COLUMN {SqlIdentifier.Quote(column.Name)} SET DEFAULT {column.Default!.Text}")
            {
                Makes = [ObjectKey.Of(ObjectKind.Default, table.Name, column.Name)],
            });
        }

        foreach (var check in table.Checks.Where(c => c.IsValidated))
        {
            plan.Add(new Operation(PlanPhase.SetDefaults, cause, $"{TableWriter.Alter(table.Name)} ADD {ConstraintWriter.Check(check)}")
            {
                Makes = [ObjectKey.Of(ObjectKind.Constraint, table.Name, check.Name)],
            });
        }
    }

    private static void CreateLink(ChangePlan plan, DependencyNode node, SchemaChange cause)
    {
        var child = (Table)node.Item;
        var parent = CurrentNames.ParentsOf(child).First(p => p.ToString() == node.Key.Member);
        var name = SqlIdentifier.Quote(child.Name);
        var (sql, reverse) = child.PartitionOf is not null
            ? (TableWriter.Attach(child), $"{TableWriter.Alter(parent)} DETACH PARTITION {name}")
            : ($"{TableWriter.Alter(child.Name)} INHERIT {SqlIdentifier.Quote(parent)}", $"{TableWriter.Alter(child.Name)} NO INHERIT {SqlIdentifier.Quote(parent)}");
        if (child.PartitionOf is null && plan.IsMade(node.Owner!) && IsInlineChild(plan, child))
        {
            return;
        }

        var note = child.PartitionOf is null ? null
            : !plan.IsMade(node.Owner!) || plan.Fates.Of(node.Owner!) == Fate.Remade ? $"Every row of {child.Name.Name} must be one that the partition takes."
            : plan.From.Tables.Any(t => t.PartitionOf is { } whole && plan.NameOf(whole) == parent && t.PartitionBound?.Text == "DEFAULT") ? $"Rows of the default partition that belong to {child.Name.Name} must be moved first."
            : null;
        plan.Add(new Operation(PlanPhase.Attach, cause, sql)
        {
            Reverse = reverse,
            Makes = [node.Key],
            Safety = note is null ? ChangeSafety.Safe : ChangeSafety.NeedsBackfill,
            Note = note,
            After =
            [
                .. Removals.MembersOf(plan.ToGraph, child.Name).Where(k => !IsFromParent(plan, child, parent, k)),
                .. Removals.MembersOf(plan.ToGraph, parent).Where(k => k.Kind is ObjectKind.Column or ObjectKind.Default),
            ],
            AfterDropping = [.. Removals.MembersOf(plan.FromGraph, parent).Where(k => k.Kind is ObjectKind.Column or ObjectKind.Constraint), .. Removals.MembersOf(plan.FromGraph, child.Name)],
        });
    }

    private static bool IsInlineChild(ChangePlan plan, Table child) =>
        PartitionWriter.Create(child, plan.ToTables, plan.Identities, false).First().Contains(" INHERITS (", StringComparison.Ordinal);

    // A key of a partition that points to the partitioned table comes when that table gets it.
    private static bool IsFromParent(ChangePlan plan, Table child, ObjectName parent, ObjectKey key) =>
        plan.ToGraph.Find(key) is { Item: ForeignKey foreign } && foreign.ReferencedTable == parent && child.PartitionOf == parent;

    private static void CreateMember(ChangePlan plan, DependencyNode node, SchemaChange cause)
    {
        if (node.Parent is DomainType)
        {
            if (!plan.IsMade(node.Owner!))
            {
                var alter = $"ALTER DOMAIN {SqlIdentifier.Quote(node.Key.Name)}";
                plan.Add(new Operation(PlanPhase.AddConstraints, cause, $"{alter} ADD {ConstraintWriter.Check((CheckConstraint)node.Item)}")
                {
                    Reverse = $"{alter} DROP CONSTRAINT {SqlIdentifier.Quote(node.Key.Member)}",
                    Safety = ChangeSafety.NeedsBackfill,
                    Makes = [node.Key],
                });
                MemberStatements.Comment(plan, cause, node);
            }

            return;
        }

        var isWithTable = node.Owner!.Kind == ObjectKind.Table && plan.IsMade(node.Owner);
        if (isWithTable && node.Item is KeyConstraint or ExclusionConstraint or CheckConstraint)
        {
            return;
        }

        if (ComesWithOrigin(plan, node))
        {
            // The parent's statement makes it: only what is said about it is its own.
            if (!isWithTable)
            {
                MemberStatements.Comment(plan, cause, node);
            }

            return;
        }

        MemberStatements.Add(plan, cause, node);
    }

    private static bool ComesWithOrigin(ChangePlan plan, DependencyNode node)
    {
        if (node.Parent is not Table child)
        {
            return false;
        }

        if (node.Item is Trigger { ForEachRow: true } trigger)
        {
            return child.PartitionOf is { } parent && plan.ToTables.TryGetValue(parent, out var partitioned) && DependencyReader.IsOf(partitioned, trigger);
        }

        // Keys and indexes are made under their own names first, and the parent's then takes them for its parts.
        return node.Item switch
        {
            CheckConstraint => plan.Families.OriginsInTo(node.Key).Any(plan.IsMade),
            ForeignKey => plan.Families.OriginsInTo(node.Key).Any(o => plan.IsMade(o) && o.Member == node.Key.Member),
            _ => false,
        };
    }
}
