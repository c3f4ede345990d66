using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Lexing;
using Plumbline.PostgreSql.Sql.Parsing.Queries;
using Plumbline.Schema.Text;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing;

/// <summary>Expressions, by climbing over PostgreSQL's operator precedence: the grammar's <c>a_expr</c> and <c>b_expr</c>.</summary>
internal static class ExpressionParser
{
    // How deep a chain of operators may lean to the left: code that walks the tree recursively must not run out of stack.
    /// <summary>An expression.</summary>
    public static SqlExpr Parse(TokenReader r) => Parse(r, 0, isRestricted: false);

    /// <summary>The grammar's <c>b_expr</c>: an expression without AND, OR, NOT, IN, LIKE, BETWEEN, IS NULL, COLLATE and AT TIME ZONE.</summary>
    public static SqlExpr ParseRestricted(TokenReader r) => Parse(r, 0, isRestricted: true);

    /// <summary>Expressions with commas between them.</summary>
    public static ImmutableArray<SqlExpr> List(TokenReader r) => Lists.Separated(r, Parse);

    /// <summary>An expression behind which a column's label may stand without AS.</summary>
    public static SqlExpr ParseBeforeLabel(TokenReader r)
    {
        var before = r.IsLabelPossible;
        r.IsLabelPossible = true;
        var value = Parse(r);
        r.IsLabelPossible = before;
        return value;
    }

    /// <summary>An expression inside brackets, where no column's label may stand.</summary>
    public static SqlExpr ParseInside(TokenReader r)
    {
        var before = r.IsLabelPossible;
        r.IsLabelPossible = false;
        var value = Parse(r);
        r.IsLabelPossible = before;
        return value;
    }

    /// <summary>An expression whose first operand has been read.</summary>
    public static SqlExpr Continue(TokenReader r, SqlExpr left) => Climb(r, left, 0, isRestricted: false);

    /// <summary>An expression of operators that bind at least as tight as a level.</summary>
    public static SqlExpr Parse(TokenReader r, int level, bool isRestricted)
    {
        r.Enter();
        var value = Climb(r, Prefix(r, isRestricted), level, isRestricted);
        r.Leave();
        return value;
    }

    private static SqlExpr Prefix(TokenReader r, bool isRestricted)
    {
        var token = r.Current;
        switch (token.Kind)
        {
            case TokenKind.Symbol when token.Symbol is '+' or '-':
                r.Advance();
                return Sign(r, token, Parse(r, Operators.Sign, isRestricted));
            case TokenKind.Operator:
                r.Advance();
                var name = new OperatorName(token.Span, [], r.TextOf(token));
                return PrefixOperator(r, token, name, Parse(r, Operators.Other + 1, isRestricted));
            case TokenKind.Keyword when token.Keyword == K.Operator && r.Next.Symbol == '(':
                var qualified = OperatorClause(r);
                return PrefixOperator(r, token, qualified, Parse(r, Operators.Other + 1, isRestricted));
            case TokenKind.Keyword when token.Keyword == K.Not && !isRestricted:
                r.Advance();
                var operand = Parse(r, Operators.Not, isRestricted);
                return new BooleanExpr(r.SpanFrom(token.Start), BooleanKind.Not, [operand], token.Start);
            case TokenKind.Keyword when token.Keyword == K.Default && !isRestricted:
                r.Advance();
                return new DefaultExpr(token.Span);
            case TokenKind.Keyword when token.Keyword == K.Unique && !isRestricted:
                return UniquePredicate(r);
            default:
                return Primaries.Parse(r);
        }
    }

    private static OperatorExpr PrefixOperator(TokenReader r, Token token, OperatorName name, SqlExpr operand) =>
        new(r.SpanFrom(token.Start), name, null, operand);

    // A minus before a number makes it negative (the grammar's doNegate).
    private static SqlExpr Sign(TokenReader r, Token token, SqlExpr operand) =>
        token.Symbol == '-' && operand is ConstantExpr { Kind: ConstantKind.Integer or ConstantKind.Numeric } number
            ? number with { Span = r.SpanFrom(token.Start), Text = number.Text.StartsWith('-') ? number.Text[1..] : "-" + number.Text }
            : PrefixOperator(r, token, new OperatorName(token.Span, [], token.Symbol.ToString()), operand);

    private static SqlExpr UniquePredicate(TokenReader r)
    {
        var token = r.Advance();
        if (r.Accept(K.Nulls))
        {
            r.Accept(K.Not);
            r.Expect(K.Distinct);
        }

        QueryParser.InParentheses(r);
        throw TokenReader.Error("UNIQUE predicate is not yet implemented", token.Start, "0A000");
    }

    private static SqlExpr Climb(TokenReader r, SqlExpr left, int minimum, bool isRestricted)
    {
        // A row's OVERLAPS binds tighter than anything.
        if (left is RowExpr row && r.At(K.Overlaps) && !isRestricted)
        {
            left = Overlaps(r, row);
        }

        var refused = 0;
        for (var length = 0; ; length++)
        {
            var token = r.Current;
            var level = Operators.LevelOf(token);
            if (level == 0 || level < minimum || (minimum == 0 && IsLabelHere(r)) || !IsInfixHere(r, token, isRestricted))
            {
                return left;
            }

            if (level == refused)
            {
                throw r.Unexpected();
            }

            if (length > ReadingBudget.SqlDepth)
            {
                throw TokenReader.Error("stack depth limit exceeded", null, "54001", StackHint);
            }

            (left, refused) = Infix(r, left, token, level, minimum, isRestricted);
        }
    }

    private const string StackHint =
        "Increase the configuration parameter \"max_stack_depth\" (currently 2048kB), after ensuring the platform's stack depth limit is adequate.";

    private static bool IsInfixHere(TokenReader r, Token token, bool isRestricted) => token.Keyword switch
    {
        K.NoKeyword => true,
        K.Not => !isRestricted && r.Next.Keyword is K.Between or K.In or K.Like or K.Ilike or K.Similar,
        // SUBSTRING (x SIMILAR y …) has no TO.
        K.Similar => !isRestricted && r.Next.Keyword == K.To,
        // AT may be a label as well.
        K.At => !isRestricted && r.Next.Keyword is K.Time or K.Local,
        K.Operator => r.Next.Symbol == '(',
        K.Is => !isRestricted || IsRestrictedTest(r),
        _ => !isRestricted,
    };

    private static bool IsRestrictedTest(TokenReader r)
    {
        var test = r.Next.Keyword == K.Not ? r.Peek(2).Keyword : r.Next.Keyword;
        return test is K.Distinct or K.Document;
    }

    // "SELECT a and FROM t": a word that is an operator is a label where only that makes sense, and no operator before it binds less tight.
    private static bool IsLabelHere(TokenReader r)
    {
        if (!r.IsLabelPossible || r.Current.Kind != TokenKind.Keyword || KeywordTable.NeedsAs(r.Current.Keyword))
        {
            return false;
        }

        var next = r.Next;
        return next.Kind == TokenKind.End || next.Symbol is ',' or ')' or ';'
            || next.Keyword is K.From or K.Where or K.Into or K.Group or K.Having or K.Window or K.Union or K.Intersect or K.Except
                or K.Order or K.Limit or K.Offset or K.Fetch or K.For;
    }

    // The second item is the level that may not follow: behind "a < b" no further comparison may stand.
    private static (SqlExpr Value, int Refused) Infix(TokenReader r, SqlExpr left, Token token, int level, int minimum, bool isRestricted)
    {
        var start = left.Span.Start;
        switch (token.Keyword)
        {
            case K.And:
                return (Logical(r, left, BooleanKind.And, minimum), 0);
            case K.Or:
                return (Logical(r, left, BooleanKind.Or, minimum), 0);
            case K.Is or K.Isnull or K.Notnull:
                return Tests.Parse(r, left, isRestricted);
            case K.Between or K.In or K.Like or K.Ilike or K.Similar or K.Not:
                return Matches.Parse(r, left);
            case K.At:
                r.Advance();
                if (r.Accept(K.Local))
                {
                    return (new AtTimeZoneExpr(r.SpanFrom(start), left, null, token.Start), 0);
                }

                r.Expect(K.Time, K.Zone);
                var zone = Parse(r, level + 1, isRestricted);
                return (new AtTimeZoneExpr(r.SpanFrom(start), left, zone, token.Start), 0);
            case K.Collate:
                r.Advance();
                var collation = Names.Qualified(r);
                return (new CollateExpr(r.SpanFrom(start), left, collation, token.Start), 0);
        }

        if (token.Kind == TokenKind.DoubleColon)
        {
            r.Advance();
            var type = TypeNames.Parse(r);
            return (new CastExpr(r.SpanFrom(start), left, type, CastSyntax.DoubleColon, token.Start), 0);
        }

        var name = token.Keyword == K.Operator ? OperatorClause(r) : new OperatorName(token.Span, [], Operators.Symbol(r.Text, r.Advance())!);
        if (!isRestricted && (r.At(K.Any, K.Some) || r.At(K.All)))
        {
            return (Matches.Quantified(r, left, name), 0);
        }

        var right = Parse(r, level + 1, isRestricted);
        return (new OperatorExpr(r.SpanFrom(start), name, left, right), Operators.IsNonAssociative(level) ? level : 0);
    }

    // A chain of one word is one node, as PostgreSQL flattens it: of "(a AND b) AND c" too.
    private static BooleanExpr Logical(TokenReader r, SqlExpr left, BooleanKind kind, int minimum)
    {
        var (keyword, level) = kind == BooleanKind.And ? (K.And, Operators.And) : (K.Or, Operators.Or);
        var start = left.Span.Start;
        var location = r.Current.Start;
        var operands = ImmutableArray.CreateBuilder<SqlExpr>();
        if (left is BooleanExpr same && same.Kind == kind)
        {
            operands.AddRange(same.Operands);
            location = same.WordLocation;
        }
        else
        {
            operands.Add(left);
        }

        while (r.At(keyword) && !(minimum == 0 && IsLabelHere(r)))
        {
            r.Advance();
            operands.Add(Parse(r, level + 1, isRestricted: false));
        }

        return new BooleanExpr(r.SpanFrom(start), kind, operands.ToImmutable(), location);
    }

    private static OverlapsExpr Overlaps(TokenReader r, RowExpr left)
    {
        var word = r.Advance();
        var right = Primaries.Row(r);
        RequireTwo(left, "left", word);
        RequireTwo(right, "right", word);
        return new OverlapsExpr(r.SpanFrom(left.Span.Start), left, right, word.Start);
    }

    private static void RequireTwo(RowExpr row, string side, Token word)
    {
        if (row.Items.Length != 2)
        {
            throw TokenReader.Error($"wrong number of parameters on {side} side of OVERLAPS expression", word.Start);
        }
    }

    // OPERATOR(schema.+)
    private static OperatorName OperatorClause(TokenReader r)
    {
        r.Expect(K.Operator);
        r.Expect('(');
        var name = Names.AnyOperator(r);
        r.Expect(')');
        return name;
    }
}
