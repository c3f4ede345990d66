using Plumbline.Audit.Facts.Patches;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Workspace.Projects;
using Plumbline.PostgreSql.Replay;
using Plumbline.Prisma.Binding;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Tests.Facts.Patches;

public sealed class SchemaPatchesTests
{
    // No edit is accepted, so that every half of the changes is tried again: 200 changes are 399 tries.
    [Theory]
    [InlineData(10, 399)]
    [InlineData(40_000, 100)]
    public void Edits_are_tried_until_so_many_columns_were_compared(int columns, int tries)
    {
        var history = string.Concat(Enumerable.Range(0, 200).Select(i => $"CREATE TYPE e{i} AS ENUM ('a');\n")) +
            string.Concat(Enumerable.Range(0, columns / 100).Select(t => $"CREATE TABLE t{t} ({string.Join(", ", Enumerable.Range(0, 99).Select(c => $"c{c} int"))});\n"));
        var schema = PrismaSchema.Read([new SourceText("schema.prisma", "datasource db {\n  provider = \"postgresql\"\n}\n")], PrismaVersion.Assumed.ForValidation, TestContext.Current.CancellationToken);
        var broken = PrismaSchema.Read([new SourceText("schema.prisma", "model {")], PrismaVersion.Assumed.ForValidation, TestContext.Current.CancellationToken);
        var from = MigrationReplay.Run([new MigrationSource("1", new SourceText("1/migration.sql", history))]).Schema;
        var comparison = SchemaComparer.Compare(from, SourceLoader.Lower(schema, PrismaVersion.Assumed, DefaultSchema.Public));
        var tried = 0;
        var patches = new SchemaPatches(schema, comparison, _ => Refuse(), _ => comparison);
        Assert.Null(patches.For([comparison.Changes.First(change => change.Kind == ChangeKind.DropEnum)]));
        Assert.Equal(tries, tried);

        PrismaSchema Refuse()
        {
            tried++;
            return broken;
        }
    }
}
