using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.PostgreSql.Sql.PlPgSql;

namespace Plumbline.PostgreSql.Replay.Procedures;

/// <content>Loops. PostgreSQL documentation, "Simple Loops" and the sections behind it.</content>
internal sealed partial class BlockRunner
{
    private Flow RunLoop(PlLoop s)
    {
        while (true)
        {
            Step();
            if (s.Condition is not null && Condition(s.Condition) != true)
            {
                return Flow.Next;
            }

            if (Round(s.Label, s.Statements) is { } flow)
            {
                return flow;
            }
        }
    }

    private Flow RunRange(PlForRange s)
    {
        var (first, last, by) = (Bound(s.First, "lower"), Bound(s.Last, "upper"), s.By is null ? 1 : Bound(s.By, "BY"));
        if (by <= 0)
        {
            throw new RefusedException("22023", "BY value of FOR loop must be greater than zero");
        }

        return WithVariables([s.Variable.Name], s.Label, () =>
        {
            Variables.TryFind(s.Variable.Name, out var variable);
            return Rounds(Numbers(first, last, by, s.IsReverse), s.Label, s.Statements, s, item => variable!.Value = item);
        });
    }

    private static IEnumerable<PlValue?> Numbers(decimal first, decimal last, decimal by, bool isReverse)
    {
        // The bounds are integers; a step beyond the last one must not overflow.
        var distance = isReverse ? first - last : last - first;
        for (var i = 0m; i <= distance; i += by)
        {
            yield return new NumberValue(isReverse ? first - i : first + i);
        }
    }

    private decimal Bound(SqlExpr expression, string name)
    {
        var value = Known(expression);
        return value switch
        {
            NumberValue { Number: < long.MinValue or > long.MaxValue } => throw CannotKnow(expression, "a number that is too large"),
            null => throw new RefusedException("22004", name == "BY" ? "BY value of FOR loop cannot be null" : $"{name} bound of FOR loop cannot be null"),
            NumberValue n => n.Number,
            TextValue t when PlValues.TryNumber(t.Text) is >= long.MinValue and <= long.MaxValue and { } n => n,
            _ => throw CannotKnow(expression, "a number that is none"),
        };
    }

    private Flow RunForeach(PlForeach s)
    {
        var value = Known(s.Array);
        var array = value as ArrayValue ?? (value is TextValue text ? PlValues.ReadArray(text.Text) : null);
        if (value is null)
        {
            throw new RefusedException("22004", "FOREACH expression must not be null");
        }

        if (array is null || s.Slice > 1)
        {
            throw CannotKnow(s.Array, "the array");
        }

        return Rounds(s.Slice == 1 ? array.Items : [.. Flat(array)], s.Label, s.Statements, s, item =>
            AssignRow(s.Targets, item is RecordValue record ? record : new RecordValue(["item"], [item])));
    }

    private static IEnumerable<PlValue?> Flat(ArrayValue array) => array.Items.SelectMany(item => item is ArrayValue inner ? Flat(inner) : [item]);

    private Flow RunQuery(PlForQuery s)
    {
        CatalogTable table;
        try
        {
            table = s.Execute is { } text ? QueryText(text, s.Using) : s.Query is SelectStatement query ? Rows(query)
                : throw new UnknownValueException("a cursor, or a statement that returns rows");
        }
        catch (UnknownValueException unknown)
        {
            if (SchemaEffects.MayChange([s]) || SchemaEffects.MayLeave(s.Statements))
            {
                var place = s.Query?.Span ?? s.Execute?.Span ?? s.Span;
                throw new CannotKnowException(ValueLimits.Sentence($"The rows of \"{_evaluator.Excerpt(place.Start, place.Length)}\"", unknown.Message, isPlural: true));
            }

            Skim([s], unknown.Message);
            return Flow.Next;
        }

        return Rounds(table.Rows.Select(row => (PlValue?)new RecordValue(table.Columns, [.. row])), s.Label, s.Statements, s, item =>
            AssignRow(s.Targets, (RecordValue)item!));
    }

    private Flow Rounds(IEnumerable<PlValue?> items, Identifier? label, ImmutableArray<PlStatement> statements, PlStatement loop, Action<PlValue?> assign)
    {
        var isHarmless = !SchemaEffects.MayChange([loop]) && !SchemaEffects.MayLeave(statements);
        var rounds = 0;
        foreach (var item in items)
        {
            Step();
            if (++rounds > HarmlessRounds && isHarmless)
            {
                Skim([loop], "what many rounds of a loop do");
                break;
            }

            assign(item);
            if (Round(label, statements) is { } flow)
            {
                SetFound(true);
                return flow;
            }
        }

        SetFound(rounds > 0);
        return Flow.Next;
    }

    // Null where the loop goes on.
    private Flow? Round(Identifier? label, ImmutableArray<PlStatement> statements)
    {
        var flow = RunAll(statements);
        var isOwn = _leaving is not { } leaving || leaving.Name == label?.Name;
        switch (flow)
        {
            case Flow.Next:
            case Flow.Continue when isOwn:
                _leaving = null;
                return null;
            case Flow.Exit when isOwn:
                _leaving = null;
                return Flow.Next;
            default:
                return flow;
        }
    }

    private Flow WithVariables(ImmutableArray<string> names, Identifier? label, Func<Flow> run)
    {
        var outer = Variables;
        Variables = new VariableScope(outer, label?.Name);
        foreach (var name in names)
        {
            Variables.Declare(new Variable(name, "integer"));
        }

        try
        {
            return run();
        }
        finally
        {
            Variables = outer;
        }
    }

    private void SetFound(bool? value)
    {
        if (Variables.TryFind("found", out var variable))
        {
            variable.Value = value is { } known ? BooleanValue.Of(known) : new UnknownValue("whether rows were found");
        }
    }
}
