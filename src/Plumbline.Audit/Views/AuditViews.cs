using System.Collections.Immutable;
using Plumbline.Audit.Facts;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Views;

/// <summary>Tables that the reports show beside the findings. A view without rows is empty and is left out of reports.</summary>
public sealed record AuditViews
{
    /// <summary>No view has rows.</summary>
    public static AuditViews Empty { get; } = new();

    /// <summary>The migrations of all projects, in their order.</summary>
    public ImmutableArray<TimelineRow> MigrationTimeline { get; init; } = [];

    /// <summary>What the migrations did to each table, by the table's name at the end; sorted by it.</summary>
    public ImmutableArray<TableHistory> TableHistory { get; init; } = [];

    /// <summary>The models of projects that share a database, side by side.</summary>
    public ImmutableArray<ModelComparison> SchemaComparison { get; init; } = [];

    /// <summary>The tables that several projects have, with each one's name for it.</summary>
    public ImmutableArray<TableMapping> TableMappings { get; init; } = [];

    /// <summary>The columns that differ between schema and migrations, by table.</summary>
    public ImmutableArray<TableDrift> DriftByTable { get; init; } = [];

    /// <summary>The structure of each project's database, for diagrams: as its schema has it, or else its migrations.</summary>
    public ImmutableArray<KeyValuePair<string, DatabaseSchema>> Databases { get; init; } = [];
}

/// <summary>A migration in the timeline.</summary>
/// <param name="Project">The project that it belongs to.</param>
/// <param name="Migration">Its name.</param>
/// <param name="Position">Its place in Prisma's order, from 1.</param>
/// <param name="WorkingPosition">Its place in the order that works, from 1; null where no other order is needed or known.</param>
/// <param name="Statements">Number of its statements.</param>
/// <param name="Failed">Number of its statements that PostgreSQL refuses, in Prisma's order.</param>
/// <param name="Creates">What it creates, such as <c>table public.a</c>.</param>
/// <param name="Changes">What it changes.</param>
/// <param name="Drops">What it drops.</param>
/// <param name="DependsOn">The migrations that create or change what it uses, sorted.</param>
public sealed record TimelineRow(
    string Project,
    string Migration,
    int Position,
    int? WorkingPosition,
    int Statements,
    int Failed,
    ImmutableArray<string> Creates,
    ImmutableArray<string> Changes,
    ImmutableArray<string> Drops,
    ImmutableArray<string> DependsOn);

/// <summary>A model that several projects have, or one of them lacks.</summary>
/// <param name="Model">Its name.</param>
/// <param name="Table">Its table.</param>
/// <param name="Status"><c>agrees</c>, <c>subset</c>, <c>missing</c> or <c>differs</c>.</param>
/// <param name="MissingFrom">The projects that lack it.</param>
/// <param name="Fields">Its fields.</param>
/// <param name="AtRisk">Whether a change on one side breaks the other.</param>
/// <param name="Why">Why.</param>
public sealed record ModelComparison(
    string Model, string Table, string Status, ImmutableArray<string> MissingFrom, ImmutableArray<FieldComparison> Fields, bool AtRisk, string Why);

/// <summary>A field of a compared model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Types">Its type in each project, in the order of the projects; null where a project lacks it.</param>
/// <param name="Status"><c>agrees</c>, <c>missing</c> or <c>differs</c>.</param>
public sealed record FieldComparison(string Name, ImmutableArray<KeyValuePair<string, string?>> Types, string Status);

/// <summary>A table that several projects have.</summary>
/// <param name="Table">The table.</param>
/// <param name="Names">Each project's model for it.</param>
/// <param name="Agrees">Whether all call it alike.</param>
public sealed record TableMapping(string Table, ImmutableArray<KeyValuePair<string, string>> Names, bool Agrees);

/// <summary>The columns of a table that differ.</summary>
/// <param name="Table">The table.</param>
/// <param name="Columns">The columns, those that agree included.</param>
public sealed record TableDrift(string Table, ImmutableArray<ColumnDrift> Columns);

/// <summary>A column of a table that differs.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Schema">What the schema has; null where it has nothing.</param>
/// <param name="Migrations">What the migrations leave behind; null where they leave nothing.</param>
/// <param name="Database">What a live database has; null where none was asked, or it has nothing.</param>
/// <param name="Status"><c>agrees</c>, <c>missing</c>, <c>extra</c>, <c>renamed</c> or <c>differs</c>.</param>
public sealed record ColumnDrift(string Name, string? Schema, string? Migrations, string? Database, string Status);
