using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Queries;

namespace Plumbline.PostgreSql.Sql;

/// <summary>
/// The tables and views that a query takes its rows from: those of its FROM clauses, its common tables and its set operations, not those
/// that only a condition asks.
/// </summary>
public static class QueryRelations
{
    /// <summary>Their names as they are written, in the order of the text. Names of common tables are none.</summary>
    /// <param name="query">The query.</param>
    public static ImmutableArray<QualifiedName> Of(SelectStatement query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var found = ImmutableArray.CreateBuilder<QualifiedName>();
        Query(query, [], found);
        return found.ToImmutable();
    }

    private static void Query(SelectStatement query, ImmutableHashSet<string> common, ImmutableArray<QualifiedName>.Builder found)
    {
        if (query.With is { } with)
        {
            // PostgreSQL documentation, "WITH Queries": one sees those before it, of a recursive WITH all.
            var all = common.Union(with.Items.Select(item => item.Name.Name));
            foreach (var item in with.Items)
            {
                if (item.Query is SelectStatement select)
                {
                    Query(select, with.IsRecursive ? all : common, found);
                }

                common = common.Add(item.Name.Name);
            }
        }

        Body(query.Body, common, found);
    }

    private static void Body(QueryBody body, ImmutableHashSet<string> common, ImmutableArray<QualifiedName>.Builder found)
    {
        switch (body)
        {
            case SelectBody select:
                foreach (var item in select.From)
                {
                    From(item, common, found);
                }

                break;

            case SetOperationBody operation:
                Query(operation.Left, common, found);
                Query(operation.Right, common, found);
                break;
        }
    }

    private static void From(FromItem item, ImmutableHashSet<string> common, ImmutableArray<QualifiedName>.Builder found)
    {
        switch (item)
        {
            case TableItem { Name: var name } when name.Schema is not null || !common.Contains(name.Name):
                found.Add(name);
                break;

            case SubqueryItem subquery:
                Query(subquery.Query, common, found);
                break;

            case JoinItem join:
                From(join.Left, common, found);
                From(join.Right, common, found);
                break;
        }
    }
}
