using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.PlPgSql;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Replay.Procedures;

/// <summary>Runs a block of PL/pgSQL. PostgreSQL documentation, "PL/pgSQL — SQL Procedural Language".</summary>
internal sealed partial class BlockRunner
{
    private const int HarmlessRounds = 50;

    private readonly Execution _execution;
    private readonly Evaluator _evaluator;
    private readonly string _code;
    private readonly int? _start;
    private readonly Dictionary<Variable, SqlTypeName?> _types = [];

    // Characters of a statement that are parsed in the time of a look-up.
    private const int CharactersParsed = 4;

    private int _steps;
    private int _subtransactions;
    private Identifier? _leaving;
    private SqlError? _caught;

    private BlockRunner(Execution execution, string code)
    {
        _execution = execution;
        _code = code;
        _start = execution.TextStart;
        _evaluator = new Evaluator(execution) { Text = code };
    }

    private enum Flow
    {
        Next,
        Exit,
        Continue,
        Return,
    }

    private VariableScope Variables
    {
        get => _evaluator.Variables;
        set => _evaluator.Variables = value;
    }

    /// <summary>Runs a block.</summary>
    /// <param name="execution">The session.</param>
    /// <param name="block">The block.</param>
    /// <param name="code">The text that its spans refer to.</param>
    /// <param name="parameters">The parameters of the function whose code it is; null for a block by itself.</param>
    /// <exception cref="RefusedException">PostgreSQL refuses it.</exception>
    /// <exception cref="CannotKnowException">What it does to the schema depends on what no replay can know.</exception>
    public static void Run(Execution execution, PlBlock block, string code, VariableScope? parameters = null)
    {
        var runner = new BlockRunner(execution, code);
        var mark = execution.Journal.Mark();
        var ran = execution.Code?.Mark() ?? 0;
        DeclaredNames.Check(execution, block);
        var outermost = new VariableScope(parameters, null);
        outermost.Declare(new Variable("found", "boolean") { Value = BooleanValue.False });
        runner.Variables = outermost;
        try
        {
            runner.RunBlock(block);
        }
        catch (CannotKnowException) when (!SchemaEffects.MayChange([block]))
        {
            // Whatever it does, it does to rows.
            execution.Journal.RollBackTo(mark);
            execution.Settings.Apply();
            execution.Code?.RollBackTo(ran);
            runner.NotePerhaps([block]);
        }
    }

    private string TextOf(TextSpan span) => _code.Substring(span.Start, span.Length);

    private Flow RunBlock(PlBlock block)
    {
        var outer = Variables;
        Variables = new VariableScope(outer, block.Label?.Name);
        try
        {
            Declare(block);
            var flow = block.Handlers.IsEmpty ? RunAll(block.Statements) : RunGuarded(block);
            return flow == Flow.Exit && block.Label is { } label && _leaving?.Name == label.Name ? Flow.Next : flow;
        }
        finally
        {
            Variables = outer;
        }
    }

    private void Declare(PlBlock block)
    {
        foreach (var declaration in block.Declarations)
        {
            if (declaration.AliasFor is { } alias)
            {
                if (Variables.TryFind(alias.Name, out var known))
                {
                    Variables.Alias(declaration.Name.Name, known);
                }

                continue;
            }

            var type = DeclaredNames.TypeOf(declaration);
            var variable = new Variable(declaration.Name.Name, type is null ? null : TextOf(type.Span)) { IsConstant = declaration.IsConstant };
            if (declaration.Default is { } value)
            {
                variable.Value = Convert(Value(value), type, value);
                if (declaration.IsNotNull && variable.Value is null)
                {
                    throw new RefusedException("22004", $"null value cannot be assigned to variable \"{variable.Name}\" declared NOT NULL");
                }
            }

            Variables.Declare(variable);
            _types[variable] = type;
        }
    }

    // EXCEPTION: the statements are a subtransaction; what they did is taken back before a handler runs ("Trapping Errors").
    private Flow RunGuarded(PlBlock block)
    {
        var mark = _execution.Journal.Mark();
        var ran = _execution.Code?.Mark() ?? 0;
        var scope = Variables;
        try
        {
            _subtransactions++;
            return RunAll(block.Statements);
        }
        catch (RefusedException refused)
        {
            var error = UnsafeLabels.Translate(_execution.Database, refused.Error);
            var handler = block.Handlers.FirstOrDefault(h => h.Conditions.Any(c => Catches(c, error.SqlState)));
            if (handler is null)
            {
                throw;
            }

            _execution.Journal.RollBackTo(mark);
            _execution.Settings.Apply();
            _execution.Code?.RollBackTo(ran);
            _subtransactions--;
            var before = _caught;
            Variables = new VariableScope(scope, null);
            Variables.Declare(new Variable("sqlstate", "text") { Value = new TextValue(error.SqlState) });
            Variables.Declare(new Variable("sqlerrm", "text") { Value = new TextValue(error.Message) });
            _caught = error;
            try
            {
                return RunAll(handler.Statements);
            }
            finally
            {
                _caught = before;
                Variables = scope;
                _subtransactions++;
            }
        }
        finally
        {
            _subtransactions--;
        }
    }

    private static bool Catches(PlCondition condition, string state) =>
        condition.IsSqlState ? ConditionNames.Covers(condition.Name, state)
        : condition.Name == "others" ? state is not ("57014" or "P0004")
        : ConditionNames.StatesOf(condition.Name).Any(s => ConditionNames.Covers(s, state));

    private Flow RunAll(ImmutableArray<PlStatement> statements)
    {
        foreach (var statement in statements)
        {
            var flow = RunOne(statement);
            if (flow != Flow.Next)
            {
                return flow;
            }
        }

        return Flow.Next;
    }

    private void Use(long units)
    {
        if (!_execution.Budget.TryUse(units))
        {
            throw _execution.Budget.TooLong(string.Create(CultureInfo.InvariantCulture,
                $"The blocks and functions of all migrations together need more than {ReadingBudget.HistoryLookups:N0} look-ups, the limit of the replay."));
        }
    }

    private void Step()
    {
        Use(ReplayBudget.OfStatement);
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw _execution.Budget.TooLong("The block is nested more deeply than the replay can follow.");
        }

        if (++_steps > ReadingBudget.BlockSteps)
        {
            throw _execution.Budget.TooLong(string.Create(CultureInfo.InvariantCulture,
                $"The block runs for more than {ReadingBudget.BlockSteps:N0} steps, the limit of the replay."));
        }
    }

    private Flow RunOne(PlStatement statement)
    {
        Step();
        switch (statement)
        {
            case PlNull: return Flow.Next;
            case PlBlock s: return RunBlock(s);
            case PlIf s: return RunIf(s);
            case PlCase s: return RunCase(s);
            case PlLoop s: return RunLoop(s);
            case PlForRange s: return RunRange(s);
            case PlForeach s: return RunForeach(s);
            case PlForQuery s: return RunQuery(s);
            case PlExit s:
                if (s.When is not null && Condition(s.When) != true)
                {
                    return Flow.Next;
                }

                _leaving = s.Label;
                return s.IsContinue ? Flow.Continue : Flow.Exit;
            case PlReturn: return Flow.Return;
            case PlRaise s:
                Raise(s);
                return Flow.Next;
            case PlAssert s:
                if (Condition(s.Condition) != true)
                {
                    throw new RefusedException("P0004", s.Message is null ? "assertion failed" : TextValueOf(s.Message) ?? "assertion failed");
                }

                return Flow.Next;
            case PlAssignment s:
                Assign(s.Target, Value(s.Value), s.Value);
                return Flow.Next;
            case PlSql s:
                MoveTo(s);
                RunSql(s);
                return Flow.Next;
            case PlPerform s:
                MoveTo(s);
                Perform(s);
                return Flow.Next;
            case PlExecute s:
                MoveTo(s);
                Execute(s);
                return Flow.Next;
            case PlGetDiagnostics s:
                Diagnose(s);
                return Flow.Next;
            default:
                throw new CannotKnowException($"\"{_evaluator.Excerpt(statement.Span.Start, statement.Span.Length)}\" is not supported by the replay.");
        }
    }

    // Where a block is not in the migration as it runs, its statements are put down to the block.
    private void MoveTo(PlStatement statement)
    {
        if (_start is not null)
        {
            _execution.Journal.MoveTo(PlaceOf(statement));
        }
    }

    private TextSpan? PlaceOf(PlStatement statement) =>
        _start is { } start ? new TextSpan(start + statement.Span.Start, statement.Span.Length) : _execution.Journal.Place;

    private Flow RunIf(PlIf s)
    {
        foreach (var branch in s.Branches)
        {
            try
            {
                if (Holds(branch.Conditions[0]) == true)
                {
                    return RunAll(branch.Statements);
                }
            }
            catch (UnknownValueException unknown)
            {
                return Either(s, branch.Conditions[0], unknown);
            }
        }

        return RunAll(s.Else);
    }

    private Flow RunCase(PlCase s)
    {
        foreach (var branch in s.Branches)
        {
            foreach (var condition in branch.Conditions)
            {
                try
                {
                    var test = s.Operand is null ? condition
                        : new OperatorExpr(condition.Span, new OperatorName(condition.Span, [], "="), s.Operand, condition);
                    if (Holds(test) == true)
                    {
                        return RunAll(branch.Statements);
                    }
                }
                catch (UnknownValueException unknown)
                {
                    return Either(s, condition, unknown);
                }
            }
        }

        return s.Else is { } otherwise ? RunAll(otherwise)
            : throw new RefusedException(new SqlError("20000", "case not found") { Hint = "CASE statement is missing ELSE part." });
    }

    // One of the branches runs, nobody knows which. Where none does more than change rows, it does not matter.
    private Flow Either(PlStatement statement, SqlExpr condition, UnknownValueException unknown)
    {
        if (SchemaEffects.MayChange([statement]) || SchemaEffects.MayLeave([statement]))
        {
            throw new CannotKnowException(
                ValueLimits.Sentence($"Whether \"{_evaluator.Excerpt(condition.Span.Start, condition.Span.Length)}\" holds", unknown.Message));
        }

        Skim([statement], unknown.Message);
        return Flow.Next;
    }

    // Statements that may run or not, and change rows only.
    private void NotePerhaps(IReadOnlyCollection<PlStatement> statements)
    {
        SchemaEffects.NoteRows(_execution, statements);
        if (_execution.Code is not { } recorder)
        {
            return;
        }

        foreach (var inner in statements.SelectMany(SchemaEffects.All).OfType<PlSql>().OrderBy(s => s.Span.Start))
        {
            recorder.Note(inner.Statement, _code, _start, PlaceOf(inner), _execution.Journal.Mark());
        }
    }

    // The statements may run or not: rows may be there, and what they assign is anybody's guess.
    private void Skim(IReadOnlyCollection<PlStatement> statements, string reason)
    {
        NotePerhaps(statements);
        foreach (var statement in statements.SelectMany(SchemaEffects.All))
        {
            IEnumerable<string> targets = statement switch
            {
                PlAssignment { Target: ColumnRefExpr target } => [target.Parts[0].Name],
                PlAssignment { Target: IndirectionExpr { Operand: ColumnRefExpr target } } => [target.Parts[0].Name],
                PlSql { Into: { } into } => into.Targets.Select(t => t.Parts[0].Name).Append("found"),
                PlExecute { Into: { } into } => into.Targets.Select(t => t.Parts[0].Name),
                PlGetDiagnostics { Items: var items } => items.Select(i => i.Target.Parts[0].Name),
                PlForQuery { Targets: var targets2 } => targets2.Select(t => t.Parts[0].Name).Append("found"),
                PlForeach { Targets: var targets3 } => targets3.Select(t => t.Parts[0].Name).Append("found"),
                PlSql or PlPerform or PlForRange => ["found"],
                _ => [],
            };
            foreach (var target in targets)
            {
                if (Variables.TryFind(target, out var variable))
                {
                    variable.Value = new UnknownValue(reason);
                }
            }
        }
    }
}
