using System.Text.RegularExpressions;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Tests.Oracle;

/// <summary>
/// Makes wrong schemas out of right ones: a line dropped, doubled or moved, a token dropped or changed. The same seed makes the same mutants. The configuration (datasource
/// and preview features) is left alone.
/// </summary>
public sealed partial class SchemaMutator(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>One mutant: all files of the schema, one of them changed, and what was done.</summary>
    /// <exception cref="ArgumentException">There is nothing in the files that could be changed.</exception>
    public (IReadOnlyList<SourceText> Files, string Description) Next(IReadOnlyList<SourceText> files)
    {
        for (var attempt = 0; attempt < 1000; attempt++)
        {
            var index = Pick(files, f => f.Text.Length);
            var lines = files[index].Text.Split('\n').ToList();
            var mutable = MutableLines(lines);
            if (mutable.Count == 0)
            {
                continue;
            }

            var at = mutable[_random.Next(mutable.Count)];
            var description = _random.Next(5) switch
            {
                0 => Drop(lines, at),
                1 => Double(lines, at),
                2 => Move(lines, at, mutable[_random.Next(mutable.Count)]),
                3 => DropToken(lines, at),
                _ => ChangeToken(lines, at, mutable),
            };
            if (description is null)
            {
                continue;
            }

            SourceText[] mutant = [.. files];
            mutant[index] = new SourceText(files[index].Path, string.Join('\n', lines));
            return (mutant, $"{files[index].Path}:{at + 1}: {description}");
        }

        throw new ArgumentException("There is nothing in the files that could be changed.", nameof(files));
    }

    private int Pick(IReadOnlyList<SourceText> files, Func<SourceText, int> weight)
    {
        var at = _random.Next(files.Sum(weight));
        for (var i = 0; i < files.Count; i++)
        {
            at -= weight(files[i]);
            if (at < 0)
            {
                return i;
            }
        }

        return files.Count - 1;
    }

    private static List<int> MutableLines(List<string> lines)
    {
        var result = new List<int>();
        var isConfiguration = false;
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            isConfiguration |= line.StartsWith("datasource", StringComparison.Ordinal) || line.StartsWith("generator", StringComparison.Ordinal);
            if (!isConfiguration && !string.IsNullOrWhiteSpace(line))
            {
                result.Add(i);
            }

            isConfiguration &= !line.StartsWith('}');
        }

        return result;
    }

    private static string Drop(List<string> lines, int at)
    {
        var text = lines[at];
        lines.RemoveAt(at);
        return $"dropped the line {text.Trim()}";
    }

    private static string Double(List<string> lines, int at)
    {
        lines.Insert(at, lines[at]);
        return $"doubled the line {lines[at].Trim()}";
    }

    private static string Move(List<string> lines, int from, int to)
    {
        var text = lines[from];
        lines.RemoveAt(from);
        lines.Insert(Math.Min(to, lines.Count), text);
        return $"moved the line {text.Trim()} to {to + 1}";
    }

    private string? DropToken(List<string> lines, int at)
    {
        if (PickToken(lines[at]) is not { } token)
        {
            return null;
        }

        lines[at] = lines[at].Remove(token.Index, token.Length);
        return $"dropped the token {token.Value}: {lines[at].Trim()}";
    }

    // The other token comes from somewhere in the same file, so that it is often almost right.
    private string? ChangeToken(List<string> lines, int at, List<int> mutable)
    {
        if (PickToken(lines[at]) is not { } token || PickToken(lines[mutable[_random.Next(mutable.Count)]]) is not { } other)
        {
            return null;
        }

        lines[at] = lines[at].Remove(token.Index, token.Length).Insert(token.Index, other.Value);
        return $"changed the token {token.Value} to {other.Value}: {lines[at].Trim()}";
    }

    private Match? PickToken(string line)
    {
        var tokens = Token().Matches(line);
        return tokens.Count == 0 ? null : tokens[_random.Next(tokens.Count)];
    }

    [GeneratedRegex("""@@?[A-Za-z.]+|"[^"]*"|[A-Za-z0-9_]+|///?|[^\s]""")]
    private static partial Regex Token();
}
