namespace Plumbline.Audit.Connections;

/// <summary>Where the password of a connection comes from: what <c>plumb url</c> shows in place of it.</summary>
internal static class PasswordSource
{
    /// <summary>The URL itself.</summary>
    public const string Url = "the URL";

    /// <summary>The connection service file.</summary>
    public const string ServiceFile = "the service file";

    /// <summary>The password file.</summary>
    public const string PasswordFile = "the password file";

    /// <summary>The environment variable.</summary>
    public const string Variable = "PGPASSWORD";
}
