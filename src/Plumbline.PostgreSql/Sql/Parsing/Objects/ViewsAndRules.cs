using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.PostgreSql.Sql.Lexing;
using Plumbline.PostgreSql.Sql.Parsing.Queries;
using Plumbline.PostgreSql.Sql.Parsing.Session;
using Plumbline.PostgreSql.Sql.Parsing.Tables;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing.Objects;

/// <summary>Views, rules, policies and statistics ("CREATE VIEW", "CREATE RULE", "CREATE POLICY", "CREATE STATISTICS").</summary>
internal static class ViewsAndRules
{
    /// <summary>CREATE VIEW from RECURSIVE or VIEW on.</summary>
    public static CreateViewStatement CreateView(TokenReader r, int start, bool orReplace, TablePersistence persistence)
    {
        var isRecursive = r.Accept(K.Recursive);
        r.Expect(K.View);
        var name = Names.Relation(r);
        var columns = isRecursive ? Names.ColumnListInParentheses(r) : Names.OptionalColumnList(r);
        var options = Definitions.OptionalWithRelation(r);
        r.Expect(K.As);
        var query = QueryParser.Parse(r);
        string? check = null;
        if (r.At(K.With))
        {
            var position = r.Advance().Start;
            check = r.Accept(K.Local) ? "LOCAL" : "CASCADED";
            if (check == "CASCADED")
            {
                r.Accept(K.Cascaded);
            }

            r.Expect(K.Check, K.Option);
            if (isRecursive)
            {
                throw TokenReader.Error("WITH CHECK OPTION not supported on recursive views", position, "0A000");
            }
        }

        return new CreateViewStatement(r.SpanFrom(start), name, orReplace, columns, query)
        {
            Persistence = persistence,
            IsRecursive = isRecursive,
            Options = options,
            CheckOption = check,
        };
    }

    /// <summary>CREATE RULE from RULE on.</summary>
    public static CreateRuleStatement CreateRule(TokenReader r, int start, bool orReplace)
    {
        r.Expect(K.Rule);
        var name = Names.Column(r);
        r.Expect(K.As, K.On);
        if (r.Current.Keyword is not (K.Select or K.Insert or K.Update or K.Delete))
        {
            throw r.Unexpected();
        }

        var eventName = r.TextOf(r.Advance()).ToUpperInvariant();
        r.Expect(K.To);
        var table = Names.Relation(r);
        var where = SelectBodies.Where(r);
        r.Expect(K.Do);
        var isInstead = r.Accept(K.Instead);
        if (!isInstead)
        {
            r.Accept(K.Also);
        }

        var actions = RuleActions(r);
        return new CreateRuleStatement(r.SpanFrom(start), name, orReplace, eventName, table, where, isInstead, actions);
    }

    /// <summary>CREATE POLICY from POLICY on.</summary>
    public static CreatePolicyStatement CreatePolicy(TokenReader r, int start)
    {
        r.Expect(K.Policy);
        var name = Names.Column(r);
        r.Expect(K.On);
        var table = Names.Relation(r);
        var isPermissive = true;
        if (r.Accept(K.As))
        {
            // These two words are no key words.
            if (!r.At(TokenKind.Identifier) && !r.At(TokenKind.QuotedIdentifier) && !r.At(TokenKind.UnicodeIdentifier))
            {
                throw r.Unexpected();
            }

            var word = Names.Take(r);
            isPermissive = word.Name switch
            {
                "permissive" => true,
                "restrictive" => false,
                _ => throw TokenReader.Error(
                    $"unrecognized row security option \"{word.Name}\"",
                    word.Span.Start,
                    hint: "Only PERMISSIVE or RESTRICTIVE policies are supported currently."),
            };
        }

        var command = "ALL";
        if (r.Accept(K.For))
        {
            if (r.Current.Keyword is not (K.All or K.Select or K.Insert or K.Update or K.Delete))
            {
                throw r.Unexpected();
            }

            command = r.TextOf(r.Advance()).ToUpperInvariant();
        }

        var (roles, condition, check) = PolicyRest(r);
        return new CreatePolicyStatement(r.SpanFrom(start), name, table, isPermissive, command, roles, condition, check);
    }

    /// <summary>ALTER POLICY from POLICY on.</summary>
    public static SqlStatement AlterPolicy(TokenReader r, int start)
    {
        r.Expect(K.Policy);
        var ifExists = r.AcceptPair(K.If, K.Exists);
        var target = ObjectReferences.OnTable(r, SqlObjectKind.Policy);
        if (r.At(K.Rename))
        {
            return Alterations.Rename(r, start, target) with { IfExists = ifExists };
        }

        if (ifExists)
        {
            throw r.Unexpected();
        }

        var (roles, condition, check) = PolicyRest(r);
        return new AlterPolicyStatement(r.SpanFrom(start), target.Name!.Parts[0], target.On!, ifExists, roles, condition, check);
    }

    /// <summary>CREATE STATISTICS from STATISTICS on.</summary>
    public static CreateStatisticsStatement CreateStatistics(TokenReader r, int start)
    {
        r.Expect(K.Statistics);
        var ifNotExists = CreateTable.IfNotExists(r);
        var name = Names.IsColumnName(r.Current) || ifNotExists ? Names.Qualified(r) : null;
        var kinds = r.At('(') ? Names.ColumnListInParentheses(r) : [];
        r.Expect(K.On);
        var elements = Lists.Separated(r, IndexElements.Plain);
        r.Expect(K.From);
        var from = Lists.Separated(r, FromItems.Parse);
        return new CreateStatisticsStatement(r.SpanFrom(start), name, ifNotExists, kinds, elements, from);
    }

    private static ImmutableArray<SqlStatement> RuleActions(TokenReader r)
    {
        if (r.Accept(K.Nothing))
        {
            return [];
        }

        if (!r.At('(') || r.Next.Symbol == '(')
        {
            return [RuleAction(r)];
        }

        r.Advance();
        var actions = ImmutableArray.CreateBuilder<SqlStatement>();
        do
        {
            if (!r.At(';') && !r.At(')'))
            {
                actions.Add(RuleAction(r));
            }
        }
        while (r.Accept(';'));
        r.Expect(')');
        return actions.ToImmutable();
    }

    private static SqlStatement RuleAction(TokenReader r)
    {
        if (r.At(K.Notify))
        {
            return SessionStatements.Parse(r)!;
        }

        return DataStatements.IsPreparable(r) && !r.At(K.Merge) ? DataStatements.Preparable(r) : throw r.Unexpected();
    }

    private static (ImmutableArray<RoleSpec> Roles, SqlExpr? Using, SqlExpr? Check) PolicyRest(TokenReader r)
    {
        var roles = r.Accept(K.To) ? Names.Roles(r) : [];
        SqlExpr? condition = null;
        SqlExpr? check = null;
        if (r.Accept(K.Using))
        {
            condition = InParentheses(r);
        }

        if (r.Accept(K.With, K.Check))
        {
            check = InParentheses(r);
        }

        return (roles, condition, check);
    }

    private static SqlExpr InParentheses(TokenReader r)
    {
        r.Expect('(');
        var value = ExpressionParser.ParseInside(r);
        r.Expect(')');
        return value;
    }
}
