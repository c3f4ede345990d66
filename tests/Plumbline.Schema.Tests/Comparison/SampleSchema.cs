using System.Collections.Immutable;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Tests.Comparison;

/// <summary>A schema with something of every kind, that PostgreSQL accepts, and small steps away from it.</summary>
public static class SampleSchema
{
    public static DatabaseSchema Base { get; } = new()
    {
        Source = SourceKind.Sql,
        Namespaces = [new Namespace { Name = "audit" }, new Namespace { Name = "public" }],
        Enums = [Enum("mood", "sad", "fine", "happy"), Enum("status", "draft", "live", "gone")],
        Domains = [new DomainType { Name = Public("email"), BaseType = Text, Checks = [new CheckConstraint { Name = "email_check", Expression = Sql("(VALUE ~~ '%@%'::text)") }] }],
        CompositeTypes = [new CompositeType { Name = Public("point3"), Attributes = [Column("x", Integer), Column("y", Integer)] }],
        RangeTypes = [new RangeType { Name = Public("span"), Subtype = Integer }],
        Sequences =
        [
            new Sequence { Name = Public("posts_id_seq"), DataType = "integer", MaxValue = int.MaxValue, OwnedByTable = Public("posts"), OwnedByColumn = "id" },
            new Sequence { Name = Public("tickets"), Start = 100 },
            new Sequence { Name = Public("users_id_seq"), IsIdentity = true, OwnedByTable = Public("users"), OwnedByColumn = "id" },
        ],
        Functions =
        [
            new Function { Name = Public("slug"), Language = "sql", Volatility = "immutable", Returns = "text", Body = "SELECT lower(title)", Arguments = [new FunctionArgument { Name = "title", Type = Text }] },
            new Function { Name = Public("touch"), Language = "plpgsql", Returns = "trigger", Body = "BEGIN RETURN NEW; END" },
        ],
        Tables = [Log(), Partition("log_2025", "2025-01-01", "2026-01-01"), Posts(), Table("tags", Column("id", Integer) with { IsNullable = false }, Column("label", Text)), Users()],
        Views =
        [
            new View { Name = Public("live_posts"), Definition = Sql(" SELECT posts.id,\n    posts.title\n   FROM posts\n  WHERE (posts.status = 'live'::status);") },
            new View { Name = Public("live_titles"), Definition = Sql(" SELECT live_posts.title\n   FROM live_posts;") },
            new View { Name = Public("user_count"), IsMaterialized = true, Definition = Sql(" SELECT count(*) AS count\n   FROM users;"), Indexes = [Index("user_count_idx", "count")] },
        ],
        Publications = [new Publication { Name = "feed", Tables = [Public("users")], Options = [new StorageParameter("publish", "insert")] }],
    };

    private static ColumnType Integer => new("integer");

    private static ColumnType Text => new("text");

    /// <summary>Steps from <see cref="Base"/>, each with the one change that it is.</summary>
    public static ImmutableArray<Mutation> Mutations { get; } =
    [
        new("add-schema", s => s with { Namespaces = [.. s.Namespaces, new Namespace { Name = "extra" }] }),
        new("drop-schema", s => s with { Namespaces = [.. s.Namespaces.Where(n => n.Name != "audit")] }),
        new("add-table", s => s with { Tables = [.. s.Tables, Table("added", Column("id", Integer) with { IsNullable = false }, Column("user_id", new ColumnType("bigint"))) with { PrimaryKey = Key("added_pkey", "id"), Indexes = [Index("added_idx", "user_id")], ForeignKeys = [Foreign("added_fkey", "user_id", "users")], RowSecurity = true }] }),
        new("drop-table", s => s with { Tables = [.. s.Tables.Where(t => t.Name.Name != "tags")] }),
        new("rename-table", s => InTable(s, "tags", t => t with { Name = Public("post_tags"), Columns = t.Columns })),
        new("add-column", s => InTable(s, "tags", t => t with { Columns = [.. t.Columns, Column("weight", Integer) with { IsNullable = false, Default = Sql("0") }] })),
        new("add-column", s => InTable(s, "tags", t => t with { Columns = [.. t.Columns, Column("colour", Text) with { IsNullable = false }] })),
        new("drop-column", s => InTable(s, "tags", t => t with { Columns = [t.Columns[0]] })),
        new("rename-column", s => InTable(s, "tags", t => t with { Columns = [t.Columns[0], Column("tag_label", Text)] })),
        new("alter-column-type", s => InColumn(s, "tags", "label", c => c with { Type = new ColumnType("character varying", null, "20") })),
        new("alter-column-type", s => InColumn(s, "posts", "title", c => c with { Type = new ColumnType("character varying", null, "20") })),
        new("alter-column-type", s => InColumn(s, "posts", "mood", c => c with { Type = new ColumnType("status", "public"), Default = null })) { Extra = "alter-column-default" },
        new("alter-column-type", s => InColumn(s, "tags", "label", c => c with { Type = new ColumnType("text", null, null, true) })),
        new("alter-column-nullability", s => InColumn(s, "tags", "label", c => c with { IsNullable = false })),
        new("alter-column-nullability", s => InColumn(s, "posts", "title", c => c with { IsNullable = true })),
        new("alter-column-default", s => InColumn(s, "tags", "label", c => c with { Default = Sql("'none'::text") })),
        new("alter-column-default", s => InColumn(s, "posts", "score", c => c with { Default = null })),
        new("alter-column-identity", s => InColumn(s, "users", "id", c => c with { Identity = IdentityKind.Always })),
        new("alter-column-identity", s => InColumn(s with { Sequences = [.. s.Sequences.Where(q => !q.IsIdentity)] }, "users", "id", c => c with { Identity = IdentityKind.None })),
        new("alter-column-generated", s => InColumn(s, "posts", "slug", c => c with { Generated = Sql("upper(title)") })),
        new("alter-column-generated", s => InColumn(s, "posts", "slug", c => c with { Generated = null })),
        new("alter-column-collation", s => InColumn(s, "tags", "label", c => c with { Collation = new ObjectName("pg_catalog", "C") })),
        new("alter-storage", s => InColumn(s, "tags", "label", c => c with { Storage = "external", Compression = "pglz", StatisticsTarget = 10 })),
        new("alter-storage", s => InTable(s, "tags", t => t with { StorageParameters = [new StorageParameter("fillfactor", "80")], ReplicaIdentity = "full" })),
        new("alter-storage", s => InTable(s, "tags", t => t with { Persistence = Persistence.Unlogged })),
        new("add-primary-key", s => InTable(s, "tags", t => t with { PrimaryKey = Key("tags_pkey", "id") })),
        new("drop-primary-key", s => InTable(s, "posts", t => t with { PrimaryKey = null })),
        new("alter-primary-key", s => InTable(s, "posts", t => t with { PrimaryKey = Key("posts_pkey", "id", "title") })),
        new("rename-constraint", s => InTable(s, "users", t => t with { PrimaryKey = Key("users_key", "id") })),
        new("add-unique", s => InTable(s, "tags", t => t with { UniqueConstraints = [Key("tags_label_key", "label")] })),
        new("drop-unique", s => InTable(s, "users", t => t with { UniqueConstraints = [] })),
        new("alter-unique", s => InTable(s, "users", t => t with { UniqueConstraints = [Key("users_mail_key", "mail", "id")] })),
        new("alter-unique", s => InTable(s, "users", t => t with { UniqueConstraints = [], Indexes = [Index("users_mail_key", "mail") with { IsUnique = true }] })),
        new("add-index", s => InTable(s, "tags", t => t with { Indexes = [Index("tags_label_idx", "label")] })),
        new("drop-index", s => InTable(s, "posts", t => t with { Indexes = [t.Indexes[0]] })),
        new("alter-index", s => InTable(s, "posts", t => t with { Indexes = [t.Indexes[0], Index("posts_title_idx", "title") with { Keys = [new IndexKey { Column = "title", IsDescending = true, NullsFirst = true }] }] })),
        new("alter-index", s => InTable(s, "posts", t => t with { Indexes = [t.Indexes[0] with { Predicate = Sql("(score > 1)") }, t.Indexes[1]] })),
        new("rename-index", s => InTable(s, "posts", t => t with { Indexes = [t.Indexes[0], t.Indexes[1] with { Name = "by_title" }] })),
        new("add-foreign-key", s => InTable(s, "tags", t => t with { ForeignKeys = [Foreign("tags_fkey", "id", "posts")] })),
        new("drop-foreign-key", s => InTable(s, "posts", t => t with { ForeignKeys = [] })),
        new("alter-foreign-key", s => InTable(s, "posts", t => t with { ForeignKeys = [t.ForeignKeys[0] with { OnDelete = ReferentialAction.Cascade }] })),
        new("rename-constraint", s => InTable(s, "posts", t => t with { ForeignKeys = [t.ForeignKeys[0] with { Name = "posts_author" }] })),
        new("alter-constraint-state", s => InTable(s, "posts", t => t with { ForeignKeys = [t.ForeignKeys[0] with { IsDeferrable = true }] })),
        new("alter-constraint-state", s => InTable(s, "posts", t => t with { Checks = [t.Checks[0] with { IsValidated = false }] })),
        new("add-check", s => InTable(s, "tags", t => t with { Checks = [new CheckConstraint { Name = "tags_check", Expression = Sql("(id > 0)") }] })),
        new("drop-check", s => InTable(s, "posts", t => t with { Checks = [] })),
        new("alter-check", s => InTable(s, "posts", t => t with { Checks = [t.Checks[0] with { Expression = Sql("(score > 5)") }] })),
        new("rename-constraint", s => InTable(s, "posts", t => t with { Checks = [t.Checks[0] with { Name = "score_check" }] })),
        new("add-exclusion", s => InTable(s, "tags", t => t with { Exclusions = [Exclusion("tags_excl", "label")] })),
        new("drop-exclusion", s => InTable(s, "users", t => t with { Exclusions = [] })),
        new("add-enum", s => s with { Enums = [.. s.Enums, Enum("zodiac", "aries", "leo")] }),
        new("rename-enum", s => InColumn(s with { Enums = [Enum("moods", "sad", "fine", "happy"), s.Enums[1]] }, "posts", "mood", c => c with { Type = new ColumnType("moods", "public"), Default = Sql("'sad'::moods") })),
        new("add-enum-value", s => s with { Enums = [s.Enums[0], Enum("status", "new", "draft", "live", "gone")] }),
        new("add-enum-value", s => s with { Enums = [s.Enums[0], Enum("status", "draft", "live", "paused", "gone")] }),
        new("drop-enum-value", s => s with { Enums = [s.Enums[0], Enum("status", "draft", "live")] }),
        new("drop-enum-value", s => s with { Enums = [Enum("mood", "sad", "happy"), s.Enums[1]] }),
        new("rename-enum-value", s => InColumn(s with { Enums = [s.Enums[0], Enum("status", "drafted", "live", "gone")] }, "posts", "status", c => c with { Default = Sql("'drafted'::status") })),
        new("alter-enum-order", s => s with { Enums = [s.Enums[0], Enum("status", "live", "draft", "gone")] }) { LeavesOtherCatalog = true },
        new("add-type", s => s with { CompositeTypes = [.. s.CompositeTypes, new CompositeType { Name = Public("pair"), Attributes = [Column("a", new ColumnType("email", "public"))] }] }),
        new("drop-type", s => s with { RangeTypes = [] }),
        new("alter-type", s => s with { CompositeTypes = [s.CompositeTypes[0] with { Attributes = [.. s.CompositeTypes[0].Attributes, Column("z", Integer)] }] }),
        new("alter-type", s => s with { CompositeTypes = [s.CompositeTypes[0] with { Attributes = [Column("x", Text), Column("y", Integer)] }] }),
        new("add-domain", s => s with { Domains = [.. s.Domains, new DomainType { Name = Public("positive"), BaseType = Integer, NotNull = true, Default = Sql("1") }] }),
        new("alter-domain", s => s with { Domains = [s.Domains[0] with { Checks = [], NotNull = true }] }),
        new("alter-domain", s => s with { Domains = [s.Domains[0] with { BaseType = new ColumnType("character varying", null, "99"), Checks = [s.Domains[0].Checks[0] with { Expression = Sql("((VALUE)::text ~~ '%@%'::text)") }] }] }),
        new("add-sequence", s => s with { Sequences = [.. s.Sequences, new Sequence { Name = Public("other"), Increment = 5 }] }),
        new("drop-sequence", s => s with { Sequences = [.. s.Sequences.Where(q => q.Name.Name != "tickets")] }),
        new("alter-sequence", s => s with { Sequences = [.. s.Sequences.Select(q => q.Name.Name == "tickets" ? q with { Increment = 7, Cycle = true } : q)] }),
        new("alter-sequence", s => s with { Sequences = [.. s.Sequences.Select(q => q.IsIdentity ? q with { Increment = 7 } : q)] }),
        new("add-function", s => s with { Functions = [.. s.Functions, s.Functions[0] with { Name = Public("twice") }] }),
        new("alter-function", s => s with { Functions = [s.Functions[0], s.Functions[1] with { Body = "BEGIN RETURN OLD; END" }] }),
        new("add-trigger", s => InTable(s, "users", t => t with { Triggers = [Trigger("users_touch")] })),
        new("drop-trigger", s => InTable(s, "posts", t => t with { Triggers = [] })),
        new("alter-trigger", s => InTable(s, "posts", t => t with { Triggers = [t.Triggers[0] with { Events = TriggerEvents.Insert, UpdateColumns = [] }] })),
        new("alter-constraint-state", s => InTable(s, "posts", t => t with { Triggers = [t.Triggers[0] with { State = TriggerState.Disabled }] })),
        new("add-policy", s => InTable(s, "users", t => t with { Policies = [new Policy { Name = "all", Using = Sql("true") }] })),
        new("drop-policy", s => InTable(s, "posts", t => t with { Policies = [] })),
        new("alter-policy", s => InTable(s, "posts", t => t with { Policies = [t.Policies[0] with { Command = PolicyCommand.Select, WithCheck = null }] })),
        new("add-rule", s => InTable(s, "users", t => t with { Rules = [new RewriteRule { Name = "keep", Definition = Sql("CREATE RULE keep AS\n    ON DELETE TO public.users DO INSTEAD NOTHING;") }] })),
        new("alter-rls", s => InTable(s, "posts", t => t with { RowSecurity = false })),
        new("alter-rls", s => InTable(s, "posts", t => t with { ForceRowSecurity = true })),
        new("add-view", s => s with { Views = [.. s.Views, new View { Name = Public("all_tags"), Definition = Sql(" SELECT tags.id\n   FROM tags;") }] }),
        new("drop-view", s => s with { Views = [s.Views[0], s.Views[2]] }),
        new("alter-view", s => s with { Views = [s.Views[0] with { Definition = Sql(" SELECT posts.title,\n    posts.id\n   FROM posts;") }, s.Views[1], s.Views[2]] }),
        new("alter-view", s => s with { Views = [s.Views[0], s.Views[1] with { Options = [new StorageParameter("security_invoker", "true")] }, s.Views[2]] }),
        new("add-extension", s => s with { Extensions = [new Extension { Name = "citext" }] }),
        new("add-comment", s => InTable(s, "tags", t => t with { Comment = "labels" })),
        new("add-comment", s => InColumn(s, "tags", "label", c => c with { Comment = "what it's called" })),
        new("add-comment", s => s with { Views = [s.Views[0] with { Comment = "seen" }, s.Views[1], s.Views[2]] }),
        new("drop-comment", s => InTable(s, "users", t => t with { Comment = null })),
        new("alter-comment", s => InTable(s, "users", t => t with { Comment = "other" })),
        new("add-grant", s => InTable(s, "tags", t => t with { Grants = [new Grant("postgres", "postgres", "arwdDxt"), new Grant("sample_reader", "postgres", "r")] })) { LeavesOtherCatalog = true },
        new("drop-grant", s => InTable(s, "users", t => t with { Grants = null })) { LeavesOtherCatalog = true },
        new("alter-grant", s => InTable(s, "users", t => t with { Grants = [new Grant("postgres", "postgres", "arwdDxt"), new Grant("sample_reader", "postgres", "ar*")] })),
        new("add-partition", s => s with { Tables = [.. s.Tables, Partition("log_2026", "2026-01-01", "2027-01-01"), ] }),
        new("drop-partition", s => s with { Tables = [.. s.Tables.Where(t => t.PartitionOf is null)] }),
        new("alter-partition", s => InTable(s, "log_2025", t => t with { PartitionBound = Sql("FOR VALUES FROM ('2024-01-01') TO ('2026-01-01')") })),
        new("add-publication", s => s with { Publications = [.. s.Publications, new Publication { Name = "all_of_it", AllTables = true }] }),
        new("drop-publication", s => s with { Publications = [] }),
        new("alter-publication", s => s with { Publications = [s.Publications[0] with { Tables = [Public("posts"), Public("users")] }] }),
    ];

    public static ObjectName Public(string name) => new("public", name);

    public static SqlExpression Sql(string text) => new(text, IsCanonical: true);

    public static Column Column(string name, ColumnType type) => new() { Name = name, Type = type };

    public static Table Table(string name, params ImmutableArray<Column> columns) => new() { Name = Public(name), Columns = columns };

    public static EnumType Enum(string name, params string[] values) => new() { Name = Public(name), Values = [.. values.Select(v => new EnumValue { Name = v })] };

    public static KeyConstraint Key(string name, params ImmutableArray<string> columns) => new() { Name = name, Columns = columns };

    public static Index Index(string name, params ImmutableArray<string> columns) => new() { Name = name, Keys = [.. columns.Select(c => new IndexKey { Column = c })] };

    public static ForeignKey Foreign(string name, string column, string table) => new() { Name = name, Columns = [column], ReferencedTable = Public(table), ReferencedColumns = ["id"] };

    public static DatabaseSchema InTable(DatabaseSchema schema, string name, Func<Table, Table> change) => schema with { Tables = [.. schema.Tables.Select(t => t.Name.Name == name ? change(t) : t)] };

    public static DatabaseSchema InColumn(DatabaseSchema schema, string table, string column, Func<Column, Column> change) =>
        InTable(schema, table, t => t with { Columns = [.. t.Columns.Select(c => c.Name == column ? change(c) : c)] });

    private static Trigger Trigger(string name) => new() { Name = name, Timing = TriggerTiming.Before, Events = TriggerEvents.Update, ForEachRow = true, Function = Public("touch") };

    private static ExclusionConstraint Exclusion(string name, string column) =>
        new() { Name = name, Method = "btree", Elements = [new ExclusionElement(new IndexKey { Column = column }, "=")] };

    private static Table Partition(string name, string from, string to) => new()
    {
        Name = Public(name),
        PartitionOf = Public("log"),
        PartitionBound = Sql($"FOR VALUES FROM ('{from}') TO ('{to}')"),
        Columns = [Column("at", new ColumnType("date")), Column("what", Text)],
    };

    private static Table Log() => new()
    {
        Name = Public("log"),
        Kind = TableKind.Partitioned,
        PartitionKey = Sql("RANGE (at)"),
        Columns = [Column("at", new ColumnType("date")), Column("what", Text)],
    };

    private static Table Posts() => new()
    {
        Name = Public("posts"),
        Columns =
        [
            Column("id", Integer) with { IsNullable = false, Default = Sql("nextval('posts_id_seq'::regclass)") },
            Column("title", Text) with { IsNullable = false },
            Column("slug", Text) with { Generated = Sql("lower(title)") },
            Column("author_id", new ColumnType("bigint")),
            Column("status", new ColumnType("status", "public")) with { IsNullable = false, Default = Sql("'draft'::status") },
            Column("mood", new ColumnType("mood", "public")) with { Default = Sql("'sad'::mood") },
            Column("score", Integer) with { Default = Sql("1") },
            Column("where_at", new ColumnType("point3", "public")),
        ],
        PrimaryKey = Key("posts_pkey", "id"),
        ForeignKeys = [Foreign("posts_author_id_fkey", "author_id", "users")],
        Checks = [new CheckConstraint { Name = "posts_score_check", Expression = Sql("(score > 0)") }],
        Indexes = [Index("posts_live_idx", "slug") with { Predicate = Sql("(status = 'live'::status)") }, Index("posts_title_idx", "title")],
        Triggers = [Trigger("posts_touch") with { UpdateColumns = ["title"] }],
        RowSecurity = true,
        Policies = [new Policy { Name = "live", Using = Sql("(status = 'live'::status)"), WithCheck = Sql("(score > 0)") }],
    };

    private static Table Users() => new()
    {
        Name = Public("users"),
        Comment = "people",
        Columns = [Column("id", new ColumnType("bigint")) with { IsNullable = false, Identity = IdentityKind.ByDefault }, Column("mail", new ColumnType("email", "public"))],
        PrimaryKey = Key("users_pkey", "id"),
        UniqueConstraints = [Key("users_mail_key", "mail")],
        Exclusions = [Exclusion("users_excl", "id")],
        Grants = [new Grant("postgres", "postgres", "arwdDxt"), new Grant("sample_reader", "postgres", "r")],
    };
}

/// <summary>A step from the sample schema.</summary>
/// <param name="Change">The name of the change that it is.</param>
/// <param name="Apply">The step.</param>
public sealed record Mutation(string Change, Func<DatabaseSchema, DatabaseSchema> Apply)
{
    /// <summary>A second change that the step can't do without.</summary>
    public string? Extra { get; init; }

    /// <summary>Whether the catalog keeps a trace: privileges that are written down and say the same as none, or the order of an enum's values.</summary>
    public bool LeavesOtherCatalog { get; init; }
}
