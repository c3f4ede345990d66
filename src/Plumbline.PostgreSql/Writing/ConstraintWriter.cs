using System.Collections.Immutable;
using System.Text;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing;

/// <summary>Writes constraints as they appear in <c>CREATE TABLE</c> and behind <c>ADD</c>, always with their names.</summary>
internal static class ConstraintWriter
{
    internal static string Key(KeyConstraint key, bool isPrimary)
    {
        var columns = SqlIdentifier.List(key.Columns) + (key.WithoutOverlaps ? " WITHOUT OVERLAPS" : "");
        var kind = isPrimary ? "PRIMARY KEY" : key.NullsNotDistinct ? "UNIQUE NULLS NOT DISTINCT" : "UNIQUE";
        return $"{Name(key)} {kind} ({columns}){Include(key.Include)}{StorageParameters.With(key.StorageParameters)}{State(key)}";
    }

    internal static string ForeignKey(ForeignKey key)
    {
        var sql = new StringBuilder(Name(key))
            .Append(" FOREIGN KEY (")
            .Append(Columns(key.Columns, key.HasPeriod))
            .Append(") REFERENCES ")
            .Append(SqlIdentifier.Quote(key.ReferencedTable));
        sql.Append(" (").Append(Columns(key.ReferencedColumns, key.HasPeriod)).Append(')').Append(key.MatchFull ? " MATCH FULL" : "");
        if (key.OnUpdate != ReferentialAction.NoAction)
        {
            sql.Append(" ON UPDATE ").Append(ObjectText.Of(key.OnUpdate));
        }

        if (key.OnDelete != ReferentialAction.NoAction)
        {
            sql.Append(" ON DELETE ")
                .Append(ObjectText.Of(key.OnDelete))
                .Append(key.OnDeleteColumns.Length == 0 ? "" : $" ({SqlIdentifier.List(key.OnDeleteColumns)})");
        }

        return sql.Append(State(key)).Append(key.IsValidated ? "" : " NOT VALID").ToString();
    }

    internal static string Check(CheckConstraint check) =>
        $"{Name(check)} CHECK ({check.Expression.Text}){(check.NoInherit ? " NO INHERIT" : "")}{State(check)}{(check.IsValidated ? "" : " NOT VALID")}";

    internal static string Exclusion(ExclusionConstraint exclusion)
    {
        var elements = string.Join(", ", exclusion.Elements.Select(e => $"{IndexWriter.Key(e.Key, exclusion.Method)} WITH {e.Operator}"));
        var predicate = exclusion.Predicate is { } condition ? $" WHERE ({condition.Text})" : "";
        return $"{Name(exclusion)} EXCLUDE USING {SqlIdentifier.Quote(exclusion.Method)} ({elements}){Include(exclusion.Include)}{predicate}{State(exclusion)}";
    }

    internal static string Include(ImmutableArray<string> columns) => columns.Length == 0 ? "" : $" INCLUDE ({SqlIdentifier.List(columns)})";

    private static string Columns(ImmutableArray<string> columns, bool hasPeriod) =>
        hasPeriod ? $"{SqlIdentifier.List(columns[..^1])}, PERIOD {SqlIdentifier.Quote(columns[^1])}" : SqlIdentifier.List(columns);

    private static string Name(Constraint constraint) => $"CONSTRAINT {SqlIdentifier.Quote(constraint.Name)}";

    private static string State(Constraint constraint) =>
        (constraint.IsDeferrable ? " DEFERRABLE" : "") + (constraint.IsInitiallyDeferred ? " INITIALLY DEFERRED" : "")
            + (constraint.IsEnforced ? "" : " NOT ENFORCED");
}
