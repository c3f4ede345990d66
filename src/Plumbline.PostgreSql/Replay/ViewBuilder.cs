using Plumbline.PostgreSql.Expressions;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Replay;

/// <summary>Views as the neutral model has them.</summary>
/// <param name="schema">What they are built for.</param>
/// <param name="tables">Builds what views share with tables.</param>
internal sealed class ViewBuilder(SchemaBuilder schema, TableBuilder tables)
{
    /// <summary>A view or materialized view.</summary>
    public View Build(RelationObject view)
    {
        var row = view.Row;
        return new View
        {
            Name = view.QualifiedName,
            Owner = schema.Owner(row.Owner),
            Grants = Privileges.ToGrants(row.Acl),
            IsMaterialized = view.Kind == 'm',
            Definition = (row.Query as BoundQuery)!.Print(schema.Database, [.. view.LiveColumns.Select(c => c.Name)]),
            Columns = [.. view.LiveColumns.Select(tables.Column)],
            Options = [.. row.Options.OrderBy(o => o.Name, StringComparer.Ordinal)],
            IsPopulated = row.IsPopulated,
            Indexes = tables.Indexes(view),
            Triggers = tables.Triggers(view),
            Rules = tables.Rules(view),
            Location = schema.Location(view),
            ChangedBy = schema.Changes(view),
            Comment = row.Comment,
        };
    }
}
