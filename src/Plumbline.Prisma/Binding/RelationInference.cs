using System.Collections.Immutable;
using Plumbline.Prisma.Binding.Symbols;

namespace Plumbline.Prisma.Binding;

/// <summary>Fourth stage: finds the two sides of each relation and what kind of relation it is.</summary>
internal sealed class RelationInference(BindingContext context)
{
    private readonly ImmutableArray<Relation>.Builder _relations = ImmutableArray.CreateBuilder<Relation>();

    // Relation fields by their model, the model that they refer to and the name of the relation: the first two are all that a look-up needs, since an opposite
    // field has them the other way round.
    private readonly Dictionary<(Model From, Model To, string? Name), List<Field>> _fields = [];

    /// <summary>Runs the stage.</summary>
    public static void Run(BindingContext context) => new RelationInference(context).Run();

    private void Run()
    {
        var fields = context.Models.SelectMany(m => m.RelationFields).ToList();
        foreach (var field in fields)
        {
            var key = (ModelOf(field), TargetOf(field), field.RelationArguments!.Name);
            if (!_fields.TryGetValue(key, out var list))
            {
                _fields[key] = list = [];
            }

            list.Add(field);
        }

        foreach (var field in fields)
        {
            Ingest(field, FindOpposite(field));
        }

        context.Relations = _relations.DrainToImmutable();
    }

    private static Model ModelOf(Field field) => (Model)field.Container;

    private static Model TargetOf(Field field) => ((ModelFieldType)field.Type).Model;

    private Field? FindOpposite(Field field)
    {
        var candidates = _fields.GetValueOrDefault((TargetOf(field), ModelOf(field), field.RelationArguments!.Name));
        return candidates?.Find(c => !ReferenceEquals(c, field));
    }

    // A relation with two fields is met twice; it is taken up from one side only.
    private void Ingest(Field field, Field? opposite)
    {
        switch (field.Arity, opposite?.Arity)
        {
            case (FieldArity.List, FieldArity.List):
                if (IsFirst(field, opposite!, fieldsBreakTies: IsSelfRelation(field)))
                {
                    var isEmbedded = field.RelationArguments!.Fields is not null || opposite!.RelationArguments!.Fields is not null;
                    Add(isEmbedded ? RelationKind.EmbeddedManyToMany : RelationKind.ImplicitManyToMany, field, opposite);
                }

                break;
            case (FieldArity.Required, FieldArity.Optional):
                Add(RelationKind.OneToOne, field, opposite);
                break;
            case (FieldArity.Required, FieldArity.Required):
                if (IsFirst(field, opposite!, fieldsBreakTies: true))
                {
                    Add(RelationKind.OneToOne, field, opposite);
                }

                break;
            case (FieldArity.Optional, FieldArity.Required):
                break;
            case (FieldArity.Optional, FieldArity.Optional):
                if (field.RelationArguments!.Fields is not null
                    || (opposite!.RelationArguments!.Fields is null && IsFirst(field, opposite, fieldsBreakTies: true)))
                {
                    Add(RelationKind.OneToOne, field, opposite);
                }

                break;
            case (FieldArity.List, null):
                _relations.Add(Link(new Relation
                {
                    Kind = RelationKind.OneToMany,
                    ModelA = TargetOf(field),
                    ModelB = ModelOf(field),
                    FieldB = field,
                    ExplicitName = field.RelationArguments!.Name,
                }));
                break;
            case (FieldArity.List, _):
                break;
            case (_, FieldArity.List):
                Add(RelationKind.OneToMany, field, opposite);
                break;
            default:
                Add(HasUniqueFields(field) ? RelationKind.OneToOne : RelationKind.OneToMany, field, null);
                break;
        }
    }

    private static bool IsSelfRelation(Field field) => ReferenceEquals(ModelOf(field), TargetOf(field));

    private static bool IsFirst(Field field, Field opposite, bool fieldsBreakTies)
    {
        var models = string.CompareOrdinal(ModelOf(field).Name, ModelOf(opposite).Name);
        return models < 0 || (models == 0 && (!fieldsBreakTies || string.CompareOrdinal(field.Name, opposite.Name) <= 0));
    }

    private static bool HasUniqueFields(Field field) =>
        field.RelationArguments!.Fields is { } fields
        && ModelOf(field).Indexes.Any(i => i.Kind == ModelIndexKind.Unique && i.Fields.Select(f => f.Field).SequenceEqual(fields));

    private void Add(RelationKind kind, Field field, Field? opposite) => _relations.Add(Link(new Relation
    {
        Kind = kind,
        ModelA = ModelOf(field),
        ModelB = TargetOf(field),
        FieldA = field,
        FieldB = opposite,
        ExplicitName = field.RelationArguments!.Name,
    }));

    private static Relation Link(Relation relation)
    {
        if (relation.FieldA is { } a)
        {
            a.Relation = relation;
        }

        if (relation.FieldB is { } b)
        {
            b.Relation = relation;
        }

        return relation;
    }
}
