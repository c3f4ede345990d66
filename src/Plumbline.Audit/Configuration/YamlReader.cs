using System.Collections.Immutable;
using Plumbline.Schema.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Plumbline.Audit.Configuration;

/// <summary>Reads a YAML file as nodes with places. Only what a configuration needs: one document, no anchors.</summary>
internal static class YamlReader
{
    private const string InvalidCode = "invalid-yaml";

    // The configuration is five levels deep where it is deepest.
    private const int MaximumDepth = 32;

    /// <summary>Reads a file; null where it is empty.</summary>
    /// <param name="text">The file.</param>
    /// <param name="errors">Receives what is wrong and does not keep the rest from being read.</param>
    /// <exception cref="InputException">The file is not the YAML that is read here.</exception>
    public static ConfigurationNode? Read(SourceText text, ConfigurationErrors errors)
    {
        try
        {
            using var input = new StringReader(text.Text);
            var parser = new Parser(new Scanner(input));
            parser.Consume<StreamStart>();
            if (parser.TryConsume<StreamEnd>(out _))
            {
                return null;
            }

            parser.Consume<DocumentStart>();
            var node = ReadNode(parser, text, errors, 0);
            parser.Consume<DocumentEnd>();
            if (!parser.TryConsume<StreamEnd>(out _))
            {
                throw Wrong(Location(text, parser.Current!), "The file contains more than one document.");
            }

            return node is ConfigurationScalar { IsNull: true } ? null : node;
        }
        catch (YamlException exception)
        {
            var location = new SourceLocation(text.Path, Line(exception.Start), Column(exception.Start), Line(exception.End), Column(exception.End));
            throw Wrong(location, "The file is not valid YAML: " + Sentence(exception.InnerException?.Message ?? exception.Message));
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // The library throws these, without a place, for some broken files, such as one that ends inside of braces.
            throw Wrong(SourceLocation.StartOf(text.Path), "The file is not valid YAML.");
        }
    }

    private static ConfigurationNode ReadNode(Parser parser, SourceText text, ConfigurationErrors errors, int depth)
    {
        if (depth > MaximumDepth)
        {
            throw Wrong(Location(text, parser.Current!), "The values are nested too deeply.");
        }

        if (parser.Accept<AnchorAlias>(out _) || (parser.Accept<NodeEvent>(out var node) && !node.Anchor.IsEmpty))
        {
            errors.Add(Location(text, parser.Current!), "Anchors and aliases are not supported; write the value out.", code: InvalidCode);
        }

        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            return new ConfigurationScalar(alias.Value.ToString(), true, Location(text, alias));
        }

        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return new ConfigurationScalar(scalar.Value, scalar.Style is not ScalarStyle.Plain, Location(text, scalar));
        }

        if (parser.TryConsume<SequenceStart>(out var sequence))
        {
            var items = ImmutableArray.CreateBuilder<ConfigurationNode>();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                items.Add(ReadNode(parser, text, errors, depth + 1));
            }

            return new ConfigurationList(items.ToImmutable(), Location(text, sequence));
        }

        var mapping = parser.Consume<MappingStart>();
        var entries = ImmutableArray.CreateBuilder<ConfigurationEntry>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (ReadNode(parser, text, errors, depth + 1) is not ConfigurationScalar key)
            {
                throw Wrong(Location(text, mapping), "A key must be a single word.");
            }

            var value = ReadNode(parser, text, errors, depth + 1);
            if (keys.Add(key.Text))
            {
                entries.Add(new ConfigurationEntry(key.Text, key.Location, value));
            }
            else
            {
                errors.Add(key.Location, $"The key \"{key.Text}\" appears twice.", code: InvalidCode);
            }
        }

        return new ConfigurationMap(entries.ToImmutable(), Location(text, mapping));
    }

    private static SourceLocation Location(SourceText text, ParsingEvent at) => new(text.Path, Line(at.Start), Column(at.Start), Line(at.End), Column(at.End));

    private static int Line(Mark mark) => (int)Math.Max(1, mark.Line);

    private static int Column(Mark mark) => (int)Math.Max(1, mark.Column);

    private static string Sentence(string message)
    {
        message = message.ReplaceLineEndings(" ").TrimEnd();
        return message.EndsWith('.') ? message : message + ".";
    }

    private static InputException Wrong(SourceLocation location, string message) =>
        new(new Diagnostic(DiagnosticSeverity.Error, InvalidCode, message, location));
}
