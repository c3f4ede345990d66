namespace Plumbline.Audit.Sources;

/// <summary>The forms that a source can have.</summary>
public enum SourceForm
{
    /// <summary>A <c>.prisma</c> file, or a folder of them.</summary>
    PrismaSchema,

    /// <summary>A folder of Prisma's migrations.</summary>
    Migrations,

    /// <summary>An SQL file.</summary>
    Sql,

    /// <summary>A Markdown document with <c>prisma</c> or <c>sql</c> fences.</summary>
    Document,

    /// <summary>A snapshot: what <c>plumb inspect --format json</c> printed.</summary>
    Snapshot,

    /// <summary>A live database, named by its URL.</summary>
    Database,
}

/// <summary>The names of forms in reports.</summary>
public static class SourceFormNames
{
    /// <summary>The name of a form.</summary>
    public static string Name(this SourceForm form) => form switch
    {
        SourceForm.PrismaSchema => "prisma",
        SourceForm.Migrations => "migrations",
        SourceForm.Sql => "sql",
        SourceForm.Document => "document",
        SourceForm.Database => "database",
        _ => "snapshot",
    };
}
