using System.Collections.Immutable;
using System.Globalization;
using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions;
using Plumbline.PostgreSql.Expressions.Tree;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Replay.Procedures;
using Plumbline.PostgreSql.Replay.Statements.Session;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Ast.Session;
using Plumbline.PostgreSql.Sql.Parsing;
using Plumbline.PostgreSql.Sql.PlPgSql;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Replay.Statements.Functions;

/// <summary>CREATE FUNCTION and CREATE PROCEDURE (<c>CreateFunction</c>, <c>ProcedureCreate</c>). PostgreSQL documentation, "CREATE FUNCTION".</summary>
internal static class CreateFunction
{
    /// <summary>Runs it.</summary>
    public static void Run(Execution execution, CreateFunctionStatement statement)
    {
        var database = execution.Database;
        var schema = execution.CreationNamespace(statement.Name);
        var options = FunctionOptions.Read(statement.Options, statement.IsProcedure);
        var language = options.Language ?? (statement.Body is not null ? "sql" : throw new RefusedException("42P13", "no language specified"));
        CheckLanguage(database, language);
        var parameters = Parameters(execution, statement);
        var (returns, returnsSet) = ReturnType(execution, statement, parameters);
        if (statement.Body is null && options.Body is null)
        {
            throw new RefusedException("42P13", "no function body specified");
        }

        if (returns == TypeOids.Trigger && language == "plpgsql" && parameters.Any(p => p.IsInput))
        {
            throw new RefusedException(new SqlError("42P13", "trigger functions cannot have declared arguments") { Hint = "The arguments of the trigger can be accessed through TG_NARGS and TG_ARGV instead." });
        }

        var row = new FunctionRow(statement.Name.Name, schema, statement.IsProcedure ? PgFunctionKind.Procedure : options.IsWindow ? PgFunctionKind.Window : PgFunctionKind.Function, execution.CurrentRole, language)
        {
            Parameters = parameters,
            ReturnTypeOid = returns,
            ReturnsSet = returnsSet,
            Body = options.Body ?? (statement.Body is { } body ? execution.Text.Substring(body.Span.Start, body.Span.Length) : ""),
            LinkSymbol = options.LinkSymbol,
            IsSqlBody = statement.Body is not null,
            Volatility = options.Volatility ?? PgVolatility.Volatile,
            IsStrict = options.IsStrict ?? false,
            IsSecurityDefiner = options.IsSecurityDefiner ?? false,
            IsLeakproof = options.IsLeakproof ?? false,
            Parallel = options.Parallel ?? "unsafe",
            Cost = options.Cost is { } cost && cost != (language is "c" or "internal" ? 1 : 100) ? cost : null,
            Rows = options.Rows is { } rows && rows != 1000 ? rows : null,
            Settings = options.ApplySettings([], execution),
        };
        if (options.Rows is not null && !returnsSet)
        {
            throw new RefusedException("22023", "ROWS is not applicable when function does not return a set");
        }

        Store(execution, row, statement.OrReplace);
        if (language == "plpgsql")
        {
            Compile(execution, row, options.BodySpan);
        }
    }

    /// <summary>ALTER FUNCTION with options.</summary>
    public static void Run(Execution execution, AlterFunctionStatement statement)
    {
        var function = FunctionFinder.Find(execution, statement.Function, missingOk: false)!;
        var options = FunctionOptions.Read(statement.Options, function.Row.Kind == PgFunctionKind.Procedure);
        function.Row = function.Row with
        {
            Volatility = options.Volatility ?? function.Row.Volatility,
            IsStrict = options.IsStrict ?? function.Row.IsStrict,
            IsSecurityDefiner = options.IsSecurityDefiner ?? function.Row.IsSecurityDefiner,
            IsLeakproof = options.IsLeakproof ?? function.Row.IsLeakproof,
            Parallel = options.Parallel ?? function.Row.Parallel,
            Cost = options.Cost ?? function.Row.Cost,
            Rows = options.Rows ?? function.Row.Rows,
            Settings = options.ApplySettings(function.Row.Settings, execution),
        };
    }

    /// <summary>CREATE AGGREGATE: only its name and types are known.</summary>
    public static void Run(Execution execution, CreateAggregateStatement statement)
    {
        var schema = execution.CreationNamespace(statement.Name);
        var options = statement.Options.Select(o => new StorageParameter(o.Name, o.Value is null ? "" : execution.Text.Substring(o.Value.Span.Start, o.Value.Span.Length))).ToImmutableArray();
        if (statement.Parameters is not { } written)
        {
            throw new CannotKnowException("The replay does not support the old syntax of aggregates.");
        }

        var state = statement.Options.FirstOrDefault(o => o.Name == "stype")?.Value as SqlTypeName ?? throw new RefusedException("42P13", "aggregate stype must be specified");
        var parameters = written.Select(p => new FunctionParameterInfo(p.Mode == ParameterMode.Variadic ? ArgumentMode.Variadic : ArgumentMode.In, p.Name?.Name ?? "", execution.Binder.Type(p.Type).Oid, null)).ToImmutableArray();
        var result = execution.Binder.Type(state).Oid;
        if (statement.Options.FirstOrDefault(o => o.Name == "finalfunc")?.Value is SqlNode final && (final as SqlTypeName)?.Name is { } finalName
            && FunctionFinder.Candidates(execution, finalName).FirstOrDefault() is { } finalFunction)
        {
            result = finalFunction.Row.ReturnTypeOid;
        }

        var row = new FunctionRow(statement.Name.Name, schema, PgFunctionKind.Aggregate, execution.CurrentRole, "internal")
        {
            Parameters = parameters,
            ReturnTypeOid = result,
            AggregateOptions = options,
            Volatility = PgVolatility.Immutable,
            Body = execution.Text.Substring(statement.Span.Start, statement.Span.Length),
        };
        Store(execution, row, statement.OrReplace);
    }

    private static void Store(Execution execution, FunctionRow row, bool orReplace)
    {
        var database = execution.Database;
        execution.Budget.UseText(row.Body.Length);
        var inputs = row.Parameters.Where(p => p.IsInput).Select(p => p.TypeOid).ToImmutableArray();
        var existing = database.FindOwnFunctions(row.Namespace, row.Name).FirstOrDefault(f => f.View.ArgumentTypes.AsSpan().SequenceEqual(inputs.AsSpan()));
        if (existing is not null)
        {
            if (!orReplace)
            {
                throw new RefusedException("42723", $"function \"{row.Name}\" already exists with same argument types");
            }

            FunctionReplacement.Check(execution, existing, row);
            Database.ForgetDependencies(new ObjectAddress(existing), d => d.Referenced.Object is not NamespaceObject);
            existing.Row = row with { Owner = existing.Row.Owner, Acl = existing.Row.Acl, Comment = existing.Row.Comment };
            DependOn(database, existing);
            return;
        }

        var function = new FunctionObject(database, database.NextOid(), row with { Acl = DefaultPrivileges.For(execution, 'f', row.Namespace) });
        database.Add(function);
        database.Depend(new ObjectAddress(function), new ObjectAddress(row.Namespace), DependencyType.Normal);
        DependOn(database, function);
    }

    // plpgsql_validator. A function with a path of its own is compiled with that path, which the replay does not follow.
    private static void Compile(Execution execution, FunctionRow row, TextSpan? span)
    {
        if (execution.Settings.Other("check_function_bodies") is "off" or "false" or "no" or "0" || row.Settings.Any(setting => setting.Name == "search_path")
            || PlPgSqlParser.Parse(row.Body).Block is not { } block)
        {
            return;
        }

        try
        {
            DeclaredNames.Check(execution, block);
        }
        catch (RefusedException refused)
        {
            // A place in the body as a place in the text around it.
            var start = span is { } literal ? Literals.ContentStart(execution.Text, literal) : null;
            throw new RefusedException(refused.Error with { Position = start + refused.Error.Position });
        }
    }

    private static void DependOn(Database database, FunctionObject function)
    {
        var address = new ObjectAddress(function);
        database.DependOnType(address, function.Row.ReturnTypeOid);
        foreach (var parameter in function.Row.Parameters)
        {
            database.DependOnType(address, parameter.TypeOid);
            database.DependOn(address, parameter.Default, DependencyType.Normal);
        }
    }

    private static void CheckLanguage(Database database, string language)
    {
        if (language is "sql" or "plpgsql" or "c" or "internal" || database.FindOther("language", null, language) is not null)
        {
            return;
        }

        // A language comes with its extension.
        if (database.FindExtension(language) is null)
        {
            throw new RefusedException(new SqlError("42704", $"language \"{language}\" does not exist") { Hint = KnownExtension.All.ContainsKey(language) ? "Use CREATE EXTENSION to load the language into the database." : null });
        }
    }

    // interpret_function_parameter_list
    private static ImmutableArray<FunctionParameterInfo> Parameters(Execution execution, CreateFunctionStatement statement)
    {
        var parameters = ImmutableArray.CreateBuilder<FunctionParameterInfo>(statement.Parameters.Length);
        var sawDefault = false;
        foreach (var parameter in statement.Parameters)
        {
            var type = Type(execution, parameter.Type);
            var mode = parameter.Mode switch
            {
                ParameterMode.Out => ArgumentMode.Out,
                ParameterMode.InOut => ArgumentMode.InOut,
                ParameterMode.Variadic => ArgumentMode.Variadic,
                ParameterMode.Table => ArgumentMode.Table,
                _ => ArgumentMode.In,
            };
            if (parameter.Type.IsSetOf)
            {
                throw new RefusedException("42P13", statement.IsProcedure ? "procedures cannot accept set arguments" : "functions cannot accept set arguments");
            }

            var name = parameter.Name?.Name ?? "";
            var info = new FunctionParameterInfo(mode, name, type, null);
            if (name.Length > 0 && parameters.Any(p => p.Name == name && ((p.IsInput && info.IsInput) || (p.IsOutput && info.IsOutput) || p.Mode == ArgumentMode.Table || mode == ArgumentMode.Table)))
            {
                throw new RefusedException("42P13", $"parameter name \"{name}\" used more than once");
            }

            if (parameter.Default is { } value)
            {
                if (!info.IsInput)
                {
                    throw new RefusedException("42P13", "only input parameters can have default values");
                }

                info = info with { Default = type == 0 ? new BoundExpression { Source = execution.Text.Substring(value.Span.Start, value.Span.Length) } : execution.Binder.ArgumentDefault(value, type) };
                sawDefault = true;
            }
            else if (info.IsInput && sawDefault && mode != ArgumentMode.Variadic)
            {
                throw new RefusedException("42P13", "input parameters after one with a default value must also have defaults");
            }

            parameters.Add(info);
        }

        return parameters.ToImmutable();
    }

    private static (uint Type, bool IsSet) ReturnType(Execution execution, CreateFunctionStatement statement, ImmutableArray<FunctionParameterInfo> parameters)
    {
        var outputs = parameters.Where(p => p.IsOutput).ToList();
        if (statement.IsProcedure)
        {
            return (outputs.Count > 0 ? TypeOids.Record : TypeOids.Void, false);
        }

        if (statement.ReturnsTable)
        {
            return (outputs.Count == 1 ? outputs[0].TypeOid : TypeOids.Record, true);
        }

        var implied = outputs.Count switch { 0 => 0u, 1 => outputs[0].TypeOid, _ => TypeOids.Record };
        if (statement.Returns is null)
        {
            return outputs.Count > 0 ? (implied, false) : throw new RefusedException("42P13", "function result type must be specified");
        }

        uint type;
        try
        {
            type = execution.Binder.Type(statement.Returns).Oid;
        }
        catch (RefusedException refused) when (refused.Error.SqlState == "42704")
        {
            throw new RefusedException(refused.Error with { Position = null });
        }

        if (outputs.Count > 0 && type != implied)
        {
            throw new RefusedException("42P13", $"function result type must be {execution.Database.FormatType(implied)} because of OUT parameters");
        }

        return (type, statement.Returns.IsSetOf);
    }

    // The message for a parameter's type has neither quotes nor a place.
    private static uint Type(Execution execution, SqlTypeName name)
    {
        try
        {
            return execution.Binder.Type(name).Oid;
        }
        catch (RefusedException refused) when (refused.Error.SqlState == "42704")
        {
            throw new RefusedException("42704", refused.Error.Message.Replace("\"", "", StringComparison.Ordinal));
        }
    }
}

/// <summary>What CREATE OR REPLACE FUNCTION may not change.</summary>
internal static class FunctionReplacement
{
    /// <summary>Refuses a replacement that callers would notice.</summary>
    public static void Check(Execution execution, FunctionObject existing, FunctionRow row)
    {
        var database = execution.Database;
        if (existing.Row.Kind != row.Kind)
        {
            throw new RefusedException(new SqlError("42809", "cannot change routine kind")
            {
                Detail = existing.Row.Kind switch
                {
                    PgFunctionKind.Aggregate => $"\"{row.Name}\" is an aggregate function.",
                    PgFunctionKind.Procedure => $"\"{row.Name}\" is a procedure.",
                    PgFunctionKind.Window => $"\"{row.Name}\" is a window function.",
                    _ => $"\"{row.Name}\" is a function.",
                },
            });
        }

        var drop = row.Kind switch { PgFunctionKind.Procedure => "DROP PROCEDURE", PgFunctionKind.Aggregate => "DROP AGGREGATE", _ => "DROP FUNCTION" };
        var hint = $"Use {drop} {database.FormatFunction(existing)} first.";
        if (existing.Row.ReturnTypeOid != row.ReturnTypeOid || existing.Row.ReturnsSet != row.ReturnsSet)
        {
            throw new RefusedException(new SqlError("42P13", row.Kind == PgFunctionKind.Procedure ? "cannot change whether a procedure has output parameters" : "cannot change return type of existing function") { Hint = hint });
        }

        if (row.ReturnTypeOid == TypeOids.Record)
        {
            var before = existing.Row.Parameters.Where(p => p.IsOutput).Select(p => (p.Name, p.TypeOid));
            if (!before.SequenceEqual(row.Parameters.Where(p => p.IsOutput).Select(p => (p.Name, p.TypeOid))))
            {
                throw new RefusedException(new SqlError("42P13", "cannot change return type of existing function") { Detail = "Row type defined by OUT parameters is different.", Hint = hint });
            }
        }

        foreach (var (old, now) in existing.Row.Parameters.Where(p => p.IsInput).Zip(row.Parameters.Where(p => p.IsInput)))
        {
            if (old.Name.Length > 0 && old.Name != now.Name)
            {
                throw new RefusedException(new SqlError("42P13", $"cannot change name of input parameter \"{old.Name}\"") { Hint = hint });
            }
        }

        if (row.Parameters.Count(p => p.Default is not null) < existing.Row.Parameters.Count(p => p.Default is not null))
        {
            throw new RefusedException(new SqlError("42P13", "cannot remove parameter defaults from existing function") { Hint = hint });
        }
    }
}

/// <summary>The options of CREATE and ALTER FUNCTION.</summary>
internal sealed class FunctionOptions
{
    private readonly List<SetStatement> _settings = [];

    public string? Language { get; private set; }

    public string? Body { get; private set; }

    /// <summary>Where the literal of the body is.</summary>
    public TextSpan? BodySpan { get; private set; }

    public string? LinkSymbol { get; private set; }

    public bool IsWindow { get; private set; }

    public PgVolatility? Volatility { get; private set; }

    public bool? IsStrict { get; private set; }

    public bool? IsSecurityDefiner { get; private set; }

    public bool? IsLeakproof { get; private set; }

    public string? Parallel { get; private set; }

    public double? Cost { get; private set; }

    public double? Rows { get; private set; }

    /// <summary>Reads the options, none of which may be there twice.</summary>
    public static FunctionOptions Read(ImmutableArray<DefinitionOption> options, bool isProcedure)
    {
        var read = new FunctionOptions();
        var seen = new HashSet<string>();
        foreach (var option in options)
        {
            if (option.Name != "set" && !seen.Add(option.Name))
            {
                throw new RefusedException("42601", "conflicting or redundant options", option.Span.Start);
            }

            if (isProcedure && option.Name is "volatility" or "strict" or "leakproof" or "cost" or "rows" or "support" or "parallel" or "window")
            {
                throw new RefusedException("42P13", "invalid attribute in procedure definition", option.Span.Start);
            }

            read.Take(option);
        }

        return read;
    }

    /// <summary>Settings after SET and RESET.</summary>
    public ImmutableArray<StorageParameter> ApplySettings(ImmutableArray<StorageParameter> existing, Execution execution)
    {
        foreach (var setting in _settings)
        {
            if (setting.Kind == SetKind.ResetAll)
            {
                existing = [];
                continue;
            }

            var index = existing.Select(s => s.Name).ToList().IndexOf(setting.Name);
            if (setting.Kind is SetKind.Reset or SetKind.Default)
            {
                existing = index < 0 ? existing : existing.RemoveAt(index);
                continue;
            }

            var value = setting.Kind == SetKind.FromCurrent
                ? setting.Name == "search_path" ? string.Join(", ", execution.Settings.Path.Select(SettingValues.QuotePath)) : execution.Settings.Other(setting.Name) ?? ""
                : SettingValues.Flatten(setting);
            var parameter = new StorageParameter(setting.Name, value);
            existing = index < 0 ? existing.Add(parameter) : existing.SetItem(index, parameter);
        }

        return existing;
    }

    private void Take(DefinitionOption option)
    {
        switch (option.Name)
        {
            case "language":
                Language = option.Text?.ToLowerInvariant();
                break;
            case "as" when option.Value is OptionList list:
                var strings = list.Items.OfType<ConstantExpr>().ToList();
                Body = strings.Count > 0 ? strings[0].Text : "";
                BodySpan = strings.Count > 0 ? strings[0].Span : null;
                LinkSymbol = strings.Count > 1 ? strings[1].Text : null;
                break;
            case "as":
                Body = option.Text ?? "";
                BodySpan = option.Value?.Span;
                break;
            case "window":
                IsWindow = true;
                break;
            case "volatility":
                Volatility = option.Text?.ToLowerInvariant() switch { "immutable" => PgVolatility.Immutable, "stable" => PgVolatility.Stable, _ => PgVolatility.Volatile };
                break;
            case "strict":
                IsStrict = IsTrue(option);
                break;
            case "security":
                IsSecurityDefiner = IsTrue(option);
                break;
            case "leakproof":
                IsLeakproof = IsTrue(option);
                break;
            case "parallel":
                Parallel = option.Text?.ToLowerInvariant();
                if (Parallel is not ("safe" or "unsafe" or "restricted"))
                {
                    throw new RefusedException("42601", "parameter \"parallel\" must be SAFE, RESTRICTED, or UNSAFE");
                }

                break;
            case "cost":
                Cost = Number(option);
                if (Cost <= 0)
                {
                    throw new RefusedException("22023", "COST must be positive");
                }

                break;
            case "rows":
                Rows = Number(option);
                if (Rows <= 0)
                {
                    throw new RefusedException("22023", "ROWS must be positive");
                }

                break;
            case "set" when option.Value is SetStatement setting:
                _settings.Add(setting);
                break;
        }
    }

    private static bool IsTrue(DefinitionOption option) => option.Text?.ToLowerInvariant() is null or "true" or "definer" or "1" or "on";

    private static double Number(DefinitionOption option) => double.TryParse(option.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : 0;
}
