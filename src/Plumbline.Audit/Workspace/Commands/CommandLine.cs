using System.Collections.Immutable;
using System.Text;

namespace Plumbline.Audit.Workspace.Commands;

/// <summary>A shell command line, taken apart as far as rules need: simple commands with their words, quotes removed. Not a shell: what is computed stays as
/// written.</summary>
internal static class CommandLine
{
    /// <summary>The simple commands of a line, in their order: what is between <c>&amp;&amp;</c>, <c>||</c>, <c>|</c>, <c>;</c> and <c>&amp;</c>.</summary>
    public static ImmutableArray<SimpleCommand> Parse(string line)
    {
        var commands = ImmutableArray.CreateBuilder<SimpleCommand>();
        var words = ImmutableArray.CreateBuilder<string>();
        var word = new StringBuilder();
        var inWord = false;
        var quote = '\0';

        void EndWord()
        {
            if (inWord)
                words.Add(word.ToString());

            word.Clear();
            inWord = false;
        }

        void EndCommand(bool failureIsHidden)
        {
            EndWord();
            if (words.Count > 0)
                commands.Add(new SimpleCommand(words.ToImmutable(), failureIsHidden));

            words.Clear();
        }

        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (quote != '\0')
            {
                if (c == quote)
                    quote = '\0';
                else if (c == '\\' && quote == '"' && i + 1 < line.Length && line[i + 1] is '"' or '\\' && i + 1 < line.Length)
                    word.Append(line[++i]);
                else
                    word.Append(c);
            }
            else if (c is '\'' or '"')
            {
                quote = c;
                inWord = true;
            }
            else if (c is '&' or '|' or ';' or '\n')
            {
                var isOr = c == '|' && i + 1 < line.Length && line[i + 1] == '|';
                EndCommand(isOr && line.AsSpan(i + 2).TrimStart() is var rest && (rest.StartsWith("true", StringComparison.Ordinal) ||
                    rest.StartsWith(":", StringComparison.Ordinal) || rest.StartsWith("exit 0", StringComparison.Ordinal)));
                if (i + 1 < line.Length && line[i + 1] == c)
                    i++;
            }
            else if (char.IsWhiteSpace(c))
            {
                EndWord();
            }
            else
            {
                if (c == '\\' && i + 1 < line.Length)
                    c = line[++i];

                inWord = true;
                word.Append(c);
            }
        }

        EndCommand(failureIsHidden: false);
        return commands.ToImmutable();
    }
}

/// <summary>A program with its arguments.</summary>
/// <param name="Words">The words, quotes removed; at least one.</param>
/// <param name="FailureIsHidden">Whether <c>|| true</c>, or its like, follows it.</param>
internal sealed record SimpleCommand(ImmutableArray<string> Words, bool FailureIsHidden)
{
    /// <summary>The words behind <c>prisma</c>, whatever runs it (npx, pnpm exec, dotenv --, a path); null where the command does not run it.</summary>
    public ReadOnlyMemory<string>? PrismaArguments
    {
        get
        {
            for (var i = 0; i < Words.Length; i++)
            {
                if (Words[i] is "prisma" || Words[i].EndsWith("/.bin/prisma", StringComparison.Ordinal) ||
                    Words[i].StartsWith("prisma@", StringComparison.Ordinal))
                {
                    // "npm i prisma" names the package and runs nothing.
                    if (Words.AsSpan()[..i].IndexOfAny(["add", "install", "i", "remove", "uninstall"]) < 0)
                        return Words.AsMemory()[(i + 1)..];
                }
            }

            return null;
        }
    }

    /// <summary>Whether it runs <c>prisma</c> with a subcommand, such as <c>migrate dev</c>.</summary>
    public bool RunsPrisma(params ReadOnlySpan<string> subcommand) =>
        PrismaArguments is { } arguments && arguments.Length >= subcommand.Length && arguments.Span[..subcommand.Length].SequenceEqual(subcommand);

    /// <summary>The value of an option of the <c>prisma</c> that it runs: <c>--name X</c>, <c>--name=X</c>; null where it has none.</summary>
    public string? PrismaOption(params ReadOnlySpan<string> names)
    {
        if (PrismaArguments is not { } arguments)
            return null;

        for (var i = 0; i < arguments.Length; i++)
        {
            foreach (var name in names)
            {
                var word = arguments.Span[i];
                if (word == name)
                    return i + 1 < arguments.Length ? arguments.Span[i + 1] : null;

                if (word.StartsWith(name, StringComparison.Ordinal) && word[name.Length] == '=')
                    return word[(name.Length + 1)..];
            }
        }

        return null;
    }

    /// <summary>Whether the <c>prisma</c> that it runs gets a word, such as <c>--create-only</c>.</summary>
    public bool HasPrismaWord(string word) => PrismaArguments is { } arguments && arguments.Span.Contains(word);
}
