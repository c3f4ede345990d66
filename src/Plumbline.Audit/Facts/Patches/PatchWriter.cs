using System.Collections.Immutable;
using Plumbline.PostgreSql.Writing.Dependencies;
using Plumbline.Prisma.Binding;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Prisma.Syntax;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Facts.Patches;

/// <summary>The edits of a Prisma schema that make it say what the migrations make: the other way to settle a difference.</summary>
/// <param name="schema">The schema.</param>
/// <param name="comparison">From the migrations to the schema.</param>
internal sealed class PatchWriter(PrismaSchema schema, SchemaComparison comparison)
{
    private readonly Lazy<RowTypes> _rowTypes = new(() => new RowTypes(comparison.From));
    private readonly Dictionary<string, Model> _models = schema.Models.DistinctBy(m => m.Name, StringComparer.Ordinal).ToDictionary(m => m.Name, StringComparer.Ordinal);
    private readonly PrintedParts _parts = new(schema, comparison.To, comparison.From);

    /// <summary>Whether a change can be settled by an edit of the schema.</summary>
    public static bool CanSettle(SchemaChange change) => change switch
    {
        { Kind: ChangeKind.DropTable, FromObject: Table } => true,
        { Kind: ChangeKind.DropColumn, FromObject: Column } => true,
        { Kind: ChangeKind.DropIndex or ChangeKind.DropUnique, FromObject: Index or KeyConstraint } => true,
        { Kind: ChangeKind.DropForeignKey, FromObject: ForeignKey, ToParent: Table } => true,
        { Kind: ChangeKind.DropEnum, FromObject: EnumType } => true,
        { Kind: ChangeKind.DropEnumValue, FromObject: EnumValue } => true,
        { Kind: ChangeKind.AlterColumnType or ChangeKind.AlterColumnGenerated, FromObject: Column, ToObject: Column } => true,
        { Kind: ChangeKind.AlterIndex or ChangeKind.AlterUnique, FromObject: Index or KeyConstraint, ToObject: Index } => true,
        _ => false,
    };

    /// <summary>The edits for some changes together; null where one of them has none, or Prisma has no words for it.</summary>
    public ImmutableArray<PatchEdit>? Write(IReadOnlyCollection<SchemaChange> changes)
    {
        var edits = new List<PatchEdit>();
        var names = new HashSet<(Model Model, string Field)>();
        if (!changes.All(CanSettle) || !WriteTables(changes, edits, names))
            return null;

        // How many foreign keys are added between two tables.
        var siblings = changes.Where(c => c is { FromObject: ForeignKey, FromParent: not null })
            .CountBy(c => (c.FromParent!.Name, ((ForeignKey)c.FromObject!).ReferencedTable)).ToDictionary();
        var alone = changes.Where(c => c.Kind is not (ChangeKind.DropTable or ChangeKind.DropEnum));
        foreach (var change in alone)
        {
            ImmutableArray<PatchEdit> own = change.FromObject is ForeignKey ? RelationOf(change, siblings, names) : EditOf(change) is { } edit ? [edit] : [];
            if (own.IsEmpty)
                return null;

            edits.AddRange(own);
        }

        return [.. edits];
    }

    // Tables refer to each other, and columns to enums: these are printed together, each once.
    private bool WriteTables(IReadOnlyCollection<SchemaChange> changes, List<PatchEdit> edits, HashSet<(Model Model, string Field)> taken)
    {
        // A table whose row type functions use is no table to query.
        List<Table> tables = [.. changes.Where(c => c.Kind == ChangeKind.DropTable).Select(c => (Table)c.FromObject!)
            .Select(t => _rowTypes.Value.UsersOf(t.Name).IsEmpty ? t : t with { IsIgnored = true })];
        if (!WriteEnums(changes, tables, edits))
            return false;

        var printed = tables.Count == 0 ? null : _parts.Print(tables);
        var models = printed?.Models.DistinctBy(NameOf).ToDictionary(NameOf);
        foreach (var table in tables)
        {
            if (!models!.TryGetValue(table.Name, out var model))
                return false;

            edits.Add(new AddedBlock(_parts.Block(model, table.Name)));
        }

        var names = tables.Select(t => t.Name).ToHashSet();
        foreach (var model in printed?.Models ?? [])
        {
            if (names.Contains(NameOf(model)))
                continue;

            // The other side of each relation.
            if (!_models.TryGetValue(model.Name, out var known))
                return false;

            foreach (var field in model.RelationFields)
                edits.Add(new AddedLine(known, Free(known, field, taken)));
        }

        return true;
    }

    private static ObjectName NameOf(Model model) => new(model.SchemaName ?? "public", model.DatabaseName);

    private bool WriteEnums(IReadOnlyCollection<SchemaChange> changes, List<Table> tables, List<PatchEdit> edits)
    {
        var columns = changes.Where(c => c is { Kind: ChangeKind.DropColumn, FromParent: Table }).Select(c => (Table)c.FromParent! with { Columns = [(Column)c.FromObject!] });
        var dropped = changes.Where(c => c.Kind == ChangeKind.DropEnum).Select(c => (EnumType)c.FromObject!);
        foreach (var type in dropped.Concat(_parts.MissingEnums([.. tables, .. columns])).DistinctBy(e => e.Name))
        {
            if (_parts.Enum(type) is not { } block)
                return false;

            edits.Add(new AddedBlock(block));
        }

        return true;
    }

    // The relation fields of both models. Where the two have another relation, the new one needs a name.
    private ImmutableArray<PatchEdit> RelationOf(SchemaChange change, Dictionary<(ObjectName Table, ObjectName Referenced), int> siblings, HashSet<(Model Model, string Field)> taken)
    {
        if (schema.RelationMode == RelationMode.Prisma || change is not { FromObject: ForeignKey key, ToParent: Table known } || _parts.Known(key.ReferencedTable) is not { } other ||
            ModelOf(known) is not { } model || ModelOf(other) is not { } referenced)
        {
            return [];
        }

        var field = key.Columns is [var column] && known.FindColumn(column)?.FieldName is { } scalar ? WithoutId(scalar) : null;
        var printed = _parts.Print([known with { ForeignKeys = [key with { FieldName = field }] }]);
        if (printed.Models.FirstOrDefault(m => m.Name == model.Name)?.RelationFields.FirstOrDefault(f => f.Relation?.FieldA == f) is not { } forward ||
            printed.Models.FirstOrDefault(m => m.Name == referenced.Name)?.RelationFields.FirstOrDefault(f => f != forward) is not { } back)
        {
            return [];
        }

        var isNamed = model == referenced || model.RelationFields.Any(f => f.Relation is { } r && (r.ModelA == referenced || r.ModelB == referenced)) ||
            siblings.GetValueOrDefault((change.FromParent!.Name, key.ReferencedTable)) > 1;
        var name = isNamed ? $"{model.Name}_{forward.Name}" : null;
        return [new AddedLine(model, Ignored(Related(Free(model, forward, taken), name))), new AddedLine(referenced, Ignored(Related(Free(referenced, back, taken), name)))];
    }

    // A relation that nobody has used so far stays out of the client.
    private static string Ignored(string line) => line.Contains(" @ignore", StringComparison.Ordinal) ? line : line + " @ignore";

    private Model? ModelOf(Table table) => table.ModelName is { } name ? _models.GetValueOrDefault(name) : null;

    // A relation field as a line, with the name of the relation in place of the one that was printed.
    private static string Related(string line, string? name)
    {
        const string Attribute = "@relation(";
        if (name is null)
            return line;

        var start = line.IndexOf(Attribute, StringComparison.Ordinal);
        if (start < 0)
        {
            var ignore = line.IndexOf(" @ignore", StringComparison.Ordinal);
            return line.Insert(ignore < 0 ? line.Length : ignore, $" {Attribute}\"{name}\")");
        }

        var arguments = line[(start + Attribute.Length)..];
        if (arguments[0] == '"')
            arguments = arguments[(arguments.IndexOf('"', 1) + 1)..];
        else
            arguments = ", " + arguments;

        return $"{line[..start]}{Attribute}\"{name}\"{arguments}";
    }

    // userId and user_id are the columns of the relation user.
    private static string? WithoutId(string field) =>
        field.Length > 2 && field.EndsWith("Id", StringComparison.Ordinal) ? field[..^2]
        : field.Length > 3 && field.EndsWith("_id", StringComparison.Ordinal) ? field[..^3]
        : null;

    private string Free(Model model, Field field, HashSet<(Model Model, string Field)> taken)
    {
        var line = _parts.Line(field);
        var name = field.Name;
        while (model.FindField(name) is not null || !taken.Add((model, name)))
            name += "_" + field.Syntax.Type!.Name.Text;

        return name + line[field.Name.Length..];
    }

    private PatchEdit? EditOf(SchemaChange change) => change switch
    {
        { FromObject: EnumValue value, FromParent: EnumType type, ToParent: EnumType known } =>
            schema.Enums.FirstOrDefault(e => e.Name == known.EnumName) is { } block && PrintedParts.Value(value, type) is { } line ? new AddedLine(block, line) : null,
        { FromParent: Table table, ToParent: Table known } when ModelOf(known) is { } model =>
            EditOf(change, table, known, model),
        _ => null,
    };

    private PatchEdit? EditOf(SchemaChange change, Table table, Table known, Model model)
    {
        switch (change)
        {
            case { Kind: ChangeKind.DropColumn, FromObject: Column column }:
                return Field(table, known, column) is { } field ? new AddedLine(model, _parts.Line(field)) : null;
            case { Kind: ChangeKind.AlterColumnType, FromObject: Column from, ToObject: Column to }:
                return Field(table, known, @from with { Name = to.Name }) is { } printed ? TypeEdit(model, printed) : null;
            case { Kind: ChangeKind.AlterColumnGenerated, FromObject: Column { Generated: not null } from, ToObject: Column to }:
                return Field(table, known, @from with { Name = to.Name }) is { } generated ? DefaultEdit(model, generated) : null;
            case { FromObject: Index or KeyConstraint, ToObject: null }:
                return IndexLine(change, table, known) is { } added ? new AddedLine(model, added) : null;
            case { FromObject: Index or KeyConstraint, ToObject: Index to }:
                return IndexLine(change, table, known) is { } line && model.Indexes.FirstOrDefault(i => i.DatabaseName == to.Name) is { SourceField: null } index
                    ? new ReplacedPart(model, Trimmed(model.Source, index.Syntax.Span), line)
                    : null;
            default:
                return null;
        }
    }

    private Field? Field(Table table, Table known, Column column) =>
        _parts.Print([PrintedParts.Named(table, known, column)]).Models is [var model] ? model.Fields.FirstOrDefault(f => f.DatabaseName == column.Name) : null;

    // Another native type of the same Prisma type: the client reads and writes the field as before.
    private ReplacedPart? TypeEdit(Model model, Field printed)
    {
        if (model.Fields.FirstOrDefault(f => f.DatabaseName == printed.DatabaseName) is not { Syntax: { Type: { } type } syntax } field || printed.Syntax.Type is not { } wanted ||
            (type.Name.Text, type.Form, type.IsUnsupported) != (wanted.Name.Text, wanted.Form, false))
        {
            return null;
        }

        var prefix = $"{schema.Datasource?.Name ?? "db"}.";
        var native = printed.Syntax.Attributes.FirstOrDefault(a => a.Name.Text.StartsWith("db.", StringComparison.Ordinal)) is { } attribute
            ? $" @{prefix}{printed.Source.Slice(attribute.Span).Trim().ToString()["@db.".Length..]}"
            : "";
        return WithAttribute(model, field, syntax.Attributes.FirstOrDefault(a => a.Name.Text.StartsWith(prefix, StringComparison.Ordinal)), native);
    }

    // To Prisma, the expression of a generated column is its default.
    private static ReplacedPart? DefaultEdit(Model model, Field printed) =>
        model.Fields.FirstOrDefault(f => f.DatabaseName == printed.DatabaseName) is { Syntax.Type: not null } field &&
        printed.Syntax.Attributes.FirstOrDefault(a => a.Name.Text == "default") is { } wanted
            ? WithAttribute(model, field, field.Syntax.Attributes.FirstOrDefault(a => a.Name.Text == "default"), $" {printed.Source.Slice(wanted.Span).Trim()}")
            : null;

    // The field with an attribute in the place of one that it has, or behind all of them.
    private static ReplacedPart WithAttribute(Model model, Field field, AttributeSyntax? old, string attribute)
    {
        var (text, syntax) = (field.Source.Text, field.Syntax);
        var line = Trimmed(field.Source, syntax.Span);
        var place = old is not null
            ? TextSpan.FromBounds(text.AsSpan(0, old.Span.Start).TrimEnd().Length, Trimmed(field.Source, old.Span).End)
            : new TextSpan(Trimmed(field.Source, syntax.Attributes.IsEmpty ? syntax.Type!.Span : syntax.Attributes[^1].Span).End, 0);
        return new ReplacedPart(model, line, string.Concat(text.AsSpan(line.Start, place.Start - line.Start), attribute, text.AsSpan(place.End, line.End - place.End)));
    }

    private string? IndexLine(SchemaChange change, Table table, Table known)
    {
        var named = PrintedParts.Named(table, known, table.Columns);
        named = change.FromObject is KeyConstraint key ? named with { UniqueConstraints = [key] } : named with { Indexes = [(Index)change.FromObject!] };
        if (_parts.Print([named]).Models is not [{ Indexes: [var printed] } model])
            return null;

        var attribute = model.Source.Slice(printed.Syntax.Span).Trim().ToString();
        if (printed.SourceField is not { } field)
            return attribute;

        // Of one column it is @unique of the field: the block can say it as well, and the line stands by itself.
        var arguments = printed.Syntax.ArgumentsOrNone;
        return arguments.Any(a => a.Name?.Text == "sort")
            ? null
            : $"@@unique([{string.Join(", ", arguments.Select(a => model.Source.Slice(a.Span).ToString()).Prepend(field.Name + "]"))})";
    }

    private static TextSpan Trimmed(SourceText source, TextSpan span) => span with { Length = source.Slice(span).TrimEnd().Length };
}
