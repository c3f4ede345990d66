using System.Collections.Immutable;
using System.Text;
using Plumbline.PostgreSql.Expressions;
using Plumbline.PostgreSql.Expressions.Printing;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Replay.Procedures;

/// <summary>Constraints and indexes as <c>pg_get_constraintdef</c> and <c>pg_get_indexdef</c> print them. PostgreSQL documentation, "System Catalog
/// Information Functions".</summary>
internal static class Definitions
{
    /// <summary>A constraint's definition.</summary>
    public static PlValue Constraint(Database database, ConstraintObject constraint)
    {
        var row = constraint.Row;
        var text = new StringBuilder();
        switch (row.Kind)
        {
            case ConstraintKind.Check:
                if (Print(database, row.Expression) is not { } condition)
                {
                    return new UnknownValue("the text of a condition that is not understood");
                }

                text.Append("CHECK (").Append(condition.StartsWith('(') ? condition : $"({condition})").Append(')').Append(row.NoInherit ? " NO INHERIT" : "");
                break;
            case ConstraintKind.PrimaryKey or ConstraintKind.Unique:
                text.Append(row.Kind == ConstraintKind.PrimaryKey ? "PRIMARY KEY (" : row.Index?.Row.Index?.NullsNotDistinct == true
                    ? "UNIQUE NULLS NOT DISTINCT (" : "UNIQUE (");
                text.Append(Names(row.Table!, row.Columns)).Append(')');
                if (row.Index?.Row.Index is { Include.Length: > 0 } index)
                {
                    text.Append(" INCLUDE (").Append(Names(row.Table!, index.Include)).Append(')');
                }

                break;
            case ConstraintKind.ForeignKey:
                text.Append("FOREIGN KEY (").Append(Names(row.Table!, row.Columns)).Append(") REFERENCES ");
                text.Append(Visibility.RelationName(database, row.ReferencedTable!.View)).Append('(')
                    .Append(Names(row.ReferencedTable, row.ReferencedColumns)).Append(')');
                text.Append(row.MatchFull ? " MATCH FULL" : "").Append(Action(" ON UPDATE ", row.OnUpdate)).Append(Action(" ON DELETE ", row.OnDelete));
                if (!row.OnDeleteColumns.IsEmpty)
                {
                    text.Append(" (").Append(Names(row.Table!, row.OnDeleteColumns)).Append(')');
                }

                break;
            default:
                return new UnknownValue("the definition of an exclusion constraint");
        }

        text.Append(row.IsDeferrable ? " DEFERRABLE" : "").Append(row.IsDeferred ? " INITIALLY DEFERRED" : "").Append(row.IsValidated ? "" : " NOT VALID");
        return new TextValue(text.ToString());
    }

    /// <summary>An index's definition.</summary>
    public static PlValue Index(Database database, RelationObject relation)
    {
        var index = relation.Row.Index!;
        var keys = new List<string>();
        foreach (var key in index.Keys)
        {
            if (key.OperatorClass is { IsDefault: false } || key.ExclusionOperator is not null || !key.OperatorClassParameters.IsEmpty)
            {
                return new UnknownValue("the definition of an index with operator classes");
            }

            var text = key.Column > 0 ? Identifiers.Quote(index.Table.Column(key.Column).Name) : Print(database, key.Expression);
            if (text is null)
            {
                return new UnknownValue("the definition of an index on an expression that is not understood");
            }

            if (key.Column == 0 && key.Expression is not BoundExpression { LooksLikeFunction: true })
            {
                text = $"({text})";
            }

            text += key.IsDescending ? " DESC" : "";
            keys.Add(key.NullsFirst == key.IsDescending ? text : text + (key.NullsFirst ? " NULLS FIRST" : " NULLS LAST"));
        }

        var predicate = index.Predicate is null ? "" : Print(database, index.Predicate);
        if (predicate is null)
        {
            return new UnknownValue("the definition of an index whose predicate is not understood");
        }

        var table = $"{Identifiers.Quote(index.Table.Namespace.Name)}.{Identifiers.Quote(index.Table.Name)}";
        return new TextValue(
            $"CREATE {(index.IsUnique ? "UNIQUE " : "")}INDEX {Identifiers.Quote(relation.Name)} ON {(relation.Kind == 'I' ? "ONLY " : "")}{table} USING {index.Method} ({string.Join(", ", keys)})"
            + (index.Include.IsEmpty ? "" : $" INCLUDE ({Names(index.Table, index.Include)})")
            + (index.NullsNotDistinct ? " NULLS NOT DISTINCT" : "")
            + (predicate.Length == 0 ? "" : $" WHERE {(predicate.StartsWith('(') ? predicate : $"({predicate})")}"));
    }

    private static string? Print(Database database, BoundNode? node) =>
        node is BoundExpression bound && bound.Print(database) is { IsCanonical: true } printed ? printed.Text : null;

    private static string Names(RelationObject table, ImmutableArray<short> columns) =>
        string.Join(", ", columns.Select(c => Identifiers.Quote(table.Column(c).Name)));

    private static string Action(string prefix, ReferentialAction action) => action switch
    {
        ReferentialAction.Restrict => prefix + "RESTRICT",
        ReferentialAction.Cascade => prefix + "CASCADE",
        ReferentialAction.SetNull => prefix + "SET NULL",
        ReferentialAction.SetDefault => prefix + "SET DEFAULT",
        _ => "",
    };
}
