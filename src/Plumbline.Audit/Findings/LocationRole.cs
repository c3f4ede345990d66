namespace Plumbline.Audit.Findings;

/// <summary>What a place is to a finding.</summary>
public enum LocationRole
{
    /// <summary>In a Prisma schema.</summary>
    Schema,

    /// <summary>In the schema that the first is compared with.</summary>
    OtherSchema,

    /// <summary>In a migration.</summary>
    Migration,

    /// <summary>In an SQL file outside the migrations.</summary>
    Stray,

    /// <summary>In a live database.</summary>
    Database,

    /// <summary>In application code.</summary>
    Code,

    /// <summary>In a document.</summary>
    Document,

    /// <summary>In a configuration file, such as <c>package.json</c> or a lock file.</summary>
    Configuration,

    /// <summary>In an environment file.</summary>
    Environment,
}
