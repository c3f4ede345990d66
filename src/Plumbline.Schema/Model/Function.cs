using System.Collections.Immutable;

namespace Plumbline.Schema.Model;

/// <summary>A function, procedure, aggregate or window function.</summary>
public sealed record Function : NamedObject
{
    /// <summary>What kind of routine.</summary>
    public FunctionKind Kind { get; init; }

    /// <summary>Its arguments, in their order.</summary>
    public ImmutableArray<FunctionArgument> Arguments { get; init; } = [];

    /// <summary>What it returns, as <c>pg_get_function_result</c> prints it; null for a procedure.</summary>
    public string? Returns { get; init; }

    /// <summary>Its language, such as <c>plpgsql</c>.</summary>
    public required string Language { get; init; }

    /// <summary>Its body, exactly as between its quotes; for a body in standard SQL (<c>BEGIN ATOMIC</c>, <c>RETURN</c>) that text.</summary>
    public required string Body { get; init; }

    /// <summary>Whether the body is standard SQL rather than a string.</summary>
    public bool IsSqlBody { get; init; }

    /// <summary><c>immutable</c>, <c>stable</c> or <c>volatile</c>.</summary>
    public string Volatility { get; init; } = "volatile";

    /// <summary>Whether it is STRICT.</summary>
    public bool IsStrict { get; init; }

    /// <summary>Whether it is SECURITY DEFINER.</summary>
    public bool IsSecurityDefiner { get; init; }

    /// <summary>Whether it is LEAKPROOF.</summary>
    public bool IsLeakproof { get; init; }

    /// <summary><c>unsafe</c>, <c>restricted</c> or <c>safe</c>.</summary>
    public string Parallel { get; init; } = "unsafe";

    /// <summary>COST where it is not the language's default; else null.</summary>
    public double? Cost { get; init; }

    /// <summary>ROWS where it is not the default; else null.</summary>
    public double? Rows { get; init; }

    /// <summary>Its SET settings, in their order.</summary>
    public ImmutableArray<StorageParameter> Settings { get; init; } = [];

    /// <summary>The types of its input arguments, which with its name identify it.</summary>
    public string Signature =>
        string.Join(", ", Arguments.Where(a => a.Mode is ArgumentMode.In or ArgumentMode.InOut or ArgumentMode.Variadic).Select(a => a.Type.ToString()));
}

/// <summary>The kinds of routine.</summary>
public enum FunctionKind
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

/// <summary>An argument of a <see cref="Function"/>.</summary>
public sealed record FunctionArgument
{
    /// <summary>Its mode.</summary>
    public ArgumentMode Mode { get; init; }

    /// <summary>Its name; null where it has none.</summary>
    public string? Name { get; init; }

    /// <summary>Its type.</summary>
    public required ColumnType Type { get; init; }

    /// <summary>Its DEFAULT; else null.</summary>
    public SqlExpression? Default { get; init; }
}

/// <summary>The mode of a <see cref="FunctionArgument"/>.</summary>
public enum ArgumentMode
{
    /// <summary><c>IN</c>, the default.</summary>
    In,

    /// <summary><c>OUT</c>.</summary>
    Out,

    /// <summary><c>INOUT</c>.</summary>
    InOut,

    /// <summary><c>VARIADIC</c>.</summary>
    Variadic,

    /// <summary>A column of <c>RETURNS TABLE</c>.</summary>
    Table,
}
