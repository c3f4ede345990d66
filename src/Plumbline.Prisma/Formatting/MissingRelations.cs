using System.Collections.Immutable;
using Plumbline.Prisma.Binding;
using Plumbline.Prisma.Binding.Checks;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Prisma.Syntax;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Formatting;

/// <summary>
/// Fills in what a relation lacks: the field on the other side, the fields that hold the key, <c>fields:</c> and <c>references:</c>. Only where the files have
/// no error
/// of any other kind.
/// </summary>
internal sealed class MissingRelations
{
    private readonly Dictionary<SourceText, List<(int Position, string Text)>> _insertions = new(ReferenceEqualityComparer.Instance);

    /// <summary>The texts with what was missing; a text that lacks nothing is the same instance.</summary>
    public static IReadOnlyList<SourceText> FillIn(ImmutableArray<SchemaSyntax> trees)
    {
        var missing = new MissingRelations();
        if (SchemaBinder.TryBindNames(trees) is { } relations)
        {
            var inline = relations.Where(r => r.Kind is RelationKind.OneToOne or RelationKind.OneToMany).ToList();
            inline.ForEach(missing.AddFields);
            inline.ForEach(missing.AddAttribute);
            inline.ForEach(missing.AddArguments);
        }

        return [.. trees.Select(t => missing.Apply(t.Source))];
    }

    private SourceText Apply(SourceText source)
    {
        if (!_insertions.TryGetValue(source, out var insertions))
        {
            return source;
        }

        var text = new System.Text.StringBuilder();
        var from = 0;
        foreach (var (position, inserted) in insertions.OrderBy(i => i.Position))
        {
            text.Append(source.Text, from, position - from).Append(inserted);
            from = position;
        }

        return new SourceText(source.Path, text.Append(source.Text, from, source.Text.Length - from).ToString());
    }

    private void Insert(SourceText source, int position, string text)
    {
        if (!_insertions.TryGetValue(source, out var list))
        {
            _insertions[source] = list = [];
        }

        list.Add((position, text));
    }

    private void InsertField(Model model, string text) => Insert(model.Source, model.Syntax.Span.End - 1, text + "\n");

    private void AddFields(Relation relation)
    {
        if (relation.FieldB is null)
        {
            var (name, modifier) = relation.Kind == RelationKind.OneToOne ? (Inflection.CamelCase(relation.ModelA.Name), "?") : (Plural(relation.ModelA), "[]");
            InsertField(relation.ModelB, $"{name} {relation.ModelA.Name}{modifier} {(relation.ModelA.IsIgnored ? "@ignore" : "")}");
        }

        if (relation.FieldA is null)
        {
            var arity = InferredFields(relation).Any(f => f.Arity == FieldArity.Optional) ? FieldArity.Optional : FieldArity.Required;
            InsertField(
                relation.ModelA,
                $"{Inflection.CamelCase(relation.ModelB.Name)} {relation.ModelB.Name}{Modifier(arity)} @relation({FieldsArgument(relation)}, {ReferencesArgument(relation)})");
        }

        if (relation.FieldA?.RelationArguments?.Fields is null)
        {
            AddScalarFields(relation);
        }
    }

    private void AddScalarFields(Relation relation)
    {
        foreach (var (name, arity, _, blueprint) in InferredFields(relation).Where(f => relation.ModelA.FindField(f.Name) is not { IsRelation: false }))
        {
            if (blueprint.Type is not ScalarFieldType { Scalar: var scalar })
            {
                return;
            }

            var native = blueprint.NativeType is { } type ? blueprint.Source.Slice(type.Span).ToString() : "";
            InsertField(relation.ModelA, $"{name} {scalar}{Modifier(arity)} {native}");
        }
    }

    private void AddAttribute(Relation relation)
    {
        if (relation.FieldA is { RelationArguments.Syntax: null, Syntax.Type: { } type } field)
        {
            Insert(field.Source, type.Span.End, $" @relation({FieldsArgument(relation)}, {ReferencesArgument(relation)})");
        }
    }

    private void AddArguments(Relation relation)
    {
        if (relation.FieldA is not { RelationArguments: { Syntax: { } attribute } arguments } field)
        {
            return;
        }

        List<string> missing = [];
        if (arguments.Fields is null)
        {
            missing.Add(FieldsArgument(relation));
        }

        if (arguments.References is null)
        {
            missing.Add(ReferencesArgument(relation));
        }

        if (missing.Count == 0)
        {
            return;
        }

        var text = string.Join(", ", missing);
        if (attribute.ArgumentsOrNone.IsEmpty)
        {
            Insert(field.Source, attribute.Span.End, $"({text})");
        }
        else
        {
            Insert(field.Source, attribute.Span.End - 1, $", {text}");
        }
    }

    private static string Plural(Model model) => Inflection.Plural(Inflection.CamelCase(model.Name));

    private static string Modifier(FieldArity arity) => arity switch { FieldArity.Optional => "?", FieldArity.List => "[]", _ => "" };

    private static string FieldsArgument(Relation relation) => $"fields: [{string.Join(", ", InferredFields(relation).Select(f => f.Name))}]";

    private static string ReferencesArgument(Relation relation)
    {
        var fields = relation.FieldA?.RelationArguments?.References ?? [.. UniqueCriteria.FirstStrict(relation.ModelB)];
        return $"references: [{string.Join(", ", fields.Select(f => f.Name))}]";
    }

    private static IEnumerable<(string Name, FieldArity Arity, FieldType Type, Field Blueprint)> InferredFields(Relation relation)
    {
        var key = UniqueCriteria.Of(relation.ModelB).FirstOrDefault(ImmutableArray<IndexedField>.Empty);
        foreach (var field in key.Select(f => f.Field))
        {
            var name = $"{char.ToLowerInvariant(relation.ModelB.Name[0])}{relation.ModelB.Name[1..]}{char.ToUpperInvariant(field.Name[0])}{field.Name[1..]}";
            yield return relation.ModelA.FindField(name) is { IsRelation: false } existing
                ? (name, existing.Arity, existing.Type, field)
                : (name, relation.FieldA?.Arity ?? FieldArity.Optional, field.Type, field);
        }
    }
}
