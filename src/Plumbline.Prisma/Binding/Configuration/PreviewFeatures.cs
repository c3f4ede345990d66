namespace Plumbline.Prisma.Binding.Configuration;

/// <summary>The preview features of Prisma 4 to 7 (Prisma documentation, "Preview features").</summary>
internal static class PreviewFeatures
{
    /// <summary>Those of Prisma 7, as its messages list them.</summary>
    public const string Active =
        "nativeDistinct, partialIndexes, postgresqlExtensions, relationJoins, schemaEngineDriverAdapters, shardKeys, strictUndefinedChecks, views, fullTextSearchPostgres";

    private static readonly HashSet<string> Current = new(StringComparer.OrdinalIgnoreCase)
    {
        "nativeDistinct", "partialIndexes", "postgresqlExtensions", "relationJoins", "schemaEngineDriverAdapters", "shardKeys", "strictUndefinedChecks", "views",
        "fullTextSearchPostgres", "typedSql", "reactNative"
    };

    // What Prisma 7 still knows, but as something that needs no switch.
    private static readonly HashSet<string> Deprecated = new(StringComparer.OrdinalIgnoreCase)
    {
        "aggregateApi", "atomicNumberOperations", "clientExtensions", "cockroachdb", "connectOrCreate", "createMany", "dataProxy", "deno", "distinct", "driverAdapters",
        "extendedIndexes", "extendedWhereUnique", "fieldReference", "filterJson", "filteredRelationCount", "fullTextIndex", "fullTextSearch", "groupBy",
        "improvedQueryRaw", "interactiveTransactions", "jsonProtocol", "microsoftSqlServer", "middlewares", "mongoDb", "multiSchema", "nApi", "namedConstraints",
        "nativeTypes", "omitApi", "orderByAggregateGroup", "orderByNulls", "orderByRelation", "prismaSchemaFolder", "queryCompiler", "referentialActions",
        "referentialIntegrity", "selectRelationCount", "tracing", "transactionApi", "uncheckedScalarInputs"
    };

    // What Prisma 7 knows no more; a schema of Prisma 4 to 6 may have it.
    private static readonly HashSet<string> Removed = new(StringComparer.OrdinalIgnoreCase) { "esm", "metrics", "insensitiveFilters", "sqlServer", "mongodb" };

    /// <summary>Whether a schema of Prisma 7 may switch a feature on.</summary>
    public static bool IsCurrent(string name) => Current.Contains(name);

    /// <summary>Whether Prisma 7 knows a feature as one that is always on.</summary>
    public static bool IsDeprecated(string name) => Deprecated.Contains(name);

    /// <summary>Whether only a Prisma before 7 knows a feature.</summary>
    public static bool IsRemoved(string name) => Removed.Contains(name);
}
