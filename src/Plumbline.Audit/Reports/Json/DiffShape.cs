using System.Text.Json.Serialization;

namespace Plumbline.Audit.Reports.Json;

/// <summary>A comparison of two sources in JSON.</summary>
internal sealed record DiffShape(
    int Version,
    SourceShape From,
    SourceShape To,
    IEnumerable<ChangeShape> Changes,
    IEnumerable<NotVisibleShape> NotVisible,
    IEnumerable<NotComparableShape> NotComparable);

/// <summary>A source that was compared.</summary>
internal sealed record SourceShape(string Source, string Kind, int Errors, int Refused);

/// <summary>A difference.</summary>
internal sealed record ChangeShape(
    string Change,
    SubjectShape Subject,
    string? From,
    string? To,
    IEnumerable<LocationShape> Locations,
    string Severity,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Confidence,
    FixShape? Fix);

/// <summary>Something that one side cannot show.</summary>
internal sealed record NotVisibleShape(string Feature, SubjectShape Subject, string In, string? Text, IEnumerable<LocationShape> Locations);

/// <summary>Something whose two forms cannot be compared.</summary>
internal sealed record NotComparableShape(string Change, SubjectShape Subject, string? From, string? To, IEnumerable<LocationShape> Locations);
