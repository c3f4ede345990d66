using System.Text.Json.Serialization;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Reports.Json;

/// <summary>What something is about; what it doesn't have is left out.</summary>
internal sealed record SubjectShape(
    string Kind,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Schema,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Table,
    string Name,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Model,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Field)
{
    /// <summary>The shape of a subject.</summary>
    public static SubjectShape Of(Subject subject) => new(subject.Kind.Name(), subject.Schema, subject.Table, subject.Name, subject.Model, subject.Field);
}

/// <summary>A place in a file.</summary>
internal sealed record LocationShape(string Role, string Path, int Line, int Column, int EndLine, int EndColumn)
{
    /// <summary>The shape of a place that takes part in a finding.</summary>
    public static LocationShape Of(FindingLocation location) => Of(location.Role.Name(), location.Place);

    /// <summary>The shape of a place.</summary>
    public static LocationShape Of(string role, SourceLocation place) => new(role, place.Path, place.Line, place.Column, place.EndLine, place.EndColumn);
}
