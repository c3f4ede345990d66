using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Reports.Inspect;

/// <summary>Draws the tables of a schema as an entity relationship diagram. Mermaid documentation, "Entity Relationship Diagrams".</summary>
public static partial class MermaidDiagram
{
    /// <summary>Writes the diagram; ends in a line feed.</summary>
    public static void Write(DatabaseSchema schema, TextWriter output)
    {
        output.Write("erDiagram\n");
        var names = Names(schema);
        foreach (var table in schema.Tables)
        {
            output.Write($"  {names[table.Name]}[{Quoted(ObjectText.Of(table.Name))}] {{\n");
            foreach (var column in table.Columns)
            {
                var keys = Keys(table, column.Name);
                output.Write($"    {Word(ObjectText.Of(column.Type))} {Word(column.Name)}{(keys.Length > 0 ? " " + keys : "")}{(column.IsNullable ? " \"NULL\"" : "")}\n");
            }

            output.Write("  }\n");
        }

        foreach (var table in schema.Tables)
        {
            foreach (var key in table.ForeignKeys)
            {
                // A reference outside of the schema has nothing to point to.
                if (names.TryGetValue(key.ReferencedTable, out var referenced))
                {
                    output.Write($"  {referenced} {Left(table, key)}--{Right(table, key)} {names[table.Name]} : {Quoted(string.Join(", ", key.Columns))}\n");
                }
            }
        }
    }

    // An entity's name is a word; the table's own stands beside it as its label.
    private static Dictionary<ObjectName, string> Names(DatabaseSchema schema)
    {
        var names = new Dictionary<ObjectName, string>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var table in schema.Tables)
        {
            var word = Bracket().Replace(Word(ObjectText.Of(table.Name)), "_");
            var name = word;
            for (var i = 2; !taken.Add(name); i++)
            {
                name = string.Create(CultureInfo.InvariantCulture, $"{word}_{i}");
            }

            names[table.Name] = name;
        }

        return names;
    }

    private static string Keys(Table table, string column)
    {
        var keys = new List<string>();
        if (table.PrimaryKey?.Columns.Contains(column) == true)
        {
            keys.Add("PK");
        }

        if (table.ForeignKeys.Any(key => key.Columns.Contains(column)))
        {
            keys.Add("FK");
        }

        if (IsUnique(table, [column]))
        {
            keys.Add("UK");
        }

        return string.Join(", ", keys);
    }

    // Whether a referencing row must have a referenced one.
    private static string Left(Table table, ForeignKey key) => key.Columns.Any(column => table.FindColumn(column)?.IsNullable != false) ? "|o" : "||";

    // Whether a referenced row may have several referencing ones.
    private static string Right(Table table, ForeignKey key) =>
        (table.PrimaryKey is { } primary && primary.Columns.SequenceEqual(key.Columns)) || IsUnique(table, key.Columns) ? "o|" : "o{";

    private static bool IsUnique(Table table, IReadOnlyCollection<string> columns) =>
        table.UniqueConstraints.Any(key => key.Columns.SequenceEqual(columns))
        || table.Indexes.Any(index => index is { IsUnique: true, Predicate: null } && index.Keys.Select(indexKey => indexKey.Column).SequenceEqual(columns));

    // Two percent signs would begin a directive wherever they stand; a number sign begins the escapes of Mermaid.
    private static string Quoted(string text)
    {
        var label = Escape().Replace(text, "#35;$1;").Replace("%%", "#37;#37;", StringComparison.Ordinal).Replace("%{", "#37;{", StringComparison.Ordinal);
        return "\"" + label.Replace("\"", "'", StringComparison.Ordinal).ReplaceLineEndings(" ") + "\"";
    }

    [GeneratedRegex(@"#(\w+);", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();

    // In the name of an entity a bracket begins its label; a column can have them.
    [GeneratedRegex(@"[.()\[\]]", RegexOptions.CultureInvariant)]
    private static partial Regex Bracket();

    private static string Word(string text)
    {
        var word = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            word.Append(char.IsLetterOrDigit(character) || character is '_' or '(' or ')' or '[' or ']' or '-' ? character : '_');
        }

        return word.Length > 0 && (char.IsLetter(word[0]) || word[0] == '_') ? word.ToString() : "_" + word;
    }
}
