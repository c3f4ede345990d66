using Plumbline.Schema.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Plumbline.Audit.Workspace.Yaml;

/// <summary>Visits the values of a YAML file with the keys that lead to them, without building anything: neither depth nor aliases cost memory.</summary>
internal abstract class YamlVisitor
{
    /// <summary>The budget that the file exceeds; null where it is read to its end, or to its first error.</summary>
    protected Diagnostic? Exceeded { get; private set; }

    /// <summary>The collections around the current value, the outermost first.</summary>
    protected List<YamlCollection> Path { get; } = [];

    /// <summary>Visits a file. What precedes an error has been visited by then.</summary>
    /// <returns>Whether the file is valid YAML of a reasonable depth.</returns>
    protected bool Visit(SourceText text)
    {
        Exceeded = ReadingBudget.OfSettings(text);
        if (Exceeded is not null)
            return false;

        try
        {
            using var input = new StringReader(text.Text);
            var parser = new Parser(new Scanner(input));
            while (parser.MoveNext())
            {
                Take(parser.Current!);
                if (Path.Count > ReadingBudget.YamlDepth)
                {
                    var (line, column) = ((int)parser.Current!.Start.Line, (int)parser.Current.Start.Column);
                    Exceeded = ReadingBudget.Exceeded(
                        $"{text.Path} is nested more than {ReadingBudget.YamlDepth} levels deep", "The rest of the file is not read.", new SourceLocation(text.Path, line, column, line, column));
                    return false;
                }
            }

            return true;
        }
        catch (Exception exception) when (exception is YamlException or InvalidOperationException or ArgumentException)
        {
            // The library throws the last two for some broken files, such as one that ends inside of braces.
            return false;
        }
    }

    /// <summary>Visits a value: an item of a list, or what a key stands for.</summary>
    protected abstract void TakeValue(Scalar value);

    /// <summary>Visits a key whose value is a mapping or list, such as the name of a job, before that value.</summary>
    protected virtual void TakeCollection(Scalar key)
    {
    }

    /// <summary>The key that the current value belongs to, itself or as part of a list.</summary>
    protected string? InnermostKey()
    {
        for (var i = Path.Count - 1; i >= 0; i--)
        {
            if (Path[i].IsMapping)
                return Path[i].Key;
        }

        return null;
    }

    /// <summary>Whether the current value is somewhere below a key.</summary>
    protected bool IsBelow(string key) => Path.Exists(collection => collection.Key == key);

    private void Take(ParsingEvent read)
    {
        switch (read)
        {
            case MappingStart or SequenceStart:
                if (Path is [.., { ExpectsKey: false, KeyNode: { } key }])
                    TakeCollection(key);

                BeginValue();
                Path.Add(new YamlCollection(read is MappingStart));
                break;
            case MappingEnd or SequenceEnd:
                Path.RemoveAt(Path.Count - 1);
                break;
            case Scalar scalar when Path is [.., { ExpectsKey: true } mapping]:
                mapping.KeyNode = scalar;
                mapping.ExpectsKey = false;
                break;
            case Scalar scalar:
                TakeValue(scalar);
                BeginValue();
                break;
            case AnchorAlias:
                BeginValue();
                break;
        }
    }

    // Behind a value the next key comes; a key that is a collection has none of its own.
    private void BeginValue()
    {
        if (Path is [.., { IsMapping: true } mapping])
        {
            if (mapping.ExpectsKey)
                mapping.KeyNode = null;

            mapping.ExpectsKey = !mapping.ExpectsKey;
        }
    }
}
