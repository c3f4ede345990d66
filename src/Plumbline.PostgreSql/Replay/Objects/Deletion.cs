using System.Runtime.CompilerServices;
using System.Text;

namespace Plumbline.PostgreSql.Replay.Objects;

/// <summary>Drops objects together with what depends on them, or refuses to: <c>performMultipleDeletions</c> with its messages.</summary>
/// <param name="database">The database.</param>
internal sealed class Deletion(Database database)
{
    private const int MaxReported = 100;

    // How many frames are passed in the time that an object is looked at.
    private const int FramesOfStep = 8;

    private readonly List<Target> _targets = [];
    private readonly Dictionary<ObjectAddress, Target> _byAddress = [];
    private readonly Dictionary<CatalogObject, List<Target>> _byObject = [];

    [Flags]
    private enum Reasons
    {
        None = 0,
        Original = 1,
        Normal = 2,
        Auto = 4,
        Internal = 8,
        Partition = 16,
        SubObject = 128,
    }

    /// <summary>Drops objects.</summary>
    /// <param name="objects">What the statement names.</param>
    /// <param name="cascade">Whether it drops what depends on them too.</param>
    /// <param name="dropped">Called with each object before it goes, dependents first, and whether the statement names it.</param>
    /// <exception cref="RefusedException">2BP01: something depends on them, or they are part of something.</exception>
    public void Run(IReadOnlyCollection<ObjectAddress> objects, bool cascade, Action<ObjectAddress, bool>? dropped = null)
    {
        var pending = objects.ToHashSet();
        foreach (var address in objects)
        {
            Visit(address, Reasons.Original, null, pending);
        }

        Report(cascade, objects.Count == 1 ? objects.First() : null);
        foreach (var target in _targets)
        {
            dropped?.Invoke(target.Address, (target.Reasons & Reasons.Original) != 0);
            database.Remove(target.Address);
        }
    }

    private void Visit(ObjectAddress address, Reasons reasons, Frame? stack, HashSet<ObjectAddress> pending)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new RefusedException("54001", "stack depth limit exceeded");
        }

        if (AddToStack(address, reasons, stack) || AddToTargets(address, reasons))
        {
            return;
        }

        if (FindOwner(address, reasons, stack, pending) is { } redirected)
        {
            if (redirected)
            {
                return;
            }
        }

        // Newer objects first: the numbers grow with time.
        var dependents = new List<(ObjectAddress Address, Reasons Reasons, Dependency Dependency)>();
        foreach (var dependency in address.Object.ReferencedBy.Items)
        {
            if (address.Column != 0 && dependency.Referenced.Column != address.Column)
            {
                continue;
            }

            if (dependency.Dependent.Object == address.Object && address.Column == 0)
            {
                continue;
            }

            var reason = dependency.Kind switch
            {
                DependencyType.Normal => Reasons.Normal,
                DependencyType.Auto => Reasons.Auto,
                DependencyType.Internal => Reasons.Internal,
                _ => Reasons.Partition,
            };
            dependents.Add((dependency.Dependent, reason, dependency));
        }

        dependents.Sort((a, b) =>
        {
            var byOid = b.Address.Object.Oid.CompareTo(a.Address.Object.Oid);
            return byOid != 0 ? byOid : ((ushort)a.Address.Column).CompareTo((ushort)b.Address.Column);
        });
        var frame = new Frame(address, stack) { Reasons = reasons };
        foreach (var (dependent, reason, dependency) in dependents)
        {
            frame.Via = dependency;
            Visit(dependent, reason, frame, pending);
        }

        var target = new Target(address, frame.Reasons, stack?.Address, stack?.Via);
        _targets.Add(target);
        _byAddress[address] = target;
        if (!_byObject.TryGetValue(address.Object, out var list))
        {
            _byObject[address.Object] = list = [];
        }

        list.Add(target);
    }

    // Null: nothing owns it, or its owner goes as well; true: its owner was dropped in its place.
    private bool? FindOwner(ObjectAddress address, Reasons reasons, Frame? stack, HashSet<ObjectAddress> pending)
    {
        ObjectAddress? owner = null;
        foreach (var dependency in address.Object.DependsOn.Items)
        {
            if (dependency.Kind is DependencyType.Normal or DependencyType.Auto || (address.Column != 0 && dependency.Dependent.Column != address.Column))
            {
                continue;
            }

            // A column's own internal dependency (on the identity sequence's side) does not hold the whole table.
            if (dependency.Kind == DependencyType.Partition)
            {
                continue;
            }

            // The columns of a partition key depend on their table; that does not hold the table itself.
            var other = dependency.Referenced;
            if (address.Column == 0 && other.Object == address.Object)
            {
                continue;
            }

            if (stack is null)
            {
                if (pending.Contains(other) || pending.Contains(new ObjectAddress(other.Object)))
                {
                    return true;
                }

                owner ??= other;
                continue;
            }

            if (AddToStack(other, Reasons.None, stack))
            {
                continue;
            }

            Visit(other, Reasons.None, stack, pending);
            if (!AddToTargets(address, reasons))
            {
                continue;
            }

            return true;
        }

        if (owner is { } found)
        {
            var description = database.Describe(found);
            throw new RefusedException(new SqlError("2BP01", $"cannot drop {database.Describe(address)} because {description} requires it") { Hint = $"You can drop {description} instead." });
        }

        return null;
    }

    private bool AddToStack(ObjectAddress address, Reasons reasons, Frame? stack)
    {
        database.Journal.Budget.UseSteps((stack?.Depth ?? 0) / FramesOfStep);
        var found = false;
        for (var frame = stack; frame is not null; frame = frame.Next)
        {
            if (frame.Address.Object != address.Object)
            {
                continue;
            }

            if (frame.Address.Column == address.Column)
            {
                frame.Reasons |= reasons;
                found = true;
            }
            else if (frame.Address.Column == 0)
            {
                // A column of a table that is going anyway.
                if (reasons != Reasons.None)
                {
                    frame.Reasons |= reasons & Reasons.SubObject;
                }

                found = true;
            }
            else if (address.Column == 0)
            {
                frame.Reasons |= reasons == Reasons.None ? Reasons.None : reasons | Reasons.SubObject;
            }
        }

        return found;
    }

    private bool AddToTargets(ObjectAddress address, Reasons reasons)
    {
        if (!_byObject.TryGetValue(address.Object, out var list))
        {
            return false;
        }

        var found = false;
        foreach (var target in list)
        {
            if (target.Address.Column == address.Column)
            {
                target.Reasons |= reasons;
                found = true;
            }
            else if (target.Address.Column == 0)
            {
                found = true;
            }
            else if (address.Column == 0 && reasons != Reasons.None)
            {
                target.Reasons |= reasons | Reasons.SubObject;
            }
        }

        return found;
    }

    private void Report(bool cascade, ObjectAddress? original)
    {
        if (cascade)
        {
            return;
        }

        StringBuilder? detail = null;
        var reported = 0;
        var notReported = 0;
        for (var i = _targets.Count - 1; i >= 0; i--)
        {
            var target = _targets[i];
            if ((target.Reasons & (Reasons.Original | Reasons.SubObject | Reasons.Auto | Reasons.Internal | Reasons.Partition)) != 0)
            {
                continue;
            }

            detail ??= new StringBuilder();
            if (reported >= MaxReported)
            {
                notReported++;
                continue;
            }

            if (reported++ > 0)
            {
                detail.Append('\n');
            }

            detail.Append(database.Describe(target.Address)).Append(" depends on ");
            detail.Append(target.Via is { Member: not null } via ? database.DescribeReferenced(via) : database.Describe(target.Dependee!));
        }

        if (detail is null)
        {
            return;
        }

        if (notReported > 0)
        {
            detail.Append(System.Globalization.CultureInfo.InvariantCulture, $"\nand {notReported} other object{(notReported == 1 ? "" : "s")} (see server log for list)");
        }

        var message = original is { } one
            ? $"cannot drop {database.Describe(one)} because other objects depend on it"
            : "cannot drop desired object(s) because other objects depend on them";
        throw new RefusedException(new SqlError("2BP01", message) { Detail = detail.ToString(), Hint = "Use DROP ... CASCADE to drop the dependent objects too." });
    }

    private sealed class Frame(ObjectAddress address, Frame? next)
    {
        public ObjectAddress Address { get; } = address;

        public Frame? Next { get; } = next;

        public int Depth { get; } = 1 + (next?.Depth ?? 0);

        public Reasons Reasons { get; set; }

        public Dependency? Via { get; set; }
    }

    private sealed class Target(ObjectAddress address, Reasons reasons, ObjectAddress? dependee, Dependency? via)
    {
        public ObjectAddress Address { get; } = address;

        public Reasons Reasons { get; set; } = reasons;

        public ObjectAddress? Dependee { get; } = dependee;

        public Dependency? Via { get; } = via;
    }
}
