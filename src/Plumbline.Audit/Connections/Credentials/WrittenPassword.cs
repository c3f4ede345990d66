using Plumbline.Schema.Text;

namespace Plumbline.Audit.Connections.Credentials;

/// <summary>A password, or a key, of a database that is written in a file. A class, so that nothing prints it by accident.</summary>
internal sealed class WrittenPassword
{
    /// <summary>How it is written.</summary>
    public required CredentialForm Form { get; init; }

    /// <summary>What kind of file it is in.</summary>
    public required CredentialPlace Place { get; init; }

    /// <summary>Where it is.</summary>
    public required SourceLocation Location { get; init; }

    /// <summary>The password itself, for comparing it with others.</summary>
    public required string Secret { get; init; }

    /// <summary>What it looks like.</summary>
    public required PasswordLook Look { get; init; }

    /// <summary>The user or role; null where none is named.</summary>
    public string? User { get; init; }

    /// <summary>The server, with its port where a URL names it; null where it cannot be told.</summary>
    public string? Server { get; init; }

    /// <summary>From where the server answers.</summary>
    public HostReach Reach { get; init; }

    /// <summary>The URL without its secrets, or the variable.</summary>
    public required string Shown { get; init; }

    /// <summary>The place, and nothing secret.</summary>
    public override string ToString() => $"{Location}: {Shown}";
}

/// <summary>How a password is written.</summary>
internal enum CredentialForm
{
    /// <summary>In a URL.</summary>
    Url,

    /// <summary>As the key in a URL of Prisma's proxy.</summary>
    ApiKey,

    /// <summary>As the value of a variable.</summary>
    Variable,

    /// <summary>In a statement that creates or changes a role.</summary>
    Role,
}
