using System.Collections.Immutable;
using System.Text;
using Plumbline.PostgreSql.Replay.Statements;
using Plumbline.PostgreSql.Replay.Statements.Functions;
using Plumbline.PostgreSql.Sql;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.PostgreSql.Sql.Ast.Session;
using Plumbline.PostgreSql.Sql.PlPgSql;

namespace Plumbline.PostgreSql.Replay.Procedures;

/// <content>SQL statements, EXECUTE, RAISE, assignments and the values that they take.</content>
internal sealed partial class BlockRunner
{
    // What an expression names is looked up as the server does, before its value is computed.
    private void CheckExpression(SqlExpr expression)
    {
        if (expression is ConstantExpr or ColumnRefExpr)
        {
            return;
        }

        CheckQuery("SELECT " + TextOf(expression.Span), 0);
    }

    private void CheckQuery(string text, int parameters) => VariableText.Resolve(text, Variables, parameters, resolved =>
    {
        Use(resolved.Length / CharactersParsed);
        if (SqlParser.ParseStatement(resolved) is SelectStatement query)
        {
            InText(resolved, () => _execution.Binder.Query(query, []));
        }
    });

    // Start: where the text stands in the migration; null where it does not.
    private void InText(string text, Action run, int? start = null)
    {
        var (before, startBefore) = (_execution.Text, _execution.TextStart);
        _execution.Text = text;
        _execution.TextStart = start;
        try
        {
            run();
        }
        finally
        {
            _execution.Text = before;
            _execution.TextStart = startBefore;
        }
    }

    private PlValue? Value(SqlExpr expression)
    {
        CheckExpression(expression);
        return _evaluator.EvaluateOrUnknown(expression);
    }

    private PlValue? Known(SqlExpr expression)
    {
        var value = Value(expression);
        return value is UnknownValue unknown ? throw CannotKnow(expression, unknown.Reason) : value;
    }

    private CannotKnowException CannotKnow(SqlExpr expression, string reason) =>
        new(ValueLimits.Sentence($"The value of \"{_evaluator.Excerpt(expression.Span.Start, expression.Span.Length)}\"", reason));

    private bool? Holds(SqlExpr condition)
    {
        CheckExpression(condition);
        return _evaluator.Holds(condition, new RowScope(null));
    }

    private bool? Condition(SqlExpr condition)
    {
        try
        {
            return Holds(condition);
        }
        catch (UnknownValueException unknown)
        {
            throw CannotKnow(condition, unknown.Message);
        }
    }

    private string? TextValueOf(SqlExpr expression)
    {
        try
        {
            return PlValues.Print(_execution.Database, Value(expression));
        }
        catch (UnknownValueException)
        {
            return _evaluator.Excerpt(expression.Span.Start, expression.Span.Length);
        }
    }

    private PlValue? Convert(PlValue? value, SqlTypeName? type, SqlExpr place)
    {
        if (type is null || value is null or UnknownValue)
        {
            return value;
        }

        try
        {
            return _evaluator.Cast(value, type, place);
        }
        catch (UnknownValueException unknown)
        {
            return new UnknownValue(unknown.Message);
        }
    }

    private void Assign(SqlExpr target, PlValue? value, SqlExpr place)
    {
        switch (target)
        {
            case ColumnRefExpr { Parts: [var name] } when Variables.TryFind(name.Name, out var variable):
                Set(variable, value, place);
                break;
            case ColumnRefExpr { Parts: [var label, var name] } when Variables.TryFind(label.Name, name.Name, out var labelled):
                Set(labelled, value, place);
                break;
            case ColumnRefExpr { Parts: [var name, var field] } when Variables.TryFind(name.Name, out var record) && record.Value is RecordValue row
                && row.Names.Contains(field.Name):
                record.Value = row with { Items = row.Items.SetItem(row.Names.IndexOf(field.Name), value) };
                break;
            case IndirectionExpr { Operand: ColumnRefExpr { Parts: [var name] } } when Variables.TryFind(name.Name, out var whole):
                whole.Value = new UnknownValue("an item of an array that was assigned");
                break;
        }
    }

    private void Set(Variable variable, PlValue? value, SqlExpr place)
    {
        if (variable.IsConstant)
        {
            throw new RefusedException("22005", $"variable \"{variable.Name}\" is declared CONSTANT");
        }

        variable.Value = Convert(value, _types.GetValueOrDefault(variable), place);
    }

    // A row into variables: a record takes it whole, others take its fields one by one.
    private void AssignRow(ImmutableArray<QualifiedName> targets, RecordValue? row)
    {
        if (targets is [{ Parts: [var only] }] && Variables.TryFind(only.Name, out var single))
        {
            var isRecord = single.Type is null && !(row is { Names: ["item"] });
            single.Value = row is null ? null : isRecord ? row
                : Convert(row.Items.FirstOrDefault(), _types.GetValueOrDefault(single), new ConstantExpr(only.Span, ConstantKind.Null, ""));
            return;
        }

        for (var i = 0; i < targets.Length; i++)
        {
            Assign(new ColumnRefExpr(targets[i].Span, targets[i].Parts), row is not null && i < row.Items.Length ? row.Items[i] : null,
                new ConstantExpr(targets[i].Span, ConstantKind.Null, ""));
        }
    }

    private CatalogTable Rows(SelectStatement query)
    {
        var text = TextOf(query.Span);
        CheckQuery(text.StartsWith("SELECT", StringComparison.OrdinalIgnoreCase) || query.Body is not SelectBody || query.With is not null ? text
            : "SELECT " + text, 0);
        return _evaluator.Query(query);
    }

    private void RunSql(PlSql s)
    {
        var text = TextOf(s.Span);
        if (s.Into is { } into)
        {
            // The server does not see INTO either.
            var start = into.Span.Start - s.Span.Start;
            text = string.Concat(text.AsSpan(0, start), new string(' ', into.Span.Length), text.AsSpan(start + into.Span.Length));
        }

        Refuse(s.Statement);
        if (s.Statement is CallStatement { Call: var call } && CalledFunctions.TryRun(_execution, call, Value))
        {
            return;
        }

        if (SchemaEffects.IsData(s.Statement))
        {
            VariableText.Resolve(text, Variables, 0, resolved => RunText(resolved, ReferenceEquals(resolved, text) ? _start + s.Span.Start : null));
        }
        else
        {
            RunFinal(text, _start + s.Span.Start);
        }

        switch (s.Statement)
        {
            case SelectStatement when s.Into is null:
                throw new RefusedException(new SqlError("42601",
                    "query has no destination for result data")
                { Hint = "If you want to discard the results of a SELECT, use PERFORM instead." });
            case SelectStatement query:
                Into(s.Into, () => _evaluator.Query(query));
                break;
            default:
                if (s.Into is { } returning)
                {
                    Forget(returning);
                }

                Found(s.Statement);
                break;
        }
    }

    private void Into(PlInto into, Func<CatalogTable> rows)
    {
        try
        {
            var table = rows();
            if (into.IsStrict && table.Rows.Count != 1)
            {
                throw table.Rows.Count == 0 ? new RefusedException("P0002", "query returned no rows")
                    : new RefusedException("P0003", "query returned more than one row");
            }

            AssignRow(into.Targets, table.Rows.Count > 0 ? new RecordValue(table.Columns, [.. table.Rows[0]]) : null);
            SetFound(table.Rows.Count > 0);
        }
        catch (UnknownValueException unknown)
        {
            Forget(into, unknown.Message);
        }
    }

    private void Forget(PlInto into, string reason = "rows of a table")
    {
        foreach (var target in into.Targets)
        {
            if (Variables.TryFind(target.Parts[0].Name, out var variable))
            {
                variable.Value = new UnknownValue(reason);
            }
        }

        SetFound(null);
    }

    // An UPDATE or DELETE of a table without rows finds none.
    private void Found(SqlStatement statement)
    {
        var name = statement switch
        {
            UpdateStatement s => s.Table.Name,
            DeleteStatement s => s.Table.Name,
            _ => null,
        };
        if (name is not null)
        {
            SetFound(_execution.TryRelation(name) is { IsTable: true } table && !_execution.MayHaveRows(table) ? false : null);
        }
        else if (statement is InsertStatement { Source.Body: ValuesBody } or MergeStatement)
        {
            SetFound(statement is InsertStatement ? true : null);
        }
        else if (statement is InsertStatement)
        {
            SetFound(null);
        }
    }

    private static void Refuse(SqlStatement statement)
    {
        switch (statement)
        {
            case TransactionStatement: throw new RefusedException("0A000", "unsupported transaction command in PL/pgSQL");
            case CopyStatement { File: null }: throw new RefusedException("0A000", "cannot COPY to/from client in PL/pgSQL");
        }
    }

    // Runs the statement of a text of its own, in which nothing stands for anything else.
    private void RunFinal(string text, int? start = null)
    {
        try
        {
            RunText(text, start);
        }
        catch (RefusedException refused)
        {
            throw new RefusedException(refused.Error with { Position = null });
        }
    }

    private void RunText(string text) => RunText(text, null);

    private void RunText(string text, int? start)
    {
        Use(text.Length / CharactersParsed);
        foreach (var statement in SqlParser.Read(text, isPsql: false))
        {
            switch (statement.Statement)
            {
                case InvalidStatement invalid:
                    throw new RefusedException(new SqlError(invalid.Error.SqlState, invalid.Error.Message)
                    {
                        Detail = invalid.Error.Detail,
                        Hint = invalid.Error.Hint
                    });
                case UnknownStatement unknown:
                    throw new CannotKnowException(unknown.Reason);
            }
        }

        InText(text, () =>
        {
            foreach (var statement in SqlParser.Read(text, isPsql: false))
            {
                Step();
                RunStatement(statement.Statement);
            }
        }, start);
    }

    private void RunStatement(SqlStatement statement)
    {
        var (isInFunction, isTransactional) = (_execution.IsInFunction, _execution.IsTransactional);
        var mark = _execution.Journal.Mark();
        var place = _execution.Journal.Place;
        _execution.IsInFunction = true;
        _execution.IsTransactional = true;
        try
        {
            Dispatch.Run(_execution, statement);
            _execution.Code?.Note(statement, _execution.Text, _execution.TextStart, place, mark);
        }
        catch (RefusedException refused) when (_subtransactions > 0 && refused.Error is { SqlState: "25001" } error
            && error.Message.EndsWith(" cannot be executed from a function", StringComparison.Ordinal))
        {
            throw new RefusedException("25001",
                error.Message.Replace(" cannot be executed from a function", " cannot run inside a transaction block", StringComparison.Ordinal));
        }
        catch (RefusedException)
        {
            // What it had done before it was refused would stay, where the refusal is caught here and it is tried again.
            _execution.Journal.RollBackTo(mark);
            throw;
        }
        finally
        {
            _execution.IsInFunction = isInFunction;
            _execution.IsTransactional = isTransactional;
        }
    }

    private void Perform(PlPerform s)
    {
        if (s.Query is { Body: SelectBody { From.IsEmpty: true, Where: null, Targets: [{ Value: FunctionCallExpr call }] } } && CalledFunctions.TryRun(_execution, call, Value))
        {
            SetFound(true);
            return;
        }

        var text = TextOf(s.Query.Span);
        text = text.StartsWith("PERFORM", StringComparison.OrdinalIgnoreCase) ? "SELECT" + text["PERFORM".Length..] : "SELECT " + text;
        VariableText.Resolve(text, Variables, 0, RunText);
        try
        {
            SetFound(_evaluator.Query(s.Query).Rows.Count > 0);
        }
        catch (UnknownValueException)
        {
            SetFound(null);
        }
    }

    private void Execute(PlExecute s)
    {
        var text = CommandText(s.Command);
        Use(text.Length / CharactersParsed);
        var parameters = s.Using.Select(Value).ToImmutableArray();
        var statements = SqlParser.Read(text, isPsql: false).Select(x => x.Statement).ToList();
        if (statements.Exists(x => x is TransactionStatement))
        {
            throw new RefusedException("0A000", "EXECUTE of transaction commands is not implemented");
        }

        if (statements is [SelectStatement { Into: null } query])
        {
            VariableText.Resolve(text, new VariableScope(null, null), parameters.Length, RunText);
            if (s.Into is { } into)
            {
                Into(into, () => QueryText(text, query, parameters));
            }

            return;
        }

        RunFinal(VariableText.WithoutParameters(text, parameters.Length));
        if (s.Into is { } returning)
        {
            Forget(returning);
        }
    }

    private string CommandText(SqlExpr command)
    {
        try
        {
            return PlValues.Print(_execution.Database, Known(command)) ?? throw new RefusedException("22004", "query string argument of EXECUTE is null");
        }
        catch (UnknownValueException unknown)
        {
            throw CannotKnow(command, unknown.Message);
        }
    }

    private CatalogTable QueryText(SqlExpr command, ImmutableArray<SqlExpr> arguments)
    {
        var text = PlValues.Print(_execution.Database, Value(command)) ?? throw new RefusedException("22004", "query string argument of EXECUTE is null");
        Use(text.Length / CharactersParsed);
        var parameters = arguments.Select(Value).ToImmutableArray();
        switch (SqlParser.ParseStatement(text))
        {
            case InvalidStatement invalid:
                throw new RefusedException(new SqlError(invalid.Error.SqlState, invalid.Error.Message));
            case SelectStatement query:
                VariableText.Resolve(text, new VariableScope(null, null), parameters.Length, RunText);
                return QueryText(text, query, parameters);
            default:
                throw new UnknownValueException("what a statement returns");
        }
    }

    private CatalogTable QueryText(string text, SelectStatement query, ImmutableArray<PlValue?> parameters) =>
        new Evaluator(_execution) { Text = text, Parameters = parameters }.Query(query);

    private void Raise(PlRaise s)
    {
        var message = s.Format is null ? null : Message(s);
        if (s.Level != "exception")
        {
            return;
        }

        var options = s.Options.ToLookup(o => o.Name, o => o.Value as SqlExpr);
        if (s.Format is null && s.Condition is null && s.Options.IsEmpty)
        {
            throw new RefusedException(_caught ?? new SqlError("0Z002", "RAISE without parameters cannot be used outside an exception handler"));
        }

        var state = s.Condition is not { } condition ? "P0001" : condition.IsSqlState ? condition.Name : ConditionNames.StatesOf(condition.Name).First();
        var written = options["errcode"].FirstOrDefault() is { } code ? TextValueOf(code) : null;
        if (written is not null)
        {
            state = written.Length == 5 && written.All(c => char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c)) ? written
                : ConditionNames.StatesOf(written).FirstOrDefault() ?? throw new RefusedException("42704", $"unrecognized exception condition \"{written}\"");
        }

        message ??= options["message"].FirstOrDefault() is { } given ? TextValueOf(given) : written ?? s.Condition?.Name ?? state;
        throw new RefusedException(new SqlError(state, message ?? "")
        {
            Detail = options["detail"].FirstOrDefault() is { } detail ? TextValueOf(detail) : null,
            Hint = options["hint"].FirstOrDefault() is { } hint ? TextValueOf(hint) : null,
        });
    }

    private string Message(PlRaise s)
    {
        var text = new StringBuilder();
        var next = 0;
        for (var i = 0; i < s.Format!.Length; i++)
        {
            if (s.Format[i] != '%')
            {
                text.Append(s.Format[i]);
            }
            else if (i + 1 < s.Format.Length && s.Format[i + 1] == '%')
            {
                text.Append('%');
                i++;
            }
            else
            {
                text.Append(TextValueOf(s.Arguments[next++]) ?? "<NULL>");
            }
        }

        return text.ToString();
    }

    private void Diagnose(PlGetDiagnostics s)
    {
        foreach (var (target, item) in s.Items)
        {
            PlValue? value = item switch
            {
                "returned_sqlstate" when _caught is { } error => new TextValue(error.SqlState),
                "message_text" when _caught is { } error => new TextValue(error.Message),
                "pg_exception_detail" when _caught is { } error => new TextValue(error.Detail ?? ""),
                "pg_exception_hint" when _caught is { } error => new TextValue(error.Hint ?? ""),
                _ => new UnknownValue("what a statement did to rows"),
            };
            Assign(new ColumnRefExpr(target.Span, target.Parts), value, new ConstantExpr(target.Span, ConstantKind.Null, ""));
        }
    }
}
