using Plumbline.Audit.Configuration;
using Plumbline.PostgreSql.Catalog;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Sources;

/// <summary>Reads a live database as a source.</summary>
internal static class DatabaseSource
{
    /// <summary>Whether a source is named by the URL of a database.</summary>
    public static bool IsNamedBy(string name) => DatabaseUrl.IsUrl(name);

    /// <summary>The URL without what is secret in it.</summary>
    public static string Shown(string name) => DatabaseUrl.TryParse(name, out var url, out _) ? url.ToString() : "the database";

    /// <summary>Reads the database of a URL.</summary>
    /// <exception cref="InputException">It is no URL.</exception>
    /// <exception cref="SourceUnavailableException">The database could not be reached or read.</exception>
    public static Source Read(string name, CancellationToken cancellation)
    {
        if (!DatabaseUrl.TryParse(name, out var url, out var error))
        {
            throw new InputException(error);
        }

        try
        {
            var snapshot = CatalogReader.ReadAsync(url with { IsNamedByUser = true, HasFilesOfUser = true }, cancellation: cancellation).GetAwaiter().GetResult();
            var shown = url.ToString();
            return new Source
            {
                Name = shown,
                Form = SourceForm.Database,
                Schema = snapshot.Schema,
                Notes =
                    [.. snapshot.Notes.Select(note => new Diagnostic(DiagnosticSeverity.Warning, "not-visible", note, SourceLocation.StartOf(shown)))],
            };
        }
        catch (CatalogException exception)
        {
            throw new SourceUnavailableException(exception.Message);
        }
    }
}
