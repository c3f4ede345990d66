using Plumbline.PostgreSql.Writing;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Reports.Inspect;

/// <summary>Prints a schema as SQL that makes it on an empty PostgreSQL.</summary>
public static class SqlSchema
{
    /// <summary>Writes the script; ends in a line feed where it holds anything.</summary>
    public static void Write(DatabaseSchema schema, TextWriter output) => SchemaWriter.Write(schema, output);
}
