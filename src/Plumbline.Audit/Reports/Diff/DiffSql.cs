using Plumbline.PostgreSql.Writing;
using Plumbline.PostgreSql.Writing.Changes;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Reports.Diff;

/// <summary>Writes a comparison as the SQL that turns FROM into TO.</summary>
public static class DiffSql
{
    /// <summary>Writes the script; it is empty where nothing differs.</summary>
    public static void Write(SchemaComparison comparison, TextWriter output) => output.Write(InertSql.Of(ChangeWriter.Write(comparison)));
}
