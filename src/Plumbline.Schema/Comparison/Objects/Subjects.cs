using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison.Objects;

/// <summary>The subjects of schema objects.</summary>
internal static class Subjects
{
    internal static Subject Of(Table table, Table? other = null) =>
        new(
            table.PartitionOf is null ? SubjectKind.Table : SubjectKind.Partition,
            table.Name.Name,
            table.Name.Schema,
            table.Name.Name,
            table.ModelName ?? other?.ModelName);

    internal static Subject Of(View view, View? other = null) =>
        new(SubjectKind.View, view.Name.Name, view.Name.Schema, view.Name.Name, view.ModelName ?? other?.ModelName);

    internal static Subject Of(SubjectKind kind, NamedObject item) => new(kind, item.Name.Name, item.Name.Schema);

    internal static Subject Of(EnumType type, EnumType? other = null) =>
        new(SubjectKind.Enum, type.Name.Name, type.Name.Schema, Model: type.EnumName ?? other?.EnumName);

    internal static Subject Of(Function function) => new(SubjectKind.Function, $"{function.Name.Name}({function.Signature})", function.Name.Schema);

    /// <summary>A member of a table or view.</summary>
    /// <param name="kind">What the member is.</param>
    /// <param name="name">Its name.</param>
    /// <param name="parents">Its table or view on both sides.</param>
    /// <param name="field">The Prisma field that it stands for.</param>
    internal static Subject Member(SubjectKind kind, string name, Parents parents, string? field = null) =>
        new(kind, name, parents.Either.Name.Schema, parents.Either.Name.Name, parents.ModelName, field);
}

/// <summary>The table, view or type that members belong to, on both sides.</summary>
/// <param name="From">In FROM.</param>
/// <param name="To">In TO.</param>
internal readonly record struct Parents(NamedObject? From, NamedObject? To)
{
    /// <summary>The one whose names are told: TO's, where it has one.</summary>
    internal NamedObject Either => To ?? From!;

    /// <summary>The columns that expressions of TO's members may name.</summary>
    internal IReadOnlyList<Column> Columns => Either switch { Table table => table.Columns, View view => view.Columns, _ => [] };

    internal string? ModelName => ModelOf(To) ?? ModelOf(From);

    /// <summary>The name in FROM, by which renames are looked up.</summary>
    internal ObjectName FromName => (From ?? To!).Name;

    internal SchemaChange Change(
        ChangeKind kind, Subject subject, SchemaObject? from, SchemaObject? to, string? fromText, string? toText, double? confidence = null) =>
        new()
        {
            Kind = kind,
            Subject = subject,
            FromObject = from,
            ToObject = to,
            From = fromText,
            To = toText,
            FromParent = From,
            ToParent = To,
            Confidence = confidence,
        };

    private static string? ModelOf(NamedObject? item) => item switch
    {
        Table table => table.ModelName,
        View view => view.ModelName,
        EnumType type => type.EnumName,
        _ => null,
    };
}
