using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.PostgreSql.Sql.Parsing.Queries;
using Plumbline.PostgreSql.Sql.Parsing.Tables;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing.Objects;

/// <summary>Types and domains ("CREATE TYPE", "ALTER TYPE", "CREATE DOMAIN", "ALTER DOMAIN").</summary>
internal static class Types
{
    /// <summary>CREATE TYPE from TYPE on.</summary>
    public static SqlStatement Create(TokenReader r, int start)
    {
        r.Expect(K.Type);
        var name = Names.Qualified(r);
        if (r.At('('))
        {
            var definition = Definitions.Parse(r);
            return new CreateBaseTypeStatement(r.SpanFrom(start), name, definition);
        }

        if (!r.Accept(K.As))
        {
            return new CreateBaseTypeStatement(r.SpanFrom(start), name, null);
        }

        if (r.Accept(K.Enum))
        {
            r.Expect('(');
            ImmutableArray<ConstantExpr> labels = r.At(')') ? [] : Lists.Separated(r, Literals.String);
            r.Expect(')');
            return new CreateEnumStatement(r.SpanFrom(start), name, labels);
        }

        if (r.Accept(K.Range))
        {
            var definition = Definitions.Parse(r);
            return new CreateRangeTypeStatement(r.SpanFrom(start), name, definition);
        }

        r.Expect('(');
        ImmutableArray<FieldDefinition> fields = r.At(')') ? [] : Lists.Separated(r, FunctionItems.Field);
        r.Expect(')');
        return new CreateCompositeTypeStatement(r.SpanFrom(start), name, fields);
    }

    /// <summary>ALTER TYPE from TYPE on.</summary>
    public static SqlStatement Alter(TokenReader r, int start)
    {
        r.Expect(K.Type);
        var name = Names.Qualified(r);
        var target = new ObjectReference(name.Span, SqlObjectKind.Type, name) { Type = new SqlTypeName(name.Span, name) };
        switch (r.Current.Keyword)
        {
            case K.Add when r.Next.Keyword == K.Value:
                return AddValue(r, start, name);
            case K.Rename when r.Next.Keyword == K.Value:
                return RenameValue(r, start, name);
            case K.Rename when r.Next.Keyword == K.Attribute:
                return RenameAttribute(r, start, target);
            case K.Rename or K.Owner:
                return Alterations.RenameOrOwner(r, start, target);
            case K.Set when r.Next.Keyword == K.Schema:
                return Alterations.SetSchema(r, start, target);
            case K.Set:
                r.Advance();
                var options = Definitions.Parse(r);
                return new AlterDefinitionStatement(r.SpanFrom(start), target, options);
            default:
                var actions = Lists.Separated(r, Attribute);
                return new AlterTableStatement(r.SpanFrom(start), SqlObjectKind.Type, name, false, false, actions);
        }
    }

    /// <summary>CREATE DOMAIN from DOMAIN on.</summary>
    public static CreateDomainStatement CreateDomain(TokenReader r, int start)
    {
        r.Expect(K.Domain);
        var name = Names.Qualified(r);
        r.Accept(K.As);
        var type = TypeNames.Parse(r);
        var (constraints, collation) = Constraints.OfColumn(r);
        return new CreateDomainStatement(r.SpanFrom(start), name, type, collation, constraints);
    }

    /// <summary>ALTER DOMAIN from DOMAIN on.</summary>
    public static SqlStatement AlterDomain(TokenReader r, int start)
    {
        r.Expect(K.Domain);
        var name = Names.Qualified(r);
        var target = new ObjectReference(name.Span, SqlObjectKind.Domain, name) { Type = new SqlTypeName(name.Span, name) };
        if (r.AcceptPair(K.Rename, K.Constraint))
        {
            var oldName = Names.Column(r);
            r.Expect(K.To);
            var newName = Names.Column(r);
            return new RenameStatement(r.SpanFrom(start), target, SqlObjectKind.Constraint, oldName, newName, false);
        }

        return r.Current.Keyword switch
        {
            K.Rename or K.Owner => Alterations.RenameOrOwner(r, start, target),
            K.Set when r.Next.Keyword == K.Schema => Alterations.SetSchema(r, start, target),
            _ => DomainAction(r, start, name),
        };
    }

    private static AlterDomainStatement DomainAction(TokenReader r, int start, QualifiedName name)
    {
        var actionStart = r.Current.Start;
        AlterTableAction action;
        switch (r.Current.Keyword)
        {
            case K.Set:
                r.Advance();
                if (r.Accept(K.Not, K.Null))
                {
                    action = new SetNotNullAction(r.SpanFrom(actionStart), default, true);
                    break;
                }

                r.Expect(K.Default);
                var value = ExpressionParser.ParseInside(r);
                action = new SetDefaultAction(r.SpanFrom(actionStart), default, value);
                break;
            case K.Drop:
                r.Advance();
                action = Drop(r, actionStart);
                break;
            case K.Add:
                r.Advance();
                action = AddConstraint(r, actionStart);
                break;
            case K.Validate:
                r.Advance();
                r.Expect(K.Constraint);
                var constraint = Names.Column(r);
                action = new ValidateConstraintAction(r.SpanFrom(actionStart), constraint);
                break;
            default:
                throw r.Unexpected();
        }

        return new AlterDomainStatement(r.SpanFrom(start), name, action);
    }

    private static AlterTableAction Drop(TokenReader r, int start)
    {
        if (r.Accept(K.Default))
        {
            return new SetDefaultAction(r.SpanFrom(start), default, null);
        }

        if (r.Accept(K.Not, K.Null))
        {
            return new SetNotNullAction(r.SpanFrom(start), default, false);
        }

        r.Expect(K.Constraint);
        var ifExists = r.AcceptPair(K.If, K.Exists);
        var name = Names.Column(r);
        var isCascade = AlterTableActions.Behavior(r);
        return new DropConstraintAction(r.SpanFrom(start), name, ifExists, isCascade);
    }

    // Only CHECK and NOT NULL (PostgreSQL 18) are constraints of a domain.
    private static AddConstraintAction AddConstraint(TokenReader r, int start)
    {
        var constraintStart = r.Current.Start;
        Identifier? name = r.Accept(K.Constraint) ? Names.Column(r) : null;
        ConstraintDefinition constraint;
        if (r.Accept(K.Not, K.Null))
        {
            constraint = ConstraintAttributes.Parse(r, new NotNullDefinition(r.SpanFrom(constraintStart), name, null), "NOT NULL");
        }
        else
        {
            r.Expect(K.Check);
            r.Expect('(');
            var condition = ExpressionParser.ParseInside(r);
            r.Expect(')');
            constraint = ConstraintAttributes.Parse(r, new CheckDefinition(r.SpanFrom(constraintStart), name, condition), "CHECK");
        }

        return new AddConstraintAction(r.SpanFrom(start), constraint);
    }

    private static AlterEnumStatement AddValue(TokenReader r, int start, QualifiedName name)
    {
        r.Expect(K.Add, K.Value);
        var ifNotExists = r.Accept(K.If, K.Not, K.Exists);
        var value = Literals.String(r);
        ConstantExpr? neighbor = null;
        var isAfter = r.At(K.After);
        if (r.At(K.Before, K.After))
        {
            r.Advance();
            neighbor = Literals.String(r);
        }

        return new AlterEnumStatement(r.SpanFrom(start), name, null, value, ifNotExists, neighbor, isAfter);
    }

    private static AlterEnumStatement RenameValue(TokenReader r, int start, QualifiedName name)
    {
        r.Expect(K.Rename, K.Value);
        var oldValue = Literals.String(r);
        r.Expect(K.To);
        var newValue = Literals.String(r);
        return new AlterEnumStatement(r.SpanFrom(start), name, oldValue, newValue, false, null, false);
    }

    private static RenameStatement RenameAttribute(TokenReader r, int start, ObjectReference target)
    {
        r.Expect(K.Rename, K.Attribute);
        var oldName = Names.Column(r);
        r.Expect(K.To);
        var newName = Names.Column(r);
        var isCascade = AlterTableActions.Behavior(r);
        return new RenameStatement(r.SpanFrom(start), target, SqlObjectKind.Attribute, oldName, newName, false, isCascade);
    }

    private static AlterTableAction Attribute(TokenReader r)
    {
        var start = r.Current.Start;
        if (r.Accept(K.Add, K.Attribute))
        {
            var field = FunctionItems.Field(r);
            var isAddCascade = AlterTableActions.Behavior(r);
            var column = new ColumnDefinition(field.Span, field.Name, field.Type) { Collation = field.Collation };
            return new AddColumnAction(r.SpanFrom(start), column, false, isAddCascade);
        }

        if (r.Accept(K.Drop, K.Attribute))
        {
            var ifExists = r.AcceptPair(K.If, K.Exists);
            var name = Names.Column(r);
            var isDropCascade = AlterTableActions.Behavior(r);
            return new DropColumnAction(r.SpanFrom(start), name, ifExists, isDropCascade);
        }

        r.Expect(K.Alter, K.Attribute);
        var attribute = Names.Column(r);
        r.Accept(K.Set, K.Data);
        r.Expect(K.Type);
        var type = TypeNames.Parse(r);
        var collation = r.Accept(K.Collate) ? Names.Qualified(r) : null;
        var isCascade = AlterTableActions.Behavior(r);
        return new SetTypeAction(r.SpanFrom(start), attribute, type, collation, null, isCascade);
    }
}
