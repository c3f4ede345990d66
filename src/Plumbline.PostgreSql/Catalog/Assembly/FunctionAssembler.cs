using System.Collections.Immutable;
using Plumbline.PostgreSql.Catalog.Rows;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Catalog.Assembly;

/// <summary>Functions in the form in which the replay builds them.</summary>
internal sealed class FunctionAssembler
{
    // What CREATE FUNCTION takes where nothing is said: procost and prorows.
    private const double CostOfMachineCode = 1;
    private const double CostOfOthers = 100;
    private const double RowsOfSet = 1000;

    private readonly CatalogLookup _lookup;
    private readonly Dictionary<uint, AggregateRow> _aggregates;

    /// <summary>Looks through rows.</summary>
    public FunctionAssembler(CatalogLookup lookup, CatalogRows rows)
    {
        _lookup = lookup;
        _aggregates = rows.Aggregates.Rows.ToDictionary(a => a.Function);
    }

    /// <summary>A function, procedure or aggregate.</summary>
    public Function Build(FunctionRow row)
    {
        var isAggregate = row.Kind == 'a';
        return new Function
        {
            Name = _lookup.Name(row.Namespace, row.Name),
            Owner = _lookup.Owner(row.Owner),
            Grants = _lookup.Grants(row.Acl),
            Kind = row.Kind switch { 'p' => FunctionKind.Procedure, 'a' => FunctionKind.Aggregate, 'w' => FunctionKind.Window, _ => FunctionKind.Function },
            Arguments = Arguments(row),
            Returns = row.Result,
            Language = row.Language,
            Body = isAggregate && _aggregates.TryGetValue(row.Oid, out var aggregate) ? Body(aggregate) : row.SqlBody ?? row.Source,
            IsSqlBody = row.SqlBody is not null,
            Volatility = row.Volatility switch { 'i' => "immutable", 's' => "stable", _ => "volatile" },
            IsStrict = row.IsStrict,
            IsSecurityDefiner = row.IsSecurityDefiner,
            IsLeakproof = row.IsLeakproof,
            Parallel = row.Parallel switch { 's' => "safe", 'r' => "restricted", _ => "unsafe" },
            Cost = isAggregate || row.Cost == (row.Language is "c" or "internal" ? CostOfMachineCode : CostOfOthers) ? null : row.Cost,
            Rows = row.Rows == (row.ReturnsSet ? RowsOfSet : 0) ? null : row.Rows,
            Settings = row.Settings is null ? [] : [.. row.Settings.OfType<string>().Select(CatalogLookup.Parameter)],
            Comment = _lookup.Comment("pg_proc", row.Oid),
        };
    }

    private ImmutableArray<FunctionArgument> Arguments(FunctionRow row)
    {
        var types = row.AllTypes.Length > 0 ? row.AllTypes : row.InputTypes;
        var arguments = ImmutableArray.CreateBuilder<FunctionArgument>(types.Length);
        for (var i = 0; i < types.Length; i++)
        {
            arguments.Add(new FunctionArgument
            {
                Mode = row.Modes?[i] switch { "o" => ArgumentMode.Out, "b" => ArgumentMode.InOut, "v" => ArgumentMode.Variadic, "t" => ArgumentMode.Table, _ => ArgumentMode.In },
                Name = row.Names?[i] is { Length: > 0 } name ? name : null,
                Type = _lookup.Type(types[i]),
                Default = CatalogLookup.Expression(row.Defaults?[i]),
            });
        }

        return arguments.MoveToImmutable();
    }

    private string Body(AggregateRow row)
    {
        var options = new List<string> { $"sfunc = {row.Transition}", $"stype = {_lookup.Type(row.State)}" };
        if (row.Final is { } final)
        {
            options.Add($"finalfunc = {final}");
        }

        if (row.Combine is { } combine)
        {
            options.Add($"combinefunc = {combine}");
        }

        if (row.Initial is { } initial)
        {
            options.Add($"initcond = '{initial.Replace("'", "''", StringComparison.Ordinal)}'");
        }

        if (row.SortOperator is { } sort)
        {
            options.Add($"sortop = {sort}");
        }

        return string.Join(", ", options);
    }
}
