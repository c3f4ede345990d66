using Plumbline.Prisma.Syntax;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Formatting;

/// <summary>Prints schema files as <c>prisma format</c> does: aligned, with the missing sides of relations filled in where everything else is right.</summary>
public static class PrismaFormatter
{
    /// <summary>Formats one file by itself.</summary>
    public static string Format(SourceText file) => Format([file])[0];

    /// <summary>Formats the files of a schema, which may refer to each other.</summary>
    /// <returns>The formatted texts, in the order of the files.</returns>
    public static IReadOnlyList<string> Format(IReadOnlyList<SourceText> files)
    {
        SchemaSyntax[] trees = [.. files.Select(file => SchemaSyntax.Parse(file))];
        var completed = MissingRelations.FillIn([.. trees]);
        return [.. trees.Select((tree, i) => Write(ReferenceEquals(completed[i], tree.Source) ? tree : SchemaSyntax.Parse(completed[i])))];
    }

    /// <summary>Prints a tree as it is, with nothing filled in: all that formatting does to a file of a valid schema, in which no relation lacks a side.</summary>
    public static string Write(SchemaSyntax tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        var target = new IndentedText();
        var items = tree.Items;
        for (var i = 0; i < items.Length; i++)
        {
            switch (items[i])
            {
                case BlockSyntax block:
                    new BlockFormatter(tree.Source, target).Write(block);
                    break;
                case TopLevelCommentSyntax comment:
                    var rows = new AlignedRows();
                    new SyntaxWriter(tree.Source).WriteComments(rows, comment.Comments);
                    rows.WriteTo(target);
                    break;
                case TopLevelBlankLinesSyntax:
                    if (i > 0 && i < items.Length - 1)
                    {
                        target.EndLine();
                    }

                    break;
                default:
                    target.Write(tree.Source.Slice(items[i].Span));
                    break;
            }
        }

        return target.Finish();
    }
}
