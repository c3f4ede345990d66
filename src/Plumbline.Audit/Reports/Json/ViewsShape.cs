using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Views;

namespace Plumbline.Audit.Reports.Json;

/// <summary>The views of an audit; those without rows are left out.</summary>
internal sealed record ViewsShape
{
    /// <summary>The migrations in their order.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IEnumerable<TimelineShape>? MigrationTimeline { get; init; }

    /// <summary>What the migrations did to each table.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Dictionary<string, ImmutableArray<TableStep>>? TableHistory { get; init; }

    /// <summary>Models of projects that share a database.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IEnumerable<ModelShape>? SchemaComparison { get; init; }

    /// <summary>What each project calls a table.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IEnumerable<MappingShape>? TableMappings { get; init; }

    /// <summary>The columns that differ.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IEnumerable<TableDrift>? DriftByTable { get; init; }

    /// <summary>The shape of views.</summary>
    public static ViewsShape Of(AuditViews views) => new()
    {
        MigrationTimeline = views.MigrationTimeline.IsEmpty ? null : views.MigrationTimeline.Select(TimelineShape.Of),
        TableHistory = views.TableHistory.IsEmpty ? null : InOrder(views.TableHistory.Select(table => KeyValuePair.Create(table.Table, table.Steps))),
        SchemaComparison = views.SchemaComparison.IsEmpty ? null : views.SchemaComparison.Select(ModelShape.Of),
        TableMappings = views.TableMappings.IsEmpty ? null : views.TableMappings.Select(mapping => new MappingShape(mapping.Table, InOrder(mapping.Names), mapping.Agrees)),
        DriftByTable = views.DriftByTable.IsEmpty ? null : views.DriftByTable,
    };

    // A dictionary that nothing is removed from lists its entries as they were added.
    private static Dictionary<string, T> InOrder<T>(IEnumerable<KeyValuePair<string, T>> pairs)
    {
        var result = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var (key, value) in pairs)
            result[key] = value;

        return result;
    }
}

/// <summary>A migration in the timeline.</summary>
internal sealed record TimelineShape(
    string Migration,
    int Position,
    int? WorkingPosition,
    int Statements,
    int Failed,
    IEnumerable<string> Creates,
    IEnumerable<string> Changes,
    IEnumerable<string> Drops,
    IEnumerable<string> DependsOn,
    string Project)
{
    /// <summary>The shape of a row.</summary>
    public static TimelineShape Of(TimelineRow row) =>
        new(row.Migration, row.Position, row.WorkingPosition, row.Statements, row.Failed, row.Creates, row.Changes, row.Drops, row.DependsOn, row.Project);
}

/// <summary>A model that several projects have.</summary>
internal sealed record ModelShape(
    string Model, string Table, string Status, IEnumerable<string> MissingFrom, IEnumerable<Dictionary<string, string?>> Fields, bool AtRisk, string Why)
{
    /// <summary>The shape of a model.</summary>
    public static ModelShape Of(ModelComparison model) =>
        new(model.Model, model.Table, model.Status, model.MissingFrom, model.Fields.Select(FieldOf), model.AtRisk, model.Why);

    // The projects are keys of the field itself, between its name and its status.
    private static Dictionary<string, string?> FieldOf(FieldComparison field)
    {
        var result = new Dictionary<string, string?>(StringComparer.Ordinal) { ["name"] = field.Name };
        foreach (var (project, type) in field.Types)
            result[project] = type;

        result["status"] = field.Status;
        return result;
    }
}

/// <summary>What each project calls a table.</summary>
internal sealed record MappingShape(string Table, Dictionary<string, string> Names, bool Agrees);
