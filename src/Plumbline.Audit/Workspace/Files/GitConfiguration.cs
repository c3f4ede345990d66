using System.Text;

namespace Plumbline.Audit.Workspace.Files;

/// <summary>
/// The settings of a repository's own configuration file, read without following anything that it points to. Git documentation, "git-config", section "Syntax".
/// </summary>
internal sealed class GitConfiguration
{
    private readonly string _text;
    private int _at;

    private GitConfiguration(string text) => _text = text;

    /// <summary>A setting: its section and name in lower case, and its value; null where it has none, which means true.</summary>
    /// <param name="Section">The section.</param>
    /// <param name="Name">The name.</param>
    /// <param name="Value">The value.</param>
    public sealed record Setting(string Section, string Name, string? Value);

    /// <summary>Reads the settings; null where the text is not of the documented form.</summary>
    public static List<Setting>? Read(ReadOnlySpan<byte> file)
    {
        var text = Encoding.UTF8.GetString(file);
        return text.Contains('\0') ? null : new GitConfiguration(text.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal)).Read();
    }

    private List<Setting>? Read()
    {
        var settings = new List<Setting>();
        string? section = null;
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (char.IsWhiteSpace(c))
            {
                _at++;
            }
            else if (c is '#' or ';')
            {
                SkipLine();
            }
            else if (c == '[')
            {
                section = ReadSection();
                if (section is null)
                {
                    return null;
                }
            }
            else if (section is null || ReadSetting(section) is not { } setting)
            {
                return null;
            }
            else
            {
                settings.Add(setting);
            }
        }

        return settings;
    }

    // [section], [section "subsection"], [section.subsection]: what is behind the section's own name does not matter here.
    private string? ReadSection()
    {
        var start = ++_at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '-' or '.'))
        {
            _at++;
        }

        var name = _text[start.._at].ToLowerInvariant();
        while (_at < _text.Length && _text[_at] is ' ' or '\t')
        {
            _at++;
        }

        if (_at < _text.Length && _text[_at] == '"')
        {
            for (_at++; _at < _text.Length && _text[_at] is not ('"' or '\n'); _at++)
            {
                _at += _text[_at] == '\\' ? 1 : 0;
            }

            _at++;
        }

        if (_at >= _text.Length || _text[_at] != ']' || name.Length == 0)
        {
            return null;
        }

        _at++;
        return name.Split('.')[0];
    }

    private Setting? ReadSetting(string section)
    {
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] == '-'))
        {
            _at++;
        }

        if (_at == start)
        {
            return null;
        }

        var name = _text[start.._at].ToLowerInvariant();
        while (_at < _text.Length && _text[_at] is ' ' or '\t')
        {
            _at++;
        }

        if (_at >= _text.Length || _text[_at] is '\n' or '#' or ';')
        {
            SkipLine();
            return new Setting(section, name, null);
        }

        if (_text[_at++] != '=')
        {
            return null;
        }

        return ReadValue() is { } value ? new Setting(section, name, value) : null;
    }

    private string? ReadValue()
    {
        var value = new StringBuilder();
        var kept = 0;
        var isQuoted = false;
        for (; _at < _text.Length && _text[_at] != '\n'; _at++)
        {
            var c = _text[_at];
            if (c == '\\')
            {
                _at++;
                var escaped = _at < _text.Length ? _text[_at] : '\0';
                if (escaped == '\n')
                {
                    continue;
                }

                if (escaped is not ('\\' or '"' or 'n' or 't' or 'b'))
                {
                    return null;
                }

                value.Append(escaped switch { 'n' => '\n', 't' => '\t', 'b' => '\b', _ => escaped });
                kept = value.Length;
            }
            else if (c == '"')
            {
                isQuoted = !isQuoted;
                kept = Math.Max(kept, value.Length);
            }
            else if (!isQuoted && c is '#' or ';')
            {
                SkipLine();
                break;
            }
            else if (isQuoted || !char.IsWhiteSpace(c))
            {
                value.Append(c);
                kept = value.Length;
            }
            else if (value.Length > 0)
            {
                value.Append(c);
            }
        }

        return isQuoted ? null : value.ToString(0, kept);
    }

    private void SkipLine()
    {
        var end = _text.IndexOf('\n', _at);
        _at = end < 0 ? _text.Length : end;
    }
}
