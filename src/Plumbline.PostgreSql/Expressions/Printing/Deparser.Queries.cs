using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Plumbline.PostgreSql.Expressions.Tree;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Queries;

namespace Plumbline.PostgreSql.Expressions.Printing;

/// <content>Queries.</content>
internal sealed partial class Deparser
{
    private void Select(Query query, ImmutableArray<string> columns, bool areNamesVisible)
    {
        _query = query;
        With(query);
        if (query.SetOperations is { } operations)
        {
            SetOperation(operations, query, columns, areNamesVisible);
        }
        else
        {
            Basic(query, columns, areNamesVisible);
        }

        if (query.OrderBy.Count > 0)
        {
            Line(" ORDER BY ", -StandardIndent, StandardIndent, 1);
            OrderBy(query.OrderBy, query.Targets, query.SetOperations is not null);
        }

        if (query.Offset is not null)
        {
            Line(" OFFSET ", -StandardIndent, StandardIndent, 0);
            Expression(query.Offset, false);
        }

        if (query.Limit is not null)
        {
            if (query.WithTies)
            {
                Line(" FETCH FIRST ", -StandardIndent, StandardIndent, 0);
                _out.Append('(');
                Expression(query.Limit, false);
                _out.Append(") ROWS WITH TIES");
            }
            else
            {
                Line(" LIMIT ", -StandardIndent, StandardIndent, 0);
                if (query.Limit is ConstExpr { Value: null })
                {
                    _out.Append("ALL");
                }
                else
                {
                    Expression(query.Limit, false);
                }
            }
        }
    }

    private void With(Query query)
    {
        if (query.CommonTables.Count == 0)
        {
            return;
        }

        _indent += StandardIndent;
        _out.Append(' ');
        var separator = query.IsRecursive ? "WITH RECURSIVE " : "WITH ";
        foreach (var common in query.CommonTables)
        {
            _out.Append(separator).Append(Identifiers.Quote(common.Name));
            if (!common.AliasColumns.IsEmpty)
            {
                _out.Append('(').AppendJoin(", ", common.AliasColumns.Select(Identifiers.Quote)).Append(')');
            }

            _out.Append(" AS ").Append(common.IsMaterialized switch { true => "MATERIALIZED ", false => "NOT MATERIALIZED ", null => "" }).Append('(');
            Line("", 0, 0, 0);
            Query(common.Query!, [], true);
            Line("", 0, 0, 0);
            _out.Append(')');
            separator = ", ";
        }

        _indent -= StandardIndent;
        Line("", 0, 0, 0);
    }

    private void Basic(Query query, ImmutableArray<string> columns, bool areNamesVisible)
    {
        _indent += StandardIndent;
        _out.Append(' ');
        if (SimpleValues(query, columns) is { } values)
        {
            Values(values);
            return;
        }

        _out.Append("SELECT");
        if (query.IsDistinctOn)
        {
            _out.Append(" DISTINCT ON (");
            SortItems(query.Distinct, query.Targets);
            _out.Append(')');
        }
        else if (query.Distinct.Count > 0)
        {
            _out.Append(" DISTINCT");
        }

        Targets(query, columns, areNamesVisible);
        From(query);
        if (query.Where is not null)
        {
            Line(" WHERE ", -StandardIndent, StandardIndent, 1);
            Expression(query.Where, false);
        }

        GroupBy(query);
        if (query.Having is not null)
        {
            Line(" HAVING ", -StandardIndent, StandardIndent, 0);
            Expression(query.Having, false);
        }

        var isFirst = true;
        foreach (var window in query.Windows.Where(w => w.Name is not null))
        {
            if (isFirst)
            {
                Line(" WINDOW ", -StandardIndent, StandardIndent, 1);
            }
            else
            {
                _out.Append(", ");
            }

            _out.Append(Identifiers.Quote(window.Name!)).Append(" AS ");
            Window(window);
            isFirst = false;
        }
    }

    private void GroupBy(Query query)
    {
        if (query.GroupBy.Count == 0 && query.GroupingSets.Count == 0)
        {
            return;
        }

        Line(" GROUP BY ", -StandardIndent, StandardIndent, 1);
        _out.Append(query.IsGroupByDistinct ? "DISTINCT " : "");
        _isInGroupBy = true;
        if (query.GroupingSets.Count == 0)
        {
            SortItems(query.GroupBy, query.Targets);
        }
        else
        {
            var separator = "";
            foreach (var set in query.GroupingSets)
            {
                _out.Append(separator);
                GroupingSet(set, query.Targets, true);
                separator = ", ";
            }
        }

        _isInGroupBy = false;
    }

    private void GroupingSet(GroupingSet set, List<TargetEntry> targets, bool omitsParentheses)
    {
        var separator = "";
        switch (set.Kind)
        {
            case GroupingKind.Empty:
                _out.Append("()");
                return;
            case GroupingKind.Simple:
                var isBare = omitsParentheses && set.References.Length == 1;
                _out.Append(isBare ? "" : "(");
                foreach (var reference in set.References)
                {
                    _out.Append(separator);
                    SortItem(reference, targets, false);
                    separator = ", ";
                }

                _out.Append(isBare ? "" : ")");
                return;
        }

        _out.Append(set.Kind switch { GroupingKind.Rollup => "ROLLUP(", GroupingKind.Cube => "CUBE(", _ => "GROUPING SETS (" });
        foreach (var inner in set.Sets)
        {
            _out.Append(separator);
            GroupingSet(inner, targets, set.Kind != GroupingKind.Sets);
            separator = ", ";
        }

        _out.Append(')');
    }

    private static RangeItem? SimpleValues(Query query, ImmutableArray<string> columns)
    {
        if (query.Items is not [{ Kind: RangeKind.Values } values] || query.Targets.Count != values.Columns.Count)
        {
            return null;
        }

        for (var i = 0; i < query.Targets.Count; i++)
        {
            var name = i < columns.Length ? columns[i] : query.Targets[i].Name;
            if (query.Targets[i].IsJunk || name != values.Columns[i].Name)
            {
                return null;
            }
        }

        return values;
    }

    private void Values(RangeItem values)
    {
        _out.Append("VALUES ");
        var separator = "";
        foreach (var row in values.Rows)
        {
            _out.Append(separator).Append('(');
            for (var i = 0; i < row.Length; i++)
            {
                _out.Append(i > 0 ? "," : "");
                TopLevel(row[i], false);
            }

            _out.Append(')');
            separator = ", ";
        }
    }

    private void Targets(Query query, ImmutableArray<string> columns, bool areNamesVisible)
    {
        var output = _out;
        var number = 0;
        foreach (var target in query.Targets)
        {
            if (target.IsJunk)
            {
                continue;
            }

            output.Append(number++ == 0 ? " " : ", ");
            _out = new StringBuilder();
            var own = areNamesVisible ? null : "?column?";
            if (target.Value is VarExpr variable)
            {
                own = Variable(variable, 0, true);
            }
            else
            {
                Expression(target.Value, true);
            }

            var name = number <= columns.Length ? columns[number - 1] : target.Name;
            if (name is not null && own != name)
            {
                _out.Append(" AS ").Append(Identifiers.Quote(name));
            }

            var text = _out.ToString();
            _out = output;
            if (text.StartsWith('\n'))
            {
                TrimSpaces();
            }
            else if (number > 1)
            {
                // The width at which lines are wrapped is 0: every column starts a new one.
                Line("", -StandardIndent, StandardIndent, VarIndent);
            }

            _out.Append(text);
        }

    }

    private void OrderBy(IEnumerable<SortClause> clauses, IReadOnlyList<TargetEntry> targets, bool byNumber)
    {
        var separator = "";
        foreach (var clause in clauses)
        {
            _out.Append(separator);
            SortItem(clause.Reference, targets, byNumber);
            _out.Append(clause.IsDescending ? clause.NullsFirst ? " DESC" : " DESC NULLS LAST" : clause.NullsFirst ? " NULLS FIRST" : "");
            separator = ", ";
        }
    }

    private void SortItems(IEnumerable<SortClause> clauses, IReadOnlyList<TargetEntry> targets)
    {
        var separator = "";
        foreach (var clause in clauses)
        {
            _out.Append(separator);
            SortItem(clause.Reference, targets, false);
            separator = ", ";
        }
    }

    private void SortItem(int reference, IReadOnlyList<TargetEntry> targets, bool byNumber)
    {
        var target = targets.First(t => t.SortReference == reference);
        if (byNumber)
        {
            _out.Append(CultureInfo.InvariantCulture, $"{target.Number}");
            return;
        }

        switch (target.Value)
        {
            case ConstExpr constant:
                Constant(constant, 1);
                break;
            case FuncExpr or AggregateExpr or WindowFuncExpr:
                _out.Append('(');
                Expression(target.Value, true);
                _out.Append(')');
                break;
            default:
                Expression(target.Value, true);
                break;
        }
    }

    private void Window(WindowClause window)
    {
        var targets = _query!.Targets;
        var parts = new List<Action>();
        if (window.Base is not null)
        {
            parts.Add(() => _out.Append(Identifiers.Quote(window.Base)));
        }

        if (!window.PartitionBy.IsEmpty && window.Base is null)
        {
            parts.Add(() =>
            {
                _out.Append("PARTITION BY ");
                SortItems(window.PartitionBy, targets);
            });
        }

        if (!window.OrderBy.IsEmpty && !window.CopiedOrder)
        {
            parts.Add(() =>
            {
                _out.Append("ORDER BY ");
                OrderBy(window.OrderBy, targets, false);
            });
        }

        if (window.Frame is not null)
        {
            parts.Add(() => Frame(window));
        }

        _out.Append('(');
        for (var i = 0; i < parts.Count; i++)
        {
            _out.Append(i > 0 ? " " : "");
            parts[i]();
        }

        _out.Append(')');
    }

    private void Frame(WindowClause window)
    {
        var frame = window.Frame!;
        _out.Append(frame.Unit).Append(frame.End is null ? " " : " BETWEEN ");
        Bound(frame.Start, window.StartOffset);
        if (frame.End is not null)
        {
            _out.Append(" AND ");
            Bound(frame.End, window.EndOffset);
        }

        if (frame.Exclusion is not (null or "NO OTHERS"))
        {
            _out.Append(" EXCLUDE ").Append(frame.Exclusion);
        }
    }

    private void Bound(FrameBound bound, Expr? offset)
    {
        Expression(offset, false);
        _out.Append(bound.Kind switch
        {
            FrameBoundKind.UnboundedPreceding => "UNBOUNDED PRECEDING",
            FrameBoundKind.UnboundedFollowing => "UNBOUNDED FOLLOWING",
            FrameBoundKind.CurrentRow => "CURRENT ROW",
            var kind => kind.ToString().EndsWith("Preceding", StringComparison.Ordinal) ? " PRECEDING" : " FOLLOWING",
        });
    }

    private void SetOperation(SetNode node, Query query, ImmutableArray<string> columns, bool areNamesVisible)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (node is SetLeaf leaf)
        {
            var inner = query.Items[leaf.Item - 1].Subquery!;
            var needsParentheses = inner.CommonTables.Count > 0 || inner.OrderBy.Count > 0 || inner.RowMarks.Count > 0 || inner.Offset is not null ||
                inner.Limit is not null || inner.SetOperations is not null;
            _out.Append(needsParentheses ? "(" : "");
            Query(inner, columns, areNamesVisible);
            _out.Append(needsParentheses ? ")" : "");
            return;
        }

        var branch = (SetBranch)node;
        var subindent = 0;
        var parenthesizesLeft = branch.Left is SetBranch left && (left.Kind != branch.Kind || left.IsAll != branch.IsAll);
        if (parenthesizesLeft)
        {
            _out.Append('(');
            subindent = StandardIndent;
            Line("", subindent, 0, 0);
        }

        SetOperation(branch.Left, query, columns, areNamesVisible);
        Line(parenthesizesLeft ? ") " : "", -subindent, 0, 0);
        _out.Append(branch.Kind.ToString().ToUpperInvariant()).Append(' ').Append(branch.IsAll ? "ALL " : "");
        var parenthesizesRight = branch.Right is SetBranch;
        subindent = parenthesizesRight ? StandardIndent : 0;
        _out.Append(parenthesizesRight ? "(" : "");
        Line("", subindent, 0, 0);
        SetOperation(branch.Right, query, columns, false);
        _indent -= subindent;
        if (parenthesizesRight)
        {
            Line(")", 0, 0, 0);
        }
    }
}
