using System.Security.Cryptography;
using System.Text;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Rules.Naming.Styles;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Findings;

/// <summary>What a finding is known by from run to run.</summary>
internal static class Fingerprint
{
    private const int Bytes = 10;

    /// <summary>
    /// Twenty hexadecimal digits over rule, project, subject and discriminator. Neither lines nor wording take part, so that a baseline
    /// survives edits and new releases.
    /// </summary>
    public static string Of(string rule, string? project, Subject subject, string discriminator)
    {
        var key = string.Join('\u001f', rule, project, subject.Kind.Name(), subject.Schema, subject.Table, subject.Name, discriminator);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(key), hash);
        return Convert.ToHexStringLower(hash[..Bytes]);
    }
}
