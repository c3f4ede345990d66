using System.Runtime.CompilerServices;
using System.Text;
using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions.Analysis;
using Plumbline.PostgreSql.Expressions.Tree;
using Plumbline.PostgreSql.Sql.Ast.Queries;

namespace Plumbline.PostgreSql.Expressions.Printing;

/// <content>FROM.</content>
internal sealed partial class Deparser
{
    private void From(Query query)
    {
        var isFirst = true;
        foreach (var node in query.From)
        {
            if (node is JoinLeaf leaf && !query.Items[leaf.Item - 1].IsInFrom)
            {
                continue;
            }

            if (isFirst)
            {
                Line(" FROM ", -StandardIndent, StandardIndent, 2);
                FromItem(node, query);
                isFirst = false;
                continue;
            }

            _out.Append(", ");
            var output = _out;
            _out = new StringBuilder();
            FromItem(node, query);
            var text = _out.ToString();
            _out = output;
            if (text.StartsWith('\n'))
            {
                TrimSpaces();
            }
            else
            {
                Line("", -StandardIndent, StandardIndent, VarIndent);
            }

            _out.Append(text);
        }
    }

    private void FromItem(JoinNode node, Query query)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (node is JoinLeaf leaf)
        {
            Leaf(leaf.Item, query.Items[leaf.Item - 1]);
            return;
        }

        var join = (JoinBranch)node;
        var scope = _scopes[0];
        _out.Append('(');
        FromItem(join.Left, query);
        var word = join.Kind switch
        {
            JoinKind.Left => " LEFT JOIN ",
            JoinKind.Right => " RIGHT JOIN ",
            JoinKind.Full => " FULL JOIN ",
            _ => join.On is null ? " CROSS JOIN " : " JOIN ",
        };
        Line(word, -StandardIndent, StandardIndent, JoinIndent);
        FromItem(join.Right, query);
        if (!join.Using.IsEmpty)
        {
            _out.Append(" USING (").AppendJoin(", ", scope.UsingNames(join.Item).Select(Identifiers.Quote)).Append(')');
            if (join.UsingAlias is not null)
            {
                _out.Append(" AS ").Append(Identifiers.Quote(join.UsingAlias));
            }
        }
        else if (join.On is not null)
        {
            _out.Append(" ON (");
            Expression(join.On, false);
            _out.Append(')');
        }
        else if (join.Kind is not (JoinKind.Inner or JoinKind.Cross))
        {
            _out.Append(" ON TRUE");
        }

        _out.Append(')');
        if (join.Alias is not null)
        {
            _out.Append(' ').Append(Identifiers.Quote(scope.Names[join.Item - 1]!));
            ColumnAliases(join.Item);
        }
    }

    private void Leaf(int index, RangeItem item)
    {
        _out.Append(item.IsLateral ? "LATERAL " : "");
        var definesColumns = false;
        switch (item.Kind)
        {
            case RangeKind.Relation:
                var relation = _catalog.GetRelation(item.Relation) ?? throw new NotUnderstoodException("a relation");
                _out.Append(item.IsOnly ? "ONLY " : "").Append(RelationName(relation));
                break;
            case RangeKind.Subquery:
                _out.Append('(');
                Query(item.Subquery!, [], true);
                _out.Append(')');
                break;
            case RangeKind.Function:
                definesColumns = Functions(item);
                break;
            case RangeKind.Values:
                _out.Append('(');
                Values(item);
                _out.Append(')');
                break;
            case RangeKind.CommonTable:
                _out.Append(Identifiers.Quote(item.CommonTable!));
                break;
        }

        var name = _scopes[0].Names[index - 1]!;
        var printsAlias = item.Alias is not null || _scopes[0].PrintsColumns(index) || item.Kind switch
        {
            RangeKind.Relation => name != _catalog.GetRelation(item.Relation)!.Name,
            RangeKind.CommonTable => name != item.CommonTable,
            _ => true,
        };
        if (printsAlias)
        {
            _out.Append(' ').Append(Identifiers.Quote(name));
        }

        if (definesColumns)
        {
            DefinedColumns(item.Functions[0], _scopes[0].AllColumns(index));
        }
        else
        {
            ColumnAliases(index);
        }
    }

    // A WITH query of the same name hides the relation, so that it must be qualified.
    private string RelationName(PgRelation relation)
    {
        var isHidden = _scopes.Any(scope => scope.CommonTables.Any(common => common.Name == relation.Name));
        return isHidden ? $"{Identifiers.Quote(relation.Schema)}.{Identifiers.Quote(relation.Name)}" : Visibility.RelationName(_catalog, relation);
    }

    private bool Functions(RangeItem item)
    {
        if (item.Functions is [var only] && (only.DefinedColumns.IsEmpty || !item.WithOrdinality))
        {
            FromCall(only.Call);
            _out.Append(item.WithOrdinality ? " WITH ORDINALITY" : "");
            return !only.DefinedColumns.IsEmpty;
        }

        if (item.Functions.All(f => f.DefinedColumns.IsEmpty && f.Call is FuncExpr call &&
            _catalog.GetFunction(call.Function) is { Schema: "pg_catalog", Name: "unnest", ArgumentTypes: [TypeOids.AnyArray] }))
        {
            _out.Append("UNNEST(");
            List(item.Functions.SelectMany(f => ((FuncExpr)f.Call).Arguments), true);
            _out.Append(')');
        }
        else
        {
            _out.Append("ROWS FROM(");
            var separator = "";
            foreach (var function in item.Functions)
            {
                _out.Append(separator);
                FromCall(function.Call);
                if (!function.DefinedColumns.IsEmpty)
                {
                    _out.Append(" AS ");
                    DefinedColumns(function, [.. function.DefinedColumns.Select(c => c.Name)]);
                }

                separator = ", ";
            }

            _out.Append(')');
        }

        _out.Append(item.WithOrdinality ? " WITH ORDINALITY" : "");
        return false;
    }

    // What does not look like a call in FROM is printed as a cast (get_rule_expr_funccall).
    private void FromCall(Expr call)
    {
        if (LooksLikeFunction(call))
        {
            Expression(call, true);
            return;
        }

        _out.Append("CAST(");
        Expression(call, false);
        _out.Append(" AS ").Append(TypeFormat.Format(_catalog, call.Type, call.Modifier)).Append(')');
    }

    /// <summary>Whether an expression is printed in a form that the grammar takes for a call, so that an index needs no parentheses around it.</summary>
    public static bool LooksLikeFunction(Expr node) => node switch
    {
        FuncExpr function => function.Form is CoercionForm.Call or CoercionForm.SqlSyntax,
        OpExpr op => op.Kind == OpKind.NullIf,
        ConditionalNode or ValueFunctionNode => true,
        _ => false,
    };

    private void DefinedColumns(RangeFunction function, IReadOnlyList<string> names)
    {
        _out.Append('(');
        for (var i = 0; i < function.DefinedColumns.Length; i++)
        {
            var column = function.DefinedColumns[i];
            _out.Append(i > 0 ? ", " : "").Append(Identifiers.Quote(names[i])).Append(' ').Append(TypeFormat.Format(_catalog, column.Type, column.Modifier));
        }

        _out.Append(')');
    }

    private void ColumnAliases(int index)
    {
        if (_scopes[0].PrintsColumns(index))
        {
            _out.Append('(').AppendJoin(", ", _scopes[0].AllColumns(index).Select(Identifiers.Quote)).Append(')');
        }
    }
}
