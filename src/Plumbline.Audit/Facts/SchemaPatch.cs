using Plumbline.Prisma.Binding;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Prisma.Printing;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Facts;

/// <summary>What has to be added to a Prisma schema so that it says what the migrations make: the other way to mend what only the migrations have.</summary>
internal static class SchemaPatch
{
    /// <summary>The lines to add, each behind a <c>+</c>; null where the change is not of that kind, or Prisma has no words for it.</summary>
    public static string? For(SchemaChange change, DatabaseSchema migrations)
    {
        var lines = change switch
        {
            { Kind: ChangeKind.DropTable, FromObject: Table table } => Model(table, migrations),
            { Kind: ChangeKind.DropColumn, FromObject: Column column, FromParent: Table table } => Field(column, table, migrations),
            { Kind: ChangeKind.DropIndex or ChangeKind.DropUnique, FromObject: Index index, FromParent: Table table } => Index(index, table, migrations),
            { Kind: ChangeKind.DropEnumValue, FromObject: EnumValue value, FromParent: EnumType type } => Value(value, type),
            _ => null,
        };
        return lines is null ? null : string.Join('\n', lines.Split('\n').Select(l => ("+ " + l).TrimEnd()));
    }

    private static string? Model(Table table, DatabaseSchema migrations) =>
        Print(table with { ForeignKeys = [] }, migrations) is { } model ? TextOf(model) : null;

    private static string? Field(Column column, Table table, DatabaseSchema migrations)
    {
        var alone = table with { ForeignKeys = [], UniqueConstraints = [], Indexes = [] };
        var field = Print(alone, migrations)?.Fields.FirstOrDefault(f => f.DatabaseName == column.Name);
        return field is null ? null : "  " + field.Source.Slice(field.Syntax.Span).Trim().ToString();
    }

    private static string? Index(Index index, Table table, DatabaseSchema migrations)
    {
        var alone = table with { ForeignKeys = [], UniqueConstraints = [], Indexes = [index] };
        if (Print(alone, migrations) is not { } model)
            return null;

        foreach (var line in TextOf(model).Split('\n'))
        {
            var trimmed = line.Trim();
            if (trimmed.StartsWith("@@index", StringComparison.Ordinal) || trimmed.StartsWith("@@unique", StringComparison.Ordinal))
                return "  " + trimmed;
        }

        return null;
    }

    private static string? Value(EnumValue value, EnumType type)
    {
        var alone = DatabaseSchema.Empty with { Enums = [type with { Values = [value] }] };
        var printed = Read(alone).Enums is [{ Values: [var only] }] ? only : null;
        return printed is null ? null : printed.DatabaseName == printed.Name ? "  " + printed.Name : $"  {printed.Name} @map(\"{printed.DatabaseName}\")";
    }

    private static Model? Print(Table table, DatabaseSchema migrations)
    {
        var types = table.Columns.Select(c => c.Type.QualifiedName).ToHashSet();
        return Read(DatabaseSchema.Empty with { Namespaces = migrations.Namespaces, Tables = [table], Enums = [.. migrations.Enums.Where(e => types.Contains(e.Name))] }).Models is [var model] ? model : null;
    }

    private static PrismaSchema Read(DatabaseSchema schema) => PrismaSchema.Read([new SourceText("patch.prisma", SchemaPrinter.Print(schema))]);

    private static string TextOf(Model model) => model.Source.Slice(model.Syntax.Span).Trim().ToString().Replace("\n\n}", "\n}", StringComparison.Ordinal);
}
