using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Facts;

/// <summary>
/// Generated columns as Prisma compares them. Prisma takes the expression for the column's default; where the field has none or another one, it writes
/// <c>DROP DEFAULT</c> or <c>SET DEFAULT</c>, which PostgreSQL refuses for a generated column. Measured with Prisma's engines from 6.6 to 7.10.
/// </summary>
internal static partial class GeneratedColumns
{
    /// <summary>The changes that Prisma would make to generated columns, from the migrations to the schema. They are no part of the comparison: to PostgreSQL there is
    /// nothing to change.</summary>
    /// <param name="drift">From the migrations to the schema.</param>
    public static ImmutableArray<SchemaChange> Find(SchemaComparison drift)
    {
        var changes = ImmutableArray.CreateBuilder<SchemaChange>();
        foreach (var item in drift.NotVisible.Where(i => i is { Feature: SchemaFeature.GeneratedColumn, Holder: ComparisonSide.From }))
        {
            if (item.Object is Column { Generated: { } expression } from && FieldOf(item.Subject, drift) is var (table, to) && !Agree(expression, to, drift))
            {
                changes.Add(new SchemaChange
                {
                    Kind = ChangeKind.AlterColumnGenerated,
                    Subject = item.Subject,
                    From = item.Text,
                    To = to.Default?.Text,
                    FromObject = from,
                    ToObject = to,
                    FromParent = drift.From.Tables.FirstOrDefault(t => t.Columns.Any(c => ReferenceEquals(c, from))),
                    ToParent = table,
                });
            }
        }

        return changes.DrainToImmutable();
    }

    private static (Table Table, Column Column)? FieldOf(Subject subject, SchemaComparison drift)
    {
        var table = drift.To.Tables.FirstOrDefault(t => t.ModelName == subject.Model && subject.Model is not null);
        return table?.Columns.FirstOrDefault(c => c.Name == subject.Name) is { } column ? (table, column) : null;
    }

    // Prisma reads a constant as a literal, which dbgenerated("…") never equals, and compares the text of any other expression as it is written but for its case.
    private static bool Agree(SqlExpression expression, Column field, SchemaComparison drift) => field switch
    {
        // Of an enum, Prisma drops the default that dbgenerated() does not state.
        { HasUnstatedDefault: true } => !drift.To.Enums.Any(e => e.Name == field.Type.QualifiedName),
        { Default: { IsCanonical: true, Source: null } literal } => literal.Text == expression.Text,
        { Default: { } value } => !Constant().IsMatch(expression.Text) && (value.Source ?? value.Text).Equals(expression.Text, StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    [GeneratedRegex("""^(?:ARRAY\[)?(?:(?:^|, |(?<=\[))(?:'(?:[^']|'')*'|-?\d[\d.]*|true|false)(?:::[\w ".]+(?:\[\])?)?)*\]?$""", RegexOptions.CultureInvariant)]
    private static partial Regex Constant();
}
