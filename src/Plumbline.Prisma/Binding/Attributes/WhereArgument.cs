using System.Collections.Immutable;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Prisma.Syntax;

namespace Plumbline.Prisma.Binding.Attributes;

/// <summary><c>where:</c> of an index: <c>raw("…")</c>, or an object of conditions on fields.</summary>
internal static class WhereArgument
{
    private const string NeedsString = "The `where` argument must be a raw() function with a string argument, e.g. `where: raw(\"status = 'active'\")`.";

    /// <summary>Takes the argument; null where there is none that can be used.</summary>
    public static IndexPredicate? Take(BindingContext context, Model model, AttributeArguments arguments)
    {
        var value = arguments.Take("where");
        switch (value)
        {
            case null:
                return null;
            case ObjectSyntax where:
                return ReadObject(model, arguments, where);
            case CallSyntax { Name.Text: "raw" } call:
                return ReadRaw(context, arguments, call);
            case not CallSyntax:
                Coerce.Mismatch<object>(context, arguments.Source, value, "function");
                break;
        }

        arguments.Error(
            "The `where` argument must be either a raw() function call or an object literal, e.g. `where: raw(\"status = 'active'\")` or `where: { active: true }`.");
        return null;
    }

    private static RawIndexPredicate? ReadRaw(BindingContext context, AttributeArguments arguments, CallSyntax call)
    {
        if (call.Arguments.Arguments is not [var first, ..] || Coerce.String(context, arguments.Source, first.Value) is not { } sql)
        {
            arguments.Error(NeedsString);
            return null;
        }

        if (sql.Length == 0)
        {
            arguments.Error("The `where` argument cannot contain an empty string.");
            return null;
        }

        return new RawIndexPredicate(sql);
    }

    private static ObjectIndexPredicate? ReadObject(Model model, AttributeArguments arguments, ObjectSyntax where)
    {
        if (where.Members.IsEmpty)
        {
            arguments.Error("The `where` argument cannot be an empty object.");
            return null;
        }

        var conditions = ImmutableArray.CreateBuilder<IndexCondition>();
        foreach (var member in where.Members)
        {
            if (ReadCondition(model, arguments, member) is not { } condition)
            {
                return null;
            }

            conditions.Add(condition);
        }

        return new ObjectIndexPredicate(conditions.DrainToImmutable());
    }

    private static IndexCondition? ReadCondition(Model model, AttributeArguments arguments, ObjectMemberSyntax member)
    {
        var name = member.Name.Text;
        if (model.FindField(name) is not { } field)
        {
            arguments.Error($"Field '{name}' does not exist in model '{model.Name}'.");
            return null;
        }

        if (field.Type is ModelFieldType or UnknownFieldType)
        {
            arguments.Error($"Field '{name}' is a relation field. Only scalar fields can be used in the where clause.");
            return null;
        }

        return ReadValue(arguments, field, member.Value, isNegated: false);
    }

    private static IndexCondition? ReadValue(AttributeArguments arguments, Field field, ExpressionSyntax value, bool isNegated)
    {
        switch (value)
        {
            case ConstantSyntax { Text: "null" }:
                return new IndexCondition(field, isNegated, value);
            case ConstantSyntax { Text: "true" or "false" }:
                return Fits(arguments, field, "Boolean", ScalarType.Boolean) ? new IndexCondition(field, isNegated, value) : null;
            case ConstantSyntax other:
                arguments.Error(
                    $"Invalid value '{other.Text}' in where clause. Expected true, false, null, a string, a number, or an object like {{ not: null }}.");
                return null;
            case StringSyntax:
                return Fits(arguments, field, "a String", ScalarType.String, ScalarType.DateTime) ? new IndexCondition(field, isNegated, value) : null;
            case NumberSyntax:
                return Fits(arguments, field, "a Number", ScalarType.Int, ScalarType.BigInt, ScalarType.Float, ScalarType.Decimal)
                    ? new IndexCondition(field, isNegated, value)
                    : null;
            case ObjectSyntax nested when !isNegated:
                return ReadNegation(arguments, field, nested);
            default:
                arguments.Error("Invalid value in where clause. Expected true, false, null, a string, a number, or an object like { not: null }.");
                return null;
        }
    }

    private static IndexCondition? ReadNegation(AttributeArguments arguments, Field field, ObjectSyntax nested)
    {
        if (nested.Members is not [var only])
        {
            arguments.Error("Nested object in where clause must have exactly one key. Use `{ not: null }` or `{ not: \"value\" }`.");
            return null;
        }

        if (only.Name.Text != "not")
        {
            arguments.Error($"Unknown key '{only.Name.Text}' in nested where clause object. Only 'not' is supported.");
            return null;
        }

        return ReadValue(arguments, field, only.Value, isNegated: true);
    }

    private static bool Fits(AttributeArguments arguments, Field field, string valueType, params ReadOnlySpan<ScalarType> accepted)
    {
        switch (field.Type)
        {
            case ScalarFieldType scalar when accepted.Contains(scalar.Scalar):
                return true;
            case ScalarFieldType scalar:
                arguments.Error($"Type mismatch: field '{field.Name}' is of type {scalar.Scalar}, but the value is {valueType}.");
                return false;
            case EnumFieldType when accepted.Contains(ScalarType.String):
                return true;
            case EnumFieldType:
                arguments.Error($"Type mismatch: field '{field.Name}' is an Enum and only accepts String values in the where clause.");
                return false;
            default:
                var type = field.Type is CompositeFieldType ? "a composite type" : "an unsupported type";
                arguments.Error($"Field '{field.Name}' is {type} and cannot be used in the object syntax of a where clause. Use raw() instead.");
                return false;
        }
    }
}
