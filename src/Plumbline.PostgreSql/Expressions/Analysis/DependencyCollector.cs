using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions.Tree;

namespace Plumbline.PostgreSql.Expressions.Analysis;

/// <summary>Finds what an expression or query uses, and how volatile it is (<c>recordDependencyOnExpr</c>, <c>contain_mutable_functions</c>).</summary>
/// <param name="catalog">The database.</param>
internal sealed class DependencyCollector(IObjectCatalog catalog)
{
    private const uint TextAnyConcatenation = 2779;
    private const uint AnyTextConcatenation = 2780;

    private readonly HashSet<ObjectDependency> _found = [];
    private readonly Stack<List<RangeItem>> _scopes = new();

    /// <summary>The greatest volatility of the functions met so far.</summary>
    public PgVolatility Volatility { get; private set; }

    /// <summary>The same without functions written in SQL, which the planner may replace by a body that changes less.</summary>
    public PgVolatility CertainVolatility { get; private set; }

    /// <summary>What has been met so far, sorted.</summary>
    public ImmutableArray<ObjectDependency> Found => _found.Count == 0 ? [] : [.. _found.OrderBy(d => d.Kind).ThenBy(d => d.Oid).ThenBy(d => d.Column)];

    /// <summary>Looks through an expression.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="items">The items that its columns belong to.</param>
    public void Add(Expr expression, List<RangeItem> items)
    {
        _scopes.Push(items);
        Visit(expression);
        _scopes.Pop();
    }

    /// <summary>Looks through a query.</summary>
    public void Add(Query query)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        _scopes.Push(query.Items);
        foreach (var item in query.Items)
        {
            if (item.Kind == RangeKind.Relation)
            {
                Note(DependencyKind.Relation, item.Relation);
            }
        }

        foreach (var constraint in query.Constraints)
        {
            Note(DependencyKind.Constraint, constraint);
        }

        foreach (var root in ExprTree.Roots(query))
        {
            Visit(root);
        }

        foreach (var inner in ExprTree.Queries(query))
        {
            Add(inner);
        }

        _scopes.Pop();
    }

    private void Visit(Expr node)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (node)
        {
            case VarExpr variable:
                Column(variable);
                break;
            case ConstExpr constant:
                Type(constant.Type);
                if (constant is { Type: TypeOids.RegClass, Value: { } value })
                {
                    Note(DependencyKind.Relation, uint.Parse(value, CultureInfo.InvariantCulture));
                }

                break;
            case FuncExpr function:
                Function(function.Function);
                break;
            case AggregateExpr aggregate:
                Function(aggregate.Function);
                break;
            case WindowFuncExpr window:
                Function(window.Function);
                break;
            case OpExpr { Operator: AnyTextConcatenation or TextAnyConcatenation } op:
                // Both are SQL functions of a cast to text and so, once inlined (expression_planner), as stable as what prints the other type.
                Note(DependencyKind.Operator, op.Operator);
                foreach (var argument in op.Arguments.Where(a => a.Type != TypeOids.Text))
                {
                    Raise(catalog.GetType(argument.Type)?.OutputVolatility ?? PgVolatility.Stable);
                }

                break;
            case OpExpr op:
                Operator(op.Operator);
                break;
            case ArrayOpExpr op:
                Operator(op.Operator);
                break;
            case RowCompareExpr compare:
                foreach (var op in compare.Operators)
                {
                    Operator(op);
                }

                break;
            case CoerceViaIoExpr coerce:
                Type(coerce.Type);
                Raise(catalog.GetType(coerce.Type)?.InputVolatility ?? PgVolatility.Stable);
                Raise(catalog.GetType(coerce.Argument.Type)?.OutputVolatility ?? PgVolatility.Stable);
                break;
            case RelabelExpr or ArrayCoerceExpr or CoerceToDomainExpr or ArrayNode:
                Type(node.Type);
                break;
            case CollateNode collate:
                Note(DependencyKind.Collation, collate.CollationOid);
                break;
            case ValueFunctionNode:
                Raise(PgVolatility.Stable);
                break;
        }

        if (ExprTree.QueryOf(node) is { } query)
        {
            Add(query);
        }

        foreach (var child in ExprTree.Children(node))
        {
            Visit(child);
        }
    }

    private void Column(VarExpr variable)
    {
        var items = _scopes.ElementAtOrDefault(variable.LevelsUp);
        if (items is null || variable.BaseItem > items.Count || variable.BaseItem < 1)
        {
            return;
        }

        var item = items[variable.BaseItem - 1];
        switch (item.Kind)
        {
            case RangeKind.Relation:
                if (variable.BaseColumn > 0)
                {
                    Note(DependencyKind.Column, item.Relation, variable.BaseColumn);
                }
                else
                {
                    Note(DependencyKind.Relation, item.Relation);
                }

                break;
            case RangeKind.Join when variable.BaseColumn > 0:
                _scopes.Push(items);
                foreach (var inner in Vars(item.JoinColumns[variable.BaseColumn - 1]))
                {
                    Column(inner with { LevelsUp = 0 });
                }

                _scopes.Pop();
                break;
        }
    }

    private static IEnumerable<VarExpr> Vars(Expr node) => node is VarExpr variable ? [variable] : ExprTree.Children(node).SelectMany(Vars);

    private void Function(uint oid)
    {
        Note(DependencyKind.Function, oid);
        var function = catalog.GetFunction(oid);
        Raise(function?.Volatility ?? PgVolatility.Volatile, isCertain: function is not { IsSqlLanguage: true });
    }

    private void Operator(uint oid)
    {
        Note(DependencyKind.Operator, oid);
        Raise(catalog.GetOperator(oid)?.Volatility ?? PgVolatility.Volatile);
    }

    private void Type(uint oid) => Note(DependencyKind.Type, catalog.GetType(oid) is { IsArray: true } array ? array.ElementOid : oid);

    private void Raise(PgVolatility volatility, bool isCertain = true)
    {
        Volatility = (PgVolatility)Math.Max((byte)Volatility, (byte)volatility);
        if (isCertain)
        {
            CertainVolatility = (PgVolatility)Math.Max((byte)CertainVolatility, (byte)volatility);
        }
    }

    private void Note(DependencyKind kind, uint oid, short column = 0)
    {
        if (oid >= BuiltinCatalog.FirstUserOid)
        {
            _found.Add(new ObjectDependency(kind, oid, column));
        }
    }
}
