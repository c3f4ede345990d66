using Plumbline.Audit.Sources;
using Plumbline.Prisma.Formatting;
using Plumbline.Prisma.Printing;

namespace Plumbline.Audit.Reports.Inspect;

/// <summary>Prints a source as a Prisma schema: a Prisma schema formatted as <c>prisma format</c> does it, any other source as Prisma's introspection would
/// have it.</summary>
public static class PrismaText
{
    /// <summary>Writes the schema; the files of a schema in several stand one after the other.</summary>
    public static void Write(Source source, TextWriter output)
    {
        if (source.Form == SourceForm.PrismaSchema)
        {
            output.Write(string.Join('\n', PrismaFormatter.Format(source.Texts)));
        }
        else
        {
            output.Write(SchemaPrinter.Print(source.Schema));
        }
    }
}
