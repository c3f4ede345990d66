using System.Collections.Immutable;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Syntax;

/// <summary>The syntax tree of one schema file. It covers every character of the file; what is not of the language is kept as an invalid line.</summary>
/// <param name="Source">The text that the spans point into.</param>
/// <param name="Items">What stands at the top of the file, in its order.</param>
/// <param name="Diagnostics">The syntax errors, in Prisma's words.</param>
public sealed record SchemaSyntax(SourceText Source, ImmutableArray<TopLevelSyntax> Items, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>The blocks of the file, in their order.</summary>
    public IEnumerable<BlockSyntax> Blocks => Items.OfType<BlockSyntax>();

    /// <summary>Reads a file. Whatever it holds, a tree comes back and nothing is thrown.</summary>
    /// <param name="source">The file.</param>
    /// <param name="cancellation">Ends the reading between two blocks.</param>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public static SchemaSyntax Parse(SourceText source, CancellationToken cancellation = default) => new SchemaParser(source).Parse(cancellation);
}
