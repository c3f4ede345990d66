using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions.Analysis;
using Plumbline.PostgreSql.Expressions.Literals;
using Plumbline.PostgreSql.Expressions.Tree;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;

namespace Plumbline.PostgreSql.Expressions.Printing;

/// <summary>
/// Prints expressions and queries as PostgreSQL prints them from its catalog (<c>ruleutils.c</c>), in the form of <c>pg_get_expr(…)</c> and
/// <c>pg_get_viewdef(oid)</c>: with all parentheses, broken into lines.
/// </summary>
internal sealed partial class Deparser
{
    private const int StandardIndent = 8;
    private const int JoinIndent = 4;
    private const int VarIndent = 4;
    private const int IndentLimit = 40;

    private readonly IObjectCatalog _catalog;
    private readonly TypeSystem _types;
    private readonly Analyzer _analyzer;
    private readonly ImmutableArray<NameScope> _scopes;
    private readonly bool _prefixesVars;
    private StringBuilder _out;
    private int _indent;
    private Query? _query;
    private bool _isInGroupBy;

    private Deparser(IObjectCatalog catalog, StringBuilder output, ImmutableArray<NameScope> scopes, bool prefixesVars, int indent)
    {
        _catalog = catalog;
        _analyzer = new Analyzer(catalog);
        _types = _analyzer.Types;
        _out = output;
        _scopes = scopes;
        _prefixesVars = prefixesVars;
        _indent = indent;
    }

    /// <summary>Prints an expression.</summary>
    /// <param name="catalog">The database.</param>
    /// <param name="expression">The expression.</param>
    /// <param name="items">The items that its columns belong to: none, a relation, or the rows OLD and NEW.</param>
    /// <exception cref="NotUnderstoodException">It cannot be printed.</exception>
    public static string Print(IObjectCatalog catalog, Expr expression, List<RangeItem> items)
    {
        var deparser = new Deparser(catalog, new StringBuilder(), [NameScope.ForItems(catalog, items)], items.Count > 1, 0);
        deparser.Expression(expression, false);
        return deparser._out.ToString();
    }

    /// <summary>Prints a constant without its type, as the bounds of partitions show it.</summary>
    public static string PrintValue(IObjectCatalog catalog, ConstExpr constant)
    {
        var deparser = new Deparser(catalog, new StringBuilder(), [], false, 0);
        deparser.Constant(constant, -1);
        return deparser._out.ToString();
    }

    /// <summary>Prints the query of a view.</summary>
    /// <param name="catalog">The database.</param>
    /// <param name="query">The query.</param>
    /// <param name="columns">The names of the view's columns.</param>
    /// <exception cref="NotUnderstoodException">It cannot be printed.</exception>
    public static string PrintView(IObjectCatalog catalog, Query query, ImmutableArray<string> columns)
    {
        var output = new StringBuilder();
        // A view's rule holds the rows OLD and NEW beside the query's own items, so that columns are always qualified.
        var scope = NameScope.ForQuery(catalog, query, [], ["old", "new"]);
        new Deparser(catalog, output, [scope], true, 0).Select(query, columns, true);
        return output.Append(';').ToString();
    }

    private void Query(Query query, ImmutableArray<string> columns, bool areNamesVisible)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var scope = NameScope.ForQuery(_catalog, query, _scopes, []);
        new Deparser(_catalog, _out, [scope, .. _scopes], !_scopes.IsEmpty || query.Items.Count != 1, _indent).Select(query, columns, areNamesVisible);
    }

    private void Line(string text, int before, int after, int plus)
    {
        _indent += before;
        TrimSpaces();
        _out.Append('\n');
        var amount = _indent < IndentLimit
            ? Math.Max(_indent, 0) + plus
            : ((IndentLimit + ((_indent - IndentLimit) / (StandardIndent / 2))) % IndentLimit) + plus;
        _out.Append(' ', amount).Append(text);
        _indent = Math.Max(_indent + after, 0);
    }

    private void TrimSpaces()
    {
        while (_out.Length > 0 && _out[^1] == ' ')
        {
            _out.Length--;
        }
    }

    private void Expression(Expr? node, bool showImplicit)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (node)
        {
            case null:
                break;
            case VarExpr variable:
                Variable(variable, 0, false);
                break;
            case ConstExpr constant:
                Constant(constant, 0);
                break;
            case ParamExpr parameter:
                _out.Append(CultureInfo.InvariantCulture, $"${parameter.Number}");
                break;
            case FuncExpr function:
                Function(function, showImplicit);
                break;
            case NamedArgumentExpr named:
                _out.Append(Identifiers.Quote(named.Name)).Append(" => ");
                Expression(named.Argument, showImplicit);
                break;
            case AggregateExpr aggregate:
                Aggregate(aggregate);
                break;
            case WindowFuncExpr window:
                WindowFunction(window);
                break;
            case OpExpr op:
                Operator(op);
                break;
            case ArrayOpExpr op:
                ArrayOperator(op);
                break;
            case BoolExpr boolean:
                Boolean(boolean);
                break;
            case SubLinkExpr link:
                SubLink(link);
                break;
            case FieldExpr field:
                Field(field);
                break;
            case SubscriptExpr subscript:
                Subscripts(subscript, showImplicit);
                break;
            case RelabelExpr relabel:
                Cast(relabel.Argument, relabel.Form, relabel.Type, relabel.Modifier, showImplicit);
                break;
            case CoerceViaIoExpr coerce:
                Cast(coerce.Argument, coerce.Form, coerce.Type, -1, showImplicit);
                break;
            case ArrayCoerceExpr coerce:
                Cast(coerce.Argument, coerce.Form, coerce.Type, coerce.Modifier, showImplicit);
                break;
            case CoerceToDomainExpr coerce:
                Cast(coerce.Argument, coerce.Form, coerce.Type, coerce.Modifier, showImplicit);
                break;
            case DomainValueExpr:
                _out.Append("VALUE");
                break;
            case CollateNode collate:
                _out.Append('(');
                Expression(collate.Argument, showImplicit);
                _out.Append(" COLLATE ").Append(CollationName(collate.CollationOid)).Append(')');
                break;
            case CaseNode caseNode:
                Case(caseNode);
                break;
            case ArrayNode array:
                _out.Append("ARRAY[");
                List(array.Elements, true);
                _out.Append(']');
                if (array.Elements.IsEmpty)
                {
                    _out.Append("::").Append(TypeFormat.Format(_catalog, array.Type, -1));
                }

                break;
            case RowNode row:
                _out.Append("ROW(");
                TopList(row.Items);
                _out.Append(')');
                break;
            case RowCompareExpr compare:
                _out.Append("(ROW(");
                TopList(compare.Left);
                _out.Append(") ").Append(OperatorName(compare.Operators[0], compare.Left[0].Type, compare.Right[0].Type)).Append(" ROW(");
                TopList(compare.Right);
                _out.Append("))");
                break;
            case ConditionalNode conditional:
                _out.Append(conditional.Kind.ToString().ToUpperInvariant()).Append('(');
                List(conditional.Arguments, true);
                _out.Append(')');
                break;
            case ValueFunctionNode function:
                _out.Append(function.Name.ToUpperInvariant());
                if (function.Modifier >= 0)
                {
                    _out.Append(CultureInfo.InvariantCulture, $"({function.Modifier})");
                }

                break;
            case NullTestExpr test:
                _out.Append('(');
                Expression(test.Argument, true);
                _out.Append(test.IsNot ? " IS NOT NULL)" : " IS NULL)");
                break;
            case BooleanTestExpr test:
                _out.Append('(');
                Expression(test.Argument, false);
                _out.Append(' ').Append(test.Test).Append(')');
                break;
            default:
                throw new NotUnderstoodException(node.GetType().Name);
        }
    }

    private void List(IEnumerable<Expr> expressions, bool showImplicit)
    {
        var separator = "";
        foreach (var expression in expressions)
        {
            _out.Append(separator);
            Expression(expression, showImplicit);
            separator = ", ";
        }
    }

    // In rows and lists of values a whole row must not be taken for its columns.
    private void TopList(IEnumerable<Expr> expressions)
    {
        var separator = "";
        foreach (var expression in expressions)
        {
            _out.Append(separator);
            TopLevel(expression, true);
            separator = ", ";
        }
    }

    private void TopLevel(Expr expression, bool showImplicit)
    {
        if (expression is VarExpr variable)
        {
            Variable(variable, 0, true);
        }
        else
        {
            Expression(expression, showImplicit);
        }
    }

    private string? Variable(VarExpr variable, int levelsUp, bool isTopLevel)
    {
        var level = variable.LevelsUp + levelsUp;
        if (level >= _scopes.Length || variable.Item > _scopes[level].Items.Count)
        {
            throw new NotUnderstoodException("a column of nowhere");
        }

        var scope = _scopes[level];
        var item = scope.Items[variable.Item - 1];
        if (item is { Kind: RangeKind.Join, Alias: null } && variable.Column > 0 && item.JoinColumns[variable.Column - 1] is VarExpr source)
        {
            return Variable(source, level, isTopLevel);
        }

        var qualifier = scope.Names[variable.Item - 1];
        var name = variable.Column switch
        {
            0 => null,
            > 0 => scope.ColumnName(variable.Item, variable.Column) ?? "?dropped?column?",
            -1 => "ctid",
            -2 => "xmin",
            -3 => "cmin",
            -4 => "xmax",
            -5 => "cmax",
            _ => "tableoid",
        };
        if (qualifier is not null && (_prefixesVars || name is null))
        {
            _out.Append(Identifiers.Quote(qualifier)).Append('.');
        }

        if (name is not null)
        {
            _out.Append(Identifiers.Quote(name));
        }
        else
        {
            _out.Append('*');
            if (isTopLevel)
            {
                _out.Append("::").Append(TypeFormat.Format(_catalog, variable.Type, variable.Modifier));
            }
        }

        return name;
    }

    /// <summary>Prints a constant.</summary>
    /// <param name="constant">The constant.</param>
    /// <param name="showType">-1 never with its type, 0 where it would be taken for another, 1 always.</param>
    private void Constant(ConstExpr constant, int showType)
    {
        if (constant.Value is null)
        {
            _out.Append("NULL");
            if (showType >= 0)
            {
                _out.Append("::").Append(TypeFormat.Format(_catalog, constant.Type, constant.Modifier));
            }

            return;
        }

        var value = constant.Value;
        var needsLabel = false;
        switch (constant.Type)
        {
            case TypeOids.Int4:
                needsLabel = value[0] == '-';
                _out.Append(needsLabel ? $"'{value}'" : value);
                break;
            case TypeOids.Numeric:
                var isPlain = char.IsAsciiDigit(value[0]) && value.AsSpan().IndexOfAny("eE.") >= 0;
                needsLabel = !isPlain || constant.Modifier >= 0;
                _out.Append(isPlain ? value : $"'{value}'");
                break;
            case TypeOids.Bool:
                _out.Append(value == "t" ? "true" : "false");
                break;
            case TypeOids.Bit or TypeOids.VarBit:
                _out.Append(Identifiers.QuoteLiteral(value));
                needsLabel = true;
                break;
            case TypeOids.RegClass:
                _out.Append(Identifiers.QuoteLiteral(_catalog.GetRelation(uint.Parse(value, CultureInfo.InvariantCulture)) is { } relation ? Visibility.RelationName(_catalog, relation) : value));
                needsLabel = true;
                break;
            case TypeOids.RegType:
                _out.Append(Identifiers.QuoteLiteral(TypeFormat.Format(_catalog, uint.Parse(value, CultureInfo.InvariantCulture))));
                needsLabel = true;
                break;
            case TypeOids.Unknown:
                _out.Append(Identifiers.QuoteLiteral(value));
                break;
            default:
                _out.Append(Identifiers.QuoteLiteral(EnumValue.Print(_catalog, constant.Type, value)));
                needsLabel = true;
                break;
        }

        if (showType >= 0 && (needsLabel || showType > 0))
        {
            _out.Append("::").Append(TypeFormat.Format(_catalog, constant.Type, constant.Modifier));
        }
    }

    private void Cast(Expr argument, CoercionForm form, uint type, int modifier, bool showImplicit)
    {
        if (form == CoercionForm.Implicit && !showImplicit)
        {
            Expression(argument, false);
            return;
        }

        if (argument is ConstExpr { Modifier: -1 } constant && constant.Type == type)
        {
            Constant(constant, -1);
        }
        else
        {
            _out.Append('(');
            Expression(argument, false);
            _out.Append(')');
        }

        _out.Append("::").Append(TypeFormat.Format(_catalog, type, modifier));
    }

    private void Operator(OpExpr op)
    {
        if (op.Kind == OpKind.NullIf)
        {
            _out.Append("NULLIF(");
            List(op.Arguments, true);
            _out.Append(')');
            return;
        }

        _out.Append('(');
        if (op.Arguments.Length == 2)
        {
            Expression(op.Arguments[0], true);
            _out.Append(' ')
                .Append(op.Kind == OpKind.Distinct ? "IS DISTINCT FROM" : OperatorName(op.Operator, op.Arguments[0].Type, op.Arguments[1].Type))
                .Append(' ');
            Expression(op.Arguments[1], true);
        }
        else
        {
            _out.Append(OperatorName(op.Operator, 0, op.Arguments[0].Type)).Append(' ');
            Expression(op.Arguments[0], true);
        }

        _out.Append(')');
    }

    private void ArrayOperator(ArrayOpExpr op)
    {
        _out.Append('(');
        Expression(op.Left, true);
        _out.Append(' ').Append(OperatorName(op.Operator, op.Left.Type, _types.ElementOfBase(op.Right.Type))).Append(op.IsAny ? " ANY (" : " ALL (");
        Expression(op.Right, true);
        if (op.Right is SubLinkExpr { Kind: SubLinkKind.Scalar })
        {
            _out.Append("::").Append(TypeFormat.Format(_catalog, op.Right.Type, op.Right.Modifier));
        }

        _out.Append("))");
    }

    private void Boolean(BoolExpr boolean)
    {
        _out.Append('(');
        if (boolean.Kind == BooleanKind.Not)
        {
            _out.Append("NOT ");
        }

        var word = boolean.Kind == BooleanKind.And ? " AND " : " OR ";
        for (var i = 0; i < boolean.Arguments.Length; i++)
        {
            if (i > 0)
            {
                _out.Append(word);
            }

            Expression(boolean.Arguments[i], false);
        }

        _out.Append(')');
    }

    private void Field(FieldExpr field)
    {
        var needsParentheses = field.Argument is not (SubscriptExpr or FieldExpr);
        _out.Append(needsParentheses ? "(" : "");
        Expression(field.Argument, true);
        _out.Append(needsParentheses ? ")." : ".").Append(Identifiers.Quote(FieldName(field)));
    }

    private string FieldName(FieldExpr field) =>
        _catalog.GetType(_types.BaseType(field.Argument.Type)) is { Kind: PgTypeKind.Composite } type && _catalog.GetRelation(type.RelationOid) is { } relation
            ? relation.Columns.FirstOrDefault(c => c.Number == field.Field)?.Name ?? field.Name
            : field.Name;

    private void Subscripts(SubscriptExpr subscript, bool showImplicit)
    {
        var needsParentheses = subscript.Container is not (VarExpr or FieldExpr);
        _out.Append(needsParentheses ? "(" : "");
        Expression(subscript.Container, showImplicit);
        _out.Append(needsParentheses ? ")" : "");
        foreach (var step in subscript.Subscripts)
        {
            _out.Append('[');
            if (step.IsSlice)
            {
                Expression(step.Lower, false);
                _out.Append(':');
            }

            Expression(step.Upper, false);
            _out.Append(']');
        }
    }

    private void Case(CaseNode node)
    {
        Line("CASE", 0, VarIndent, 0);
        if (node.Operand is not null)
        {
            _out.Append(' ');
            Expression(node.Operand, true);
        }

        foreach (var when in node.Whens)
        {
            var condition = when.Condition;
            if (node.Operand is not null && condition is OpExpr { Arguments.Length: 2 } op && StripImplicit(op.Arguments[0]) is PlaceholderExpr)
            {
                condition = op.Arguments[1];
            }

            Line("WHEN ", 0, 0, 0);
            Expression(condition, false);
            _out.Append(" THEN ");
            Expression(when.Result, true);
        }

        Line("ELSE ", 0, 0, 0);
        Expression(node.Default, true);
        Line("END", -VarIndent, 0, 0);
    }

    private static Expr StripImplicit(Expr node) => node switch
    {
        FuncExpr { Form: CoercionForm.Implicit, Arguments: [var inner, ..] } => StripImplicit(inner),
        RelabelExpr { Form: CoercionForm.Implicit } relabel => StripImplicit(relabel.Argument),
        CoerceViaIoExpr { Form: CoercionForm.Implicit } coerce => StripImplicit(coerce.Argument),
        ArrayCoerceExpr { Form: CoercionForm.Implicit } coerce => StripImplicit(coerce.Argument),
        CoerceToDomainExpr { Form: CoercionForm.Implicit } coerce => StripImplicit(coerce.Argument),
        _ => node,
    };

    private void SubLink(SubLinkExpr link)
    {
        _out.Append(link.Kind == SubLinkKind.Array ? "ARRAY(" : "(");
        var name = "=";
        switch (link.Test)
        {
            case OpExpr op:
                Expression(op.Arguments[0], true);
                name = OperatorName(op.Operator, op.Arguments[0].Type, op.Arguments[1].Type);
                break;
            case BoolExpr several:
                _out.Append('(');
                List(several.Arguments.Select(a => ((OpExpr)a).Arguments[0]), true);
                _out.Append(')');
                var first = (OpExpr)several.Arguments[0];
                name = OperatorName(first.Operator, first.Arguments[0].Type, first.Arguments[1].Type);
                break;
            case RowCompareExpr compare:
                _out.Append('(');
                List(compare.Left, true);
                _out.Append(')');
                name = OperatorName(compare.Operators[0], compare.Left[0].Type, compare.Right[0].Type);
                break;
        }

        _out.Append(link.Kind switch
        {
            SubLinkKind.Exists => "EXISTS ",
            SubLinkKind.Any => name == "=" ? " IN " : $" {name} ANY ",
            SubLinkKind.All => $" {name} ALL ",
            SubLinkKind.RowCompare => $" {name} ",
            _ => "",
        });
        var isBare = link.Kind is SubLinkKind.Scalar or SubLinkKind.Array;
        _out.Append(isBare ? "" : "(");
        Query(link.Query, [], false);
        _out.Append(isBare ? ")" : "))");
    }

    private string CollationName(uint oid)
    {
        var collation = _catalog.GetCollation(oid) ?? throw new NotUnderstoodException("a collation");
        return Visibility.FindCollation(_catalog, collation.Name)?.Oid == oid
            ? Identifiers.Quote(collation.Name)
            : $"{Identifiers.Quote(collation.Schema)}.{Identifiers.Quote(collation.Name)}";
    }

    // Qualified only where the bare name would find another operator for these operands.
    private string OperatorName(uint oid, uint left, uint right)
    {
        var op = _catalog.GetOperator(oid) ?? throw new NotUnderstoodException("an operator");
        var found = _analyzer.FindOperator(new OperatorName(default, [], op.Name), left, right, -1, isPrefix: op.LeftOid == 0, noError: true);
        return found?.Oid == oid ? op.Name : $"OPERATOR({Identifiers.Quote(op.Schema)}.{op.Name})";
    }
}
