using System.Collections.Immutable;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Facts;

/// <summary>A name of the schema that PostgreSQL truncates.</summary>
/// <param name="Subject">What has it, under the name that the database keeps.</param>
/// <param name="Full">The name in the schema.</param>
/// <param name="Location">Where the schema declares it.</param>
internal sealed record TruncatedName(Subject Subject, string Full, SourceLocation Location);

/// <summary>
/// The tables, columns and enums of a schema whose names PostgreSQL truncates. Names of indexes and constraints are none of them: Prisma refuses a <c>map:</c> that is
/// too long, and shortens what it names itself.
/// </summary>
internal static class TruncatedNames
{
    /// <summary>Finds them, in the order of the schema.</summary>
    public static ImmutableArray<TruncatedName> Find(ProjectFacts project)
    {
        if (project.Schema is not { } schema)
            return [];

        var found = ImmutableArray.CreateBuilder<TruncatedName>();
        var tables = schema.Tables.Where(t => t.ModelName is not null).ToLookup(t => t.ModelName);
        foreach (var model in project.OwnModels.Where(m => !m.IsView))
        {
            if (tables[model.Name].FirstOrDefault() is not { } table)
                continue;

            if (table.Name.Name != model.DatabaseName)
                found.Add(new TruncatedName(new Subject(SubjectKind.Table, table.Name.Name, table.Name.Schema, table.Name.Name, model.Name), model.DatabaseName, model.Location));

            foreach (var field in model.ScalarFields)
            {
                if (table.Columns.FirstOrDefault(c => c.FieldName == field.Name) is { } column && column.Name != field.DatabaseName)
                    found.Add(new TruncatedName(new Subject(SubjectKind.Column, column.Name, table.Name.Schema, table.Name.Name, model.Name, field.Name), field.DatabaseName, field.Location));
            }
        }

        foreach (var type in project.Prisma!.Enums)
        {
            if (schema.Enums.FirstOrDefault(e => e.EnumName == type.Name) is { } known && known.Name.Name != type.DatabaseName)
                found.Add(new TruncatedName(new Subject(SubjectKind.Enum, known.Name.Name, known.Name.Schema, Model: type.Name), type.DatabaseName, type.Location));
        }

        return found.DrainToImmutable();
    }
}
