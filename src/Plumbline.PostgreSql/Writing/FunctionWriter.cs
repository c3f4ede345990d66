using System.Globalization;
using System.Text;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing;

/// <summary>Writes functions and procedures in the form of <c>pg_get_functiondef</c>.</summary>
internal static class FunctionWriter
{
    internal static string Create(Function function, bool replace = false)
    {
        var create = replace ? "CREATE OR REPLACE" : "CREATE";
        if (function.Kind == FunctionKind.Aggregate)
        {
            return $"{create} AGGREGATE {SqlIdentifier.Quote(function.Name)}({Arguments(function, withDefaults: false)}) ({function.Body})";
        }

        var sql = new StringBuilder(create)
            .Append(function.Kind == FunctionKind.Procedure ? " PROCEDURE " : " FUNCTION ")
            .Append(SqlIdentifier.Quote(function.Name));
        sql.Append('(').Append(Arguments(function, withDefaults: true)).Append(')').Append(function.Returns is { } returns ? $"\n RETURNS {returns}" : "");
        sql.Append("\n LANGUAGE ").Append(SqlIdentifier.Quote(function.Language)).Append(Attributes(function));
        foreach (var setting in function.Settings)
        {
            sql.Append("\n SET ").Append(setting.Name).Append(" TO ").Append(SettingValue(setting));
        }

        return sql.Append('\n').Append(function.IsSqlBody ? ArrayCasts.Keep(function.Body) : $"AS {SqlLiteral.DollarQuote(function.Body, function.Kind == FunctionKind.Procedure ? "procedure" : "function")}").ToString();
    }

    /// <summary>The function as <c>DROP</c>, <c>COMMENT ON</c> and <c>GRANT</c> name it: <c>FUNCTION public.f(integer)</c>.</summary>
    internal static string Reference(Function function)
    {
        var kind = function.Kind switch { FunctionKind.Procedure => "PROCEDURE", FunctionKind.Aggregate => "AGGREGATE", _ => "FUNCTION" };
        return $"{kind} {Name(function)}";
    }

    internal static string Name(Function function)
    {
        var types = function.Arguments.Where(a => a.Mode is ArgumentMode.In or ArgumentMode.InOut or ArgumentMode.Variadic).Select(a => SqlType.Of(a.Type));
        return $"{SqlIdentifier.Quote(function.Name)}({string.Join(", ", types)})";
    }

    private static string Attributes(Function function)
    {
        var sql = new StringBuilder(function.Kind == FunctionKind.Window ? " WINDOW" : "");
        sql.Append(function.Volatility == "volatile" ? "" : " " + function.Volatility.ToUpperInvariant());
        sql.Append(function.Parallel == "unsafe" ? "" : $" PARALLEL {function.Parallel.ToUpperInvariant()}");
        sql.Append(function.IsStrict ? " STRICT" : "")
            .Append(function.IsSecurityDefiner ? " SECURITY DEFINER" : "")
            .Append(function.IsLeakproof ? " LEAKPROOF" : "");
        sql.Append(function.Cost is { } cost ? string.Create(CultureInfo.InvariantCulture, $" COST {cost}") : "");
        return sql.Append(function.Rows is { } rows ? string.Create(CultureInfo.InvariantCulture, $" ROWS {rows}") : "").ToString();
    }

    private static string Arguments(Function function, bool withDefaults)
    {
        var arguments = function.Arguments.Where(a => a.Mode != ArgumentMode.Table).Select(a =>
        {
            var mode = a.Mode switch { ArgumentMode.Out => "OUT ", ArgumentMode.InOut => "INOUT ", ArgumentMode.Variadic => "VARIADIC ", _ => "" };
            var name = a.Name is null ? "" : SqlIdentifier.Quote(a.Name) + " ";
            return $"{mode}{name}{SqlType.Of(a.Type)}{(withDefaults && a.Default is { } value ? $" DEFAULT {ArrayCasts.Keep(value.Text)}" : "")}";
        });
        return string.Join(", ", arguments);
    }

    /// <summary>A list such as a search path is written item by item: in one string it would be one name.</summary>
    private static string SettingValue(StorageParameter setting)
    {
        if (setting.Name is not ("search_path" or "temp_tablespaces" or "session_preload_libraries" or "local_preload_libraries"))
        {
            return SqlLiteral.Quote(Unquoted(setting.Value));
        }

        var items = new List<string>();
        var start = 0;
        char? quote = null;
        for (var i = 0; i <= setting.Value.Length; i++)
        {
            if (i == setting.Value.Length || (setting.Value[i] == ',' && quote is null))
            {
                items.Add(SqlLiteral.Quote(Unquoted(setting.Value[start..i].Trim())));
                start = i + 1;
            }
            else if (setting.Value[i] is '"' or '\'' && (quote is null || quote == setting.Value[i]))
            {
                quote = quote is null ? setting.Value[i] : null;
            }
        }

        return string.Join(", ", items);
    }

    private static string Unquoted(string value)
    {
        if (value.Length < 2 || value[0] != value[^1] || value[0] is not ('"' or '\''))
        {
            return value;
        }

        var quote = value[..1];
        return value[1..^1].Replace(quote + quote, quote, StringComparison.Ordinal);
    }
}
