using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.PostgreSql.Sql.Parsing.Objects;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing.Tables;

/// <summary>Constraints of columns and tables ("CREATE TABLE", table_constraint and column_constraint).</summary>
internal static class Constraints
{
    /// <summary>Whether a constraint of a table begins here.</summary>
    public static bool IsTableConstraint(TokenReader r) => r.Current.Keyword switch
    {
        K.Constraint or K.Check or K.Unique or K.Primary or K.Foreign or K.Not => true,
        // An unreserved word, which may be the name of a column.
        K.Exclude => r.Next.Symbol == '(' || r.Next.Keyword == K.Using,
        _ => false,
    };

    /// <summary>A constraint of a table.</summary>
    public static ConstraintDefinition OfTable(TokenReader r)
    {
        var start = r.Current.Start;
        Identifier? name = r.Accept(K.Constraint) ? Names.Column(r) : null;
        switch (r.Current.Keyword)
        {
            case K.Check:
                r.Advance();
                var condition = InParentheses(r);
                return ConstraintAttributes.Parse(r, new CheckDefinition(r.SpanFrom(start), name, condition), "CHECK");
            case K.Not:
                r.Advance();
                r.Expect(K.Null);
                var column = Names.Column(r);
                return ConstraintAttributes.Parse(r, new NotNullDefinition(r.SpanFrom(start), name, column), "NOT NULL");
            case K.Unique:
                r.Advance();
                return Key(r, start, name, isPrimary: false);
            case K.Primary:
                r.Advance();
                r.Expect(K.Key);
                return Key(r, start, name, isPrimary: true);
            case K.Exclude:
                return Exclusion(r, start, name);
            case K.Foreign:
                return ForeignKeys.OfTable(r, start, name);
            default:
                throw r.Unexpected();
        }
    }

    /// <summary>The constraints of a column, with its collation among them.</summary>
    public static (ImmutableArray<ConstraintDefinition> Constraints, QualifiedName? Collation) OfColumn(TokenReader r)
    {
        var constraints = ImmutableArray.CreateBuilder<ConstraintDefinition>();
        QualifiedName? collation = null;
        while (true)
        {
            var start = r.Current.Start;
            if (r.Accept(K.Collate))
            {
                var second = Names.Qualified(r);
                collation = collation is null ? second : throw TokenReader.Error("multiple COLLATE clauses not allowed", start);
            }
            else if (ConstraintAttributes.IsOfColumn(r))
            {
                ConstraintAttributes.Add(r, constraints);
            }
            else if (r.Accept(K.Constraint))
            {
                var name = Names.Column(r);
                constraints.Add(ColumnElement(r, start, name) ?? throw r.Unexpected());
            }
            else if (ColumnElement(r, start, null) is { } constraint)
            {
                constraints.Add(constraint);
            }
            else
            {
                return (constraints.ToImmutable(), collation);
            }
        }
    }

    /// <summary>GENERATED ALWAYS or BY DEFAULT, without AS.</summary>
    public static bool GeneratedWhen(TokenReader r)
    {
        if (r.Accept(K.Always))
        {
            return true;
        }

        r.Expect(K.By, K.Default);
        return false;
    }

    private static ConstraintDefinition? ColumnElement(TokenReader r, int start, Identifier? name)
    {
        switch (r.Current.Keyword)
        {
            case K.Not:
                r.Advance();
                r.Expect(K.Null);
                var isNoInherit = r.Accept(K.No, K.Inherit);
                return new NotNullDefinition(r.SpanFrom(start), name, null) { IsNoInherit = isNoInherit };
            case K.Null:
                r.Advance();
                return new NullDefinition(r.SpanFrom(start), name);
            case K.Default:
                r.Advance();
                var value = ExpressionParser.ParseRestricted(r);
                return new DefaultDefinition(r.SpanFrom(start), name, value);
            case K.Check:
                r.Advance();
                var condition = InParentheses(r);
                var isCheckNoInherit = r.Accept(K.No, K.Inherit);
                return new CheckDefinition(r.SpanFrom(start), name, condition) { IsNoInherit = isCheckNoInherit };
            case K.Unique:
                r.Advance();
                return WithIndex(r, start, new KeyDefinition(r.SpanFrom(start), name, false, []) { NullsNotDistinct = NullTreatment(r) });
            case K.Primary:
                r.Advance();
                r.Expect(K.Key);
                return WithIndex(r, start, new KeyDefinition(r.SpanFrom(start), name, true, []));
            case K.Generated:
                return Generated(r, start, name);
            case K.References:
                return ForeignKeys.References(r, start, name, [], hasPeriod: false);
            default:
                return null;
        }
    }

    /// <summary>NULLS [NOT] DISTINCT; true for NOT.</summary>
    public static bool NullTreatment(TokenReader r)
    {
        if (!r.At(K.Nulls) || r.Next.Keyword is K.First or K.Last)
        {
            return false;
        }

        r.Advance();
        var isNot = r.Accept(K.Not);
        r.Expect(K.Distinct);
        return isNot;
    }

    private static SqlExpr InParentheses(TokenReader r)
    {
        r.Expect('(');
        var value = ExpressionParser.ParseInside(r);
        r.Expect(')');
        return value;
    }

    private static KeyDefinition WithIndex(TokenReader r, int start, KeyDefinition key)
    {
        var include = r.Accept(K.Include) ? Names.ColumnListInParentheses(r) : key.Include;
        return Storage(r, start, key with { Include = include });
    }

    private static KeyDefinition Storage(TokenReader r, int start, KeyDefinition key)
    {
        var options = Definitions.OptionalWith(r);
        var tablespace = IndexTablespace(r);
        return key with { Span = r.SpanFrom(start), Options = options, Tablespace = tablespace };
    }

    private static Identifier? IndexTablespace(TokenReader r) => r.Accept(K.Using, K.Index, K.Tablespace) ? Names.Column(r) : null;

    private static ConstraintDefinition Key(TokenReader r, int start, Identifier? name, bool isPrimary)
    {
        var kind = isPrimary ? "PRIMARY KEY" : "UNIQUE";
        if (r.Accept(K.Using, K.Index))
        {
            var index = Names.Column(r);
            return ConstraintAttributes.Parse(r, new KeyDefinition(r.SpanFrom(start), name, isPrimary, []) { UsingIndex = index }, kind);
        }

        var nullsNotDistinct = !isPrimary && NullTreatment(r);
        r.Expect('(');
        var columns = Names.ColumnList(r);
        var withoutOverlaps = r.Accept(K.Without, K.Overlaps);
        r.Expect(')');
        var key = new KeyDefinition(r.SpanFrom(start), name, isPrimary, columns) { NullsNotDistinct = nullsNotDistinct, WithoutOverlaps = withoutOverlaps };
        return ConstraintAttributes.Parse(r, WithIndex(r, start, key), kind);
    }

    private static ConstraintDefinition Exclusion(TokenReader r, int start, Identifier? name)
    {
        r.Expect(K.Exclude);
        Identifier? method = r.Accept(K.Using) ? Names.Column(r) : null;
        var operators = ImmutableArray.CreateBuilder<OperatorName>();
        var elements = Lists.InParentheses(r, r =>
        {
            var element = IndexElements.Parse(r);
            r.Expect(K.With);
            operators.Add(r.At(K.Operator) ? Sorting.QualifiedOperator(r) : Names.AnyOperator(r));
            return element;
        });
        var include = r.Accept(K.Include) ? Names.ColumnListInParentheses(r) : [];
        var options = Definitions.OptionalWith(r);
        var tablespace = IndexTablespace(r);
        SqlExpr? where = r.Accept(K.Where) ? InParentheses(r) : null;
        var exclusion = new ExclusionDefinition(r.SpanFrom(start), name, method, elements, operators.ToImmutable())
        {
            Include = include,
            Options = options,
            Tablespace = tablespace,
            Where = where,
        };
        return ConstraintAttributes.Parse(r, exclusion, "EXCLUDE");
    }

    private static ConstraintDefinition Generated(TokenReader r, int start, Identifier? name)
    {
        var word = r.Expect(K.Generated);
        var when = r.Current;
        var isAlways = GeneratedWhen(r);
        r.Expect(K.As);
        if (r.Accept(K.Identity))
        {
            var options = r.At('(') ? Sequences.OptionsInParentheses(r) : [];
            return new IdentityDefinition(r.SpanFrom(start), name, isAlways, options);
        }

        var value = InParentheses(r);
        var isKindWritten = r.At(K.Stored, K.Virtual);
        var isStored = isKindWritten && r.Advance().Keyword == K.Stored;
        if (!isAlways)
        {
            throw TokenReader.Error("for a generated column, GENERATED ALWAYS must be specified", when.Start);
        }

        return new GeneratedDefinition(r.SpanFrom(word.Start == start ? word.Start : start), name, value, isStored, isKindWritten);
    }
}
