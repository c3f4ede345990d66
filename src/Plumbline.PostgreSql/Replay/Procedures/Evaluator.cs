using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Replay.Procedures;

/// <summary>Computes expressions over what the replay knows: constants, variables and the catalogs.</summary>
/// <param name="execution">The session.</param>
internal sealed partial class Evaluator(Execution execution)
{

    // Characters of a text that are copied, or looked at, in the time of a step.
    private const int CharactersMade = 32;
    private const int CharactersRead = 256;

    private long _steps;

    /// <summary>The variables that expressions may name.</summary>
    public VariableScope Variables { get; set; } = new(null, null);

    /// <summary>The text that contains the expressions.</summary>
    public string Text { get; set; } = "";

    /// <summary>The values of USING, which <c>$1</c> names.</summary>
    public ImmutableArray<PlValue?> Parameters { get; set; } = [];

    private Database Database => execution.Database;

    /// <summary>The value of an expression.</summary>
    /// <exception cref="UnknownValueException">Nobody can know it.</exception>
    /// <exception cref="RefusedException">PostgreSQL refuses it.</exception>
    public PlValue? Evaluate(SqlExpr expression) => Evaluate(expression, new RowScope(null));

    /// <summary>The value of an expression, or an <see cref="UnknownValue"/>.</summary>
    public PlValue? EvaluateOrUnknown(SqlExpr expression, RowScope? scope = null)
    {
        try
        {
            return Evaluate(expression, scope ?? new RowScope(null));
        }
        catch (UnknownValueException unknown)
        {
            return new UnknownValue(unknown.Message);
        }
    }

    /// <summary>Whether a condition holds; null is SQL's unknown.</summary>
    public bool? Holds(SqlExpr condition, RowScope scope) => Evaluate(condition, scope) switch
    {
        null => null,
        BooleanValue b => b.Value,
        TextValue t when PlValues.TryBoolean(t.Text) is { } b => b,
        NumberValue n => n.Number != 0,
        _ => throw Unknown(condition),
    };

    // Each doubling of a value is one step only: a loop of them must neither fill the memory nor take for ever.
    private void Use(long steps)
    {
        _steps += steps;
        if (_steps > ReadingBudget.BlockLookups)
        {
            throw execution.Budget.Exceeded(ValueLimits.LookupsOfBlock);
        }

        if (!execution.Budget.TryUse(steps))
        {
            throw execution.Budget.Exceeded(ValueLimits.LookupsOfHistory);
        }
    }

    /// <summary>The values of an expression, which may be a function that returns a set.</summary>
    private PlValue? Evaluate(SqlExpr expression, RowScope scope)
    {
        Use(1);
        var value = Compute(expression, scope);
        if (value is TextValue or ArrayValue or RecordValue)
        {
            var size = value.Size;
            execution.Budget.Allow(size);
            Use(size / (expression is ColumnRefExpr or ParameterExpr ? CharactersRead : CharactersMade));
        }

        return value;
    }

    private PlValue? Compute(SqlExpr expression, RowScope scope)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw execution.Budget.Exceeded(ValueLimits.Depth);
        }

        return expression switch
        {
            ConstantExpr e => Constant(e),
            ColumnRefExpr e => Column(e, scope),
            ParameterExpr e => e.Number >= 1 && e.Number <= Parameters.Length ? Known(Parameters[e.Number - 1]) : throw Unknown(e),
            CastExpr e => Cast(Evaluate(e.Operand, scope), e.Type, e),
            CollateExpr e => Evaluate(e.Operand, scope),
            BooleanExpr e => Logic(e, scope),
            OperatorExpr e => Operator(e.Operator.Symbol, e.Left is null ? null : Evaluate(e.Left, scope), Evaluate(e.Right, scope), e.Left is null, e),
            IsTestExpr e => Test(e, scope),
            DistinctExpr e => Distinct(e, scope),
            LikeExpr e when e.Kind != LikeKind.SimilarTo && e.Escape is null =>
                Negate(Like(Evaluate(e.Left, scope), Evaluate(e.Pattern, scope), e.Kind == LikeKind.ILike, e), e.IsNegated),
            BetweenExpr { IsSymmetric: false } e => Between(e, scope),
            InExpr e => In(e, scope),
            QuantifiedExpr e => Quantified(e, scope),
            SubqueryExpr e => Subquery(e, scope),
            CaseExpr e => Case(e, scope),
            ConditionalExpr e => Conditional(e, scope),
            ArrayExpr e => new ArrayValue(Items(e.Items, scope)),
            RowExpr e => new RecordValue([.. e.Items.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"f{i + 1}"))], Items(e.Items, scope)),
            IndirectionExpr e => Indirection(e, scope),
            ValueFunctionExpr e => ValueFunction(e),
            FunctionCallExpr e => Call(e, scope),
            _ => throw Unknown(expression),
        };
    }

    private ImmutableArray<PlValue?> Items(ImmutableArray<SqlExpr> items, RowScope scope) => [.. items.Select(item => Evaluate(item, scope))];

    private UnknownValueException Unknown(SqlExpr expression) => new($"\"{Excerpt(expression.Span.Start, expression.Span.Length)}\"");

    /// <summary>A part of the text, in one line.</summary>
    public string Excerpt(int start, int length)
    {
        if (start < 0 || start + length > Text.Length)
        {
            return "an expression";
        }

        var text = string.Join(' ', Text.Substring(start, length).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= 100 ? text : text[..97] + "...";
    }

    private static PlValue? Known(PlValue? value) => value is UnknownValue unknown ? throw new UnknownValueException(unknown.Reason) : value;

    private PlValue? Constant(ConstantExpr e) => e.Kind switch
    {
        ConstantKind.Null => null,
        ConstantKind.Boolean => BooleanValue.Of(e.Text == "true"),
        ConstantKind.Integer or ConstantKind.Numeric => new NumberValue(PlValues.TryNumber(e.Text) ?? throw Unknown(e)),
        _ => new TextValue(e.Text),
    };

    private PlValue? Column(ColumnRefExpr e, RowScope scope)
    {
        if (e.IsStar)
        {
            throw Unknown(e);
        }

        var column = e.Parts[^1].Name;
        var table = e.Parts.Length > 1 ? e.Parts[^2].Name : null;
        var found = scope.TryFind(table, column, out var value);
        if (found == true)
        {
            return Known(value);
        }

        if (found is null)
        {
            throw Unknown(e);
        }

        if (table is null)
        {
            return Variables.TryFind(column, out var variable) ? Known(variable.Value) : throw Unknown(e);
        }

        if (e.Parts.Length == 2 && Variables.TryFind(table, column, out var labelled))
        {
            return Known(labelled.Value);
        }

        if (Variables.TryFind(e.Parts[0].Name, out var record))
        {
            return Field(Known(record.Value), e.Parts[1].Name, record.Name, e);
        }

        throw Unknown(e);
    }

    private PlValue? Field(PlValue? value, string name, string record, SqlExpr e) => value switch
    {
        null => null,
        RecordValue row => row.TryGet(name, out var field) ? Known(field) : throw new RefusedException("42703", $"record \"{record}\" has no field \"{name}\""),
        _ => throw Unknown(e),
    };

    private PlValue? Logic(BooleanExpr e, RowScope scope)
    {
        if (e.Kind == BooleanKind.Not)
        {
            return Holds(e.Operands[0], scope) is { } value ? BooleanValue.Of(!value) : null;
        }

        // What is known decides where it can, whatever the unknown would be.
        var decisive = e.Kind == BooleanKind.Or;
        UnknownValueException? unknown = null;
        var hasNull = false;
        foreach (var operand in e.Operands)
        {
            try
            {
                var value = Holds(operand, scope);
                if (value == decisive)
                {
                    return BooleanValue.Of(decisive);
                }

                hasNull |= value is null;
            }
            catch (UnknownValueException exception)
            {
                unknown ??= exception;
            }
        }

        return unknown is not null ? throw unknown : hasNull ? null : BooleanValue.Of(!decisive);
    }

    private BooleanValue Test(IsTestExpr e, RowScope scope)
    {
        var value = e.Kind switch
        {
            IsTestKind.Null => Evaluate(e.Operand, scope) is null,
            IsTestKind.True => Holds(e.Operand, scope) == true,
            IsTestKind.False => Holds(e.Operand, scope) == false,
            IsTestKind.Unknown => Holds(e.Operand, scope) is null,
            _ => throw Unknown(e),
        };
        return BooleanValue.Of(value != e.IsNegated);
    }

    private BooleanValue Distinct(DistinctExpr e, RowScope scope)
    {
        var (left, right) = (Evaluate(e.Left, scope), Evaluate(e.Right, scope));
        var isDistinct = left is null || right is null ? left is not null || right is not null : Compare(left, right, e) != 0;
        return BooleanValue.Of(isDistinct != e.IsNegated);
    }

    private int Compare(PlValue left, PlValue right, SqlExpr e)
    {
        if (left is RecordValue a && right is RecordValue b && a.Items.Length == b.Items.Length)
        {
            for (var i = 0; i < a.Items.Length; i++)
            {
                var order = a.Items[i] is { } x && b.Items[i] is { } y ? Compare(x, y, e) : throw Unknown(e);
                if (order != 0)
                {
                    return order;
                }
            }

            return 0;
        }

        // A text that is compared with an array, or an object's number, was written without its type.
        if (left is ArrayValue && right is TextValue text && PlValues.ReadArray(text.Text) is { } array)
        {
            right = array;
        }
        else if (left is OidValue oid && oid.Type != "oid" && right is TextValue name
            && ObjectNames.Find(execution, name.Text, oid.Type, missingOk: false) is { } found)
        {
            right = found;
        }

        return PlValues.Compare(left, right) ?? throw Unknown(e);
    }

    private static BooleanValue? Negate(PlValue? value, bool isNegated) => value is BooleanValue b ? BooleanValue.Of(b.Value != isNegated) : null;

    private BooleanValue? Between(BetweenExpr e, RowScope scope)
    {
        if (Evaluate(e.Operand, scope) is not { } value || Evaluate(e.Low, scope) is not { } low || Evaluate(e.High, scope) is not { } high)
        {
            return null;
        }

        return BooleanValue.Of((Compare(value, low, e) >= 0 && Compare(value, high, e) <= 0) != e.IsNegated);
    }

    private BooleanValue? In(InExpr e, RowScope scope)
    {
        var value = Evaluate(e.Operand, scope);
        var items = e.Query is null ? e.Items.Select(item => Evaluate(item, scope)) : Column(e.Query, scope);
        return Any(value, items, "=", e) is { } found ? BooleanValue.Of(found != e.IsNegated) : null;
    }

    private BooleanValue? Quantified(QuantifiedExpr e, RowScope scope)
    {
        var value = Evaluate(e.Left, scope);
        IEnumerable<PlValue?> items;
        if (e.Query is not null)
        {
            items = Column(e.Query, scope);
        }
        else
        {
            switch (Evaluate(e.Array!, scope))
            {
                case null: return null;
                case ArrayValue array: items = array.Items; break;
                case TextValue text when PlValues.ReadArray(text.Text) is { } read: items = read.Items; break;
                default: throw Unknown(e);
            }
        }

        if (!e.IsAll)
        {
            return Any(value, items, e.Operator.Symbol, e) is { } any ? BooleanValue.Of(any) : null;
        }

        bool? all = true;
        foreach (var item in items)
        {
            Use(1);
            switch (Operator(e.Operator.Symbol, value, item, false, e))
            {
                case BooleanValue { Value: false }: return BooleanValue.False;
                case null: all = null; break;
            }
        }

        return all is { } known ? BooleanValue.Of(known) : null;
    }

    private bool? Any(PlValue? value, IEnumerable<PlValue?> items, string symbol, SqlExpr e)
    {
        bool? any = false;
        UnknownValueException? unknown = null;
        foreach (var item in items)
        {
            Use(1);
            try
            {
                switch (Operator(symbol, value, Known(item), false, e))
                {
                    case BooleanValue { Value: true }: return true;
                    case null: any = null; break;
                }
            }
            catch (UnknownValueException exception)
            {
                unknown ??= exception;
            }
        }

        return unknown is null ? any : throw unknown;
    }

    private PlValue? Subquery(SubqueryExpr e, RowScope scope)
    {
        switch (e.Kind)
        {
            case SubqueryKind.Exists:
                return BooleanValue.Of(Query(e.Query, scope, existsOnly: true).Rows.Count > 0);
            case SubqueryKind.Array:
                return new ArrayValue([.. Column(e.Query, scope).Select(Known)]);
            default:
                var rows = Query(e.Query, scope).Rows;
                return rows.Count switch
                {
                    0 => null,
                    1 => rows[0].Length > 0 ? Known(rows[0][0]) : throw Unknown(e),
                    _ => throw new RefusedException("21000", "more than one row returned by a subquery used as an expression"),
                };
        }
    }

    private IEnumerable<PlValue?> Column(SelectStatement query, RowScope scope) =>
        Query(query, scope).Rows.Select(row => row.Length == 1 ? row[0] : new RecordValue([.. row.Select((_, i) => $"f{i + 1}")], [.. row]));

    private PlValue? Case(CaseExpr e, RowScope scope)
    {
        var operand = e.Operand is null ? null : Evaluate(e.Operand, scope);
        foreach (var branch in e.Branches)
        {
            var holds = e.Operand is null
                ? Holds(branch.Condition, scope) == true
                : operand is not null && Evaluate(branch.Condition, scope) is { } value && Compare(operand, value, e) == 0;
            if (holds)
            {
                return Evaluate(branch.Result, scope);
            }
        }

        return e.Else is null ? null : Evaluate(e.Else, scope);
    }

    private PlValue? Conditional(ConditionalExpr e, RowScope scope)
    {
        switch (e.Kind)
        {
            case ConditionalKind.Coalesce:
                foreach (var argument in e.Arguments)
                {
                    if (Evaluate(argument, scope) is { } value)
                    {
                        return value;
                    }
                }

                return null;
            case ConditionalKind.NullIf:
                var (left, right) = (Evaluate(e.Arguments[0], scope), Evaluate(e.Arguments[1], scope));
                return left is null || right is null || Compare(left, right, e) != 0 ? left : null;
            default:
                PlValue? best = null;
                foreach (var argument in e.Arguments)
                {
                    if (Evaluate(argument, scope) is { } value && (best is null || Compare(value, best, e) > 0 == (e.Kind == ConditionalKind.Greatest)))
                    {
                        best = value;
                    }
                }

                return best;
        }
    }

    private PlValue? Indirection(IndirectionExpr e, RowScope scope)
    {
        var value = Evaluate(e.Operand, scope);
        foreach (var step in e.Steps)
        {
            switch (step)
            {
                case FieldStep field:
                    value = Field(value, field.Name.Name, "row", e);
                    break;
                case SubscriptStep { IsSlice: false, Upper: { } index } when value is null or ArrayValue:
                    if (value is not ArrayValue array || Evaluate(index, scope) is not NumberValue { Number: var number })
                    {
                        return null;
                    }

                    value = number >= 1 && number <= array.Items.Length ? array.Items[(int)number - 1] : null;
                    break;
                default:
                    throw Unknown(e);
            }
        }

        return value;
    }

    private PlValue? ValueFunction(ValueFunctionExpr e) => e.Name switch
    {
        "current_user" or "current_role" or "user" => new TextValue(execution.CurrentRole.Name),
        "session_user" => new TextValue(execution.Settings.SessionRole.Name),
        "current_schema" => CurrentSchema(),
        "current_catalog" => new TextValue("postgres"),
        _ => throw Unknown(e),
    };

    private PlValue? CurrentSchema() =>
        Database.SearchPath.FirstOrDefault(s => s is not ("pg_catalog" or "pg_temp")) is { } schema ? new TextValue(schema) : null;
}
