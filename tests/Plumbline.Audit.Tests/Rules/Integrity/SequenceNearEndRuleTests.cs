using Plumbline.Audit.Rules.Integrity;
using Plumbline.PostgreSql.Catalog;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Tests.Rules.Integrity;

public sealed class SequenceNearEndRuleTests
{
    [Fact]
    public void A_serial_key_that_nears_the_end_of_integer_is_found() =>
        Test("[|CREATE TABLE notes (id SERIAL PRIMARY KEY)|];", "notes_id_seq", 2_000_000_000).Expect("high: The sequence of notes.id has used 93 % of its values");

    [Fact]
    public void A_bigint_sequence_over_an_integer_column_ends_where_the_column_ends() =>
        Test("CREATE SEQUENCE notes_id_seq; [|CREATE TABLE notes (id int PRIMARY KEY DEFAULT nextval('notes_id_seq'))|]; ALTER SEQUENCE notes_id_seq OWNED BY notes.id;", "notes_id_seq", 2_000_000_000)
            .Expect("high: The sequence of notes.id has used 93 % of its values");

    [Fact]
    public void A_sequence_of_its_own_counts_down_to_its_least_value() =>
        Test("[|CREATE SEQUENCE tickets INCREMENT -1 MINVALUE -100 MAXVALUE -1|];", "tickets", -91).Expect("high: The sequence of public.tickets has used 90 % of its values");

    [Theory]
    [InlineData("CREATE TABLE notes (id SERIAL PRIMARY KEY);", "notes_id_seq", 1_500_000_000L)]
    [InlineData("CREATE TABLE notes (id BIGSERIAL PRIMARY KEY);", "notes_id_seq", 2_147_000_000L)]
    [InlineData("CREATE TABLE notes (id SERIAL PRIMARY KEY);", "notes_id_seq", null)]
    [InlineData("CREATE SEQUENCE turns MAXVALUE 10 CYCLE;", "turns", 10L)]
    public void With_room_left_unused_or_cycling_it_is_fine(string sql, string sequence, long? last) => Test(sql, sequence, last).ExpectNothing();

    [Fact]
    public void Without_a_database_nothing_is_known() => RuleTest.For<SequenceNearEndRule>().Migration("2025_a", "CREATE TABLE a (id SERIAL);").ExpectNothing();

    private static RuleTest Test(string sql, string sequence, long? last) => RuleTest.For<SequenceNearEndRule>().Migration("2025_a", sql).Live("", live => live with
    {
        Snapshot = live.Snapshot! with
        {
            Statistics = new CatalogStatistics { TakenAt = DateTimeOffset.UnixEpoch, Sequences = [new SequenceStatistics(new ObjectName("public", sequence), last, IsReadable: true)] },
        },
    });
}
