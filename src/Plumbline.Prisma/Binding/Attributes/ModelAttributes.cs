using System.Collections.Immutable;
using Plumbline.Prisma.Binding.Symbols;

namespace Plumbline.Prisma.Binding.Attributes;

/// <summary>The attributes of a model or view and of its scalar fields.</summary>
internal sealed class ModelAttributes
{
    private readonly BindingContext _context;
    private readonly Model _model;
    private readonly ImmutableArray<ModelIndex>.Builder _indexes = ImmutableArray.CreateBuilder<ModelIndex>();
    private readonly HashSet<string> _mappedNames = new(StringComparer.Ordinal);

    private ModelAttributes(BindingContext context, Model model)
    {
        _context = context;
        _model = model;
    }

    private string Kind => _model.IsView ? "view" : "model";

    /// <summary>Binds them.</summary>
    public static void Bind(BindingContext context, Model model)
    {
        var stage = new ModelAttributes(context, model);
        foreach (var field in model.Fields)
        {
            if (field.Type is not (ModelFieldType or UnknownFieldType))
            {
                stage.BindScalarField(field);
            }
        }

        stage.BindBlock();
        model.Indexes = stage._indexes.DrainToImmutable();
    }

    private void BindScalarField(Field field)
    {
        var attributes = new AttributeSet(_context, _model.Source, field.Syntax.Attributes);
        if (attributes.TakeSingle("map") is { } map)
        {
            BindMap(field, map);
            map.ReportUnknown();
        }

        if (attributes.TakeSingle("ignore") is { } ignore)
        {
            if (field.Type is UnsupportedFieldType)
            {
                ignore.Error(
                    "Fields of type `Unsupported` cannot take an `@ignore` attribute. They are already treated as ignored by the client due to their type.");
            }
            else
            {
                field.IsIgnored = true;
            }

            ignore.ReportUnknown();
        }

        if (attributes.TakeSingle("relation") is { } relation)
        {
            relation.Error("Invalid field type, not a relation.");
            relation.ReportUnknown();
        }

        if (attributes.TakeSingle("id") is { } id)
        {
            KeyAttributes.BindOnField(_context, _model, field, id);
            id.ReportUnknown();
        }

        if (attributes.TakeSingle("updatedAt") is { } updatedAt)
        {
            BindUpdatedAt(field, updatedAt);
            updatedAt.ReportUnknown();
        }

        if (attributes.TakeSingle("default") is { } @default)
        {
            DefaultAttribute.BindInModel(_context, field, @default);
            @default.ReportUnknown();
        }

        if (field.Type is ScalarFieldType)
        {
            field.NativeType = attributes.TakeNativeType();
        }

        if (attributes.TakeSingle("unique") is { } unique)
        {
            _indexes.Add(IndexAttributes.BindOnField(_context, _model, field, unique));
            unique.ReportUnknown();
        }

        if (attributes.TakeSingle("shardKey") is { } shardKey)
        {
            ShardKeys.Add(_context, _model, shardKey);
        }

        attributes.ReportUnknown();
    }

    private void BindMap(Field field, AttributeArguments map)
    {
        if (AttributeBinding.MappedName(_context, map) is not { } name)
        {
            return;
        }

        field.MappedName = name;
        if (!_mappedNames.Add(name))
        {
            AlreadyDefined(field);
        }

        // Only a scalar field is a column, and one that is itself mapped has left its name free.
        if (_model.FindField(name) is { Type: not (ModelFieldType or UnknownFieldType) } other
            && !ReferenceEquals(other, field)
            && (other.MappedName is null || other.MappedName == name))
        {
            AlreadyDefined(field);
        }
    }

    private void AlreadyDefined(Field field) =>
        _context.Error(_model.Source, field.Syntax.Span, $"Field \"{field.Name}\" is already defined on {Kind} \"{_model.Name}\".");

    private static void BindUpdatedAt(Field field, AttributeArguments updatedAt)
    {
        if (field.Type is not ScalarFieldType { Scalar: ScalarType.DateTime })
        {
            updatedAt.Error("Fields that are marked with @updatedAt must be of type DateTime.");
        }

        if (field.Arity == FieldArity.List)
        {
            updatedAt.Error("Fields that are marked with @updatedAt cannot be lists.");
        }

        field.IsUpdatedAt = true;
    }

    private void BindBlock()
    {
        var attributes = new AttributeSet(_context, _model.Source, [.. _model.Syntax.Attributes.Select(a => a.Attribute)]);
        if (attributes.TakeSingle("ignore") is { } ignore)
        {
            BindIgnore();
            ignore.ReportUnknown();
        }

        if (attributes.TakeSingle("id") is { } id)
        {
            KeyAttributes.BindOnModel(_context, _model, id);
            id.ReportUnknown();
        }

        if (attributes.TakeSingle("map") is { } map)
        {
            _model.MappedName = AttributeBinding.MappedName(_context, map);
            map.ReportUnknown();
        }

        if (attributes.TakeSingle("schema") is { } schema)
        {
            var name = AttributeBinding.SchemaName(_context, schema);
            (_model.SchemaName, _model.SchemaNameSpan) = (name?.Value, name?.Span);
            schema.ReportUnknown();
        }

        foreach (var index in attributes.TakeAll("index"))
        {
            _indexes.Add(IndexAttributes.BindIndex(_context, _model, index));
            index.ReportUnknown();
        }

        foreach (var unique in attributes.TakeAll("unique"))
        {
            _indexes.Add(IndexAttributes.BindUnique(_context, _model, unique));
            unique.ReportUnknown();
        }

        foreach (var fulltext in attributes.TakeAll("fulltext"))
        {
            _indexes.Add(IndexAttributes.BindFulltext(_context, _model, fulltext));
            fulltext.ReportUnknown();
        }

        if (attributes.TakeSingle("shardKey") is { } shardKey)
        {
            ShardKeys.Add(_context, _model, shardKey);
        }

        KeyAttributes.CheckArity(_context, _model);
        attributes.ReportUnknown();
    }

    private void BindIgnore()
    {
        foreach (var field in _model.Fields.Where(f => f.IsIgnored && !f.IsRelation))
        {
            _context.Error(
                _model.Source,
                field.Syntax.Span,
                "Error parsing attribute \"@ignore\": Fields on an already ignored Model do not need an `@ignore` annotation.");
        }

        _model.IsIgnored = true;
    }
}
