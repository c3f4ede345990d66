using System.Collections.Immutable;
using System.Text;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Containers;

/// <summary>The stages of a Dockerfile. Docker documentation, "Dockerfile reference" and "Multi-stage builds".</summary>
internal static class DockerStages
{
    /// <summary>Whether a file's name is that of a Dockerfile.</summary>
    public static bool IsDockerfile(string name) =>
        name == "Dockerfile" || name.StartsWith("Dockerfile.", StringComparison.Ordinal) || name.EndsWith(".Dockerfile", StringComparison.Ordinal);

    /// <summary>Reads them, in their order; lines that a backslash continues are one instruction.</summary>
    public static ImmutableArray<DockerStage> Read(SourceText text)
    {
        if (ReadingBudget.OfSettings(text) is not null)
            return [];

        var stages = ImmutableArray.CreateBuilder<DockerStage>();
        DockerStage? stage = null;
        var copies = new List<(string From, string Arguments)>();
        var runs = new List<string>();
        var offset = 0;
        var start = 0;
        var instruction = new StringBuilder();
        foreach (var line in text.Text.Split('\n'))
        {
            var trimmed = line.Trim();
            if (instruction.Length == 0)
                start = offset;

            offset += line.Length + 1;
            if (trimmed.StartsWith('#') || (trimmed.Length == 0 && instruction.Length == 0))
                continue;

            instruction.Append(' ').Append(trimmed.AsSpan().TrimEnd('\\'));
            if (trimmed.EndsWith('\\'))
                continue;

            Take(instruction.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), TextSpan.FromBounds(start, start + line.TrimEnd().Length));
            instruction.Clear();
        }

        Close();
        return stages.ToImmutable();

        void Take(string[] words, TextSpan span)
        {
            if (words is [var from, ..] && from.Equals("FROM", StringComparison.OrdinalIgnoreCase))
            {
                Close();
                string[] rest = [.. words.Skip(1).Where(w => !w.StartsWith("--", StringComparison.Ordinal))];
                var name = rest is [_, var keyword, var given, ..] && keyword.Equals("AS", StringComparison.OrdinalIgnoreCase) ? given : null;
                if (rest is [var image, ..])
                    stage = new DockerStage(name, image, [], [], text.LocationOf(span));
            }
            else if (words is [var copy, ..] && copy.Equals("COPY", StringComparison.OrdinalIgnoreCase) &&
                words.FirstOrDefault(w => w.StartsWith("--from=", StringComparison.Ordinal)) is { } option)
            {
                copies.Add((option["--from=".Length..], string.Join(' ', words.Skip(1).Where(w => !w.StartsWith("--", StringComparison.Ordinal)))));
            }
            else if (words is [var run, ..] && run.Equals("RUN", StringComparison.OrdinalIgnoreCase))
            {
                runs.Add(string.Join(' ', words.Skip(1)));
            }
        }

        void Close()
        {
            if (stage is not null)
                stages.Add(stage with { Copies = [.. copies], Runs = [.. runs] });

            stage = null;
            copies.Clear();
            runs.Clear();
        }
    }
}

/// <summary>A stage of a Dockerfile.</summary>
/// <param name="Name">Its name; null where it has none.</param>
/// <param name="Image">The image, or the stage, that it begins with.</param>
/// <param name="Copies">What it copies from other stages: the stage's name or number, and the paths.</param>
/// <param name="Runs">What it runs.</param>
/// <param name="Location">Where its FROM stands.</param>
internal sealed record DockerStage(
    string? Name, string Image, ImmutableArray<(string From, string Arguments)> Copies, ImmutableArray<string> Runs, SourceLocation Location);
