using System.Text;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Tests.Comparison;

/// <summary>Expressions in PostgreSQL's words: what only servers, their versions and a restored dump write differently is the same, and nothing else is.</summary>
public sealed class ExpressionFormTests
{
    private static readonly ColumnType Date = new("date");
    private static readonly ColumnType Timestamp = new("timestamp without time zone");

    [Theory]
    [InlineData("((a)::text = ANY ((ARRAY['x'::character varying, 'y'::character varying])::text[]))", "((a)::text = ANY (ARRAY[('x'::character varying)::text, ('y'::character varying)::text]))")]
    [InlineData("((a)::text = ANY (ARRAY['x'::text, 'y'::text]))", "((a)::text = ANY (ARRAY[('x'::character varying)::text, ('y'::character varying)::text]))")]
    [InlineData("(n = ANY ((ARRAY[1, 2])::numeric[]))", "(n = ANY (ARRAY[(1)::numeric, (2)::numeric]))")]
    [InlineData("(((a > 1) AND (a < 5)) AND b)", "((a > 1) AND (a < 5) AND b)")]
    [InlineData("((a > 1) AND ((a < 5) AND b))", "((a > 1) AND (a < 5) AND b)")]
    [InlineData("(((a > 1) OR b) OR (c AND (d AND e)))", "((a > 1) OR b OR (c AND d AND e))")]
    [InlineData("(btrim(a) <> ''::text)", "(TRIM(BOTH FROM a) <> ''::text)")]
    [InlineData("(ltrim(a, 'x'::text) <> ''::text)", "(TRIM(LEADING 'x'::text FROM a) <> ''::text)")]
    [InlineData("(rtrim((v)::text) <> ''::text)", "(TRIM(TRAILING FROM v) <> ''::text)")]
    [InlineData("(timezone('utc'::text, at) > at)", "((at AT TIME ZONE 'utc'::text) > at)")]
    [InlineData("(timezone('utc'::text, (born)::timestamp with time zone) > at)", "((born AT TIME ZONE 'utc'::text) > at)")]
    [InlineData("(timezone('utc'::text, ((born + 1))::timestamp with time zone) > at)", "(((born + 1) AT TIME ZONE 'utc'::text) > at)")]
    [InlineData("(\"substring\"(a, 1, 2) = 'x'::text)", "(SUBSTRING(a FROM 1 FOR 2) = 'x'::text)")]
    [InlineData("(\"substring\"(a, 1, 2) = 'x'::text)", "(SUBSTRING(a FOR 2) = 'x'::text)")]
    [InlineData("(\"substring\"(a, 'p'::text) = 'x'::text)", "(SUBSTRING(a FROM 'p'::text) = 'x'::text)")]
    [InlineData("(\"position\"(a, 'x'::text) > 1)", "(POSITION(('x'::text) IN (a)) > 1)")]
    [InlineData("(\"overlay\"(a, 'x'::text, 1, 2) = a)", "(OVERLAY(a PLACING 'x'::text FROM 1 FOR 2) = a)")]
    [InlineData("\"overlaps\"((born)::timestamp with time zone, at, at, at)", "((born, at) OVERLAPS (at, at))")]
    [InlineData("(\"normalize\"(a, 'NFC'::text) = a)", "(NORMALIZE(a, NFC) = a)")]
    [InlineData("is_normalized(a, 'NFC'::text)", "(a IS NFC NORMALIZED)")]
    [InlineData("(pg_collation_for(a) = 'C'::text)", "(COLLATION FOR (a) = 'C'::text)")]
    [InlineData("(a ~ similar_escape('x'::text, NULL::text))", "(a ~ similar_to_escape('x'::text))")]
    [InlineData("(now() > at)", "(CURRENT_TIMESTAMP > at)")]
    [InlineData("((at)::timestamp(6) without time zone > at)", "((at)::timestamp without time zone > at)")]
    [InlineData("(a IN ( SELECT 'x'::text))", "(a IN ( SELECT 'x'::text AS text))")]
    [InlineData("(EXISTS ( SELECT 1 FROM t WHERE ((t.a = 1) AND ((t.b = 2) AND t.c))))", "(EXISTS ( SELECT 1 FROM t WHERE ((t.a = 1) AND (t.b = 2) AND t.c)))")]
    [InlineData("CASE WHEN (((a > 1) AND b) AND c) THEN btrim(a) ELSE NULL::text END", "CASE WHEN ((a > 1) AND b AND c) THEN TRIM(BOTH FROM a) ELSE NULL::text END")]
    [InlineData("(a = 'x'::text)", "(((a) = ('x'::text)))")]
    public void The_same_in_other_words(string from, string to)
    {
        Assert.Equal("", Differences(from, to));
        Assert.Equal("", Differences(to, from));
    }

    [Theory]
    [InlineData("((a AND b) OR c)", "(a AND (b OR c))")]
    [InlineData("(a AND b)", "(a OR b)")]
    [InlineData("(NOT (a AND b))", "((NOT a) AND b)")]
    [InlineData("((n - 1) - 2)", "(n - (1 - 2))")]
    [InlineData("(n - 1)", "(1 - n)")]
    [InlineData("((a)::text = ANY (ARRAY['x'::text, 'y'::text]))", "((a)::text = ALL (ARRAY['x'::text, 'y'::text]))")]
    [InlineData("((a)::text = ANY (ARRAY['x'::text, 'y'::text]))", "((a)::text <> ALL (ARRAY['x'::text, 'y'::text]))")]
    [InlineData("((a)::text = ANY (ARRAY['x'::text, 'y'::text]))", "((a)::text = ANY (ARRAY['x'::text]))")]
    [InlineData("((a)::text = ANY (ARRAY['x,y'::text]))", "((a)::text = ANY (ARRAY['x'::text, 'y'::text]))")]
    [InlineData("((a)::text = ANY (ARRAY['x'::text, 'y'::text]))", "(a = ANY (ARRAY['x'::text, 'y'::text]))")]
    [InlineData("(a = ANY ((ARRAY['x'::character varying])::text[]))", "(a = ANY ((ARRAY['x'::character varying])::character varying(3)[]))")]
    [InlineData("((a)::character varying(3) = 'x')", "((a)::character varying(4) = 'x')")]
    [InlineData("(a = 'x'::bpchar)", "(a = 'x'::text)")]
    [InlineData("((a)::\"char\" = b)", "((a)::character(1) = b)")]
    [InlineData("((a)::bpchar = b)", "((a)::character(1) = b)")]
    [InlineData("(btrim(a) <> ''::text)", "(TRIM(LEADING FROM a) <> ''::text)")]
    [InlineData("(btrim(a) <> ''::text)", "(public.btrim(a) <> ''::text)")]
    [InlineData("(btrim((raw)::text) <> ''::text)", "(TRIM(BOTH FROM raw) <> ''::text)")]
    [InlineData("(TRIM(BOTH 'x'::text FROM a) <> ''::text)", "(TRIM(BOTH a FROM 'x'::text) <> ''::text)")]
    [InlineData("(\"substring\"(a, 1, 2) = 'x'::text)", "(SUBSTRING(a FROM 2 FOR 1) = 'x'::text)")]
    [InlineData("(\"substring\"(a, 2) = 'x'::text)", "(SUBSTRING(a FOR 2) = 'x'::text)")]
    [InlineData("(\"position\"(a, 'x'::text) > 1)", "(POSITION((a) IN ('x'::text)) > 1)")]
    [InlineData("(timezone('utc'::text, at) > at)", "((at AT TIME ZONE 'cet'::text) > at)")]
    [InlineData("(timezone('utc'::text, (at)::timestamp with time zone) > at)", "((at AT TIME ZONE 'utc'::text) > at)")]
    [InlineData("((at)::timestamp(3) without time zone > at)", "((at)::timestamp without time zone > at)")]
    [InlineData("((at)::timestamp with time zone > at)", "((at)::timestamp without time zone > at)")]
    [InlineData("(EXTRACT(year FROM at) > (2000)::numeric)", "(date_part('year'::text, at) > (2000)::double precision)")]
    [InlineData("(EXTRACT(year FROM at) > (2000)::numeric)", "(EXTRACT(isoyear FROM at) > (2000)::numeric)")]
    [InlineData("((5 / 2) > n)", "(((5)::numeric / (2)::numeric) > n)")]
    [InlineData("(md5('a'::text) = b)", "(md5('a'::bytea) = b)")]
    [InlineData("(\"user\" = a)", "(USER = a)")]
    [InlineData("(\"null\" = a)", "(NULL = a)")]
    [InlineData("(\"A\" = a)", "(a = a)")]
    [InlineData("(\"a.b\" = c)", "(a.b = c)")]
    [InlineData("('a' = c)", "(a = c)")]
    [InlineData("('1'::text = c)", "(1 = c)")]
    [InlineData("(a IS NOT NULL)", "(NOT (a IS NULL))")]
    [InlineData("(a IS TRUE)", "(a IS NOT FALSE)")]
    [InlineData("(a COLLATE \"C\" = b)", "(a = b)")]
    [InlineData("((a = b) = c)", "(a = (b = c))")]
    [InlineData("(f(a, b))", "(f((a, b)))")]
    [InlineData("(count(DISTINCT a) > 1)", "(count(a) > 1)")]
    [InlineData("(similar_escape('x'::text, '#'::text) = a)", "(similar_to_escape('x'::text) = a)")]
    [InlineData("(a IN ( SELECT t.b FROM t))", "(a IN ( SELECT t.c FROM t))")]
    [InlineData("(a IN ( SELECT s.x FROM ( SELECT t.b AS x, t.c AS y FROM t) s))", "(a IN ( SELECT s.x FROM ( SELECT t.b AS y, t.c AS x FROM t) s))")]
    [InlineData("(EXISTS ( SELECT 1 FROM a CROSS JOIN (b RIGHT JOIN c ON p)))", "(EXISTS ( SELECT 1 FROM (a CROSS JOIN b) RIGHT JOIN c ON p))")]
    public void Another_meaning(string from, string to)
    {
        Assert.StartsWith("alter-check", Differences(from, to), StringComparison.Ordinal);
        Assert.StartsWith("alter-check", Differences(to, from), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT t.a FROM t WHERE ((t.a = 1) AND ((t.b = 2) AND btrim(t.c) = 'x'::text));", "SELECT a FROM t WHERE ((a = 1) AND (b = 2) AND TRIM(BOTH FROM c) = 'x'::text);")]
    [InlineData("SELECT x.a FROM (t x LEFT JOIN u y ON (((y.k)::text = ANY ((ARRAY['p'::character varying])::text[]))))", "SELECT x.a FROM (t x LEFT JOIN u y ON (((y.k)::text = ANY (ARRAY[('p'::character varying)::text]))))")]
    public void Queries_that_mean_the_same(string from, string to) => Assert.Equal("", DifferencesOfViews(from, to));

    [Theory]
    [InlineData("SELECT a AS x FROM t", "SELECT a AS y FROM t")]
    [InlineData("SELECT a FROM t ORDER BY a", "SELECT a FROM t ORDER BY a DESC")]
    [InlineData("SELECT a FROM t UNION SELECT b FROM u", "SELECT a FROM t UNION ALL SELECT b FROM u")]
    [InlineData("SELECT x.a FROM (t x LEFT JOIN u y ON ((x.a = y.a)))", "SELECT x.a FROM (t x JOIN u y ON ((x.a = y.a)))")]
    [InlineData("SELECT sum(a) OVER (ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS s FROM t", "SELECT sum(a) OVER (ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS s FROM t")]
    public void Queries_that_differ(string from, string to) => Assert.StartsWith("alter-view", DifferencesOfViews(from, to), StringComparison.Ordinal);

    [Theory]
    [InlineData("(EXTRACT(year FROM born) > (2000)::numeric)", "(date_part('year'::text, born) > (2000)::double precision)")]
    [InlineData("(round(EXTRACT(epoch FROM at), 3) > n)", "(round((date_part('epoch'::text, at))::numeric, 3) > n)")]
    public void EXTRACT_is_date_part_on_a_server_before_14(string current, string before) => Assert.Equal("", Differences(before, current, fromVersion: 13));

    [Fact]
    public void EXTRACT_of_something_else_differs_on_a_server_before_14() =>
        Assert.StartsWith("alter-check", Differences("(date_part('month'::text, born) > (1)::double precision)", "(EXTRACT(year FROM born) > (1)::numeric)", fromVersion: 13), StringComparison.Ordinal);

    [Fact]
    public void A_function_of_the_project_is_qualified_on_a_server_that_has_one_of_its_name()
    {
        var own = new Function { Name = new ObjectName("public", "uuidv7"), Language = "sql", Body = "SELECT gen_random_uuid()" };
        var (before, after) = (Schema("(uuidv7() <> id)") with { ServerVersion = 17, Functions = [own] }, Schema("(public.uuidv7() <> id)") with { ServerVersion = 18, Functions = [own] });
        Assert.Equal("", Text(SchemaComparer.Compare(before, after)));
        Assert.NotEqual("", Text(SchemaComparer.Compare(before with { ServerVersion = 18 }, after)));
        Assert.NotEqual("", Text(SchemaComparer.Compare(before with { Functions = [] }, after with { Functions = [] })));
    }

    [Fact]
    public void Privileges_that_are_the_default_are_the_same_written_or_not()
    {
        var bare = SampleSchema.Table("t", SampleSchema.Column("c", Date));
        Assert.Equal("", Text(SchemaComparer.Compare(Schema(bare), Schema(bare with { Grants = [new Grant("postgres", "postgres", "arwdDxt")] }))));
        Assert.StartsWith("add-grant", Text(SchemaComparer.Compare(Schema(bare), Schema(bare with { Grants = [new Grant("postgres", "postgres", "arwdDx")] }))), StringComparison.Ordinal);
        Assert.StartsWith("add-grant", Text(SchemaComparer.Compare(Schema(bare), Schema(bare with { Grants = [new Grant("postgres", "postgres", "arwdDxt"), new Grant("", "postgres", "r")] }))), StringComparison.Ordinal);
    }

    [Fact]
    public void The_schema_public_is_that_of_a_new_database_on_every_version()
    {
        Grant[] everyone = [new("postgres", "postgres", "UC"), new("", "postgres", "UC")];
        Grant[] revoked = [new("postgres", "postgres", "UC"), new("", "postgres", "U")];
        Assert.Equal("", OfPublic(14, null, 15, null));
        Assert.Equal("", OfPublic(14, null, 15, everyone));
        Assert.Equal("", OfPublic(14, revoked, 15, null));
        Assert.Equal("", OfPublic(14, revoked, 15, revoked));
        Assert.NotEqual("", OfPublic(14, null, 14, revoked));
        Assert.NotEqual("", OfPublic(14, revoked, 15, everyone));
        Assert.NotEqual("", OfPublic(15, null, 15, everyone));

        static string OfPublic(int from, Grant[]? granted, int to, Grant[]? wanted) => Text(SchemaComparer.Compare(Public(from, granted), Public(to, wanted)));
        static DatabaseSchema Public(int version, Grant[]? grants) =>
            DatabaseSchema.Empty with { Source = SourceKind.Database, ServerVersion = version, Namespaces = [new Namespace { Name = "public", Grants = grants is null ? null : [.. grants] }] };
    }

    [Fact]
    public void Each_server_has_its_own_versions_of_extensions()
    {
        var (old, current) = (new Extension { Name = "citext", Version = "1.6" }, new Extension { Name = "citext", Version = "1.8" });
        var (first, second) = (DatabaseSchema.Empty with { Source = SourceKind.Database, ServerVersion = 15, Extensions = [old] }, DatabaseSchema.Empty with { Source = SourceKind.Database, ServerVersion = 18, Extensions = [current] });
        Assert.Equal("", Text(SchemaComparer.Compare(first, second)));
        Assert.StartsWith("alter-extension", Text(SchemaComparer.Compare(first with { ServerVersion = 18 }, second)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("timestamp without time zone")]
    [InlineData("timestamp with time zone")]
    [InlineData("time without time zone")]
    [InlineData("time with time zone")]
    public void Seconds_have_six_digits_where_nothing_is_said(string type)
    {
        Assert.Equal("", Differences(new ColumnType(type), new ColumnType(type, Modifiers: "6")));
        Assert.StartsWith("alter-column-type", Differences(new ColumnType(type), new ColumnType(type, Modifiers: "3")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_of_one_byte_is_no_character()
    {
        Assert.StartsWith("alter-column-type", Differences(new ColumnType("\"char\""), new ColumnType("character", Modifiers: "1")), StringComparison.Ordinal);
        Assert.StartsWith("alter-column-type", Differences(new ColumnType("bpchar"), new ColumnType("character", Modifiers: "1")), StringComparison.Ordinal);
        Assert.Equal("", Differences(new ColumnType("char"), new ColumnType("character", Modifiers: "1")));
    }

    [Fact]
    public void Deep_and_long_expressions_end()
    {
        var deep = new StringBuilder().Append('(', 20_000).Append('a').Append(')', 20_000).ToString();
        var wide = string.Join(" AND ", Enumerable.Repeat("((((a JOIN b))))", 5_000));
        Assert.Equal("", Differences(deep, deep + " "));
        Assert.StartsWith("alter-check", Differences(wide, wide + " AND c"), StringComparison.Ordinal);
        Assert.StartsWith("alter-check", Differences("((a", "a))"), StringComparison.Ordinal);
        Assert.StartsWith("alter-check", Differences("CASE WHEN a", "CASE a WHEN"), StringComparison.Ordinal);
    }

    private static string Differences(string from, string to, int? fromVersion = null) =>
        Text(SchemaComparer.Compare(Schema(from) with { ServerVersion = fromVersion }, Schema(to)));

    private static string Differences(ColumnType from, ColumnType to) =>
        Text(SchemaComparer.Compare(Schema(SampleSchema.Table("t", SampleSchema.Column("c", from))), Schema(SampleSchema.Table("t", SampleSchema.Column("c", to)))));

    private static string DifferencesOfViews(string from, string to) => Text(SchemaComparer.Compare(SchemaOfView(from), SchemaOfView(to)));

    private static string Text(SchemaComparison comparison) => string.Join('\n', [.. comparison.Changes.Select(c => c.ToString()), .. comparison.NotComparable.Select(c => $"not comparable: {c.Subject}")]);

    private static DatabaseSchema Schema(string condition) => Schema(
        SampleSchema.Table("t", SampleSchema.Column("born", Date), SampleSchema.Column("at", Timestamp), SampleSchema.Column("raw", new ColumnType("bytea")), SampleSchema.Column("v", new ColumnType("character varying"))) with
        {
            Checks = [new CheckConstraint { Name = "c", Expression = new SqlExpression(condition, true) }],
        });

    private static DatabaseSchema Schema(Table table) => DatabaseSchema.Empty with { Source = SourceKind.Database, Tables = [table] };

    private static DatabaseSchema SchemaOfView(string query) =>
        DatabaseSchema.Empty with { Source = SourceKind.Database, Views = [new View { Name = new ObjectName("public", "v"), Definition = new SqlExpression(query, true) }] };
}
