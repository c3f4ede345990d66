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
    private static readonly string[] Texts = ["character", "character varying", "text", "citext", "name"];
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
            PlanPhase.AlterColumns, change, $"{column} TYPE {Target(to)}{(isParked ? $" USING {ParkedColumns.Value(plan, to)}" : $" USING {Value(plan, to.Name, from, to)}")}")
        {
            Reverse = isParked ? null : $"{column} TYPE {Target(from)} USING {Using(to.Name, to.Type, from.Type)}",
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

        return old == to.Type && to.Type.Schema is not null
            ? $"{SqlIdentifier.Quote(name)}::text{(to.Type.IsArray ? "[]" : "")}::{SqlType.Of(to.Type)}"
            : Using(name, old, to.Type);
    }

    /// <summary>A column's type and collation.</summary>
    internal static string Target(Column column) =>
        SqlType.Of(column.Type) + (column.Collation is { } collation ? $" COLLATE {ColumnWriter.Collation(collation)}" : "");

    private static string Using(string column, ColumnType from, ColumnType to)
    {
        var name = SqlIdentifier.Quote(column);
        var type = SqlType.Of(to);
        return (from.IsArray, to.IsArray) switch
        {
            (false, true) => $"ARRAY[{Cast(name, from, to with { IsArray = false })}]",
            (true, false) => Cast($"({name})[1]", @from with { IsArray = false }, to),
            (true, true) => $"{name}::text[]::{type}",
            _ => Cast(name, from, to),
        };
    }

    /// <summary>Where PostgreSQL has no cast between two types, every one of them can be written as text and read from it.</summary>
    private static string Cast(string value, ColumnType from, ColumnType to)
    {
        var type = SqlType.Of(to);
        if (IsZoned(from) != IsZoned(to) && OneOf(Instants, from, to))
        {
            return InUtc(value, from, to, type);
        }

        var direct = (from.QualifiedName == to.QualifiedName && from.Schema is null) || OneOf(Numbers, from, to) || OneOf(Instants, from, to) || IsOneOf(Texts, from) ||
            IsOneOf(Texts, to)
            || (from.Name, to.Name) is ("integer", "boolean") or ("boolean", "integer") or ("json", "jsonb") or ("jsonb", "json");
        return direct ? $"{value}::{type}" : $"{value}::text::{type}";
    }

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

        var isShifted = IsZoned(from) != IsZoned(to) && IsOneOf(Instants, @from with { IsArray = false }) && IsOneOf(Instants, to with { IsArray = false });
        var zone = !isShifted ? null : from.IsArray
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

        return (ChangeSafety.NeedsBackfill, $"Values that can't be read as {to} must be changed first.");
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
