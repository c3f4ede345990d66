using System.Collections.Immutable;

namespace Plumbline.PostgreSql.Builtins;

/// <summary>What a row of <c>pg_proc</c> is (<c>prokind</c>).</summary>
internal enum PgFunctionKind : byte
{
    /// <summary>A function.</summary>
    Function,

    /// <summary>A procedure.</summary>
    Procedure,

    /// <summary>An aggregate.</summary>
    Aggregate,

    /// <summary>A window function.</summary>
    Window,
}

/// <summary>How far the result of a function may change ("Function Volatility Categories"). Ordered: the volatility of an expression is the greatest in
/// it.</summary>
internal enum PgVolatility : byte
{
    /// <summary>Same arguments, same result, for ever.</summary>
    Immutable,

    /// <summary>Same arguments, same result within one statement.</summary>
    Stable,

    /// <summary>Anything.</summary>
    Volatile,
}

/// <summary>A column that a function with OUT or TABLE arguments returns.</summary>
/// <param name="Name">Its name; empty where the argument has none.</param>
/// <param name="TypeOid">Its type.</param>
internal sealed record PgOutColumn(string Name, uint TypeOid);

/// <summary>A row of <c>pg_proc</c>, less what nothing here asks for.</summary>
/// <param name="Oid">Its identity; a built-in function has PostgreSQL's own.</param>
/// <param name="Schema">Its schema.</param>
/// <param name="Name">Its name.</param>
internal sealed record PgFunction(uint Oid, string Schema, string Name)
{
    /// <summary>What it is.</summary>
    public PgFunctionKind Kind { get; init; }

    /// <summary>Types of its input arguments (IN, INOUT, VARIADIC), in order; a VARIADIC one is the array type.</summary>
    public ImmutableArray<uint> ArgumentTypes { get; init; } = [];

    /// <summary>Names of its input arguments, empty where one has none; empty altogether where none has.</summary>
    public ImmutableArray<string> ArgumentNames { get; init; } = [];

    /// <summary>How many of the last input arguments have defaults.</summary>
    public int DefaultCount { get; init; }

    /// <summary>Element type of a VARIADIC last argument; 0 where there is none. For <c>VARIADIC "any"</c> it is <c>"any"</c> itself.</summary>
    public uint VariadicOid { get; init; }

    /// <summary>Type that it returns; of a set, the type of one row.</summary>
    public uint ReturnTypeOid { get; init; }

    /// <summary>Whether it returns a set.</summary>
    public bool ReturnsSet { get; init; }

    /// <summary>Its OUT, INOUT and TABLE columns; empty where it has none.</summary>
    public ImmutableArray<PgOutColumn> OutColumns { get; init; } = [];

    /// <summary>Its volatility.</summary>
    public PgVolatility Volatility { get; init; } = PgVolatility.Volatile;

    /// <summary>Whether it is written in SQL, so that the planner may put its body in its place and its volatility is not what counts.</summary>
    public bool IsSqlLanguage { get; init; }

    /// <summary>Of an aggregate: <c>n</c> normal, <c>o</c> ordered-set, <c>h</c> hypothetical-set; else <c>\0</c>.</summary>
    public char AggregateKind { get; init; }

    /// <summary>Of an ordered-set aggregate: how many of its arguments are direct ones.</summary>
    public int DirectArgumentCount { get; init; }
}
