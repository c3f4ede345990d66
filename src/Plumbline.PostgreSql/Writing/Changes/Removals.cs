using Plumbline.PostgreSql.Writing.Dependencies;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing.Changes;

/// <summary>Drops what goes, and what goes to come again. What goes with its table or view, or with what it has from its parent, is not dropped by itself.</summary>
internal static class Removals
{
    internal static void Plan(ChangePlan plan)
    {
        foreach (var node in plan.Fates.Going)
        {
            var cause = plan.Fates.Cause(node.Key);
            switch (node.Key.Kind)
            {
                case ObjectKind.Table when plan.Fates.Of(node.Key) == Fate.Remade:
                    break;
                case ObjectKind.Table:
                    DropTable(plan, node, cause);
                    break;
                case ObjectKind.View:
                    // A Prisma schema has no query that could bring its view back.
                    var view = (View)node.Item;
                    plan.Add(new Operation(PlanPhase.DropViews, cause, $"DROP {ViewWriter.Reference(view)}")
                    {
                        Reverse = ViewWriter.Create(view).FirstOrDefault(),
                        Drops = [node.Key, .. plan.FromGraph.Members(node.Key).Select(m => m.Key)],
                        Frees = [view.Name, .. view.Indexes.Select(i => view.Name with { Name = i.Name })],
                    });
                    break;
                case ObjectKind.Function:
                    DropFunction(plan, node, cause);
                    break;
                case ObjectKind.Type when plan.Fates.Of(node.Key) == Fate.Gone:
                    DropType(plan, node, cause);
                    break;
                case ObjectKind.Sequence:
                    DropSequence(plan, node, cause);
                    break;
                case ObjectKind.Publication:
                    var publication = (Publication)node.Item;
                    plan.Add(new Operation(PlanPhase.DropPublications, cause, $"DROP PUBLICATION {SqlIdentifier.Quote(publication.Name)}")
                    {
                        Reverse = PublicationWriter.Create(publication),
                        Drops = [node.Key],
                    });
                    break;
                case ObjectKind.Link:
                    DropLink(plan, node, cause);
                    break;
                case ObjectKind.Column:
                    DropColumn(plan, node, cause);
                    break;
                case ObjectKind.Default:
                    DropDefault(plan, node, cause);
                    break;
                case ObjectKind.Constraint or ObjectKind.Index or ObjectKind.Trigger or ObjectKind.Policy or ObjectKind.Rule:
                    DropMember(plan, node, cause);
                    break;
            }
        }
    }

    /// <summary>Whether an object goes by itself with the parent's.</summary>
    private static bool GoesWithOrigin(ChangePlan plan, DependencyNode node) => plan.GoesWithOrigin(node.Key);

    private static bool OwnerGoes(ChangePlan plan, DependencyNode node) => node.Owner is { } owner && plan.Fates.Goes(owner);

    private static void DropTable(ChangePlan plan, DependencyNode node, SchemaChange cause)
    {
        var table = (Table)node.Item;
        if (TableRebuild.DropsWith(plan, node))
        {
            return;
        }

        var all = plan.FromGraph.Members(node.Key).SelectMany(m => plan.FromGraph.Members(m.Key).Prepend(m)).Select(m => m.Key).ToHashSet();
        all.UnionWith(Sequences(plan, plan.OwnedInFrom(table.Name)));
        plan.Add(new Operation(PlanPhase.DropTables, cause, $"DROP TABLE {SqlIdentifier.Quote(node.Key.Name)}")
        {
            Reverse = TableWriter.Create(table, SchemaWriter.Identities(plan.From), inherits: true, expressionsLater: false),
            Safety = ChangeSafety.Destructive,
            Note = $"The rows of {table.Name.Name} are lost.",
            Drops = [node.Key, .. all],
            Frees = [.. RelationNames.Of(plan.OwnedInFrom(table.Name), table)],
        });
    }

    /// <summary>The keys of sequences that go with their column.</summary>
    private static IEnumerable<ObjectKey> Sequences(ChangePlan plan, IEnumerable<Sequence> owned) =>
        owned.Where(s => !s.IsIdentity).Select(s => ObjectKey.Of(ObjectKind.Sequence, plan.Names.Sequence(s.Name))).Where(k => plan.ToGraph.Find(k) is null);

    private static void DropFunction(ChangePlan plan, DependencyNode node, SchemaChange cause)
    {
        var function = (Function)node.Item;
        plan.Add(new Operation(
            plan.Fates.Of(node.Key) == Fate.Gone ? PlanPhase.DropObjects : PlanPhase.DropFunctions, cause, $"DROP {FunctionWriter.Reference(Renamed(plan, function))}")
        {
            Reverse = FunctionWriter.Create(function),
            Drops = [node.Key],

            // Two functions of one name can make a call mean neither.
            BeforeMaking = [.. plan.ToGraph.Nodes.Where(n => n.Key.Kind == ObjectKind.Function && n.Key.Name == node.Key.Name).Select(n => n.Key)],
        });
    }

    /// <summary>A function whose argument types are called by their current names.</summary>
    internal static Function Renamed(ChangePlan plan, Function function) => function with
    {
        Arguments = [.. function.Arguments.Select(a => a.Type.Schema is null ? a : a with { Type = Renamed(plan, a.Type) })],
    };

    internal static ColumnType Renamed(ChangePlan plan, ColumnType type) =>
        type.Schema is not null && plan.Names.Type(type.QualifiedName) is var name ? type with { Schema = name.Schema, Name = name.Name } : type;

    internal static void DropType(ChangePlan plan, DependencyNode node, SchemaChange cause, PlanPhase phase = PlanPhase.DropObjects)
    {
        var (kind, reverse) = node.Item switch
        {
            DomainType domain => ("DOMAIN", DomainWriter.Create(domain).First()),
            EnumType type => ("TYPE", EnumWriter.Create(type)),
            CompositeType type => ("TYPE", CompositeTypeWriter.Create(type)),
            RangeType type => ("TYPE", RangeTypeWriter.Create(type)),
            _ => throw new ArgumentException($"A {node.Item.GetType().Name} is no type.", nameof(node)),
        };
        plan.Add(new Operation(phase, cause, $"DROP {kind} {SqlIdentifier.Quote(node.Key.Name)}")
        {
            Reverse = reverse,
            Drops = [node.Key, .. plan.FromGraph.Users(node.Key).Where(u => u.Owner == node.Key).Select(u => u.Key)],
            Frees = [node.Key.Name],
        });
    }

    private static void DropSequence(ChangePlan plan, DependencyNode node, SchemaChange cause)
    {
        var sequence = (Sequence)node.Item;
        if (sequence is { OwnedByTable: { } table, OwnedByColumn: { } column } &&
            plan.Fates.Goes(ObjectKey.Of(ObjectKind.Column, plan.NameOf(table), plan.Names.Column(table, column))))
        {
            return;
        }

        plan.Add(new Operation(PlanPhase.DropSequences, cause, $"DROP SEQUENCE {SqlIdentifier.Quote(node.Key.Name)}")
        {
            Reverse = SequenceWriter.Create(sequence),
            Safety = ChangeSafety.Destructive,
            Note = $"The current value of the sequence {sequence.Name.Name} is lost.",
            Drops = [node.Key],
            Frees = [node.Key.Name],
        });
    }

    private static void DropLink(ChangePlan plan, DependencyNode node, SchemaChange cause)
    {
        var child = (Table)node.Item;
        if (plan.Fates.Of(node.Owner!) == Fate.Gone)
        {
            return;
        }

        var parent = plan.FromGraph.Nodes.First(n => n.Key.Kind == ObjectKind.Table && n.Key.Name.ToString() == node.Key.Member).Key;
        var name = SqlIdentifier.Quote(node.Key.Name);
        var (sql, reverse) = child.PartitionOf is not null
            ? ($"{TableWriter.Alter(parent.Name)} DETACH PARTITION {name}", $"{TableWriter.Alter(parent.Name)} ATTACH PARTITION {name} {child.PartitionBound?.Text}")
            : ($"{TableWriter.Alter(node.Key.Name)} NO INHERIT {SqlIdentifier.Quote(parent.Name)}", $"{TableWriter.Alter(node.Key.Name)} INHERIT {SqlIdentifier.Quote(parent.Name)}");
        plan.Add(new Operation(PlanPhase.Detach, cause, sql)
        {
            Reverse = reverse,
            Drops = [node.Key, .. plan.FromGraph.Users(node.Key).Select(u => u.Key)],
            Before = [.. MembersOf(plan.FromGraph, node.Key.Name), .. MembersOf(plan.FromGraph, parent.Name)],
            BeforeMaking = [.. MembersOf(plan.ToGraph, node.Key.Name), .. MembersOf(plan.ToGraph, parent.Name)],
        });
    }

    internal static IEnumerable<ObjectKey> MembersOf(DependencyGraph graph, ObjectName table) =>
        graph.Named(table).Where(n => n.Key.Kind is ObjectKind.Column or ObjectKind.Default or ObjectKind.Constraint or ObjectKind.Index).Select(n => n.Key);

    private static void DropColumn(ChangePlan plan, DependencyNode node, SchemaChange cause)
    {
        if (OwnerGoes(plan, node) || GoesWithOrigin(plan, node))
        {
            return;
        }

        var (column, table) = ((Column)node.Item, (Table)node.Parent!);
        var name = SqlIdentifier.Quote(node.Key.Member);
        var alter = TableWriter.Alter(node.Key.Name);
        var isGone = plan.Fates.Of(node.Key) == Fate.Gone;
        var isLost = column.Generated is null;
        HashSet<ObjectKey> drops = [node.Key, node.Key with { Kind = ObjectKind.Default }];
        foreach (var child in plan.Families.Descendants(node.Key.Name))
        {
            drops.Add(node.Key with { Name = child });
            drops.Add(node.Key with { Name = child, Kind = ObjectKind.Default });
        }

        // While it is there, the table whose rows it holds can't be rewritten.
        var type = Renamed(plan, column.Type);
        HashSet<ObjectKey> rows = isGone && plan.FromGraph.Find(ObjectKey.Of(ObjectKind.Table, type.QualifiedName)) is not null && type.QualifiedName != node.Key.Name
            ? [.. MembersOf(plan.FromGraph, type.QualifiedName).Concat(MembersOf(plan.ToGraph, type.QualifiedName)).Where(k => k.Kind == ObjectKind.Column)]
            : [];
        drops.UnionWith(Sequences(plan, plan.OwnedInFrom(table.Name).Where(s => s.OwnedByColumn == column.Name)));
        plan.Add(new Operation(isGone ? PlanPhase.DropColumns : PlanPhase.DropDefaults, cause, $"{alter} DROP COLUMN {name}")
        {
            Reverse = isGone ? $"{alter} ADD COLUMN {ColumnWriter.Definition(table.Name, column, null)}" : null,
            Safety = isLost ? ChangeSafety.Destructive : ChangeSafety.Safe,
            Note = !isLost ? null : isGone ? $"The values of {table.Name.Name}.{column.Name} are lost." : $"The values of {table.Name.Name}.{column.Name} are computed again.",
            Drops = drops,
            Before = rows,
            BeforeMaking = rows,
            Frees = [.. RelationNames.OfColumn(plan.OwnedInFrom(table.Name), column)],
        });
    }

    private static void DropDefault(ChangePlan plan, DependencyNode node, SchemaChange cause)
    {
        var mustGoFirst = OwnerGoes(plan, node) && node.Needs.Any(n => n.Kind is ObjectKind.Function && plan.Fates.Goes(n)) && IsWaiting(plan, node);
        if (OwnerGoes(plan, node) && !mustGoFirst)
        {
            return;
        }

        if (node.Item is DomainType domain)
        {
            plan.Add(new Operation(PlanPhase.DropDefaults, cause, $"ALTER DOMAIN {SqlIdentifier.Quote(node.Key.Name)} DROP DEFAULT")
            {
                Reverse = $"ALTER DOMAIN {SqlIdentifier.Quote(node.Key.Name)} SET DEFAULT {domain.Default?.Text}",
                Drops = [node.Key],
            });
            return;
        }

        var column = (Column)node.Item;
        var name = SqlIdentifier.Quote(node.Key.Member);
        if (column.Generated is not null)
        {
            if (mustGoFirst && GoesWithOrigin(plan, node))
            {
                return;
            }

            if (mustGoFirst)
            {
                // The table's copy computes it again.
                plan.Add(new Operation(PlanPhase.DropDefaults, cause, $"{TableWriter.Alter(node.Key.Name)} DROP COLUMN {name}") { Drops = [node.Key, .. plan.Heirs(node.Key)] });
            }
            else if (!GoesWithOrigin(plan, node))
            {
                plan.Add(new Operation(PlanPhase.DropDefaults, cause, $"{TableWriter.Alter(node.Key.Name)} ALTER COLUMN {name} DROP EXPRESSION")
                {
                    Drops = [node.Key, .. plan.Families.Descendants(node.Key.Name).Select(d => node.Key with { Name = d })],
                });
            }

            return;
        }

        ColumnDefaultChanges.Drop(plan, node, cause);
    }

    /// <summary>Whether the table or domain waits under another name until its rows, or those that hold it, are turned over.</summary>
    private static bool IsWaiting(ChangePlan plan, DependencyNode node)
    {
        var owner = plan.FromGraph.Find(node.Owner!)!;
        return owner.Key.Kind == ObjectKind.Type
            ? plan.Fates.Of(owner.Key) == Fate.Remade
            : owner.Owner is { } table && plan.FromGraph.Find(table) is { } of && ((plan.Fates.Of(table) == Fate.Remade && TableRebuild.IsCopied(plan, of)) || TableRebuild.DropsWith(plan, of));
    }

    private static void DropMember(ChangePlan plan, DependencyNode node, SchemaChange cause)
    {
        var isOfParent = node.Key.Kind == ObjectKind.Trigger && node.Needs.Any(n => n.Kind == ObjectKind.Link);
        if (isOfParent || GoesWithOrigin(plan, node) || (OwnerGoes(plan, node) && !MustGoFirst(plan, node)))
        {
            return;
        }

        var isLost = plan.Fates.Of(node.Key) == Fate.Gone && node.Item is ForeignKey && OwnerGoes(plan, node);
        plan.Add(MemberStatements.Drop(plan, node, cause, isLost ? ChangeSafety.Destructive : ChangeSafety.Safe));
    }

    /// <summary>
    /// Whether a member of a table that goes must go before it: two tables that refer to each other have no order, nor has a table whose policy calls a
    /// function of its own row type. A table that is copied leaves its indexes' names to the new one.
    /// </summary>
    private static bool MustGoFirst(ChangePlan plan, DependencyNode node)
    {
        if (node.Owner!.Kind == ObjectKind.Type)
        {
            // A domain that waits until its columns are turned over lets go of functions first.
            return node.Needs.Any(n => n != node.Owner && plan.Fates.Goes(n));
        }

        if (node.Owner.Kind == ObjectKind.Table && TableRebuild.DropsWith(plan, plan.FromGraph.Find(node.Owner)!))
        {
            return node.Item is ForeignKey || node.Needs.Any(n => n.Kind == ObjectKind.Function && plan.Fates.Goes(n));
        }

        if (node.Owner!.Kind == ObjectKind.Table && plan.Fates.Of(node.Owner) == Fate.Remade && TableRebuild.IsCopied(plan, plan.FromGraph.Find(node.Owner)!))
        {
            return node.Item is Constraint and not CheckConstraint or Index || node.Needs.Any(n => n.Kind == ObjectKind.Function && plan.Fates.Goes(n));
        }

        if (node.Item is Policy or RewriteRule)
        {
            return node.Needs.Any(n => n.Name != node.Owner.Name && plan.Fates.Goes(n));
        }

        return node.Owner!.Kind == ObjectKind.Table && node.Item is not (Index or KeyConstraint) &&
            node.Needs.Any(n => n != node.Owner && n.Name != node.Owner.Name && plan.Fates.Goes(n) && plan.FromGraph.Reaches(n, node.Owner)
            || (node.Item is ForeignKey key && plan.NameOf(key.ReferencedTable) != node.Owner.Name && n == ObjectKey.Of(ObjectKind.Table, plan.NameOf(key.ReferencedTable)) && plan.Fates.Goes(n)));
    }
}
