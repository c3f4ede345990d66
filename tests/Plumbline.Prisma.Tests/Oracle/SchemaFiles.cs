using Plumbline.Schema.Text;
using Plumbline.Testing;

namespace Plumbline.Prisma.Tests.Oracle;

/// <summary>Schemas on disk.</summary>
public static class SchemaFiles
{
    /// <summary>The schemas of the tests, which use every feature of the language.</summary>
    public static IReadOnlyList<string> Fixtures =>
        [.. Directory.EnumerateFileSystemEntries(ProjectRoot.Combine("tests", "Plumbline.Prisma.Tests", "Fixtures")).Order(StringComparer.Ordinal)];

    /// <summary>The schemas that the environment variable PLUMB_SCHEMAS lists (files or folders, separated as PATH is); empty where it is not set.</summary>
    public static IReadOnlyList<string> FromEnvironment =>
        Environment.GetEnvironmentVariable("PLUMB_SCHEMAS")?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>The file, or all schema files below a folder.</summary>
    public static IReadOnlyList<SourceText> Read(string path)
    {
        if (File.Exists(path))
        {
            return [new SourceText(Path.GetFileName(path), File.ReadAllText(path))];
        }

        var files = Directory.EnumerateFiles(path, "*.prisma", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
        return [.. files.Select(f => new SourceText(Path.GetRelativePath(path, f).Replace('\\', '/'), File.ReadAllText(f)))];
    }
}
