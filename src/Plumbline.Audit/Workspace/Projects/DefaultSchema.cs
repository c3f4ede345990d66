using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Projects;

/// <summary>The database schema in which everything of a project happens that names no other.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Origin">What it was concluded from.</param>
/// <param name="Location">Where that stands; null for PostgreSQL's own default.</param>
/// <param name="Why">What says it, as a part of a sentence: <c>the URL in .env.example:13 says ?schema=core</c>.</param>
public sealed record DefaultSchema(string Name, DefaultSchemaOrigin Origin, SourceLocation? Location, string Why)
{
    private const string PublicName = "public";

    /// <summary><c>public</c>, which nothing contradicts.</summary>
    public static DefaultSchema Public { get; } = new(PublicName, DefaultSchemaOrigin.PostgreSql, null, "no URL names a schema");

    /// <summary>Whether it is <c>public</c>.</summary>
    public bool IsPublic => Name == PublicName;
}

/// <summary>What a <see cref="DefaultSchema"/> was concluded from.</summary>
public enum DefaultSchemaOrigin
{
    /// <summary>Nothing names one, so PostgreSQL's own default counts.</summary>
    PostgreSql,

    /// <summary>The URL that the project uses names it: <c>?schema=NAME</c>.</summary>
    Url,

    /// <summary>An assumption: the migrations qualify names with a schema that none of them creates, and create the same names without it.</summary>
    Migrations,
}
