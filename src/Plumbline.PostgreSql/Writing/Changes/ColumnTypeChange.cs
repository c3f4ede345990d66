using System.Globalization;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing.Changes;

/// <summary>Another type for a column that holds values. PostgreSQL documentation, "ALTER TABLE", <c>SET DATA TYPE</c>.</summary>
internal static class ColumnTypeChange
{
    private static readonly string[] Numbers = ["smallint", "integer", "bigint", "numeric", "real", "double precision"];
    private static readonly string[] Texts = ["character", "character varying", "text", "citext", "name"];
    private static readonly string[] Instants = ["date", "timestamp without time zone", "timestamp with time zone"];

    internal static void Plan(ChangePlan plan, SchemaChange change, string column, Column from, Column to)
    {
        // A default is of the old type, and not every one can be turned into the new.
        if (from.Default is not null)
        {
            plan.Add(PlanPhase.DropDefaults, change, $"{column} DROP DEFAULT", $"{column} SET DEFAULT {from.Default.Text}");
        }

        var (safety, note) = Safety(from.Type, to.Type);
        plan.Add(
            PlanPhase.AlterColumns,
            change,
            $"{column} TYPE {Target(to)} USING {Using(to.Name, from.Type, to.Type)}",
            $"{column} TYPE {Target(from)} USING {Using(to.Name, to.Type, from.Type)}",
            safety,
            note);
        if (to.Default is { } value)
        {
            plan.Add(PlanPhase.SetDefaults, change, $"{column} SET DEFAULT {value.Text}", $"{column} DROP DEFAULT");
        }
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
        var direct = from.QualifiedName == to.QualifiedName || OneOf(Numbers, from, to) || OneOf(Instants, from, to) || IsOneOf(Texts, from) ||
            IsOneOf(Texts, to)
            || (from.Name, to.Name) is ("integer", "boolean") or ("boolean", "integer") or ("json", "jsonb") or ("jsonb", "json");
        return direct ? $"{value}::{type}" : $"{value}::text::{type}";
    }

    private static (ChangeSafety, string?) Safety(ColumnType from, ColumnType to)
    {
        if (IsWider(from, to))
        {
            return (ChangeSafety.Safe, null);
        }

        return OneOf(Numbers, from, to) || OneOf(Instants, from, to) || from.IsArray
            ? (ChangeSafety.Destructive, $"Values of type {from} may lose digits or elements as {to}.")
            : (ChangeSafety.NeedsBackfill, $"Values that can't be read as {to} must be mended first.");
    }

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
