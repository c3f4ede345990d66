using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing;

/// <summary>The names of other objects that an object's definition mentions.</summary>
internal static class DependencyNames
{
    /// <summary>What must exist before the object can be made in any form.</summary>
    internal static IEnumerable<string> Hard(NamedObject item) => item switch
    {
        CompositeType type => type.Attributes.Select(a => a.Type.Name),
        RangeType range => range.Options.Select(o => o.Value).SelectMany(NameScanner.Names).Prepend(range.Subtype.Name),
        DomainType domain => domain.Checks.Select(c => c.Expression).Append(domain.Default).SelectMany(In).Prepend(domain.BaseType.Name),
        Function function => OfFunction(function),
        Table table => OfTable(table),
        View view => NameScanner.Names(view.Definition.Text),
        _ => [],
    };

    /// <summary>What a table needs for defaults and checks, which can also be said later.</summary>
    internal static IEnumerable<string> Soft(NamedObject item) =>
        item is Table table
            ? table.Columns.Where(c => c.Generated is null).Select(c => c.Default).Concat(table.Checks.Select(c => c.Expression)).SelectMany(In)
            : [];

    /// <summary>Those of the names of <see cref="Hard"/> that can be nothing else: no column, no text in quotes.</summary>
    internal static IEnumerable<string> Certain(NamedObject item, Func<string, bool> isSchema) => item switch
    {
        View view => NameScanner.RelationNames(view.Definition.Text, isSchema),
        DomainType domain =>
            domain.Checks.Select(c => c.Expression)
                .Append(domain.Default)
                .SelectMany(e => e is null ? [] : NameScanner.RelationNames(e.Text, isSchema))
                .Prepend(domain.BaseType.Name),
        Table table => CertainOfTable(table, isSchema),
        _ => Hard(item),
    };

    private static IEnumerable<string> CertainOfTable(Table table, Func<string, bool> isSchema)
    {
        foreach (var column in table.Columns)
        {
            yield return column.Type.Name;
        }

        foreach (var parent in table.Inherits.Concat(table.PartitionOf is { } partitioned ? [partitioned] : []))
        {
            yield return parent.Name;
        }

        var expressions = table.Columns.Select(c => c.Generated)
            .Concat(table.Exclusions.SelectMany(e => e.Elements.Select(x => x.Key.Expression).Append(e.Predicate)))
            .Append(table.PartitionKey);
        foreach (var name in expressions.SelectMany(e => e is null ? [] : NameScanner.RelationNames(e.Text, isSchema)))
        {
            if (table.FindColumn(name) is null)
            {
                yield return name;
            }
        }
    }

    private static IEnumerable<string> OfFunction(Function function)
    {
        var names = function.Arguments.Select(a => a.Type.Name).Concat(function.Arguments.SelectMany(a => In(a.Default)));
        if (function.Returns is { } returns)
        {
            names = names.Concat(NameScanner.Names(returns));
        }

        return function.IsSqlBody || function.Kind == FunctionKind.Aggregate ? names.Concat(NameScanner.Names(function.Body)) : names;
    }

    private static IEnumerable<string> OfTable(Table table)
    {
        foreach (var column in table.Columns)
        {
            yield return column.Type.Name;
            foreach (var name in In(column.Generated))
            {
                yield return name;
            }
        }

        foreach (var parent in table.Inherits.Concat(table.PartitionOf is { } partitioned ? [partitioned] : []))
        {
            yield return parent.Name;
        }

        foreach (var name in table.Exclusions.SelectMany(e => e.Elements.SelectMany(x => In(x.Key.Expression)).Concat(In(e.Predicate))).Concat(In(table.PartitionKey)).Concat(In(table.PartitionBound)))
        {
            yield return name;
        }
    }

    private static IEnumerable<string> In(SqlExpression? expression) => expression is null ? [] : NameScanner.Names(expression.Text);
}
