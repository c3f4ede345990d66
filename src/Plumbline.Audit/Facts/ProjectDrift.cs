using System.Collections.Immutable;
using Plumbline.PostgreSql.Replay;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Facts;

/// <summary>Where the database that the migrations make and the one of the schema part.</summary>
/// <param name="Comparison">What is known to differ.</param>
/// <param name="Unjudged">What may differ or not.</param>
internal sealed record ProjectDrift(SchemaComparison Comparison, ImmutableArray<UnjudgedChange> Unjudged);

/// <summary>A difference that may be none, because a statement changes its object in a way that cannot be known, or a migration could not be read.</summary>
/// <param name="Change">The difference that there would be without that.</param>
/// <param name="Statement">The statement; null for a migration that could not be read.</param>
internal sealed record UnjudgedChange(SchemaChange Change, StatementOutcome? Statement);
