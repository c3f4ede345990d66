namespace Plumbline.PostgreSql.Catalog.Rows;

/// <summary>Everything that is asked of a catalog to know its structure.</summary>
/// <param name="version">The server's major version, from 12.</param>
internal sealed class CatalogRows(int version)
{
    /// <summary>The server and the session.</summary>
    public CatalogQuery<ServerRow> Server { get; } = ServerRow.Query();

    /// <summary>The schemas.</summary>
    public CatalogQuery<NamespaceRow> Namespaces { get; } = NamespaceRow.Query();

    /// <summary>The roles.</summary>
    public CatalogQuery<RoleRow> Roles { get; } = RoleRow.Query();

    /// <summary>The types.</summary>
    public CatalogQuery<TypeRow> Types { get; } = TypeRow.Query();

    /// <summary>The labels of enums, in their order.</summary>
    public CatalogQuery<EnumRow> Enums { get; } = EnumRow.Query();

    /// <summary>The ranges.</summary>
    public CatalogQuery<RangeRow> Ranges { get; } = RangeRow.Query(version);

    /// <summary>The collations.</summary>
    public CatalogQuery<CollationRow> Collations { get; } = CollationRow.Query();

    /// <summary>Tables, views, sequences and composite types.</summary>
    public CatalogQuery<RelationRow> Relations { get; } = RelationRow.Query();

    /// <summary>Parents of tables and indexes, in their order.</summary>
    public CatalogQuery<InheritanceRow> Inheritance { get; } = InheritanceRow.Query();

    /// <summary>The columns, in their order.</summary>
    public CatalogQuery<ColumnRow> Columns { get; } = ColumnRow.Query(version);

    /// <summary>The constraints.</summary>
    public CatalogQuery<ConstraintRow> Constraints { get; } = ConstraintRow.Query(version);

    /// <summary>The indexes.</summary>
    public CatalogQuery<IndexRow> Indexes { get; } = IndexRow.Query(version);

    /// <summary>The operator classes.</summary>
    public CatalogQuery<OperatorClassRow> OperatorClasses { get; } = OperatorClassRow.Query();

    /// <summary>The triggers.</summary>
    public CatalogQuery<TriggerRow> Triggers { get; } = TriggerRow.Query(version);

    /// <summary>The policies.</summary>
    public CatalogQuery<PolicyRow> Policies { get; } = PolicyRow.Query();

    /// <summary>The rules.</summary>
    public CatalogQuery<RuleRow> Rules { get; } = RuleRow.Query();

    /// <summary>The sequences.</summary>
    public CatalogQuery<SequenceRow> Sequences { get; } = SequenceRow.Query();

    /// <summary>The functions.</summary>
    public CatalogQuery<FunctionRow> Functions { get; } = FunctionRow.Query(version);

    /// <summary>The aggregates.</summary>
    public CatalogQuery<AggregateRow> Aggregates { get; } = AggregateRow.Query();

    /// <summary>The extensions.</summary>
    public CatalogQuery<ExtensionRow> Extensions { get; } = ExtensionRow.Query();

    /// <summary>The publications.</summary>
    public CatalogQuery<PublicationRow> Publications { get; } = PublicationRow.Query(version);

    /// <summary>The comments.</summary>
    public CatalogQuery<CommentRow> Comments { get; } = CommentRow.Query();

    /// <summary>All of them, in the order in which they are asked.</summary>
    public IReadOnlyList<ICatalogQuery> All =>
    [
        Server, Namespaces, Roles, Types, Enums, Ranges, Collations, Relations, Inheritance, Columns, Constraints, Indexes, OperatorClasses, Triggers, Policies, Rules,
        Sequences, Functions, Aggregates, Extensions, Publications, Comments,
    ];
}
