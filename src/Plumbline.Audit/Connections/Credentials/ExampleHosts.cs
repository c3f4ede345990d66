using System.Text.RegularExpressions;

namespace Plumbline.Audit.Connections.Credentials;

/// <summary>Tells the names of servers from those that documentation uses.</summary>
internal static partial class ExampleHosts
{
    /// <summary>Whether a host is one of an example, or is there to be filled in.</summary>
    public static bool IsExample(string host) => ConnectionText.IsPlaceholder(host) || Reserved().IsMatch(host) || Capitals().IsMatch(host);

    // Names and addresses that RFC 2606 and RFC 5737 reserve, those that the documentation of Amazon, Neon and Supabase uses, and those that everyone does.
    [GeneratedRegex(
        """(?:^|\.)(?:example|test|invalid)$|example|sample|placeholder|your|xxx|dummy|123456|abcdef|cool-darkness|project-?ref|(?:^|[.-])(?:acme|foo|bar|foobar|company|domain|host|hostname|server|endpoint|region|instance|website|site|remote|somewhere)(?:\.|$)|(?:^|\.)my-?(?:app|company|cluster|database|db|domain|endpoint|host|instance|org|postgres|postgresql|project|rds|server|site)|^192\.0\.2\.|^198\.51\.100\.|^203\.0\.113\.|^1\.2\.3\.4$|^5\.6\.7\.8$""",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Reserved();

    // db.PROJECT_REF.supabase.co
    [GeneratedRegex(@"(?:^|[.-])[A-Z][A-Z_]{2,}(?:[.-]|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Capitals();
}
