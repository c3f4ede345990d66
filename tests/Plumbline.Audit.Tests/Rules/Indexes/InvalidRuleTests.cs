using System.Collections.Immutable;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Rules.Indexes;

namespace Plumbline.Audit.Tests.Rules.Indexes;

public sealed class InvalidRuleTests
{
    [Fact]
    public void What_a_failed_concurrent_build_left_is_found_at_its_migration() =>
        Test(isValid: false).Expect("high: The index notes_author_idx on notes is invalid");

    [Fact]
    public void It_is_no_drift_besides() =>
        Test<Plumbline.Audit.Rules.Drift.IndexRule>(isValid: false).ExpectNothing();

    [Fact]
    public void A_valid_index_is_fine() => Test(isValid: true, mark: false).ExpectNothing();

    [Fact]
    public void Without_a_database_nothing_is_known() => RuleTest.For<InvalidRule>().Migration("2025_a", "CREATE TABLE a (id int);").ExpectNothing();

    private static RuleTest Test(bool isValid, bool mark = true) => Test<InvalidRule>(isValid, mark);

    private static RuleTest Test<TRule>(bool isValid, bool mark = true)
        where TRule : Rule, new() =>
        RuleTest.For<TRule>().Migration("2025_a", $"CREATE TABLE notes (id int PRIMARY KEY, author int);\n{(mark ? "[|CREATE INDEX notes_author_idx ON notes (author)|];" : "CREATE INDEX notes_author_idx ON notes (author);")}")
            .Live("", live => live with { Snapshot = live.Snapshot! with { Schema = live.Snapshot.Schema with { Tables = [.. live.Snapshot.Schema.Tables.Select(t => t with { Indexes = Set(t.Indexes, isValid) })] } } });

    private static ImmutableArray<Plumbline.Schema.Model.Index> Set(ImmutableArray<Plumbline.Schema.Model.Index> indexes, bool isValid) => [.. indexes.Select(i => i with { IsValid = isValid })];
}
