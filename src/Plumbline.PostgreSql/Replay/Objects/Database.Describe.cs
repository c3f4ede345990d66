using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions;
using Plumbline.PostgreSql.Expressions.Printing;

namespace Plumbline.PostgreSql.Replay.Objects;

/// <content>How PostgreSQL's messages call objects (<c>getObjectDescription</c>).</content>
internal sealed partial class Database
{
    /// <summary>The object as messages call it: <c>table a</c>, <c>constraint k on table a</c>.</summary>
    public string Describe(ObjectAddress address)
    {
        if (address is { Object: RelationObject relation, Column: > 0 })
        {
            return $"column {relation.Column(address.Column).Name} of {DescribeRelation(relation)}";
        }

        return address.Object switch
        {
            RelationObject item => DescribeRelation(item),
            TypeObject item => $"type {FormatType(item.Oid)}",
            ConstraintObject { Row.Table: { } table } item => $"constraint {item.Name} on {DescribeRelation(table)}",
            ConstraintObject item => $"constraint {item.Name}",
            DefaultObject item => $"default value for {Describe(new ObjectAddress(item.Relation, item.Column))}",
            FunctionObject item => $"function {FormatFunction(item)}",
            TriggerObject item => $"trigger {item.Name} on {DescribeRelation(item.Table)}",
            PolicyObject item => $"policy {item.Name} on {DescribeRelation(item.Table)}",
            RuleObject item => $"rule {item.Name} on {DescribeRelation(item.Table)}",
            NamespaceObject item => $"schema {item.Name}",
            ExtensionObject item => $"extension {item.Name}",
            RoleObject item => $"role {item.Name}",
            PublicationObject item => $"publication {item.Name}",
            PlainObject item => $"{item.Kind} {item.Row.Name}",
            _ => "object",
        };
    }

    /// <summary>What a dependency refers to, as messages call it.</summary>
    public string DescribeReferenced(Dependency dependency)
    {
        if (dependency.Member is not { } member)
        {
            return Describe(dependency.Referenced);
        }

        return member.Kind switch
        {
            DependencyKind.Type => $"type {FormatType(member.Oid)}",
            DependencyKind.Function when GetFunction(member.Oid) is { } function => $"function {FormatFunction(function)}",
            DependencyKind.Operator when GetOperator(member.Oid) is { } op => $"operator {op.Name}({FormatOperand(op.LeftOid)},{FormatOperand(op.RightOid)})",
            DependencyKind.Relation or DependencyKind.Column when GetRelation(member.Oid) is { } relation =>
                $"{(relation.Kind == 'v' ? "view" : "table")} {FormatName(relation.Schema, relation.Name)}",
            _ => Builtins.FindOperatorClass(member.Oid) is { } operatorClass
                ? $"operator class {(IsOnPath(operatorClass.Schema) ? Quote(operatorClass.Name) : $"{Quote(operatorClass.Schema)}.{Quote(operatorClass.Name)}")} for access method {operatorClass.AccessMethod}"
                : Describe(dependency.Referenced),
        };
    }

    /// <summary>A relation as messages call it.</summary>
    public string DescribeRelation(RelationObject relation) => $"{KindName(relation.Kind)} {FormatName(relation)}";

    /// <summary>What messages call a kind of relation.</summary>
    public static string KindName(char kind) => kind switch
    {
        'r' or 'p' => "table",
        'i' or 'I' => "index",
        'S' => "sequence",
        'v' => "view",
        'm' => "materialized view",
        'c' => "composite type",
        'f' => "foreign table",
        't' => "toast table",
        _ => "relation",
    };

    /// <summary>A relation's name, with its schema where the search path does not find it.</summary>
    public string FormatName(RelationObject relation) =>
        IsVisible(relation) ? Quote(relation.Name) : $"{Quote(relation.Namespace.Name)}.{Quote(relation.Name)}";

    /// <summary>A type as <c>format_type</c> prints it.</summary>
    public string FormatType(uint oid, int modifier = TypeFormat.NotAsked) => TypeFormat.Format(this, oid, modifier);

    /// <summary>A function as <c>regprocedure</c> prints it.</summary>
    public string FormatFunction(FunctionObject function) => FormatFunction(function.View);

    /// <summary>A function as <c>regprocedure</c> prints it.</summary>
    public string FormatFunction(PgFunction function)
    {
        var name = IsFunctionVisible(function) ? Quote(function.Name) : $"{Quote(function.Schema)}.{Quote(function.Name)}";
        return $"{name}({string.Join(',', function.ArgumentTypes.Select(type => FormatType(type)))})";
    }

    /// <summary>Whether the search path finds this relation under its bare name.</summary>
    public bool IsVisible(RelationObject relation)
    {
        foreach (var schema in SearchPath)
        {
            if (schema == relation.Namespace.Name)
            {
                return true;
            }

            if (FindRelation(schema, relation.Name) is not null)
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>A name with quotes where it needs them (<c>quote_identifier</c>).</summary>
    public static string Quote(string name) => Identifiers.Quote(name);

    private bool IsFunctionVisible(PgFunction function)
    {
        foreach (var schema in SearchPath)
        {
            if (schema == function.Schema)
            {
                return true;
            }

            foreach (var other in FindFunctions(schema, function.Name))
            {
                if (other.ArgumentTypes.AsSpan().SequenceEqual(function.ArgumentTypes.AsSpan()))
                {
                    return false;
                }
            }
        }

        return false;
    }

    private bool IsOnPath(string schema) => SearchPath.Contains(schema);

    private string FormatName(string schema, string name) => IsOnPath(schema) ? Quote(name) : $"{Quote(schema)}.{Quote(name)}";

    private string FormatOperand(uint type) => type == 0 ? "NONE" : FormatType(type);
}
