using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Engine;

/// <summary>
/// Gives each observation what it is known by from run to run: twenty hexadecimal digits over rule, subject and discriminator. Neither lines, paths nor
/// wording take part, so that a baseline survives edits, renamed files and new releases.
/// </summary>
internal sealed class Fingerprints
{
    private const int Bytes = 10;
    private readonly HashSet<string> _given = [];
    private readonly Dictionary<string, int> _numbers = [];

    /// <summary>The fingerprint of the next observation. Equal facts, such as the same statement twice, are distinguished by their number.</summary>
    public string Next(string rule, Observation observation)
    {
        var first = Of(rule, observation.Subject, observation.Discriminator);
        var fingerprint = first;

        // Of facts that were numbered before, the smaller numbers are taken.
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, first, out var exists);
        if (exists)
            fingerprint = Of(rule, observation.Subject, $"{observation.Discriminator}\u001e{++number}");
        else
            number = 1;

        while (!_given.Add(fingerprint))
            fingerprint = Of(rule, observation.Subject, $"{observation.Discriminator}\u001e{++number}");

        return fingerprint;
    }

    private static string Of(string rule, Subject subject, string discriminator)
    {
        var key = string.Join('\u001f', rule, subject.Kind.Name(), subject.Schema, subject.Table, subject.Name, discriminator);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(key), hash);
        return Convert.ToHexStringLower(hash[..Bytes]);
    }
}
