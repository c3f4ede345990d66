using System.Collections.Immutable;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Prisma.Syntax;

namespace Plumbline.Prisma.Binding.Attributes;

/// <summary>What a list of field names turned out to be.</summary>
internal sealed class FieldReferences
{
    /// <summary>The fields, or null where they can't be used.</summary>
    public ImmutableArray<IndexedField>? Fields { get; private set; }

    /// <summary>Names that are no field, as the messages print them.</summary>
    public List<string> Unknown { get; } = [];

    /// <summary>Fields that are relations, or of a type that does not exist.</summary>
    public List<Field> Relations { get; } = [];

    /// <summary>Reads the <c>fields:</c> and <c>references:</c> of a relation.</summary>
    public static FieldReferences OfRelation(BindingContext context, AttributeArguments arguments, Model model, ExpressionSyntax value)
    {
        var names = Coerce.Array(value, v => v is ConstantSyntax c ? c : Coerce.Mismatch<ConstantSyntax>(context, arguments.Source, v, "constant"));
        var result = new FieldReferences();
        if (names is not null)
        {
            result.Resolve(context, arguments, model, names.Select(n => (n.Text, new FieldOptions(null, null, null))), followsPaths: false);
        }

        return result;
    }

    /// <summary>Reads the <c>fields:</c> of an index or key, with the arguments of each field.</summary>
    public static FieldReferences OfIndex(BindingContext context, AttributeArguments arguments, Model model, ExpressionSyntax value, bool followsPaths)
    {
        var names = Coerce.Array<Tuple<string, FieldOptions>>(value, v => v switch
        {
            ConstantSyntax constant => new(constant.Text, new FieldOptions(null, null, null)),
            CallSyntax call => new(call.Name.Text, FieldOptions.Read(context, arguments.Source, call.Arguments)),
            _ => Coerce.Mismatch<Tuple<string, FieldOptions>>(context, arguments.Source, v, "constant literal"),
        });
        var result = new FieldReferences();
        if (names is not null)
        {
            result.Resolve(context, arguments, model, names.Select(n => (n.Item1, n.Item2)), followsPaths);
        }

        return result;
    }

    private void Resolve(
        BindingContext context, AttributeArguments arguments, Model model, IEnumerable<(string Name, FieldOptions Options)> names, bool followsPaths)
    {
        var fields = ImmutableArray.CreateBuilder<IndexedField>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, options) in names)
        {
            var found = name.Contains('.') ? (followsPaths ? FindByPath(model, name) : Miss(name)) : FindByName(model, name);
            if (found is not var (field, path))
            {
                continue;
            }

            if (!seen.Add(name))
            {
                var shown = path.IsEmpty ? name : $"{field.Name} in type {field.Container.Name}";
                context.Error(
                    arguments.Source,
                    arguments.Attribute.Span,
                    $"Error validating model \"{model.Name}\": The unique index definition refers to the field {shown} multiple times.");
                Unknown.Clear();
                Relations.Clear();
                return;
            }

            fields.Add(new IndexedField(field, path, options.Sort, options.Length, options.OperatorClass));
        }

        if (Unknown.Count == 0 && Relations.Count == 0)
        {
            Fields = fields.DrainToImmutable();
        }
    }

    private (Field Field, ImmutableArray<Field> Path)? FindByName(Model model, string name)
    {
        if (model.FindField(name) is not { } field)
        {
            return Miss(name);
        }

        if (field.Type is ModelFieldType or UnknownFieldType)
        {
            Relations.Add(field);
            return null;
        }

        return (field, []);
    }

    private (Field Field, ImmutableArray<Field> Path)? FindByPath(Model model, string name)
    {
        var parts = name.Split('.');
        if (FindByName(model, parts[0]) is not var (root, _))
        {
            return null;
        }

        if (root.Type is not CompositeFieldType composite)
        {
            return Miss(name);
        }

        var path = ImmutableArray.CreateBuilder<Field>();
        var field = root;
        var type = composite.CompositeType;
        for (var i = 1; i < parts.Length; i++)
        {
            path.Add(field);
            if (type.FindField(parts[i]) is not { } next)
            {
                return Miss($"{parts[i]} in type {type.Name}");
            }

            field = next;
            if (next.Type is CompositeFieldType inner)
            {
                type = inner.CompositeType;
            }
            else if (i < parts.Length - 1)
            {
                return Miss(name);
            }
        }

        return (field, path.DrainToImmutable());
    }

    private (Field Field, ImmutableArray<Field> Path)? Miss(string name)
    {
        Unknown.Add(name);
        return null;
    }
}
