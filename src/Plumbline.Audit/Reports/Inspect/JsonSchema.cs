using Plumbline.Audit.Sources;
using Plumbline.Schema.Snapshots;

namespace Plumbline.Audit.Reports.Inspect;

/// <summary>Prints a source as a snapshot, which is a source again.</summary>
public static class JsonSchema
{
    /// <summary>Writes the snapshot as UTF-8; ends in a line feed.</summary>
    public static void Write(Source source, Stream output)
    {
        SnapshotWriter.Write(new Snapshot(source.Schema, [.. source.Errors, .. source.Refusals]), output);
        output.WriteByte((byte)'\n');
    }
}
