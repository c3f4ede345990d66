using System.Text;
using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions.Analysis;

namespace Plumbline.PostgreSql.Expressions.Literals;

/// <summary>Literals of array types ("Arrays: Array Input and Output Syntax").</summary>
/// <param name="read">Reads an element.</param>
/// <param name="element">Their type.</param>
/// <param name="location">Where the literal stands.</param>
internal sealed class ArrayLiteral(Func<string, string> read, PgType element, int location)
{
    private const int MaximumDepth = 6;

    /// <summary>The array as <c>array_out</c> prints it.</summary>
    public string Read(string text)
    {
        var position = 0;
        SkipBlanks(text, ref position);
        if (position < text.Length && text[position] == '[')
        {
            throw new NotUnderstoodException("an array with bounds");
        }

        if (position >= text.Length || text[position] != '{')
        {
            throw Malformed(text);
        }

        var result = new StringBuilder();
        var isEmpty = true;
        ReadLevel(text, ref position, result, 1, ref isEmpty);
        SkipBlanks(text, ref position);
        return position < text.Length ? throw Malformed(text) : isEmpty ? "{}" : result.ToString();
    }

    private void ReadLevel(string text, ref int position, StringBuilder result, int depth, ref bool isEmpty)
    {
        if (depth > MaximumDepth)
        {
            throw new NotUnderstoodException("an array of many dimensions");
        }

        position++;
        result.Append('{');
        var isFirst = true;
        var nested = -1;
        while (true)
        {
            SkipBlanks(text, ref position);
            if (position >= text.Length)
            {
                throw Malformed(text);
            }

            if (text[position] == '}' && isFirst)
            {
                position++;
                break;
            }

            if (!isFirst)
            {
                result.Append(element.Name == "box" ? ';' : ',');
            }

            var isNested = text[position] == '{';
            if (nested >= 0 && nested == 1 != isNested)
            {
                throw Malformed(text);
            }

            nested = isNested ? 1 : 0;
            if (isNested)
            {
                ReadLevel(text, ref position, result, depth + 1, ref isEmpty);
            }
            else
            {
                isEmpty = false;
                result.Append(ReadElement(text, ref position));
            }

            isFirst = false;
            SkipBlanks(text, ref position);
            if (position >= text.Length || text[position] is not (',' or '}'))
            {
                throw Malformed(text);
            }

            if (text[position++] == '}')
            {
                break;
            }
        }

        result.Append('}');
    }

    private string ReadElement(string text, ref int position)
    {
        var value = new StringBuilder();
        if (text[position] == '"')
        {
            for (position++; ; position++)
            {
                if (position >= text.Length)
                {
                    throw Malformed(text);
                }

                if (text[position] == '"')
                {
                    position++;
                    break;
                }

                if (text[position] == '\\' && ++position >= text.Length)
                {
                    throw Malformed(text);
                }

                value.Append(text[position]);
            }
        }
        else
        {
            while (position < text.Length && text[position] is not (',' or '}' or '{' or '"'))
            {
                if (text[position] == '\\' && ++position >= text.Length)
                {
                    throw Malformed(text);
                }

                value.Append(text[position++]);
            }

            while (value.Length > 0 && char.IsWhiteSpace(value[^1]))
            {
                value.Length--;
            }

            if (value.Length == 0)
            {
                throw Malformed(text);
            }

            if (value.ToString().Equals("null", StringComparison.OrdinalIgnoreCase))
            {
                return "NULL";
            }
        }

        return Quote(read(value.ToString()));
    }

    /// <summary>An element in quotes where <c>array_out</c> puts them.</summary>
    internal static string Quote(string value)
    {
        var needs = value.Length == 0 || value.Equals("null", StringComparison.OrdinalIgnoreCase) ||
            value.Any(c => c is '"' or '\\' or '{' or '}' or ',' || IsBlank(c));
        return needs ? $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"" : value;
    }

    private static bool IsBlank(char c) => c is ' ' or '\t' or '\n' or '\r' or '\v' or '\f';

    private static void SkipBlanks(string text, ref int position)
    {
        while (position < text.Length && IsBlank(text[position]))
        {
            position++;
        }
    }

    private RefusalException Malformed(string text) => LiteralReader.Invalid($"malformed array literal: \"{text}\"", location);
}
