using System.Collections.Immutable;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Syntax;

/// <summary>What is wrong in a tree by itself, in Prisma's words and order.</summary>
internal sealed class SyntaxErrors
{
    private const string UnknownKeyword =
        "This block is invalid. It does not start with any known Prisma schema keyword. Valid keywords include 'model', 'enum', 'type', 'datasource' and 'generator'.";

    private readonly SourceText _source;
    private readonly ImmutableArray<Diagnostic>.Builder _diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();

    private SyntaxErrors(SourceText source) => _source = source;

    /// <summary>The syntax errors of a file.</summary>
    public static ImmutableArray<Diagnostic> Of(SchemaSyntax syntax)
    {
        var errors = new SyntaxErrors(syntax.Source);
        foreach (var item in syntax.Items)
        {
            errors.Visit(item);
        }

        return errors._diagnostics.DrainToImmutable();
    }

    /// <summary>Whether Prisma takes a field into its model: it has a type, and is not written as Prisma 1 had it.</summary>
    public static bool IsAccepted(FieldSyntax field) =>
        field is { Colon: null, Type.Form: FieldTypeForm.Required or FieldTypeForm.Optional or FieldTypeForm.List };

    private void Visit(TopLevelSyntax item)
    {
        switch (item)
        {
            case BlockSyntax block:
                foreach (var member in block.Members)
                {
                    Visit(block, member);
                }

                break;
            case TypeAliasSyntax:
                Invalid("Invalid type definition. Please check the documentation in https://pris.ly/d/composite-types", item.Span);
                break;
            case UnknownBlockSyntax:
                Invalid(UnknownKeyword, item.Span);
                break;
            case TopLevelInvalidLineSyntax:
                Invalid("This line is invalid. It does not start with any known Prisma schema keyword.", item.Span);
                break;
        }
    }

    private void Visit(BlockSyntax block, MemberSyntax member)
    {
        switch (member)
        {
            case FieldSyntax field:
                VisitField(block, field);
                break;
            case BlockAttributeSyntax attribute:
                VisitAttribute(attribute.Attribute);
                if (block.Kind == BlockKind.CompositeType)
                {
                    Invalid(CompositeTypeAttribute(attribute.Attribute.Name.Text), attribute.Span);
                }

                break;
            case EnumValueSyntax value:
                VisitAttributes(value.Attributes);
                break;
            case PropertySyntax { Value: { } value }:
                VisitExpression(value);
                break;
            case InvalidLineSyntax:
                Invalid(block.Kind switch
                {
                    BlockKind.Enum => "This line is not an enum value definition.",
                    BlockKind.Datasource => "This line is not a valid definition within a datasource.",
                    BlockKind.Generator => "This line is not a valid definition within a generator.",
                    _ => "This line is not a valid field or attribute definition.",
                }, member.Span);
                break;
        }
    }

    private void VisitField(BlockSyntax block, FieldSyntax field)
    {
        if (field.Colon is { } colon)
        {
            Say("Field declarations don't require a `:`.", colon);
            return;
        }

        switch (field.Type?.Form)
        {
            case FieldTypeForm.LegacyRequired:
                Say("Fields are required by default, `!` is no longer required.", field.Type.Span);
                return;
            case FieldTypeForm.LegacyList:
                Say("To specify a list, please use `Type[]` instead of `[Type]`.", field.Type.Span);
                return;
            case FieldTypeForm.OptionalList:
                Say("Optional lists are not supported. Use either `Type[]` or `Type?`.", field.Type.Span);
                return;
        }

        if (field.Type is { IsUnsupported: true } type)
        {
            VisitString(type.Name.Span);
        }

        VisitAttributes(field.Attributes);
        if (field.Type is null)
        {
            var kind = block.Kind switch { BlockKind.CompositeType => "type", BlockKind.View => "view", _ => "model" };
            Say($"Error validating {kind} \"{block.Name.Text}\": This field declaration is invalid. It is either missing a name or a type.", field.Span);
            return;
        }

        if (block.Kind == BlockKind.CompositeType)
        {
            foreach (var attribute in field.Attributes.Where(a => a.Name.Text is "relation" or "unique" or "id"))
            {
                Invalid($"Defining `@{attribute.Name.Text}` attribute for a field in a composite type is not allowed.", field.Span);
            }
        }
    }

    private static string CompositeTypeAttribute(string name) => name switch
    {
        "map" => "The name of a composite type is not persisted in the database, therefore it does not need a mapped database name.",
        "unique" => "A unique constraint should be defined in the model containing the embed.",
        "index" => "An index should be defined in the model containing the embed.",
        "fulltext" => "A fulltext index should be defined in the model containing the embed.",
        "id" => "A composite type cannot define an id.",
        _ => "A composite type cannot have block-level attributes.",
    };

    private void VisitAttributes(ImmutableArray<AttributeSyntax> attributes)
    {
        foreach (var attribute in attributes)
        {
            VisitAttribute(attribute);
        }
    }

    private void VisitAttribute(AttributeSyntax attribute)
    {
        foreach (var argument in attribute.ArgumentsOrNone)
        {
            VisitExpression(argument.Value);
        }
    }

    // Recursion is bounded: the parser reads no deeper values.
    private void VisitExpression(ExpressionSyntax expression)
    {
        switch (expression)
        {
            case StringSyntax text:
                VisitString(text.Span);
                break;
            case ArraySyntax array:
                foreach (var element in array.Elements)
                {
                    VisitExpression(element);
                }

                break;
            case CallSyntax call:
                foreach (var argument in call.Arguments.Arguments)
                {
                    VisitExpression(argument.Value);
                }

                break;
            case ObjectSyntax { Members: var members }:
                foreach (var member in members)
                {
                    VisitExpression(member.Value);
                }

                break;
        }
    }

    private void VisitString(TextSpan span)
    {
        var content = new TextSpan(span.Start + 1, span.Length - 2);
        if (_source.Slice(content).Contains('\\'))
        {
            new StringEscapes(_source, content, Say).Resolve();
        }
    }

    private void Invalid(string message, TextSpan span) => Say($"Error validating: {message}", span);

    private void Say(string message, TextSpan span) =>
        _diagnostics.Add(new Diagnostic(DiagnosticSeverity.Error, PrismaError.Validation, message, _source.LocationOf(span)));
}
