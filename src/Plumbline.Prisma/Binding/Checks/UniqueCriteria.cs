using System.Collections.Immutable;
using Plumbline.Prisma.Binding.Symbols;

namespace Plumbline.Prisma.Binding.Checks;

/// <summary>The ways in which a row of a model can be told from all others: its primary key and its unique constraints.</summary>
internal static class UniqueCriteria
{
    /// <summary>The criteria of a model, the primary key first.</summary>
    public static IEnumerable<ImmutableArray<IndexedField>> Of(Model model)
    {
        var uniques = model.Indexes.Where(i => i.Kind == ModelIndexKind.Unique).Select(i => i.Fields);
        return model.PrimaryKey is { } key ? uniques.Prepend(key.Fields) : uniques;
    }

    /// <summary>Whether all fields of a criterion always have a value that the client knows.</summary>
    public static bool IsStrict(ImmutableArray<IndexedField> fields) =>
        fields.All(f => f.Field.Arity != FieldArity.Optional && f.Field.Type is not UnsupportedFieldType);

    /// <summary>The fields that a relation without <c>references:</c> would reference.</summary>
    public static IEnumerable<Field> FirstStrict(Model model)
    {
        foreach (var criterion in Of(model))
        {
            if (IsStrict(criterion))
            {
                return criterion.Where(f => f.Path.IsEmpty).Select(f => f.Field);
            }
        }

        return [];
    }
}
