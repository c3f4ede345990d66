namespace Plumbline.Audit.Connections.Credentials;

/// <summary>The kinds of files that are searched for passwords of databases.</summary>
internal enum CredentialPlace
{
    /// <summary>An environment file.</summary>
    Environment,

    /// <summary>An environment file that is there to be copied.</summary>
    Template,

    /// <summary>A document.</summary>
    Document,

    /// <summary>A shell script, or a file that holds commands.</summary>
    Script,

    /// <summary>Continuous integration.</summary>
    Pipeline,

    /// <summary>Docker Compose.</summary>
    Composition,

    /// <summary>A file that describes a deployment or configures a tool.</summary>
    Configuration,

    /// <summary>A migration.</summary>
    Migration,

    /// <summary>Any other SQL file.</summary>
    Sql,

    /// <summary>Code that reads settings, or that is run by hand.</summary>
    Code,
}
