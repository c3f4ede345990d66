namespace Plumbline.Hostile.Tests;

/// <summary>Tests that fill the memory of the process: they run alone, since the limit for a server's answers is measured in that process too.</summary>
[CollectionDefinition(nameof(LargeInputs), DisableParallelization = true)]
public sealed class LargeInputs;
