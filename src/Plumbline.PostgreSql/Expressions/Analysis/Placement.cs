namespace Plumbline.PostgreSql.Expressions.Analysis;

/// <summary>Where functions of a special kind may not stand, in the words of PostgreSQL's messages.</summary>
internal static class Placement
{
    /// <summary>The place of an aggregate that is refused, as <c>aggregate functions are not allowed in …</c> says it; null where one may stand.</summary>
    public static string? RefusesAggregate(ExpressionKind kind) => kind switch
    {
        ExpressionKind.FromSubselect => "FROM clause of their own query level",
        ExpressionKind.WindowFrame => "window ROWS",
        ExpressionKind.Having or ExpressionKind.WindowPartition or ExpressionKind.WindowOrder or ExpressionKind.SelectTarget or ExpressionKind.OrderBy or ExpressionKind.DistinctOn
            or ExpressionKind.Other => null,
        _ => Common(kind),
    };

    /// <summary>The place of a window function that is refused; null where one may stand.</summary>
    public static string? RefusesWindowFunction(ExpressionKind kind) => kind switch
    {
        ExpressionKind.WindowPartition or ExpressionKind.WindowOrder or ExpressionKind.WindowFrame => "window definitions",
        ExpressionKind.SelectTarget or ExpressionKind.OrderBy or ExpressionKind.DistinctOn or ExpressionKind.Other => null,
        _ => Common(kind),
    };

    /// <summary>The place of a set-returning function that is refused; null where one may stand.</summary>
    public static string? RefusesSetFunction(ExpressionKind kind) => kind switch
    {
        ExpressionKind.WindowFrame => "window definitions",
        ExpressionKind.Other or ExpressionKind.FromFunction or ExpressionKind.WindowPartition or ExpressionKind.WindowOrder or ExpressionKind.SelectTarget or ExpressionKind.GroupBy
            or ExpressionKind.OrderBy or ExpressionKind.DistinctOn or ExpressionKind.ValuesSingle => null,
        _ => Common(kind),
    };

    private static string Common(ExpressionKind kind) => kind switch
    {
        ExpressionKind.JoinOn or ExpressionKind.JoinUsing => "JOIN conditions",
        ExpressionKind.FromSubselect => "FROM",
        ExpressionKind.FromFunction => "functions in FROM",
        ExpressionKind.Where => "WHERE",
        ExpressionKind.Having => "HAVING",
        ExpressionKind.Filter => "FILTER",
        ExpressionKind.GroupBy => "GROUP BY",
        ExpressionKind.Limit => "LIMIT",
        ExpressionKind.Offset => "OFFSET",
        ExpressionKind.Values or ExpressionKind.ValuesSingle => "VALUES",
        ExpressionKind.Policy => "policy expressions",
        ExpressionKind.Check or ExpressionKind.DomainCheck => "check constraints",
        ExpressionKind.ColumnDefault or ExpressionKind.FunctionDefault => "DEFAULT expressions",
        ExpressionKind.IndexExpression => "index expressions",
        ExpressionKind.IndexPredicate => "index predicates",
        ExpressionKind.StatisticsExpression => "statistics expressions",
        ExpressionKind.AlterColumnUsing => "transform expressions",
        ExpressionKind.TriggerWhen => "trigger WHEN conditions",
        ExpressionKind.PartitionBound => "partition bound",
        ExpressionKind.PartitionKey => "partition key expressions",
        ExpressionKind.CallArgument => "CALL arguments",
        ExpressionKind.GeneratedColumn => "column generation expressions",
        _ => "this context",
    };
}
