using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Replay.Objects;

namespace Plumbline.PostgreSql.Replay.Statements.Types;

/// <summary>Columns of other relations that hold rows of a relation.</summary>
internal static class RowTypes
{
    private const int MaximumDepth = 50;

    /// <summary>Refuses a change of a row type that a table stores (<c>find_composite_type_dependencies</c>).</summary>
    public static void RefuseStored(Database database, RelationObject table, RelationObject origin)
    {
        if (table.Row.RowType is not { } type)
        {
            return;
        }

        RefuseStored(database, type, origin, null, 0);
    }

    /// <summary>Refuses what would have to look into values that hold values of a domain (<c>get_rels_with_domain</c>).</summary>
    public static void RefuseStoredInside(Database database, TypeObject domain) => RefuseStoredInside(database, domain, 0);

    private static void RefuseStoredInside(Database database, TypeObject domain, int depth)
    {
        if (depth >= MaximumDepth)
        {
            return;
        }

        foreach (var dependency in domain.ReferencedBy.Items.OrderBy(d => d.Dependent.Object.Oid))
        {
            switch (dependency.Dependent)
            {
                case { Object: TypeObject { Kind: PgTypeKind.Domain } over }:
                    RefuseStoredInside(database, over, depth + 1);
                    break;
                case { Object: TypeObject other }:
                    RefuseStored(database, other, null, domain, 0);
                    break;
                case { Object: RelationObject { Kind: 'r' or 'm' or 'p' } user, Column: > 0 and var number } when user.Column(number) is { Row.IsDropped: false } column && column.Row.TypeOid != domain.Oid:
                    // Rows of the domain itself can be looked through; those of an array of it cannot.
                    throw new RefusedException("0A000", $"cannot alter type \"{database.FormatType(domain.Oid)}\" because column \"{user.Name}.{column.Name}\" uses it");
                case { Object: RelationObject { Kind: 'c', Row.RowType: { } row }, Column: > 0 }:
                    RefuseStored(database, row, null, domain, 0);
                    break;
            }
        }
    }

    private static void RefuseStored(Database database, TypeObject type, RelationObject? origin, TypeObject? domain, int depth)
    {
        foreach (var dependency in type.ReferencedBy.Items)
        {
            if (dependency.Dependent is { Object: RelationObject { Kind: 'r' or 'm' or 'p' } user, Column: > 0 and var number } && (user != origin || user.Kind != 'c'))
            {
                var column = user.Column(number);
                var relation = type.Row.Relation ?? origin;
                throw new RefusedException("0A000", origin is not { Kind: not 'c' }
                    ? $"cannot alter type \"{origin?.Name ?? database.FormatType(domain!.Oid)}\" because column \"{user.Name}.{column.Name}\" uses it"
                    : $"cannot alter table \"{relation!.Name}\" because column \"{user.Name}.{column.Name}\" uses its row type");
            }

            if (depth < MaximumDepth && dependency.Dependent.Object is TypeObject { Row.IsArray: true } array)
            {
                RefuseStored(database, array, origin, domain, depth + 1);
            }
            else if (depth < MaximumDepth && dependency.Dependent is { Object: RelationObject { Kind: 'c', Row.RowType: { } outer }, Column: > 0 })
            {
                RefuseStored(database, outer, origin, domain, depth + 1);
            }
        }
    }
}
