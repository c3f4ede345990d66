using System.Globalization;
using Plumbline.PostgreSql.Writing.Dependencies;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing.Changes;

/// <summary>Another type for a column that holds values. PostgreSQL documentation, "ALTER TABLE", <c>SET DATA TYPE</c>.</summary>
internal static class ColumnTypeChange
{
    private const int MaximumPrecision = 6;

    private static readonly string[] Numbers = ["smallint", "integer", "bigint", "numeric", "real", "double precision"];
    private static readonly string[] WholeNumbers = ["smallint", "integer", "bigint"];
    private static readonly string[] Instants = ["date", "timestamp without time zone", "timestamp with time zone"];

    /// <summary>Turns over the columns that get another type, or whose type is made again.</summary>
    internal static void Plan(ChangePlan plan)
    {
        foreach (var node in plan.Fates.Decided(f => f == Fate.Retyped).Where(n => n.Key.Kind == ObjectKind.Column))
        {
            var change = plan.Fates.Cause(node.Key);
            if (plan.Families.OriginsInFrom(node.Key).Any(o => plan.Fates.Of(o) == Fate.Retyped) || plan.ToGraph.Find(node.Key)?.Item is not Column to)
            {
                continue;
            }

            Turn(plan, node, change, (Column)node.Item, to);
        }
    }

    private static void Turn(ChangePlan plan, DependencyNode node, SchemaChange change, Column from, Column to)
    {
        var column = $"{TableWriter.Alter(node.Key.Name)} ALTER COLUMN {SqlIdentifier.Quote(to.Name)}";
        var type = plan.FromGraph.Find(ObjectKey.Of(ObjectKind.Type, Removals.Renamed(plan, from.Type).QualifiedName));
        var (safety, note) = Removals.Renamed(plan, from.Type) == to.Type && type is not null && plan.ToGraph.Find(type.Key) is { } again
            ? TypeRebuild.Risk(change, type.Item, again.Item)
            : Safety(from.Type, to.Type);
        if (change.Kind == ChangeKind.AlterColumnCollation)
        {
            (safety, note) = (ChangeSafety.Safe, null);
        }

        HashSet<ObjectKey> keys = [node.Key, .. plan.Families.Descendants(node.Key.Name).Select(d => node.Key with { Name = d })];
        var isParked = ParkedColumns.IsParked(plan, node);
        plan.Add(new Operation(
            PlanPhase.AlterColumns, change, $"{column} TYPE {Target(to)}{Using(to.Name, isParked ? ParkedColumns.Value(plan, to) : Value(plan, to.Name, from, to))}")
        {
            Reverse = isParked ? null : $"{column} TYPE {Target(from)}{Using(to.Name, Converted(plan, to.Name, to.Type, from.Type, isBack: true))}",
            Safety = safety,
            Note = note,
            Alters = isParked ? [] : keys,
            Makes = isParked ? keys : [],
            After = isParked ? ParkedColumns.Parts(plan.ToGraph, to.Type) : [],
            AfterDropping = isParked ? ParkedColumns.Parts(plan.FromGraph, to.Type) : [],
        });
    }

    /// <summary>The value of a column of FROM as one of TO.</summary>
    internal static string Value(ChangePlan plan, string name, Column from, Column to)
    {
        var old = Removals.Renamed(plan, from.Type);
        var isComposite = !old.IsArray && !to.Type.IsArray && old.QualifiedName == to.Type.QualifiedName &&
            plan.FromGraph.Find(ObjectKey.Of(ObjectKind.Type, old.QualifiedName)) is { Item: CompositeType } node && plan.Fates.Goes(node.Key);
        if (isComposite)
        {
            // Attribute by attribute: one that is new is NULL.
            return $"jsonb_populate_record(NULL::{SqlType.Of(to.Type)}, to_jsonb({SqlIdentifier.Quote(name)}))";
        }

        return old == to.Type && to.Type.Schema is not null && !(plan.ToGraph.Find(ObjectKey.Of(ObjectKind.Type, to.Type.QualifiedName)) is { Item: DomainType } && IsAssigned(plan, old, to.Type))
            ? $"{SqlIdentifier.Quote(name)}::text{(to.Type.IsArray ? "[]" : "")}::{SqlType.Of(to.Type)}"
            : Converted(plan, name, old, to.Type);
    }

    // PostgreSQL converts the column's own values without being told.
    private static string Using(string name, string value) => value == SqlIdentifier.Quote(name) ? "" : $" USING {value}";

    /// <summary>A column's type and collation.</summary>
    internal static string Target(Column column) =>
        SqlType.Of(column.Type) + (column.Collation is { } collation ? $" COLLATE {ColumnWriter.Collation(collation)}" : "");

    // What is stored is converted by an assignment cast, which refuses a text or bit string that is too long; an explicit cast cuts it without a word. PostgreSQL
    // documentation, "Character Types" and "Bit String Types".
    private static string Converted(ChangePlan plan, string column, ColumnType from, ColumnType to, bool isBack = false)
    {
        var name = SqlIdentifier.Quote(column);
        var (old, type) = isBack ? (BaseOf(plan.ToGraph, from), BaseOf(plan.FromGraph, to)) : (BaseOf(plan.FromGraph, from), BaseOf(plan.ToGraph, to));
        var isAssigned = AssignmentCasts.Exists(old with { IsArray = false }, type with { IsArray = false }) && !IsShifted(old, type) && !IsMadeAgain(plan, old, type);
        return (from.IsArray, to.IsArray) switch
        {
            (false, true) => $"ARRAY[{(isAssigned ? name : Cast(name, from, to with { IsArray = false }, type with { IsArray = false }))}]",
            (true, false) => isAssigned ? $"({name})[1]" : Cast($"({name})[1]", @from with { IsArray = false }, to, type),
            (true, true) => isAssigned || IsShifted(old, type) ? name : $"{name}::text[]::{SqlType.Of(IsBits(type) ? new ColumnType("bit varying", IsArray: true) : to)}",
            _ => isAssigned ? name : Cast(name, from, to, type),
        };
    }

    private static bool IsAssigned(ChangePlan plan, ColumnType from, ColumnType to) =>
        BaseOf(plan.FromGraph, from) is var old && BaseOf(plan.ToGraph, to) is var type && AssignmentCasts.Exists(old, type) && !IsMadeAgain(plan, old, type);

    // The old type of this name has another one until the columns are turned over.
    private static bool IsMadeAgain(ChangePlan plan, ColumnType old, ColumnType type) =>
        old.Schema is not null && old.QualifiedName == type.QualifiedName && plan.Fates.Goes(ObjectKey.Of(ObjectKind.Type, old.QualifiedName));

    // The type under a domain.
    private static ColumnType BaseOf(DependencyGraph graph, ColumnType type)
    {
        const int deepest = 32;
        for (var i = 0; i < deepest && type.Schema is not null && graph.Find(ObjectKey.Of(ObjectKind.Type, type.QualifiedName)) is { Item: DomainType domain }; i++)
        {
            type = domain.BaseType with { IsArray = domain.BaseType.IsArray || type.IsArray };
        }

        return type;
    }

    /// <summary>Where PostgreSQL has no cast between two types, every one of them can be written as text and read from it.</summary>
    private static string Cast(string value, ColumnType from, ColumnType to, ColumnType baseType)
    {
        var type = SqlType.Of(to);
        if (IsZoned(from) != IsZoned(to) && OneOf(Instants, from, to))
        {
            return InUtc(value, from, to, type);
        }

        // Without a length, so that storing the value checks it.
        if (IsBits(baseType))
        {
            return $"{value}::text::bit varying";
        }

        return (from.Name, to.Name) is ("integer", "boolean") or ("boolean", "integer") or ("text" or "character varying", _) ? $"{value}::{type}" : $"{value}::text::{type}";
    }

    private static bool IsBits(ColumnType type) => type is { Schema: null, Name: "bit" or "bit varying" };

    // The session's time zone would take part in the cast.
    private static bool IsShifted(ColumnType from, ColumnType to) =>
        IsZoned(from) != IsZoned(to) && IsOneOf(Instants, @from with { IsArray = false }) && IsOneOf(Instants, to with { IsArray = false });

    /// <summary>
    /// A plain cast takes the time zone of the session that runs it; Prisma reads a timestamp without time zone as UTC. PostgreSQL documentation, "Date/Time
    /// Functions and Operators", section "AT TIME ZONE".
    /// </summary>
    private static string InUtc(string value, ColumnType from, ColumnType to, string type)
    {
        var instant = from.Name == "date" ? $"{value}::timestamp" : value;
        var converted = $"{instant} AT TIME ZONE 'UTC'";
        return to is { Name: not "date", Modifiers: null } ? converted : $"({converted})::{type}";
    }

    private static bool IsZoned(ColumnType type) => type.Name == "timestamp with time zone";

    private static (ChangeSafety, string?) Safety(ColumnType from, ColumnType to)
    {
        if (from.IsArray && !to.IsArray)
        {
            return (ChangeSafety.Destructive, "Only the first element of each value is kept.");
        }

        var zone = !IsShifted(from, to) ? null : from.IsArray
            ? "Run it with TimeZone set to UTC: elements are converted in the session's time zone."
            : "Values are converted as UTC, as Prisma reads them; values that something else wrote in another time zone shift.";
        var (safety, note) = IsWider(from, to) ? (ChangeSafety.Safe, null) : Loss(@from with { IsArray = false }, to with { IsArray = false });
        return (safety, (note, zone) switch
        {
            (null, _) => zone,
            (_, null) => note,
            _ => $"{note} {zone}",
        });
    }

    private static (ChangeSafety, string?) Loss(ColumnType from, ColumnType to)
    {
        if (OneOf(Instants, from, to))
        {
            return to.Name == "date" ? (ChangeSafety.Destructive, $"Values of type {from} lose their time of day as {to}.")
                : Precision(from) > Precision(to) ? (ChangeSafety.Destructive, $"Values are rounded to {Precision(to)} digits of the second's fraction.")
                : (ChangeSafety.Safe, null);
        }

        if (OneOf(Numbers, from, to))
        {
            return IsOneOf(WholeNumbers, from) && IsOneOf(WholeNumbers, to)
                ? (ChangeSafety.NeedsBackfill, $"Values outside the range of {to} must be changed first.")
                : (ChangeSafety.Destructive, $"Values of type {from} may lose digits as {to}.");
        }

        // The casts to these cut what is too long, also when a value is stored.
        return to is { Schema: null, Name: "name" or "\"char\"" }
            ? (ChangeSafety.Destructive, $"Values of more than {(to.Name == "name" ? "63 bytes" : "one byte")} are cut.")
            : (ChangeSafety.NeedsBackfill, $"Values that can't be read as {to} must be changed first.");
    }

    private static int Precision(ColumnType type) => type.Name == "date" ? 0 : type.Modifiers is { } modifiers ? Number(modifiers) : MaximumPrecision;

    /// <summary>Whether every value of one type is one of the other.</summary>
    private static bool IsWider(ColumnType from, ColumnType to)
    {
        if (from.IsArray != to.IsArray || from.Schema is not null || to.Schema is not null)
        {
            return !to.IsArray && !from.IsArray && to is { Schema: null, Name: "text", Modifiers: null };
        }

        if (to is { Name: "text" } or { Name: "character varying", Modifiers: null })
        {
            return true;
        }

        return (from.Name, to.Name) switch
        {
            ("smallint", "integer" or "bigint") or ("integer", "bigint") or ("real", "double precision") or ("json", "jsonb") => true,
            ("smallint" or "integer" or "bigint", "numeric") => to.Modifiers is null,
            ("character varying" or "character", "character varying") => Number(from.Modifiers) <= Number(to.Modifiers),
            ("numeric", "numeric") =>
                to.Modifiers is null || (from.Modifiers is not null && Digits(from).Whole <= Digits(to).Whole && Digits(from).Fraction <= Digits(to).Fraction),
            _ => from.Name == to.Name && from.Name.StartsWith("time", StringComparison.Ordinal) &&
                (to.Modifiers is null || Number(from.Modifiers) <= Number(to.Modifiers)),
        };
    }

    private static int Number(string? modifiers) =>
        int.TryParse(modifiers, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;

    private static (int Whole, int Fraction) Digits(ColumnType type)
    {
        var parts = type.Modifiers!.Split(',');
        var fraction = parts.Length > 1 ? Number(parts[1].Trim()) : 0;
        return (Number(parts[0].Trim()) - fraction, fraction);
    }

    private static bool OneOf(string[] family, ColumnType from, ColumnType to) => IsOneOf(family, from) && IsOneOf(family, to);

    private static bool IsOneOf(string[] family, ColumnType type) => !type.IsArray && family.Contains(type.Name);
}
