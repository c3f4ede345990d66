using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Objects;

namespace Plumbline.Audit.History;

/// <summary>
/// What the enum types of a history lose: Prisma takes a value away by making another type, moving the columns to it, and giving both types each other's name.
/// </summary>
internal sealed class EnumReplacements
{
    private readonly Dictionary<MigrationStatement, ImmutableArray<string>> _lost = new(ReferenceEqualityComparer.Instance);

    /// <summary>Reads them from the statements of a history.</summary>
    public static EnumReplacements Read(IEnumerable<MigrationStatement> statements, NameKeys keys)
    {
        var replacements = new EnumReplacements();
        var types = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var statement in statements)
        {
            switch (statement.Syntax)
            {
                case CreateEnumStatement create:
                    types[keys.Of(create.Name)] = [.. create.Labels.Select(l => l.Text)];
                    break;
                case AlterEnumStatement alter when types.TryGetValue(keys.Of(alter.Name), out var labels):
                    if (alter.OldValue is { } old)
                        labels.Remove(old.Text);

                    labels.Add(alter.NewValue.Text);
                    break;
                case DropStatement { Kind: SqlObjectKind.Type } drop:
                    foreach (var dropped in drop.Objects)
                    {
                        if (dropped.Name is { } droppedName)
                            types.Remove(keys.Of(droppedName));
                    }

                    break;
                case RenameStatement { Member: null, Object: { Kind: SqlObjectKind.Type, Name: { } name } } rename:
                    replacements.Rename(statement, types, name, rename.NewName, keys);
                    break;
            }
        }

        return replacements;
    }

    /// <summary>The values that the type of the new name had before a statement that gives this name to another type, and that type lacks; empty for every
    /// other statement.</summary>
    public ImmutableArray<string> LostBy(MigrationStatement rename) => _lost.TryGetValue(rename, out var lost) ? lost : [];

    private void Rename(MigrationStatement statement, Dictionary<string, HashSet<string>> types, QualifiedName name, Identifier newName, NameKeys keys)
    {
        if (!types.Remove(keys.Of(name), out var moved))
            return;

        var target = keys.Of(new QualifiedName(name.Span, [.. name.Parts[..^1], newName]));
        if (types.TryGetValue(target, out var before))
        {
            ImmutableArray<string> lost = [.. before.Except(moved, StringComparer.Ordinal)];
            if (!lost.IsEmpty)
                _lost.Add(statement, lost);
        }

        // The name that is given up keeps its labels until another type takes it: that is what is compared.
        types[target] = moved;
        if (newName.Name.EndsWith("_old", StringComparison.Ordinal))
            types[keys.Of(name)] = moved;
    }
}
