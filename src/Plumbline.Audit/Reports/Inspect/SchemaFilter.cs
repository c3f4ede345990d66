using System.Collections.Immutable;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Reports.Inspect;

/// <summary>Takes kinds of things out of a schema, by the names that <see cref="ComparisonOptions.KnownKinds"/> has.</summary>
public static class SchemaFilter
{
    /// <summary>The kinds that can be taken out without breaking what refers to them.</summary>
    public static ImmutableArray<string> Kinds { get; } =
        ["check", "comment", "exclusion", "foreign-key", "function", "grant", "index", "owner", "policy", "publication", "rls", "rule", "trigger", "view"];

    /// <summary>The schema without some kinds of things.</summary>
    public static DatabaseSchema Without(DatabaseSchema schema, IReadOnlyCollection<string> kinds)
    {
        if (kinds.Count == 0)
        {
            return schema;
        }

        // What calls a function goes with it.
        var ignores = kinds.Contains("function") ? kinds.Append("trigger").ToHashSet(StringComparer.Ordinal) : kinds.ToHashSet(StringComparer.Ordinal);
        schema = schema with
        {
            Namespaces = [.. schema.Namespaces.Select(name => (ignores.Contains("owner") ? name with { Owner = null } : name) with { Grants = ignores.Contains("grant") ? null : name.Grants }).Select(Plain)],
            Tables = [.. schema.Tables.Select(table => Plain(Own(Without(table, ignores))))],
            Views = ignores.Contains("view") ? [] : [.. schema.Views.Select(view => Plain(Own(Without(view, ignores))))],
            Enums = [.. schema.Enums.Select(type => Plain(Own(type)))],
            Domains = [.. schema.Domains.Select(domain => Plain(Own(domain)))],
            CompositeTypes = [.. schema.CompositeTypes.Select(type => Plain(Own(type)))],
            RangeTypes = [.. schema.RangeTypes.Select(type => Plain(Own(type)))],
            Sequences = [.. schema.Sequences.Select(sequence => Plain(Own(sequence)))],
            Functions = ignores.Contains("function") ? [] : [.. schema.Functions.Select(function => Plain(Own(function)))],
            Extensions = [.. schema.Extensions.Select(Plain)],
            Publications = ignores.Contains("publication") ? [] : [.. schema.Publications.Select(Plain)],
        };
        return schema;

        T Own<T>(T named)
            where T : NamedObject =>
            (T)((ignores.Contains("owner") ? named with { Owner = null } : named) with { Grants = ignores.Contains("grant") ? null : named.Grants });

        T Plain<T>(T any)
            where T : SchemaObject => ignores.Contains("comment") ? any with { Comment = null } : any;
    }

    private static Table Without(Table table, HashSet<string> ignores)
    {
        var comments = ignores.Contains("comment");
        return table with
        {
            Columns = [.. table.Columns.Select(column => column with { Comment = comments ? null : column.Comment, Grants = ignores.Contains("grant") ? null : column.Grants })],
            PrimaryKey = table.PrimaryKey is { } key && comments ? key with { Comment = null } : table.PrimaryKey,
            UniqueConstraints = Plain(table.UniqueConstraints, comments),
            ForeignKeys = ignores.Contains("foreign-key") ? [] : Plain(table.ForeignKeys, comments),
            Checks = ignores.Contains("check") ? [] : Plain(table.Checks, comments),
            Exclusions = ignores.Contains("exclusion") ? [] : Plain(table.Exclusions, comments),
            Indexes = ignores.Contains("index") ? [.. table.Indexes.Where(index => index.IsUnique)] : Plain(table.Indexes, comments),
            Triggers = ignores.Contains("trigger") ? [] : Plain(table.Triggers, comments),
            Policies = ignores.Contains("policy") ? [] : Plain(table.Policies, comments),
            Rules = ignores.Contains("rule") ? [] : Plain(table.Rules, comments),
            RowSecurity = table.RowSecurity && !ignores.Contains("rls"),
            ForceRowSecurity = table.ForceRowSecurity && !ignores.Contains("rls"),
        };
    }

    private static View Without(View view, HashSet<string> ignores)
    {
        var comments = ignores.Contains("comment");
        return view with
        {
            Indexes = ignores.Contains("index") ? [] : Plain(view.Indexes, comments),
            Triggers = ignores.Contains("trigger") ? [] : Plain(view.Triggers, comments),
            Rules = ignores.Contains("rule") ? [] : Plain(view.Rules, comments),
        };
    }

    private static ImmutableArray<T> Plain<T>(ImmutableArray<T> objects, bool comments)
        where T : SchemaObject => comments ? [.. objects.Select(any => any with { Comment = null })] : objects;
}
