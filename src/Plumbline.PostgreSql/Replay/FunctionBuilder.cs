using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Replay;

/// <summary>Functions as the neutral model has them.</summary>
/// <param name="schema">What they are built for.</param>
internal sealed class FunctionBuilder(SchemaBuilder schema)
{
    /// <summary>A function, procedure or aggregate.</summary>
    public Function Build(FunctionObject function)
    {
        var row = function.Row;
        return new Function
        {
            Name = new ObjectName(function.Namespace.Name, function.Name),
            Owner = schema.Owner(row.Owner),
            Grants = Privileges.ToGrants(row.Acl),
            Kind = row.Kind switch
            {
                PgFunctionKind.Procedure => FunctionKind.Procedure,
                PgFunctionKind.Aggregate => FunctionKind.Aggregate,
                PgFunctionKind.Window => FunctionKind.Window,
                _ => FunctionKind.Function,
            },
            Arguments = [.. row.Parameters.Select(p => new FunctionArgument { Mode = p.Mode, Name = p.Name.Length == 0 ? null : p.Name, Type = schema.Type(p.TypeOid), Default = schema.Print(p.Default) })],
            Returns = Returns(row),
            Language = row.Language,
            Body = row.Kind == PgFunctionKind.Aggregate
                ? string.Join(", ", row.AggregateOptions.Select(o => o.Value.Length == 0 ? o.Name : $"{o.Name} = {o.Value}"))
                : row.Body,
            IsSqlBody = row.IsSqlBody,
            Volatility = row.Volatility switch { PgVolatility.Immutable => "immutable", PgVolatility.Stable => "stable", _ => "volatile" },
            IsStrict = row.IsStrict,
            IsSecurityDefiner = row.IsSecurityDefiner,
            IsLeakproof = row.IsLeakproof,
            Parallel = row.Parallel,
            Cost = row.Cost,
            Rows = row.Rows,
            Settings = row.Settings,
            Location = schema.Location(function),
            ChangedBy = schema.Changes(function),
            Comment = row.Comment,
        };
    }

    // pg_get_function_result
    private string? Returns(FunctionRow row)
    {
        if (row.Kind == PgFunctionKind.Procedure)
        {
            return null;
        }

        var columns = row.Parameters.Where(p => p.Mode == ArgumentMode.Table).ToList();
        if (columns.Count > 0)
        {
            return $"TABLE({string.Join(", ", columns.Select(c => $"{Database.Quote(c.Name)} {schema.Database.FormatType(c.TypeOid)}"))})";
        }

        return (row.ReturnsSet ? "SETOF " : "") + schema.Database.FormatType(row.ReturnTypeOid);
    }
}
