using System.Collections.Immutable;
using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions.Analysis;
using Plumbline.PostgreSql.Expressions.Tree;
using Plumbline.PostgreSql.Sql.Ast;

namespace Plumbline.PostgreSql.Expressions.Printing;

/// <content>Calls.</content>
internal sealed partial class Deparser
{
    private void Function(FuncExpr function, bool showImplicit)
    {
        if (function.Form == CoercionForm.Implicit && !showImplicit)
        {
            Expression(function.Arguments[0], false);
            return;
        }

        if (function.Form is CoercionForm.Explicit or CoercionForm.Implicit)
        {
            Cast(function.Arguments[0], function.Form, function.Type, LengthModifier(function), showImplicit: true);
            return;
        }

        if (function.Form == CoercionForm.SqlSyntax && SqlSpelling(function))
        {
            return;
        }

        _out.Append(FunctionName(function.Function, function.Arguments, function.IsVariadic)).Append('(');
        Arguments(function.Arguments, function.IsVariadic);
        _out.Append(')');
    }

    // Only a function that cuts to a length has a modifier to show (exprIsLengthCoercion).
    private static int LengthModifier(FuncExpr function) =>
        function.Arguments is [_, ConstExpr { Type: TypeOids.Int4, Value: { } modifier }, ..] &&
            function.Form is CoercionForm.Explicit or CoercionForm.Implicit && function.Arguments.Length is 2 or 3
            ? int.Parse(((ConstExpr)function.Arguments[1]).Value!, System.Globalization.CultureInfo.InvariantCulture)
            : -1;

    private void Arguments(ImmutableArray<Expr> arguments, bool isVariadic)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            _out.Append(i > 0 ? ", " : "").Append(isVariadic && i == arguments.Length - 1 ? "VARIADIC " : "");
            Expression(arguments[i], true);
        }
    }

    // Qualified only where the bare name would find another function for these arguments.
    private string FunctionName(uint oid, ImmutableArray<Expr> arguments, bool isVariadic)
    {
        var function = _catalog.GetFunction(oid) ?? throw new NotUnderstoodException("a function");
        var names = arguments.OfType<NamedArgumentExpr>().Select(n => n.Name).ToImmutableArray();
        var types = arguments.Select(a => a.Type).ToArray();
        var isFound = !(_isInGroupBy && function.Name is "cube" or "rollup") && Finds(function, types, names, isVariadic);
        var name = Identifiers.Quote(function.Name);
        return isFound ? name : $"{Identifiers.Quote(function.Schema)}.{name}";
    }

    private bool Finds(PgFunction function, uint[] types, ImmutableArray<string> names, bool isVariadic)
    {
        var candidates = FunctionLookup.Candidates(
            _catalog, new QualifiedName(default, [new Identifier(function.Name, default)]), types.Length, names, !isVariadic);
        var best = candidates.Find(c => c.ArgumentTypes.AsSpan(0, types.Length).SequenceEqual(types));
        if (best is null)
        {
            var fitting = candidates.FindAll(c => _types.CanCoerce(types, c.ArgumentTypes.AsSpan(0, types.Length), CoercionContext.Implicit));
            best = fitting.Count == 0 ? null : CandidateChoice.Best(_types, types, fitting, c => c.ArgumentTypes[..types.Length]);
        }

        return best is { IsAmbiguous: false } && best.Function.Oid == function.Oid;
    }

    private void Aggregate(AggregateExpr aggregate)
    {
        var own = aggregate.Arguments.Where(a => !a.IsJunk).Select(a => a.Value).ToImmutableArray();
        ImmutableArray<Expr> all = [.. aggregate.DirectArguments, .. own];
        _out.Append(FunctionName(aggregate.Function, all, aggregate.IsVariadic)).Append('(').Append(aggregate.IsDistinct ? "DISTINCT " : "");
        if (aggregate.Kind is 'o' or 'h')
        {
            List(aggregate.DirectArguments, true);
            _out.Append(") WITHIN GROUP (ORDER BY ");
            OrderBy(aggregate.OrderBy, aggregate.Arguments, false);
        }
        else
        {
            if (aggregate.IsStar)
            {
                _out.Append('*');
            }
            else
            {
                Arguments(own, aggregate.IsVariadic);
            }

            if (!aggregate.OrderBy.IsEmpty)
            {
                _out.Append(" ORDER BY ");
                OrderBy(aggregate.OrderBy, aggregate.Arguments, false);
            }
        }

        Filter(aggregate.Filter);
        _out.Append(')');
    }

    private void Filter(Expr? filter)
    {
        if (filter is not null)
        {
            _out.Append(") FILTER (WHERE ");
            Expression(filter, false);
        }
    }

    private void WindowFunction(WindowFuncExpr window)
    {
        _out.Append(FunctionName(window.Function, window.Arguments, false)).Append('(');
        if (window.IsStar)
        {
            _out.Append('*');
        }
        else
        {
            List(window.Arguments, true);
        }

        Filter(window.Filter);
        _out.Append(") OVER ");
        var clause = _query?.Windows.Find(w => w.Number == window.Window) ?? throw new NotUnderstoodException("a window");
        if (clause.Name is not null)
        {
            _out.Append(Identifiers.Quote(clause.Name));
        }
        else
        {
            Window(clause);
        }
    }

    // EXTRACT, OVERLAY and their kin; false for functions that have no spelling of their own (get_func_sql_syntax).
    private bool SqlSpelling(FuncExpr function)
    {
        if (_catalog.GetFunction(function.Function) is not { Schema: "pg_catalog" } procedure)
        {
            return false;
        }

        var a = function.Arguments;
        switch (procedure.Name)
        {
            case "timezone" when a.Length == 2:
                Template("({1} AT TIME ZONE {0})", a);
                return true;
            case "overlaps":
                Template("(({0}, {1}) OVERLAPS ({2}, {3}))", a);
                return true;
            case "extract" when a[0] is ConstExpr { Value: { } field }:
                _out.Append("EXTRACT(").Append(field).Append(" FROM ");
                Expression(a[1], false);
                _out.Append(')');
                return true;
            case "pg_collation_for":
                Template("COLLATION FOR ({0})", a);
                return true;
            case "normalize":
                _out.Append("NORMALIZE(");
                Expression(a[0], false);
                _out.Append(a.Length == 2 && a[1] is ConstExpr { Value: { } form } ? $", {form})" : ")");
                return true;
            case "overlay":
                Template(a.Length == 4 ? "OVERLAY({0} PLACING {1} FROM {2} FOR {3})" : "OVERLAY({0} PLACING {1} FROM {2})", a);
                return true;
            case "position":
                Template("POSITION(({1}) IN ({0}))", a);
                return true;
            case "substring" when procedure.ArgumentTypes.Length == 3 && procedure.ArgumentTypes[1] == TypeOids.Text:
                Template("SUBSTRING({0} SIMILAR {1} ESCAPE {2})", a);
                return true;
            case "substring" when procedure.ArgumentTypes[1] == TypeOids.Int4:
                Template(a.Length == 3 ? "SUBSTRING({0} FROM {1} FOR {2})" : "SUBSTRING({0} FROM {1})", a);
                return true;
            case "btrim" or "ltrim" or "rtrim":
                var side = procedure.Name[0] switch { 'b' => "BOTH", 'l' => "LEADING", _ => "TRAILING" };
                Template(a.Length == 2 ? $"TRIM({side} {{1}} FROM {{0}})" : $"TRIM({side} FROM {{0}})", a);
                return true;
            default:
                return false;
        }
    }

    private void Template(string template, ImmutableArray<Expr> arguments)
    {
        for (var i = 0; i < template.Length; i++)
        {
            if (template[i] == '{')
            {
                Expression(arguments[template[i + 1] - '0'], false);
                i += 2;
            }
            else
            {
                _out.Append(template[i]);
            }
        }
    }
}
