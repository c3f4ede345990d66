namespace Plumbline.Hostile.Tests.Git;

/// <summary>The same as <see cref="TricksTests"/> for archives that were unpacked, and for files at a revision.</summary>
/// <param name="runs">The runs over the repositories.</param>
public sealed class UnpackedTricksTests(UnpackedTricksTests.Archives runs) : IClassFixture<UnpackedTricksTests.Archives>
{
    // The caller's environment is the same for clones.
    public static TheoryData<string> Names => [.. Tricks.All.Keys.Where(name => !name.StartsWith("GIT_", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_unpacked_archive_is_compared(string name) => runs.All.Check(name);

    /// <summary>The runs over archives.</summary>
    public sealed class Archives : IDisposable
    {
        internal TrickRuns All { get; } = new(Tricks.All.Keys.Where(name => !name.StartsWith("GIT_", StringComparison.Ordinal)), isArchive: true, "diff", "HEAD:prisma/schema.prisma", "prisma/migrations");

        /// <inheritdoc/>
        public void Dispose() => All.Dispose();
    }
}
