using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Prisma.Syntax;
using Plumbline.Schema.Model;

namespace Plumbline.Prisma.Lowering;

/// <summary>The conditions of partial indexes (<c>where:</c>).</summary>
internal static class IndexPredicates
{
    /// <summary>The condition as SQL: in PostgreSQL's form where the comparison needs no cast, else as Prisma writes it.</summary>
    public static SqlExpression? Of(IndexPredicate? predicate, LoweringContext context)
    {
        switch (predicate)
        {
            case RawIndexPredicate raw:
                return new SqlExpression(raw.Sql, IsCanonical: false);
            case ObjectIndexPredicate { Conditions: { IsEmpty: false } conditions }:
                var canonical = conditions.Select(c => Canonical(c, context)).ToList();
                return canonical.Contains(null)
                    ? new SqlExpression(string.Join(" AND ", conditions.Select(Written)), IsCanonical: false)
                    : new SqlExpression(canonical.Count == 1 ? canonical[0]! : $"({string.Join(" AND ", canonical)})", IsCanonical: true);
            default:
                return null;
        }
    }

    private static string? Canonical(IndexCondition condition, LoweringContext context)
    {
        var column = DatabaseNames.Quote(LoweringContext.NameOf(condition.Field));
        var comparison = condition.IsNegated ? "<>" : "=";
        if (IsNull(condition.Value))
        {
            return $"({column} IS {(condition.IsNegated ? "NOT " : "")}NULL)";
        }

        return (condition.Value, context.TypeOf(condition.Field)) switch
        {
            (ConstantSyntax { Text: "true" or "false" } truth, { Name: "boolean", IsArray: false }) => $"({column} {comparison} {truth.Text})",
            (StringSyntax text, { Name: "text", IsArray: false }) => $"({column} {comparison} {DatabaseNames.Literal(text.Value)}::text)",
            (NumberSyntax number, { Name: "smallint" or "integer" or "bigint", IsArray: false })
                when NumericLiteral.ToPlain(number.Text) is { } plain && NumericLiteral.ToConstant(plain) is { Type: not "numeric" } constant =>
                $"({column} {comparison} {constant})",
            _ => null,
        };
    }

    private static string Written(IndexCondition condition)
    {
        var column = $"\"{condition.Field.DatabaseName.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        if (IsNull(condition.Value))
        {
            return $"{column} IS {(condition.IsNegated ? "NOT " : "")}NULL";
        }

        var value = condition.Value switch
        {
            StringSyntax text => DatabaseNames.Literal(text.Value),
            NumberSyntax number => number.Text,
            ConstantSyntax constant => constant.Text,
            _ => "NULL",
        };
        return $"{column} {(condition.IsNegated ? "!=" : "=")} {value}";
    }

    private static bool IsNull(ExpressionSyntax value) => value is ConstantSyntax { Text: "null" };
}
