using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions.Tree;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Replay.Statements.Types;

/// <summary>The functions that make values of a range type (<c>makeRangeConstructors</c>); they come and go with it.</summary>
internal static class RangeConstructors
{
    /// <summary>Makes them.</summary>
    public static void Create(Execution execution, TypeObject range, TypeObject multirange)
    {
        var bound = range.Row.SubtypeOid;
        Add(execution, range, range, [bound, bound], isVariadic: false);
        Add(execution, range, range, [bound, bound, TypeOids.Text], isVariadic: false);
        Add(execution, multirange, multirange, [], isVariadic: false);
        Add(execution, multirange, multirange, [range.Oid], isVariadic: false);
        Add(execution, multirange, multirange, [range.Row.ArrayType!.Oid], isVariadic: true);
    }

    private static void Add(Execution execution, TypeObject owner, TypeObject result, uint[] arguments, bool isVariadic)
    {
        var database = execution.Database;
        var function = new FunctionObject(database, database.NextOid(), new FunctionRow(owner.Name, owner.Namespace, PgFunctionKind.Function, execution.CurrentRole, "internal")
        {
            Parameters = [.. arguments.Select(a => new FunctionParameterInfo(isVariadic ? ArgumentMode.Variadic : ArgumentMode.In, "", a, null))],
            ReturnTypeOid = result.Oid,
            Volatility = PgVolatility.Immutable,
            IsOfType = true,
        });
        database.Add(function);
        database.Depend(new ObjectAddress(function), new ObjectAddress(owner), DependencyType.Internal);
    }
}
