using System.Text.RegularExpressions;
using Plumbline.Testing;

namespace Plumbline.Hostile.Tests;

/// <summary>Each guarantee of SECURITY.md has one place that keeps it: whatever could go around that place is called nowhere else.</summary>
public sealed partial class OnePlaceTests
{
    [Fact]
    public void Only_git_is_started() =>
        Assert.Equal(["Plumbline.Audit/Workspace/Files/Git.cs"], FilesWith(StartsProcesses()));

    [Fact]
    public void Only_the_file_source_and_the_output_open_files() => Assert.Equal(
        [
            // Reads: regular files alone, inside of the tree. Writes: a new file under a random name.
            "Plumbline.Audit/Workspace/Files/RegularFile.cs",
            "Plumbline.Cli/OutputFile.cs",
        ],
        FilesWith(OpensFiles()));

    [Fact]
    public void Only_the_file_source_asks_for_calls_of_the_system() => Assert.Equal(
        [
            "Plumbline.Audit/Workspace/Files/FileStatus.cs",
            "Plumbline.Audit/Workspace/Files/RegularFile.cs",

            // Advice about memory.
            "Plumbline.Cli/OneShot/HugePages.cs",
        ],
        FilesWith(CallsSystem()));

    [Fact]
    public void Only_the_program_opens_the_standard_streams() =>
        Assert.Equal(["Plumbline.Cli/Program.cs"], FilesWith(UsesConsole()));

    [Fact]
    public void Only_one_place_asks_the_terminal_for_its_width() =>
        Assert.Equal(["Plumbline.Cli/Terminal/TerminalWidth.cs"], FilesWith(AsksTerminal()));

    [Fact]
    public void The_program_does_nothing_outside_of_its_handler()
    {
        var program = File.ReadAllText(Path.Combine(ProjectRoot.Combine("src"), "Plumbline.Cli", "Program.cs"));
        var before = program[..program.IndexOf("\ntry\n", StringComparison.Ordinal)].Split('\n').Where(line => line.Length > 0 && !line.StartsWith("using ", StringComparison.Ordinal));
        Assert.Equal(["var cancellation = new CancellationTokenSource();", "StreamWriter? error = null;"], before);
    }

    [Fact]
    public void Only_five_files_ask_a_server()
    {
        Assert.Equal(
            ["Plumbline.Audit/Status/AppliedMigrationReader.cs", "Plumbline.PostgreSql/Catalog/CatalogTransaction.cs", "Plumbline.PostgreSql/Catalog/OrdinaryTable.cs", "Plumbline.PostgreSql/Shadow/ShadowDatabase.cs", "Plumbline.PostgreSql/Shadow/ShadowServer.cs"],
            FilesWith(AsksServers()));
        Assert.Equal(["Plumbline.PostgreSql/Catalog/CatalogConnection.cs"], FilesWith(OpensConnections()));
    }

    [Fact]
    public void Only_the_policy_says_how_much_is_read() => Assert.Equal(
        [
            // Of git: the length of its message and of a path.
            "Plumbline.Audit/Workspace/Files/Git.cs",
            "Plumbline.Audit/Workspace/Files/GitIgnorePattern.cs",
            "Plumbline.Audit/Workspace/Files/GitIndex.cs",

            // As many links as the system itself follows.
            "Plumbline.Audit/Workspace/Files/RealPath.cs",

            // The one policy for servers.
            "Plumbline.PostgreSql/Catalog/ServerLimits.cs",

            // Lengths of names and messages; nothing is read or left out by them.
            "Plumbline.PostgreSql/Replay/Procedures/VariableText.cs",
            "Plumbline.Prisma/Binding/ConstraintNames.cs",
            "Plumbline.TypeScript/Configuration/PrismaConfigReader.cs",
        ],
        FilesWith(NamesLimits()).Where(path => path.Contains("/Parsing/", StringComparison.Ordinal) || path.Contains("/Procedures/", StringComparison.Ordinal) ||
            path.Contains("/Functions/", StringComparison.Ordinal) || path.Contains("/Files/", StringComparison.Ordinal) || path.Contains("/Sources/", StringComparison.Ordinal) || path.Contains("/Catalog/", StringComparison.Ordinal) || path.Contains("/Yaml/", StringComparison.Ordinal) || path.Contains("/Dotenv/", StringComparison.Ordinal) ||
            path.Contains("TypeScript/", StringComparison.Ordinal) || path.Contains("Plumbline.Prisma/", StringComparison.Ordinal)));

    private static IEnumerable<string> FilesWith(Regex pattern)
    {
        var root = ProjectRoot.Combine("src");
        return Directory.GetFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
            .Where(path => pattern.IsMatch(File.ReadAllText(Path.Combine(root, path))))
            .Order(StringComparer.Ordinal);
    }

    [GeneratedRegex(@"\bconst (int|long) \w*(Limit|Maximum|Maximal|Most|Longest|Deepest|Steps)\w* = (?!ReadingBudget\.)")]
    private static partial Regex NamesLimits();

    [GeneratedRegex(@"\bProcess\.Start\b|\bnew Process(StartInfo)?\b")]
    private static partial Regex StartsProcesses();

    [GeneratedRegex(@"\bnew Npgsql(Command|Batch)\(|\bBegin(Raw|Text|Binary)\w*(Copy|Export|Import)|\.CreateCommand\(|\.CreateBatch\(")]
    private static partial Regex AsksServers();

    [GeneratedRegex(@"\bnew Npgsql(Connection|\w*DataSourceBuilder)\(|NpgsqlDataSource\.Create")]
    private static partial Regex OpensConnections();

    [GeneratedRegex(
        @"(?<![\w.])(System\.IO\.)?File\.(Open|Read|Write|Append|Create|Copy|Move|Replace|Delete|Encrypt)|\bnew FileStream\b|\bnew Stream(Reader|Writer)\((?!Stream\.Null|stream\)|Console\.)|(?<!Unix)FileMode\.|Directory\.(Create|Delete|Move)|\.OpenRead\(|\.OpenText\(")]
    private static partial Regex OpensFiles();

    [GeneratedRegex(@"Console\.(Window|Buffer|Cursor|Largest)")]
    private static partial Regex AsksTerminal();

    [GeneratedRegex(@"\[(LibraryImport|DllImport)\b")]
    private static partial Regex CallsSystem();

    [GeneratedRegex(@"(?<![\w.])Console\.(OpenStandard|Write|Read|Set)")]
    private static partial Regex UsesConsole();
}
