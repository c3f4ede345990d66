using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Replay.Statements.Functions;
using Plumbline.PostgreSql.Replay.Statements.Tables;
using Plumbline.PostgreSql.Replay.Statements.Types;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Replay.Statements.Objects;

/// <summary>Finds the object that DROP, COMMENT, ALTER … RENAME and their kin name (<c>get_object_address</c>).</summary>
internal static class ObjectFinder
{
    // How many names are compared in the time that an object is looked at.
    private const int NamesOfStep = 4;

    /// <summary>The object; null where there is none and that is no error.</summary>
    /// <param name="execution">The session.</param>
    /// <param name="reference">What is named.</param>
    /// <param name="missingOk">Whether a missing object is no error.</param>
    public static ObjectAddress? Find(Execution execution, ObjectReference reference, bool missingOk)
    {
        var name = reference.Name?.Name ?? "";
        switch (reference.Kind)
        {
            case SqlObjectKind.Table or SqlObjectKind.View or SqlObjectKind.MaterializedView or SqlObjectKind.Index or SqlObjectKind.Sequence or SqlObjectKind.ForeignTable:
                return FindRelation(execution, reference, missingOk) is { } relation ? new ObjectAddress(relation) : null;
            case SqlObjectKind.Column:
                return FindColumn(execution, reference, missingOk);
            case SqlObjectKind.Type or SqlObjectKind.Domain:
                return FindType(execution, reference, missingOk);
            case SqlObjectKind.Constraint:
                return Member(execution, reference, missingOk, table => table.FindConstraint(name), table => $"constraint \"{name}\" for table \"{table.Name}\" does not exist");
            case SqlObjectKind.Trigger:
                return Member(execution, reference, missingOk, table => table.Triggers.Items.FirstOrDefault(t => t.Name == name), table => $"trigger \"{name}\" for table \"{table.Name}\" does not exist");
            case SqlObjectKind.Policy:
                return Member(execution, reference, missingOk, table => table.Policies.Items.FirstOrDefault(p => p.Name == name), table => $"policy \"{name}\" for table \"{table.Name}\" does not exist");
            case SqlObjectKind.Rule:
                return Member(execution, reference, missingOk, table => table.Rules.Items.FirstOrDefault(r => r.Name == name), table => $"rule \"{name}\" for relation \"{table.Name}\" does not exist");
            case SqlObjectKind.DomainConstraint:
                return FindDomainConstraint(execution, reference, missingOk);
            case SqlObjectKind.Function or SqlObjectKind.Procedure or SqlObjectKind.Routine or SqlObjectKind.Aggregate:
                return FunctionFinder.Find(execution, reference, missingOk) is { } function ? new ObjectAddress(function) : null;
            case SqlObjectKind.Schema:
                return Global(execution.Database.FindNamespace(name), "3F000", $"schema \"{name}\" does not exist", missingOk);
            case SqlObjectKind.Extension:
                return Global(execution.Database.FindExtension(name), "42704", $"extension \"{name}\" does not exist", missingOk);
            case SqlObjectKind.Role:
                return Global(execution.Database.FindRole(name), "42704", $"role \"{name}\" does not exist", missingOk);
            case SqlObjectKind.Publication:
                return Global(execution.Database.FindPublication(name), "42704", $"publication \"{name}\" does not exist", missingOk);
            default:
                return FindOther(execution, reference, missingOk);
        }
    }

    /// <summary>What messages call the kinds of which only existence counts.</summary>
    public static string OtherName(SqlObjectKind kind) => kind switch
    {
        SqlObjectKind.Server => "server",
        SqlObjectKind.ForeignDataWrapper => "foreign-data wrapper",
        SqlObjectKind.EventTrigger => "event trigger",
        SqlObjectKind.TextSearchConfiguration => "text search configuration",
        SqlObjectKind.TextSearchDictionary => "text search dictionary",
        SqlObjectKind.TextSearchParser => "text search parser",
        SqlObjectKind.TextSearchTemplate => "text search template",
        SqlObjectKind.Statistics => "statistics object",
        SqlObjectKind.OperatorClass => "operator class",
        SqlObjectKind.OperatorFamily => "operator family",
        SqlObjectKind.AccessMethod => "access method",
        SqlObjectKind.UserMapping => "user mapping",
        _ => PascalCase.Separate(kind.ToString(), ' '),
    };

    private static ObjectAddress? Global(CatalogObject? found, string state, string message, bool missingOk) =>
        found is not null ? new ObjectAddress(found) : missingOk ? null : throw new RefusedException(state, message);

    private static RelationObject? FindRelation(Execution execution, ObjectReference reference, bool missingOk)
    {
        var relation = execution.TryRelation(reference.Name!, missingOk);
        if (relation is null)
        {
            return missingOk ? null : throw execution.MissingRelation(reference.Name!);
        }

        var (fits, kind) = reference.Kind switch
        {
            SqlObjectKind.Table => (relation.IsTable, "a table"),
            SqlObjectKind.View => (relation.Kind == 'v', "a view"),
            SqlObjectKind.MaterializedView => (relation.Kind == 'm', "a materialized view"),
            SqlObjectKind.Index => (relation.IsIndex, "an index"),
            SqlObjectKind.Sequence => (relation.Kind == 'S', "a sequence"),
            _ => (relation.Kind == 'f', "a foreign table"),
        };
        return fits ? relation : throw new RefusedException("42809", $"\"{relation.Name}\" is not {kind}");
    }

    private static ObjectAddress? FindColumn(Execution execution, ObjectReference reference, bool missingOk)
    {
        var name = reference.Name!;
        if (name.Parts.Length == 1)
        {
            throw new RefusedException("42601", "column name must be qualified");
        }

        var relation = execution.TryRelation(new QualifiedName(name.Span, name.Parts[..^1]), missingOk);
        if (relation is null)
        {
            return missingOk ? null : throw execution.MissingRelation(new QualifiedName(name.Span, name.Parts[..^1]));
        }

        if (relation.IsIndex && relation.Row.Index!.Keys.Any(k => k.Name == name.Name))
        {
            throw Comments.NotOn(relation);
        }

        if (relation.FindColumn(name.Name) is { } column)
        {
            return new ObjectAddress(relation, column.Number);
        }

        return missingOk ? null : throw new RefusedException("42703", $"column \"{name.Name}\" of relation \"{string.Join('.', name.Parts[..^1])}\" does not exist");
    }

    private static ObjectAddress? FindType(Execution execution, ObjectReference reference, bool missingOk)
    {
        var written = reference.Type?.Name ?? reference.Name!;
        var found = execution.Binder.FindType(written);
        if (found is null)
        {
            if (missingOk)
            {
                return null;
            }

            throw written.Schema is { } schema && !execution.Database.HasSchema(schema)
                ? new RefusedException("3F000", $"schema \"{schema}\" does not exist")
                : new RefusedException("42704", $"type \"{written}\" does not exist");
        }

        if (reference.Type?.IsArray == true && execution.Database.GetType(found.ArrayOid) is { } array)
        {
            found = array;
        }

        if (reference.Kind == SqlObjectKind.Domain && found.Kind != PgTypeKind.Domain)
        {
            throw new RefusedException("42809", $"\"{written}\" is not a domain");
        }

        return execution.Database.FindObject(found.Oid) is { } type
            ? new ObjectAddress(type)
            : found.Oid >= BuiltinCatalog.FirstExtensionOid
                ? throw OfExtension(execution, found.Oid, $"type {execution.Database.FormatType(found.Oid)}")
                : throw new RefusedException("2BP01", $"cannot drop type {execution.Database.FormatType(found.Oid)} because it is required by the database system");
    }

    /// <summary>That an object belongs to an extension and cannot be dropped alone.</summary>
    public static RefusedException OfExtension(Execution execution, uint oid, string description)
    {
        var extension = execution.Database.OwningExtension(oid)?.Name ?? "?";
        return new RefusedException(new SqlError("2BP01", $"cannot drop {description} because extension {extension} requires it") { Hint = $"You can drop extension {extension} instead." });
    }

    private static ObjectAddress? Member(Execution execution, ObjectReference reference, bool missingOk, Func<RelationObject, CatalogObject?> find, Func<RelationObject, string> missing)
    {
        var table = execution.TryRelation(reference.On!, missingOk);
        if (table is null)
        {
            return missingOk ? null : throw execution.MissingRelation(reference.On!);
        }

        Relations.Open(table);
        execution.Budget.UseSteps((table.Triggers.Items.Length + table.Policies.Items.Length + table.Rules.Items.Length) / NamesOfStep);
        return find(table) is { } found ? new ObjectAddress(found) : missingOk ? null : throw new RefusedException("42704", missing(table));
    }

    private static ObjectAddress? FindDomainConstraint(Execution execution, ObjectReference reference, bool missingOk)
    {
        var domain = CreateType.Find(execution, reference.Type!.Name);
        var constraint = domain.Constraints.Items.FirstOrDefault(c => c.Name == reference.Name!.Name);
        return constraint is not null ? new ObjectAddress(constraint)
            : missingOk ? null : throw new RefusedException("42704", $"constraint \"{reference.Name!.Name}\" for domain {execution.Database.FormatType(domain.Oid)} does not exist");
    }

    private static ObjectAddress? FindOther(Execution execution, ObjectReference reference, bool missingOk)
    {
        if (reference.Name is not { } name)
        {
            throw new CannotKnowException($"A {OtherName(reference.Kind)} is nothing that the replay follows.");
        }

        var kind = OtherName(reference.Kind);
        var schemas = name.Schema is { } schema ? [execution.Namespace(schema)] : execution.Database.SearchPath.Select(s => execution.Database.FindNamespace(s)).Prepend(null);
        foreach (var candidate in schemas)
        {
            if (execution.Database.FindOther(kind, candidate, name.Name) is { } found)
            {
                return new ObjectAddress(found);
            }
        }

        if (missingOk)
        {
            return null;
        }

        throw reference.Kind is SqlObjectKind.Server or SqlObjectKind.ForeignDataWrapper or SqlObjectKind.EventTrigger or SqlObjectKind.Statistics or SqlObjectKind.TextSearchConfiguration
            or SqlObjectKind.TextSearchDictionary or SqlObjectKind.Subscription
            ? new RefusedException("42704", $"{kind} \"{name}\" does not exist")
            : new CannotKnowException($"A {kind} is nothing that the replay follows.");
    }
}
