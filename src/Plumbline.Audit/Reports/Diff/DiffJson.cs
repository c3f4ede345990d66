using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Reports.Json;
using Plumbline.Audit.Sources;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Reports.Diff;

/// <summary>Writes a comparison of two sources as JSON, in the shape that programs rely on.</summary>
public static class DiffJson
{
    private const int FormatVersion = 1;

    /// <summary>Writes the comparison as UTF-8; ends in a line feed.</summary>
    public static void Write(Source from, Source to, SchemaComparison comparison, Stream output)
    {
        var fixes = new ChangeFixes(comparison);
        var shape = new DiffShape(
            FormatVersion,
            ShapeOf(from),
            ShapeOf(to),
            comparison.Changes.Select(change => ShapeOf(change, fixes)),
            comparison.NotVisible.Select(ShapeOf),
            comparison.NotComparable.Select(ShapeOf));
        JsonOutput.Write(shape, ReportJsonContext.Default.DiffShape, output);
    }

    private static SourceShape ShapeOf(Source source) => new(source.Name, source.Form.Name(), source.Errors.Length, source.Refusals.Length);

    private static ChangeShape ShapeOf(SchemaChange change, ChangeFixes fixes) => new(
        change.Kind.Name(),
        SubjectShape.Of(change.Subject),
        change.From,
        change.To,
        Places(change.FromLocation, change.ToLocation),
        ChangeSeverity.Of(change).Name(),
        change.Confidence is { } confidence ? Math.Round(confidence, 2) : null,
        FixShape.Of(fixes.Fix([change])));

    private static NotVisibleShape ShapeOf(NotVisibleItem item) => new(
        item.Feature.Name(), SubjectShape.Of(item.Subject), item.Holder == ComparisonSide.From ? "from" : "to", item.Text, Places(item.Object?.Location, null));

    private static NotComparableShape ShapeOf(NotComparableItem item) => new(
        item.Kind.Name(), SubjectShape.Of(item.Subject), item.From, item.To, Places(item.FromObject?.Location, item.ToObject?.Location));

    private static IEnumerable<LocationShape> Places(SourceLocation? from, SourceLocation? to)
    {
        if (from is not null)
            yield return LocationShape.Of("from", from);

        if (to is not null)
            yield return LocationShape.Of("to", to);
    }
}
