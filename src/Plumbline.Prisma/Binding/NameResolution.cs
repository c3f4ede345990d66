using System.Collections.Immutable;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Prisma.Syntax;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Binding;

/// <summary>First stage: makes the declarations and their members, and finds names that are not allowed or stand twice.</summary>
internal sealed class NameResolution(BindingContext context)
{
    private readonly Dictionary<string, Declaration> _datasources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Declaration> _generators = new(StringComparer.Ordinal);
    private int _models;

    /// <summary>Runs the stage.</summary>
    public static void Run(ImmutableArray<SchemaSyntax> files, BindingContext context)
    {
        var stage = new NameResolution(context);
        foreach (var file in files)
        {
            foreach (var block in BlockRecovery.BlocksOf(file))
            {
                stage.Declare(file.Source, block);
            }
        }
    }

    /// <summary>What Prisma calls a kind of block in its messages.</summary>
    public static string KindOf(Declaration declaration) => declaration switch
    {
        Model { IsView: true } => "view",
        Model => "model",
        PrismaEnum => "enum",
        CompositeType => "composite type",
        Datasource => "datasource",
        _ => "generator",
    };

    private void Declare(SourceText source, BlockSyntax block)
    {
        if (BuiltinTypes.Find(block.Name.Text) is not null)
        {
            context.Error(source, block.Name.Span, $"\"{block.Name.Text}\" is a reserved scalar type name and cannot be used.");
        }

        switch (block.Kind)
        {
            case BlockKind.Enum:
                var @enum = new PrismaEnum(block, source);
                DeclareValues(@enum);
                Insert(@enum, context.ByName);
                break;
            case BlockKind.Model or BlockKind.View:
                var model = new Model(block, source, _models++);
                DeclareModel(model);
                Insert(model, context.ByName);
                break;
            case BlockKind.CompositeType:
                var type = new CompositeType(block, source);
                DeclareCompositeType(type);
                Insert(type, context.ByName);
                break;
            case BlockKind.Datasource:
                var datasource = new Datasource(block, source);
                CheckProperties(datasource);
                Insert(datasource, _datasources);
                break;
            default:
                var generator = new Generator(block, source);
                CheckProperties(generator);
                Insert(generator, _generators);
                break;
        }
    }

    private void Insert(Declaration declaration, Dictionary<string, Declaration> names)
    {
        context.Declarations.Add(declaration);
        if (names.TryGetValue(declaration.Name, out var existing))
        {
            context.Error(
                declaration.Source,
                declaration.Syntax.Name.Span,
                $"The {KindOf(declaration)} \"{declaration.Name}\" cannot be defined because a {KindOf(existing)} with that name already exists.");
        }

        names[declaration.Name] = declaration;
    }

    private void DeclareValues(PrismaEnum @enum)
    {
        CheckIdentifier(@enum.Source, @enum.Syntax.Name, "Enum");
        if (ReservedNames.Contains(@enum.Name))
        {
            context.Error(
                @enum.Source,
                @enum.Syntax.Span,
                $"Error validating enum `{@enum.Name}`: The enum name `{@enum.Name}` is invalid. It is a reserved name. Please change it. Read more at "
                    + "https://www.prisma.io/docs/reference/tools-and-interfaces/prisma-schema/data-model#naming-enums");
        }

        CheckAttributeNames(@enum.Source, @enum.Syntax.Attributes.Select(a => a.Attribute));
        var values = ImmutableArray.CreateBuilder<PrismaEnumValue>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var value in @enum.Syntax.Values)
        {
            CheckIdentifier(@enum.Source, value.Name, "Enum Value");
            CheckAttributeNames(@enum.Source, value.Attributes);
            if (!names.Add(value.Name.Text))
            {
                context.Error(@enum.Source, value.Span, $"Value \"{value.Name.Text}\" is already defined on enum \"{@enum.Name}\".");
            }

            values.Add(new PrismaEnumValue(@enum, value));
        }

        @enum.Values = values.DrainToImmutable();
    }

    private void DeclareModel(Model model)
    {
        var kind = KindOf(model);
        CheckIdentifier(model.Source, model.Syntax.Name, model.IsView ? "view" : "Model");
        if (ReservedNames.Contains(model.Name))
        {
            context.Error(
                model.Source,
                model.Syntax.Span,
                $"Error validating model \"{model.Name}\": The {kind} name `{model.Name}` is invalid. It is a reserved name. Please change it. Read more at https://pris.ly/d/naming-models");
        }

        CheckAttributeNames(model.Source, model.Syntax.Attributes.Select(a => a.Attribute));
        var names = new HashSet<string>(StringComparer.Ordinal);
        DeclareFields(model, field =>
        {
            CheckIdentifier(model.Source, field.Name, model.IsView ? "field" : "Field");
            CheckAttributeNames(model.Source, field.Attributes);
            if (!names.Add(field.Name.Text))
            {
                context.Error(model.Source, field.Name.Span, $"Field \"{field.Name.Text}\" is already defined on {kind} \"{model.Name}\".");
            }
        });
    }

    private void DeclareCompositeType(CompositeType type)
    {
        CheckIdentifier(type.Source, type.Syntax.Name, "Composite type");
        var names = new HashSet<string>(StringComparer.Ordinal);
        DeclareFields(type, field =>
        {
            if (!names.Add(field.Name.Text))
            {
                context.Error(type.Source, field.Name.Span, $"Field \"{field.Name.Text}\" is already defined on composite type \"{type.Name}\".");
            }
        });
    }

    private static void DeclareFields(FieldContainer container, Action<FieldSyntax> check)
    {
        var fields = ImmutableArray.CreateBuilder<Field>();
        foreach (var syntax in container.Syntax.Fields.Where(SyntaxErrors.IsAccepted))
        {
            check(syntax);
            fields.Add(new Field(container, syntax, container.Source, fields.Count));
        }

        container.Fields = fields.DrainToImmutable();
    }

    private void CheckProperties(Declaration declaration)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in declaration.Syntax.Properties.Where(p => !names.Add(p.Name.Text)))
        {
            context.Error(
                declaration.Source, property.Name.Span, $"Key \"{property.Name.Text}\" is already defined in {KindOf(declaration)} \"{declaration.Name}\".");
        }
    }

    private void CheckAttributeNames(SourceText source, IEnumerable<AttributeSyntax> attributes)
    {
        foreach (var attribute in attributes)
        {
            CheckIdentifier(source, attribute.Name, "Attribute");
        }
    }

    private void CheckIdentifier(SourceText source, IdentifierSyntax identifier, string item)
    {
        if (char.IsAsciiDigit(identifier.Text[0]))
        {
            context.Error(source, identifier.Span, $"Error validating: The name of a {item} must not start with a number.");
        }
        else if (identifier.Text.Contains('-'))
        {
            context.Error(source, identifier.Span, $"Error validating: The character `-` is not allowed in {item} names.");
        }
    }
}
