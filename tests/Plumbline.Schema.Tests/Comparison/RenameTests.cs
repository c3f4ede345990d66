using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Tests.Comparison;

public sealed class RenameTests
{
    private static readonly ColumnType Text = new("text");
    private static readonly ColumnType Instant = new("timestamp without time zone", null, "3");

    [Fact]
    public void Renamed_columns_of_the_personal_models_are_proposed()
    {
        var migrations = SampleSchema.Table("personal_models", Required("id", Text), Required("person_id", Text), Required("model_version", Text), Required("training_data", new ColumnType("jsonb")), Required("last_trained_at", Instant), Required("created_at", Instant));
        var schema = SampleSchema.Table(
            "personal_models", Required("id", Text), Required("person_id", Text), Required("model_type", Text), Required("version", Text), Required("is_active", new ColumnType("boolean")), Required("training_data_start", Instant), Required("trained_at", Instant), Required("created_at", Instant));
        var renames = Renames(migrations, schema);
        Assert.Equal(["last_trained_at → trained_at", "model_version → version"], renames.Select(r => $"{r.From} → {r.To}").Order());
        Assert.All(renames, r => Assert.InRange(r.Confidence!.Value, 0.6, 0.95));
    }

    [Theory]
    [InlineData("phone", "phone_number")]
    [InlineData("userId", "user_id")]
    [InlineData("is_enabled", "enabled")]
    [InlineData("desc", "description")]
    [InlineData("adress", "address")]
    public void Columns_of_like_names_and_types_are_proposed(string from, string to) =>
        Assert.Single(Renames(SampleSchema.Table("t", Required(from, Text)), SampleSchema.Table("t", Required(to, Text))));

    [Theory]
    [InlineData("created_at", "updated_at")]
    [InlineData("start_date", "end_date")]
    [InlineData("first_name", "last_name")]
    [InlineData("user_id", "team_id")]
    [InlineData("image_url", "website_url")]
    [InlineData("email", "colour")]
    [InlineData("min_price", "max_price")]
    [InlineData("user_id", "userAgent")]
    [InlineData("model_version", "model_type")]
    [InlineData("billing_address", "shipping_address")]
    public void Columns_that_share_only_common_words_are_not(string from, string to) =>
        Assert.Empty(Renames(SampleSchema.Table("t", Required(from, Text)), SampleSchema.Table("t", Required(to, Text))));

    [Fact]
    public void A_column_of_another_type_is_not_proposed() =>
        Assert.Empty(Renames(SampleSchema.Table("t", Required("email", Text)), SampleSchema.Table("t", Required("email_verified", new ColumnType("boolean")))));

    [Fact]
    public void A_table_of_the_same_columns_under_a_like_name_is_proposed_and_its_columns_are_compared()
    {
        var from = SampleSchema.Table("AnalyticsEvent", Required("id", Text), Required("userId", Text), Required("eventName", Text), Required("createdAt", Instant));
        var to = SampleSchema.Table("analytics_events", Required("id", Text), Required("user_id", Text), Required("event_name", Text), Required("created_at", Instant));
        var changes = SchemaComparer.Compare(Of(from), Of(to)).Changes;
        Assert.Equal(["rename-column", "rename-column", "rename-column", "rename-table"], changes.Select(c => c.Kind.Name()).Order());
    }

    [Fact]
    public void Tables_that_share_only_what_all_tables_have_are_not_proposed()
    {
        var from = SampleSchema.Table("invoices", Required("id", Text), Required("created_at", Instant), Required("amount", Text), Required("due", Text));
        var to = SampleSchema.Table("sessions", Required("id", Text), Required("created_at", Instant), Required("token", Text), Required("expires", Text));
        Assert.Equal(["add-table", "drop-table"], SchemaComparer.Compare(Of(from), Of(to)).Changes.Select(c => c.Kind.Name()).Order());
    }

    [Fact]
    public void What_hangs_on_renamed_columns_is_read_under_their_new_names()
    {
        var users = SampleSchema.Table("users", Required("id", Text)) with { PrimaryKey = SampleSchema.Key("users_pkey", "id") };
        Table Posts(string column) => SampleSchema.Table("posts", Required("id", Text), Required(column, Text)) with
        {
            PrimaryKey = SampleSchema.Key("posts_pkey", "id", column),
            Indexes = [SampleSchema.Index("i", column) with { Predicate = SampleSchema.Sql($"({column} IS NOT NULL)") }],
            Checks = [new CheckConstraint { Name = "c", Expression = SampleSchema.Sql($"({column} <> ''::text)") }],
            ForeignKeys = [SampleSchema.Foreign("f", column, "users")],
            Policies = [new Policy { Name = "p", Using = SampleSchema.Sql($"({column} = CURRENT_USER)") }],
        };
        Assert.Equal("rename-column", Assert.Single(SchemaComparer.Compare(Of(users, Posts("author_name")), Of(users, Posts("author"))).Changes).Kind.Name());
    }

    [Fact]
    public void Renames_are_not_guessed_where_that_is_switched_off()
    {
        var changes = SchemaComparer.Compare(Of(SampleSchema.Table("t", Required("phone", Text))), Of(SampleSchema.Table("t", Required("phone_number", Text))), new ComparisonOptions { DetectRenames = false }).Changes;
        Assert.Equal(["add-column", "drop-column"], changes.Select(c => c.Kind.Name()).Order());
    }

    private static Column Required(string name, ColumnType type) => SampleSchema.Column(name, type) with { IsNullable = false };

    private static DatabaseSchema Of(params Table[] tables) => new() { Tables = [.. tables] };

    private static List<SchemaChange> Renames(Table from, Table to) =>
        [.. SchemaComparer.Compare(Of(from), Of(to)).Changes.Where(c => c.Kind is ChangeKind.RenameColumn or ChangeKind.RenameTable)];
}
