using System.Collections.Immutable;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Findings;

/// <summary>Something that was checked and holds.</summary>
/// <param name="Check">Name of the check, such as <c>table-agrees</c>.</param>
/// <param name="Subject">What it holds for.</param>
/// <param name="Projects">The projects that it holds in, sorted.</param>
/// <param name="Order">The order of migrations in which it holds; null for the one on disk.</param>
public sealed record VerifiedFact(string Check, Subject Subject, ImmutableArray<string> Projects, ImmutableArray<string>? Order = null);
