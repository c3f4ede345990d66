using System.Text.Json;
using Plumbline.Schema.Text;
using Plumbline.Testing;

namespace Plumbline.Prisma.Tests.Oracle;

/// <summary>Prisma's own validator and formatter.</summary>
public sealed class PrismaOracle : IDisposable
{
    private readonly NodeOracle _node = new("prisma-validity.mjs");

    /// <summary>What Prisma says about a schema; null where its engine breaks down.</summary>
    /// <param name="files">The files.</param>
    /// <param name="version">The version of Prisma, one of those that <c>tests/oracles/package.json</c> installs; null for the newest.</param>
    public OracleVerdict? Lint(IReadOnlyList<SourceText> files, string? version = null)
    {
        using var answer = Ask("lint", files, version);
        if (answer.RootElement.TryGetProperty("isBroken", out _))
        {
            return null;
        }

        var errors = answer.RootElement.GetProperty("errors").EnumerateArray().Select(e => new OracleError(
            e.GetProperty("file").GetString()!,
            e.GetProperty("start").GetInt32(),
            e.GetProperty("end").GetInt32(),
            e.GetProperty("text").GetString()!));
        return new OracleVerdict(answer.RootElement.GetProperty("isValid").GetBoolean(), [.. errors]);
    }

    /// <summary>A file as Prisma formats it; null where its engine breaks down.</summary>
    public string? Format(SourceText file)
    {
        using var answer = Ask("format", [file]);
        return answer.RootElement.TryGetProperty("files", out var files) ? files[0][1].GetString() : null;
    }

    /// <summary>Ends the engine.</summary>
    public void Dispose() => _node.Dispose();

    private JsonDocument Ask(string action, IReadOnlyList<SourceText> files, string? version = null) =>
        JsonDocument.Parse(_node.Ask(JsonSerializer.Serialize(new { action, version, files = files.Select(f => new[] { f.Path, f.Text }) })));
}

/// <summary>What Prisma says about a schema.</summary>
public sealed record OracleVerdict(bool IsValid, IReadOnlyList<OracleError> Errors);

/// <summary>An error of Prisma's, with offsets in UTF-16 code units.</summary>
public sealed record OracleError(string File, int Start, int End, string Text)
{
    /// <summary>Where it stands, as Plumbline says it.</summary>
    public SourceLocation LocationIn(SourceText source) => source.LocationOf(TextSpan.FromBounds(Start, End));
}
