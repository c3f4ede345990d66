using Plumbline.Prisma.Binding.Symbols;

namespace Plumbline.Prisma.Binding.Checks;

/// <summary>Checks of the scalar fields of a model or view.</summary>
internal static partial class FieldChecks
{
    /// <summary>Runs the checks.</summary>
    public static void Run(SchemaChecks checks, ConstraintNamespace names, Model model)
    {
        foreach (var field in model.ScalarFields)
        {
            CheckClientName(checks, names, field);
            if (checks.IsPostgreSql && field is { NativeType: { } native, Type: ScalarFieldType { Scalar: var scalar } })
            {
                NativeTypeChecks.Run(checks, field, native, scalar);
            }

            DefaultValueChecks.Run(checks, field);
            CheckUnsupported(checks, field);
        }
    }

    /// <summary>Checks that no key has the name of a field in the client.</summary>
    public static void CheckClientName(SchemaChecks checks, ConstraintNamespace names, Field field)
    {
        if (field.Container is not Model { IsView: false } model)
        {
            return;
        }

        if (names.IsUniqueNamed(model, field.Name))
        {
            Taken(checks, model, field, "@@unique");
        }

        if (model.PrimaryKey?.ClientName == field.Name)
        {
            Taken(checks, model, field, "@@id");
        }
    }

    private static void Taken(SchemaChecks checks, Model model, Field field, string attribute) => checks.ModelError(
        model,
        model.Syntax.Span,
        $"The custom name `{field.Name}` specified for the `{attribute}` attribute is already used as a name for a field. Please choose a different name.");

    private static void CheckUnsupported(SchemaChecks checks, Field field)
    {
        if (!checks.IsPostgreSql || field.Type is not UnsupportedFieldType { Name: var name })
            return;

        // Prisma's pattern: PREFIX, or PREFIX(PARAMETERS) with anything behind it, in one line.
        var line = name.EndsWith('\n') ? name[..^1] : name;
        var open = line.IndexOf('(', StringComparison.Ordinal);
        var close = open < 0 ? -1 : line.IndexOf(')', open);
        if (line.Length == 0 || open == 0 || line.Contains('\n', StringComparison.Ordinal))
            return;

        string[] arguments = close < 0 ? [] : [.. line[(open + 1)..close].Split(',').Select(a => a.Trim())];
        if (NativeTypes.Find((open < 0 ? line : line[..open]).Trim()) is not { } native || !native.AcceptsValues(arguments))
        {
            return;
        }

        var type = arguments.Length == 0 ? native.Name : $"{native.Name}({string.Join(", ", arguments)})";
        checks.Invalid(
            field.Source,
            field.Syntax.Span,
            $"The type `Unsupported(\"{name}\")` you specified in the type definition for the field `{field.Name}` is supported as a native type by Prisma. "
                + $"Please use the native type notation `{native.Scalar} @{checks.Datasource!.Name}.{type}` for full support.");
    }
}
