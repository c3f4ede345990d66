using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast.Queries;

namespace Plumbline.PostgreSql.Expressions.Analysis;

/// <summary>Data changes in WITH ("Data-Modifying Statements in WITH" in PostgreSQL's documentation): for the query around them they are what they
/// return.</summary>
internal sealed partial class Analyzer
{
    private SelectStatement ReturnedBy(ParseState state, CommonTable item)
    {
        if (item.Query is SelectStatement select)
        {
            return select;
        }

        if (state.Parent is not null)
        {
            throw Refuse("0A000", "WITH clause containing a data-modifying statement must be at the top level", item.Location);
        }

        state.Query.ModifiesData = true;
        return item.Query switch
        {
            InsertStatement s =>
                Select(
                    s.With, new TableItem(s.Table.Span, s.Table, false, s.Alias is { } alias ? new TableAlias(alias.Span, alias, []) : null), [], s.Returning),
            UpdateStatement s => Select(s.With, s.Table, s.From, s.Returning),
            DeleteStatement s => Select(s.With, s.Table, s.Using, s.Returning),
            _ => throw new NotUnderstoodException("a WITH query of this kind"),
        };

        SelectStatement Select(WithClause? with, TableItem table, ImmutableArray<FromItem> others, ImmutableArray<SelectTarget> returning) =>
            new(item.Query.Span, new SelectBody(item.Query.Span, returning) { From = [table, .. others] }) { With = with };
    }

    private static bool ReturnsNothing(CommonTable item) =>
        item.Query is InsertStatement { Returning.IsEmpty: true } or UpdateStatement { Returning.IsEmpty: true } or DeleteStatement { Returning.IsEmpty: true };
}
