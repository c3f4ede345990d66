using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Writing;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Sources;

/// <summary>Compares two sources as an audit compares a project's migrations with its schema.</summary>
public static class SourceComparison
{
    /// <summary>What turns one source into the other.</summary>
    /// <param name="from">The source to start from.</param>
    /// <param name="to">The source to compare to, in any of the same forms.</param>
    /// <param name="options">What to leave out; null for nothing.</param>
    public static SchemaComparison Compare(Source from, Source to, ComparisonOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        return SchemaComparer.Compare(Own(Resolved(from, to)), Own(Resolved(to, from)), options);

        DatabaseSchema Own(DatabaseSchema schema) => from.External.Without(to.External.Without(schema));
    }

    // PostgreSQL's form of a default depends on its column, so a database with that column is needed: the other source's, or the one that the schema itself makes.
    private static DatabaseSchema Resolved(Source source, Source other)
    {
        if (source.Replay is not null || !CanonicalDefaults.AreMissing(source.Schema))
        {
            return source.Schema;
        }

        return CanonicalDefaults.Resolve(source.Schema, other.Replay ?? MigrationReplay.Run([new MigrationSource("schema", Script(source.Schema))]));
    }

    private static SourceText Script(DatabaseSchema schema)
    {
        using var script = new StringWriter();
        SchemaWriter.Write(schema, script);
        return new SourceText("", script.ToString());
    }
}
