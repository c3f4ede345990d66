using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Tests.Comparison;

/// <summary>What a Prisma schema and a database say in other words is no change, and what Prisma has no words for is not visible to it.</summary>
public sealed class PrismaComparisonTests
{
    private static readonly Column Id = SampleSchema.Column("id", new ColumnType("integer")) with { IsNullable = false };

    [Theory]
    [InlineData("CURRENT_TIMESTAMP", "now()")]
    [InlineData("'a'", "'a'::text")]
    [InlineData("'{}'::text[]", "ARRAY[]::text[]")]
    [InlineData("ARRAY['a', 'b c']::text[]", "'{a,\"b c\"}'::text[]")]
    [InlineData("1", "'1'::integer")]
    [InlineData("-1", "'-1'::integer")]
    [InlineData("(-1)", "-1")]
    [InlineData("0.50", "0.5")]
    [InlineData("true", "'t'::boolean")]
    [InlineData("'USER'::\"Role\"", "'USER'::public.\"Role\"")]
    [InlineData("'x'", "'x'::character varying(20)")]
    [InlineData("'2020-01-01 00:00:00'::timestamp(3) without time zone", "'2020-01-01 00:00:00'")]
    [InlineData("gen_random_uuid()", "pg_catalog.gen_random_uuid()")]
    [InlineData("E'a\\\\b'", "'a\\b'")]
    public void Defaults_that_say_the_same_are_equal(string from, string to) => Assert.Empty(Compare(Default("text", from), Default("text", to)).Changes);

    [Theory]
    [InlineData("'a'", "'b'")]
    [InlineData("'true'", "true")]
    [InlineData("1", "10")]
    [InlineData("now()", "'now()'")]
    [InlineData("gen_random_uuid()", "uuid_generate_v4()")]
    public void Defaults_that_say_something_else_differ(string from, string to) =>
        Assert.Equal("alter-column-default", Assert.Single(Compare(Default("text", from), Default("text", to)).Changes).Kind.Name());

    [Fact]
    public void Json_defaults_are_compared_as_json_and_times_as_times()
    {
        Assert.Empty(Compare(Default("jsonb", """'{"a":1,"b":[]}'"""), Default("jsonb", """'{"b": [], "a": 1}'::jsonb""")).Changes);
        Assert.Empty(Compare(Default("timestamp without time zone", "'2020-01-01T00:00:00+00:00'"), Default("timestamp without time zone", "'2020-01-01 00:00:00'::timestamp without time zone")).Changes);
    }

    [Theory]
    [InlineData("int4", null, "integer", null)]
    [InlineData("varchar", "255", "character varying", "255")]
    [InlineData("timestamptz", "3", "timestamp with time zone", "3")]
    [InlineData("numeric", "65, 30", "numeric", "65,30")]
    [InlineData("decimal", "10", "numeric", "10,0")]
    [InlineData("bpchar", "1", "character", null)]
    public void Types_are_equal_under_all_their_names(string from, string? fromModifiers, string to, string? toModifiers) =>
        Assert.Empty(Compare(Typed(new ColumnType(from, null, fromModifiers)), Typed(new ColumnType(to, null, toModifiers))).Changes);

    [Fact]
    public void Types_of_extensions_are_equal_wherever_the_extension_lives()
    {
        Assert.Empty(Compare(Typed(new ColumnType("vector", "public", "1536")), Typed(new ColumnType("vector", "extensions", "1536"))).Changes);
        Assert.Single(Compare(Typed(new ColumnType("vector", "public", "1536")), Typed(new ColumnType("vector", "extensions", "768"))).Changes);
    }

    [Fact]
    public void A_unique_constraint_is_a_unique_index_to_Prisma()
    {
        var prisma = Table(t => t with { Indexes = [SampleSchema.Index("t_id_key", "id") with { IsUnique = true, IsPrismaUnique = true }] });
        var sql = Table(t => t with { UniqueConstraints = [SampleSchema.Key("t_id_key", "id")] });
        var comparison = Compare(prisma, sql);
        Assert.Empty(comparison.Changes);
        Assert.Equal(SchemaFeature.UniqueConstraintForm, Assert.Single(comparison.NotVisible).Feature);
        Assert.Equal("alter-unique", Assert.Single(SchemaComparer.Compare(prisma with { Source = SourceKind.Sql }, sql).Changes).Kind.Name());
    }

    [Fact]
    public void A_second_unique_index_on_the_same_columns_is_a_change()
    {
        var one = SampleSchema.Index("users_email_key", "id") with { IsUnique = true };
        var comparison = Compare(Table(t => t with { Indexes = [one] }), Table(t => t with { Indexes = [one, one with { Name = "User_email_key" }] }));
        var change = Assert.Single(comparison.Changes);
        Assert.Equal(("add-unique", "User_email_key"), (change.Kind.Name(), change.Subject.Name));
    }

    [Fact]
    public void A_list_may_be_not_null_in_the_database()
    {
        var list = SampleSchema.Column("tags", new ColumnType("text", null, null, true));
        var comparison = Compare(Table(t => t with { Columns = [Id, list] }), Table(t => t with { Columns = [Id, list with { IsNullable = false }] }));
        Assert.Empty(comparison.Changes);
        Assert.Equal(SchemaFeature.ListNullability, Assert.Single(comparison.NotVisible).Feature);
    }

    [Theory]
    [InlineData(IdentityKind.Always)]
    [InlineData(IdentityKind.ByDefault)]
    public void Identity_and_serial_are_one_thing_to_Prisma(IdentityKind identity)
    {
        var prisma = Table(t => t with { Columns = [Id with { Default = SampleSchema.Sql("nextval('t_id_seq'::regclass)") }] });
        Assert.Empty(Compare(prisma, Table(t => t with { Columns = [Id with { Identity = identity }] })).Changes);
        Assert.Empty(Compare(prisma, Table(t => t with { Columns = [Id with { Default = SampleSchema.Sql("nextval('old_id_seq'::regclass)") }] })).Changes);
        Assert.Single(Compare(prisma, Table(t => t)).Changes);
    }

    [Fact]
    public void Names_are_cut_at_63_bytes_and_never_inside_a_character()
    {
        var name = new string('a', 62) + "é_more";
        var comparison = Compare(Table(t => t with { Indexes = [SampleSchema.Index(name, "id")] }), Table(t => t with { Indexes = [SampleSchema.Index(new string('a', 62), "id")] }));
        Assert.Empty(comparison.Changes);
    }

    [Fact]
    public void What_Prisma_has_no_words_for_is_not_visible_to_it()
    {
        var index = SampleSchema.Index("i", "id");
        var sql = Table(t => t with
        {
            RowSecurity = true,
            Comment = "c",
            Checks = [new CheckConstraint { Name = "c", Expression = SampleSchema.Sql("(id > 0)") }],
            Indexes = [index with { Predicate = SampleSchema.Sql("(id > 0)") }, index with { Name = "e", Keys = [new IndexKey { Expression = SampleSchema.Sql("abs(id)") }] }],
            Policies = [new Policy { Name = "p" }],
        });
        sql = sql with { Functions = SampleSchema.Base.Functions, Views = SampleSchema.Base.Views, Domains = SampleSchema.Base.Domains, Extensions = [new Extension { Name = "citext" }] };
        var comparison = Compare(Table(t => t), sql);
        Assert.Empty(comparison.Changes);
        SchemaFeature[] expected = [SchemaFeature.Check, SchemaFeature.Comment, SchemaFeature.Domain, SchemaFeature.ExpressionIndex, SchemaFeature.Extension, SchemaFeature.Function, SchemaFeature.MaterializedView, SchemaFeature.PartialIndex, SchemaFeature.Policy, SchemaFeature.RowSecurity, SchemaFeature.View];
        Assert.Equal(expected.Order(), comparison.NotVisible.Select(n => n.Feature).Distinct().Order());
        Assert.All(comparison.NotVisible, n => Assert.Equal((ComparisonSide.To, SourceKind.Prisma), (n.Holder, n.NotVisibleTo)));
    }

    [Fact]
    public void Tables_in_schemas_that_the_datasource_does_not_list_are_not_visible()
    {
        var prisma = Table(t => t) with { VisibleNamespaces = ["public"] };
        var sql = Table(t => t);
        sql = sql with { Tables = [.. sql.Tables, new Table { Name = new ObjectName("auth", "users"), Columns = [Id] }, new Table { Name = SampleSchema.Public("_prisma_migrations"), Columns = [Id] }] };
        var comparison = Compare(prisma, sql);
        Assert.Empty(comparison.Changes);
        Assert.Equal(SchemaFeature.ForeignNamespace, Assert.Single(comparison.NotVisible).Feature);
    }

    [Fact]
    public void A_view_of_Prisma_has_names_and_columns_only()
    {
        var declared = new View { Name = SampleSchema.Public("v"), Definition = new SqlExpression("", false), Columns = [Id], ModelName = "V" };
        var real = declared with { Definition = SampleSchema.Sql(" SELECT 1 AS id, 2 AS more;"), Columns = [Id, SampleSchema.Column("more", new ColumnType("integer"))] };
        Assert.Empty(Compare(Table(t => t) with { Views = [declared] }, Table(t => t) with { Views = [real] }).Changes);
        Assert.Equal("alter-view", Assert.Single(Compare(Table(t => t) with { Views = [declared with { Columns = [SampleSchema.Column("gone", new ColumnType("text"))] }] }, Table(t => t) with { Views = [real] }).Changes).Kind.Name());
        Assert.Equal("drop-view", Assert.Single(Compare(Table(t => t) with { Views = [declared] }, Table(t => t)).Changes).Kind.Name());
    }

    [Fact]
    public void What_is_not_in_the_form_of_PostgreSQL_is_not_comparable_unless_it_reads_the_same()
    {
        DatabaseSchema With(string text, bool canonical, string? source = null) =>
            Table(t => t with { Checks = [new CheckConstraint { Name = "c", Expression = new SqlExpression(text, canonical) { Source = source } }] });
        Assert.Equal("alter-check", Assert.Single(SchemaComparer.Compare(With("id  >  0", false), With("(id < 0)", false)).NotComparable).Kind.Name());
        Assert.Empty(SchemaComparer.Compare(With("id  >  0", false), With("(id > 0)", true)).NotComparable);
        var bySource = SchemaComparer.Compare(With("f(id)", false), With("public.f(id)", true, "F( id )"));
        Assert.Empty(bySource.Changes);
        Assert.Empty(bySource.NotComparable);
    }

    private static DatabaseSchema Table(Func<Table, Table> change) => new()
    {
        Namespaces = [new Namespace { Name = "public" }],
        Tables = [change(SampleSchema.Table("t", Id))],
    };

    private static DatabaseSchema Typed(ColumnType type) => Table(t => t with { Columns = [SampleSchema.Column("c", type)] });

    private static DatabaseSchema Default(string type, string text) =>
        Table(t => t with { Columns = [SampleSchema.Column("c", new ColumnType(type)) with { Default = SampleSchema.Sql(text) }] });

    private static SchemaComparison Compare(DatabaseSchema prisma, DatabaseSchema sql) => SchemaComparer.Compare(prisma with { Source = SourceKind.Prisma }, sql);
}
