using System.Collections.Immutable;
using System.Text;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Yaml;
using Plumbline.Schema.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Plumbline.Audit.Workspace.Commands;

/// <summary>
/// Reads the commands of a file of the continuous integration: the values of YAML with their places, or the lines of a Jenkinsfile or of broken YAML. Which key
/// holds commands differs by system, so every value may be one. Unless its key is known to hold commands, the value follows the key, as in
/// <c>cmd: npm test</c>.
/// </summary>
internal sealed class CiFileReader : YamlVisitor
{
    // Longer lines are data.
    private const int MaximumLength = 4000;

    // GitHub and CircleCI; Azure; GitLab, Bitbucket and Travis; Buildkite and Drone.
    private static readonly string[] CommandKeys =
    [
        "run", "bash", "powershell", "pwsh", "script", "before_script", "after_script", "before_install", "install", "after_success", "command", "commands",
    ];

    // Text for people, kept as one word.
    private static readonly string[] TextKeys = ["name", "displayName", "description", "label", "title"];

    // Files whose changes start a job.
    private static readonly string[] TriggerKeys = ["paths", "paths-ignore", "changes"];

    private readonly WorkspaceFile _file;
    private readonly SourceText _text;
    private readonly ImmutableArray<CiCommand>.Builder _commands = ImmutableArray.CreateBuilder<CiCommand>();

    private CiFileReader(WorkspaceFile file, SourceText text)
    {
        _file = file;
        _text = text;
    }

    /// <summary>Reads a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="text">Its text.</param>
    /// <param name="exceeded">The budget that it exceeds; null where it is read to its end.</param>
    public static ImmutableArray<CiCommand> Read(WorkspaceFile file, SourceText text, out Diagnostic? exceeded)
    {
        var reader = new CiFileReader(file, text);
        var isRead = file.Path != "Jenkinsfile" && reader.Visit(text);
        exceeded = reader.Exceeded;
        if (!isRead && exceeded is null)
        {
            reader._commands.Clear();
            reader.ReadLines();
        }

        return reader._commands.ToImmutable();
    }

    /// <inheritdoc/>
    protected override void TakeCollection(Scalar key) => Add(new SimpleCommand([key.Value + ":"], FailureIsHidden: false), PlaceOf(key));

    /// <inheritdoc/>
    protected override void TakeValue(Scalar value)
    {
        var key = InnermostKey();
        if (TriggerKeys.Contains(key, StringComparer.Ordinal))
            return;

        if (TextKeys.Contains(key, StringComparer.Ordinal))
            Add(new SimpleCommand([key + ":", value.Value], FailureIsHidden: false), PlaceOf(value));
        else
            AddLines(value, key is null || CommandKeys.Contains(key, StringComparer.Ordinal) ? "" : key + ": ");
    }

    private void AddLines(Scalar value, string prefix)
    {
        var isBlock = value.Style is ScalarStyle.Literal or ScalarStyle.Folded;
        var nextLine = (int)value.Start.Line + 1;
        var command = new StringBuilder(prefix);
        SourceLocation? place = null;
        foreach (var range in value.Value.AsSpan().Split('\n'))
        {
            var line = value.Value.AsSpan()[range].Trim();
            if (line.IsEmpty)
                continue;

            var end = isBlock ? PlaceInBlock(line, ref nextLine) : PlaceOf(value);
            if (place is null && IsComment(line))
                continue;

            place = place is null ? end : place with { EndLine = end.EndLine, EndColumn = end.EndColumn };
            if (line[^1] == '\\')
            {
                // The shell reads the next line as part of this one.
                command.Append(line[..^1]).Append(' ');
                continue;
            }

            Add(command.Append(line).ToString(), place);
            command.Clear().Append(prefix);
            place = null;
        }

        if (place is not null)
            Add(command.ToString(), place);
    }

    // A line of a folded block is several lines of the file.
    private SourceLocation PlaceInBlock(ReadOnlySpan<char> line, ref int nextLine)
    {
        while (nextLine < _text.LineCount && _text.Line(nextLine).IsWhiteSpace())
            nextLine++;

        var first = Math.Min(nextLine, _text.LineCount);
        var last = first;
        var rest = line;
        while (!rest.IsEmpty && nextLine <= _text.LineCount)
        {
            rest = rest[Math.Min(rest.Length, _text.Line(nextLine).Trim().Length)..].TrimStart();
            last = nextLine++;
        }

        return new SourceLocation(_file.Path, first, StartOf(first), last, _text.Line(last).TrimEnd().Length + 1);
    }

    private void ReadLines()
    {
        for (var line = 1; line <= _text.LineCount; line++)
        {
            var content = _text.Line(line).Trim();
            var place = new SourceLocation(_file.Path, line, StartOf(line), line, StartOf(line) + content.Length);
            foreach (var prefix in (ReadOnlySpan<string>)["- ", "run:", "script:", "command:"])
            {
                if (content.StartsWith(prefix, StringComparison.Ordinal))
                    content = content[prefix.Length..].TrimStart();
            }

            if (!content.IsEmpty && !IsComment(content))
                Add(content.ToString(), place);
        }
    }

    private void Add(string line, SourceLocation place)
    {
        if (line.Length > MaximumLength)
            return;

        foreach (var command in CommandLine.Parse(line))
            Add(command, place);
    }

    private void Add(SimpleCommand command, SourceLocation place) => _commands.Add(new CiCommand(_file, place, command));

    private SourceLocation PlaceOf(Scalar value) =>
        new(_file.Path, (int)value.Start.Line, (int)value.Start.Column, (int)value.End.Line, (int)value.End.Column);

    // The column where the text of a line starts.
    private int StartOf(int line) => _text.Line(line).Length - _text.Line(line).TrimStart().Length + 1;

    private static bool IsComment(ReadOnlySpan<char> line) => line[0] == '#' || line.StartsWith("//", StringComparison.Ordinal);
}
