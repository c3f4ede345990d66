using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Replay.Procedures;

/// <summary>The views of <c>information_schema</c> that migrations ask. PostgreSQL documentation, "The Information Schema".</summary>
/// <param name="database">The database.</param>
internal sealed class InformationSchema(Database database)
{
    private const string Catalog = "postgres";

    /// <summary>A view; null where it is not followed.</summary>
    public CatalogTable? Find(string name) => name switch
    {
        "schemata" => CatalogTable.Of("catalog_name schema_name schema_owner",
            database.Namespaces.Select(n => new object?[] { Catalog, n.Name, n.Row.Owner.Name })),
        "tables" => CatalogTable.Of("table_catalog table_schema table_name table_type", TablesAndViews.Select(r => new object?[]
        {
            Catalog, r.Namespace.Name, r.Name, r.Row.Persistence == 't' ? "LOCAL TEMPORARY"
                : r.Kind switch { 'v' => "VIEW", 'f' => "FOREIGN", _ => "BASE TABLE" },
        }).Concat(ServerTables())),
        "views" => CatalogTable.Of("table_catalog table_schema table_name", Relations.Where(r => r.Kind == 'v')
            .Select(r => new object?[] { Catalog, r.Namespace.Name, r.Name })),
        "columns" => Columns(),
        "table_constraints" => CatalogTable.Of(
            "constraint_catalog constraint_schema constraint_name table_catalog table_schema table_name constraint_type is_deferrable initially_deferred",
            Constraints.Select(c => new object?[]
            {
                Catalog, c.Row.Table!.Namespace.Name, c.Name, Catalog, c.Row.Table.Namespace.Name, c.Row.Table.Name, Kind(c.Row.Kind),
                    YesOrNo(c.Row.IsDeferrable), YesOrNo(c.Row.IsDeferred),
            }).Concat(NotNulls())),
        "key_column_usage" => CatalogTable.Of(
            "constraint_catalog constraint_schema constraint_name table_catalog table_schema table_name column_name ordinal_position position_in_unique_constraint",
            Constraints.Where(c => c.Row.Kind is ConstraintKind.PrimaryKey or ConstraintKind.Unique or ConstraintKind.ForeignKey)
                .SelectMany(c => c.Row.Columns.Select((n, i) => new object?[]
            {
                Catalog, c.Row.Table!.Namespace.Name, c.Name, Catalog, c.Row.Table.Namespace.Name, c.Row.Table.Name, c.Row.Table.Column(n).Name, i + 1,
                c.Row.Kind == ConstraintKind.ForeignKey ? new UnknownValue("the place of a column in the key that another refers to") : null,
            }))),
        "constraint_column_usage" => CatalogTable.Of(
            "table_catalog table_schema table_name column_name constraint_catalog constraint_schema constraint_name", Constraints.SelectMany(UsedColumns)),
        "constraint_table_usage" => CatalogTable.Of(
            "table_catalog table_schema table_name constraint_catalog constraint_schema constraint_name",
            Constraints.Where(c => c.Row.Kind is ConstraintKind.PrimaryKey or ConstraintKind.Unique or ConstraintKind.ForeignKey)
                .Select(c => (c, t: c.Row.ReferencedTable ?? c.Row.Table!))
                .Select(p => new object?[] { Catalog, p.t.Namespace.Name, p.t.Name, Catalog, p.c.Row.Table!.Namespace.Name, p.c.Name })),
        "referential_constraints" => CatalogTable.Of(
            "constraint_catalog constraint_schema constraint_name unique_constraint_schema unique_constraint_name match_option update_rule delete_rule",
            Constraints.Where(c => c.Row.Kind == ConstraintKind.ForeignKey).Select(c => new object?[]
            {
                Catalog, c.Row.Table!.Namespace.Name, c.Name, c.Row.Index?.Row.Index?.Constraint is { } key ? key.Row.Table!.Namespace.Name : null,
                c.Row.Index?.Row.Index?.Constraint?.Name, c.Row.MatchFull ? "FULL" : "NONE", Rule(c.Row.OnUpdate), Rule(c.Row.OnDelete),
            })),
        "check_constraints" => CatalogTable.Of("constraint_catalog constraint_schema constraint_name check_clause", CheckConstraints()),
        "triggers" => CatalogTable.Of(
            "trigger_catalog trigger_schema trigger_name event_manipulation event_object_catalog event_object_schema event_object_table action_orientation action_timing",
            Relations.SelectMany(r => r.Triggers.Items).SelectMany(TriggerRows)),
        "routines" => CatalogTable.Of(
            "specific_catalog specific_schema routine_catalog routine_schema routine_name routine_type routine_definition",
            database.Functions.Where(f => f.Row.Kind is PgFunctionKind.Function or PgFunctionKind.Procedure).Select(f => new object?[]
            {
                Catalog, f.Namespace.Name, Catalog, f.Namespace.Name, f.Name, f.Row.Kind == PgFunctionKind.Procedure ? "PROCEDURE" : "FUNCTION", f.Row.Body,
            }).Concat(database.Builtins.Own.Functions().Where(f => f.Kind is PgFunctionKind.Function).Select(f => new object?[]
            {
                Catalog, f.Schema, Catalog, f.Schema, f.Name, "FUNCTION", new UnknownValue("the source of a built-in function"),
            }))),
        "sequences" => CatalogTable.Of("sequence_catalog sequence_schema sequence_name",
            Relations.Where(r => r is { Kind: 'S', Row.Sequence.IsIdentity: false }).Select(r => new object?[] { Catalog, r.Namespace.Name, r.Name })),
        _ => null,
    };

    private IEnumerable<RelationObject> Relations => database.Relations;

    private IEnumerable<RelationObject> TablesAndViews => Relations.Where(r => r.Kind is 'r' or 'p' or 'v' or 'f');

    private IEnumerable<ConstraintObject> Constraints =>
        Relations.SelectMany(r => r.Constraints.Items).Where(c => c.Row.Kind is not (ConstraintKind.Exclusion or ConstraintKind.Trigger));

    private IEnumerable<object?[]> ServerTables() => database.Builtins.Own.Relations().Where(r => r.Kind is 'r' or 'v')
        .Select(r => new object?[] { Catalog, r.Schema, r.Name, r.Kind == 'v' ? "VIEW" : "BASE TABLE" });

    private CatalogTable Columns() => CatalogTable.Of(
        "table_catalog table_schema table_name column_name ordinal_position column_default is_nullable data_type character_maximum_length numeric_precision numeric_scale datetime_precision udt_catalog udt_schema udt_name is_identity identity_generation is_generated is_updatable domain_name",
        TablesAndViews.SelectMany(r => r.LiveColumns.Select(c => Column(r, c))));

    private object?[] Column(RelationObject relation, ColumnObject column)
    {
        var row = column.Row;
        var type = database.GetType(row.TypeOid);
        var domain = type?.Kind == PgTypeKind.Domain ? type : null;
        var shown = domain is not null ? database.GetType(domain.BaseOid) : type;
        var modifier = domain?.BaseModifier ?? row.Modifier;
        return
        [
            Catalog, relation.Namespace.Name, relation.Name, column.Name, (int)column.Number, Default(row), YesOrNo(!row.IsNotNull), TypeName(shown),
            shown?.Name is "varchar" or "bpchar" && modifier > 4 ? modifier - 4 : null, Precision(shown, modifier), Scale(shown, modifier),
                TimePrecision(shown, modifier),
            Catalog, (shown ?? type)?.Schema, (shown ?? type)?.Name, YesOrNo(row.Identity != '\0'),
                row.Identity switch { 'a' => "ALWAYS", 'd' => "BY DEFAULT", _ => null },
            row.IsGenerated ? "ALWAYS" : "NEVER", YesOrNo(relation.IsTable), domain?.Name,
        ];
    }

    private object? Default(ColumnRow row)
    {
        if (row.Default is null || row.IsGenerated)
        {
            return null;
        }

        return row.Default.Expression is BoundExpression bound && bound.Print(database) is { IsCanonical: true } printed ? printed.Text
            : new UnknownValue("the text of a default that is not understood");
    }

    private string? TypeName(PgType? type) => type switch
    {
        null => null,
        { IsArray: true } => "ARRAY",
        { Schema: "pg_catalog" } => database.FormatType(type.Oid),
        _ => "USER-DEFINED",
    };

    private static object? Precision(PgType? type, int modifier) => type?.Name switch
    {
        "int2" => 16,
        "int4" => 32,
        "int8" => 64,
        "float4" => 24,
        "float8" => 53,
        "numeric" when modifier >= 4 => ((modifier - 4) >> 16) & 0xFFFF,
        _ => null,
    };

    private static object? Scale(PgType? type, int modifier) => type?.Name switch
    {
        "int2" or "int4" or "int8" => 0,
        "numeric" when modifier >= 4 => (modifier - 4) & 0x7FF,
        _ => null,
    };

    private static object? TimePrecision(PgType? type, int modifier) => type?.Name switch
    {
        "date" => 0,
        "time" or "timetz" or "timestamp" or "timestamptz" => modifier < 0 ? 6 : modifier,
        "interval" => modifier < 0 ? 6 : modifier & 0xFFFF,
        _ => null,
    };

    // The standard has it that NOT NULL is a CHECK; its name holds numbers.
    private IEnumerable<object?[]> NotNulls() =>
        TablesAndViews.Where(r => r.Kind is 'r' or 'p').SelectMany(r => r.LiveColumns.Where(c => c.Row.IsNotNull).Select(c => new object?[]
    {
        Catalog, r.Namespace.Name, $"{r.Namespace.Oid}_{r.Oid}_{c.Number}_not_null", Catalog, r.Namespace.Name, r.Name, "CHECK", "NO", "NO",
    }));

    private IEnumerable<object?[]> CheckConstraints() => Constraints.Where(c => c.Row.Kind == ConstraintKind.Check).Select(c => new object?[]
    {
        Catalog, c.Row.Table!.Namespace.Name, c.Name, Definitions.Constraint(database, c) is TextValue { Text: var text } ? text["CHECK (".Length..^1]
            : new UnknownValue("the text of a condition that is not understood"),
    });

    private static IEnumerable<object?[]> UsedColumns(ConstraintObject constraint)
    {
        var row = constraint.Row;
        var table = row.ReferencedTable ?? row.Table!;
        IEnumerable<short> columns = row.Kind switch
        {
            ConstraintKind.ForeignKey => row.ReferencedColumns,
            ConstraintKind.Check =>
                row.Expression?.Dependencies.Where(d => d.Kind == DependencyKind.Column && d.Oid == table.Oid).Select(d => d.Column).Distinct() ?? [],
            _ => row.Columns,
        };
        return columns.Select(n =>
            new object?[] { Catalog, table.Namespace.Name, table.Name, table.Column(n).Name, Catalog, row.Table!.Namespace.Name, constraint.Name });
    }

    private static IEnumerable<object?[]> TriggerRows(TriggerObject trigger) =>
        from word in new[] { "INSERT", "DELETE", "UPDATE" }
        where trigger.Row.Events.ToString().Contains(word, StringComparison.OrdinalIgnoreCase)
        select new object?[]
        {
            Catalog, trigger.Table.Namespace.Name, trigger.Name, word, Catalog, trigger.Table.Namespace.Name, trigger.Table.Name, trigger.Row.ForEachRow
                ? "ROW" : "STATEMENT",
            trigger.Row.Timing.ToString() == "InsteadOf" ? "INSTEAD OF" : trigger.Row.Timing.ToString().ToUpperInvariant(),
        };

    private static string Kind(ConstraintKind kind) => kind switch
    {
        ConstraintKind.PrimaryKey => "PRIMARY KEY",
        ConstraintKind.Unique => "UNIQUE",
        ConstraintKind.ForeignKey => "FOREIGN KEY",
        _ => "CHECK",
    };

    private static string Rule(ReferentialAction action) => action switch
    {
        ReferentialAction.Restrict => "RESTRICT",
        ReferentialAction.Cascade => "CASCADE",
        ReferentialAction.SetNull => "SET NULL",
        ReferentialAction.SetDefault => "SET DEFAULT",
        _ => "NO ACTION",
    };

    private static string YesOrNo(bool value) => value ? "YES" : "NO";
}
