using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions;
using Plumbline.PostgreSql.Expressions.Analysis;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Ast.Tables;

namespace Plumbline.PostgreSql.Replay.Statements.Types;

/// <summary>CREATE DOMAIN and ALTER DOMAIN. PostgreSQL documentation, "CREATE DOMAIN".</summary>
internal static class Domains
{
    /// <summary>CREATE DOMAIN (<c>DefineDomain</c>).</summary>
    public static void Run(Execution execution, CreateDomainStatement statement)
    {
        var database = execution.Database;
        var (schema, name) = CreateType.Place(execution, statement.Name);
        CreateType.CheckName(execution, schema, name);
        var type = execution.Binder.Type(statement.Type);
        var pgType = database.GetType(type.Oid);
        if (pgType?.Kind == PgTypeKind.Pseudo)
        {
            throw new RefusedException("42804", $"\"{statement.Type.Name.Name}\" is not a valid base type for a domain", statement.Type.Span.Start);
        }

        var collation = pgType?.CollationOid ?? 0;
        if (statement.Collation is { } written)
        {
            var found = execution.Binder.Collation(written).Oid;
            collation = collation == 0 ? throw new RefusedException("42804", $"collations are not supported by type {database.FormatType(type.Oid)}", written.Span.Start) : found;
        }

        BoundExpression? value = null;
        var notNull = false;
        var nullDefined = false;
        foreach (var constraint in statement.Constraints)
        {
            switch (constraint)
            {
                case DefaultDefinition definition:
                    if (value is not null)
                    {
                        throw new RefusedException("42601", "multiple default expressions");
                    }

                    value = execution.Binder.DomainDefault(definition.Value, name, type.Oid, type.Modifier);
                    break;
                case NotNullDefinition or NullDefinition:
                    if (nullDefined)
                    {
                        throw new RefusedException("42601", "conflicting NULL/NOT NULL constraints");
                    }

                    nullDefined = true;
                    notNull = constraint is NotNullDefinition;
                    break;
                case KeyDefinition key:
                    throw new RefusedException("42601", key.IsPrimary ? "primary key constraints not possible for domains" : "unique constraints not possible for domains");
                case ForeignKeyDefinition:
                    throw new RefusedException("42601", "foreign key constraints not possible for domains");
                case ExclusionDefinition:
                    throw new RefusedException("42601", "exclusion constraints not possible for domains");
            }
        }

        if (value is null && database.FindObject(type.Oid) is TypeObject { Row.Default: BoundExpression inherited })
        {
            // A domain over a domain takes its default over, and keeps it.
            value = inherited;
        }

        // The checks do not see the domain that they are of.
        foreach (var constraint in statement.Constraints)
        {
            if (constraint is CheckDefinition early)
            {
                Check(execution, early, type.Oid, type.Modifier);
            }
        }

        var domain = CreateType.Create(execution, schema, name, PgTypeKind.Domain, row => row with
        {
            BaseOid = type.Oid,
            BaseModifier = type.Modifier,
            IsNotNull = notNull,
            // NULL says no more than no default does.
            Default = value is { IsNull: false } ? value : null,
            CollationOid = collation,
        });
        database.DependOnType(new ObjectAddress(domain), type.Oid);
        database.DependOn(new ObjectAddress(domain), value, DependencyType.Normal);
        foreach (var constraint in statement.Constraints)
        {
            if (constraint is CheckDefinition check)
            {
                AddCheck(execution, domain, check);
            }
        }
    }

    /// <summary>ALTER DOMAIN.</summary>
    public static void Run(Execution execution, AlterDomainStatement statement)
    {
        var database = execution.Database;
        var domain = CreateType.Find(execution, statement.Name);
        if (domain.Kind != PgTypeKind.Domain)
        {
            throw new RefusedException("42809", $"{database.FormatType(domain.Oid)} is not a domain");
        }

        switch (statement.Action)
        {
            case SetDefaultAction { Value: { } written }:
                var value = execution.Binder.DomainDefault(written, domain.Name, domain.Row.BaseOid, domain.Row.BaseModifier);
                domain.Row = domain.Row with { Default = value.IsNull ? null : value };
                database.DependOn(new ObjectAddress(domain), value, DependencyType.Normal);
                break;
            case SetDefaultAction:
                domain.Row = domain.Row with { Default = null };
                break;
            case SetNotNullAction notNull:
                if (notNull.IsNotNull && !domain.Row.IsNotNull)
                {
                    RowTypes.RefuseStoredInside(database, domain);
                }

                domain.Row = domain.Row with { IsNotNull = notNull.IsNotNull };
                break;
            case AddConstraintAction { Constraint: CheckDefinition check }:
                AddCheck(execution, domain, check);
                if (!check.IsNotValid)
                {
                    RowTypes.RefuseStoredInside(database, domain);
                }

                break;
            case AddConstraintAction { Constraint: NotNullDefinition }:
                domain.Row = domain.Row with { IsNotNull = true };
                break;
            case DropConstraintAction drop:
                Drop(execution, domain, drop, statement.Name);
                break;
            case ValidateConstraintAction validate:
                var found = domain.Constraints.Items.FirstOrDefault(c => c.Name == validate.Constraint.Name)
                    ?? throw new RefusedException("42704", $"constraint \"{validate.Constraint.Name}\" of domain \"{statement.Name}\" does not exist");
                if (!found.Row.IsValidated)
                {
                    RowTypes.RefuseStoredInside(database, domain);
                }

                found.Row = found.Row with { IsValidated = true };
                break;
        }
    }

    private static void Drop(Execution execution, TypeObject domain, DropConstraintAction drop, QualifiedName name)
    {
        var constraint = domain.Constraints.Items.FirstOrDefault(c => c.Name == drop.Constraint.Name);
        if (constraint is not null)
        {
            execution.Drop([new ObjectAddress(constraint)], drop.IsCascade);
            domain.MarkChanged();
        }
        else if (!drop.IfExists)
        {
            throw new RefusedException("42704", $"constraint \"{drop.Constraint.Name}\" of domain \"{name}\" does not exist");
        }
    }

    // domainAddConstraint
    private static void AddCheck(Execution execution, TypeObject domain, CheckDefinition check)
    {
        var database = execution.Database;
        string name;
        if (check.Name is { } given)
        {
            name = given.Name;
            if (domain.Constraints.Items.Any(c => c.Name == name))
            {
                throw new RefusedException("42710", $"constraint \"{name}\" for domain \"{domain.Name}\" already exists");
            }
        }
        else
        {
            name = ImplicitNames.ForConstraint(database, domain.Namespace, domain.Name, null, "check", []);
        }

        var expression = Check(execution, check, domain.Row.BaseOid, domain.Row.BaseModifier);
        var constraint = new ConstraintObject(database, database.NextOid(), new ConstraintRow(name, ConstraintKind.Check) { Domain = domain, Expression = expression, IsValidated = !check.IsNotValid });
        database.Add(constraint);
        database.Depend(new ObjectAddress(constraint), new ObjectAddress(domain), DependencyType.Auto);
        database.DependOn(new ObjectAddress(constraint), expression, DependencyType.Normal);
    }

    private static BoundExpression Check(Execution execution, CheckDefinition check, uint type, int modifier)
    {
        var (baseType, baseModifier) = new TypeSystem(execution.Database).BaseType(type, modifier);
        return execution.Binder.DomainCheck(check.Condition, type == 0 ? 0 : baseType, baseModifier);
    }
}
