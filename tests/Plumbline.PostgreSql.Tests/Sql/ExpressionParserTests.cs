using Plumbline.PostgreSql.Sql;
using Plumbline.PostgreSql.Sql.Ast.Expressions;

namespace Plumbline.PostgreSql.Tests.Sql;

/// <summary>"Operator Precedence" in PostgreSQL's documentation; each tree is printed with all its parentheses.</summary>
public sealed class ExpressionParserTests
{
    [Theory]
    [InlineData("a + b * c", "(a + (b * c))")]
    [InlineData("a - b - c", "((a - b) - c)")]
    [InlineData("a ^ b ^ c", "((a ^ b) ^ c)")]
    [InlineData("-a ^ b", "((- a) ^ b)")]
    [InlineData("-1", "-1")]
    [InlineData("-a::int", "(- (a::int4))")]
    [InlineData("a || b + c", "(a || (b + c))")]
    [InlineData("a -> b = c", "((a -> b) = c)")]
    [InlineData("not a = b and c or d", "(((not (a = b)) and c) or d)")]
    [InlineData("a and b and (c and d)", "(a and b and (c and d))")]
    [InlineData("(a and b) and c", "(a and b and c)")]
    [InlineData("a = b is true", "((a = b) is True)")]
    [InlineData("a is null = b", "((a is Null) = b)")]
    [InlineData("a between b and c and d", "((a between b and c) and d)")]
    [InlineData("a in (1, 2) = b", "((a in (1, 2)) = b)")]
    [InlineData("a not like b || c escape d", "(a not Like (b || c) escape d)")]
    [InlineData("a = any (b) or c", "((a = any b) or c)")]
    [InlineData("a at time zone b collate \"C\"", "(a at (b collate C))")]
    [InlineData("a != b", "(a <> b)")]
    [InlineData("@ a + b", "(@ (a + b))")]
    [InlineData("a[1].b[2:]", "a[1].b[2:]")]
    [InlineData("((select 1)) + 1", "((query) + 1)")]
    public void Operators_bind_as_in_PostgreSQL(string text, string tree)
    {
        Assert.True(SqlParser.TryParseExpression(text, out var expression, out var error), error?.Message);
        Assert.Equal(tree, Print(expression!));
    }

    [Theory]
    [InlineData("extract(year from a)", "pg_catalog.extract(year, a)")]
    [InlineData("substring(a from 2 for 3)", "pg_catalog.substring(a, 2, 3)")]
    [InlineData("substring(a for 3)", "pg_catalog.substring(a, 1, (3::int4))")]
    [InlineData("position(a in b)", "pg_catalog.position(b, a)")]
    [InlineData("trim(leading 'x' from a)", "pg_catalog.ltrim(a, x)")]
    [InlineData("overlay(a placing b from 1)", "pg_catalog.overlay(a, b, 1)")]
    [InlineData("public.f(a, b => 1)", "public.f(a, 1)")]
    [InlineData("timestamp with time zone 'x'", "(x::timestamptz)")]
    [InlineData("numeric(10, 2) '1'", "(1::numeric)")]
    public void Spellings_of_their_own_become_calls_and_casts(string text, string tree)
    {
        Assert.True(SqlParser.TryParseExpression(text, out var expression, out var error), error?.Message);
        Assert.Equal(tree, Print(expression!));
    }

    [Theory]
    [InlineData("double precision", "pg_catalog.float8")]
    [InlineData("timestamp(3) with time zone", "pg_catalog.timestamptz(3)")]
    [InlineData("interval day to second(2)", "pg_catalog.interval day to second(2)")]
    [InlineData("character varying(10)[][3]", "pg_catalog.varchar(10)[][3]")]
    [InlineData("char", "pg_catalog.bpchar(1)")]
    [InlineData("setof public.\"T\" array", "setof public.T[]")]
    [InlineData("float(24)", "pg_catalog.float4")]
    [InlineData("text", "text")]
    public void A_type_is_read_with_its_modifiers(string text, string expected)
    {
        Assert.True(SqlParser.TryParseType(text, out var type, out var error), error?.Message);
        var modifiers = type!.Modifiers.IsEmpty ? "" : $"({string.Join(", ", type.Modifiers.Select(Print))})";
        var fields = type.IntervalFields is null ? "" : " " + type.IntervalFields;
        Assert.Equal(expected, $"{(type.IsSetOf ? "setof " : "")}{type.Name}{fields}{modifiers}{string.Concat(type.ArrayBounds.Select(static bound => $"[{bound}]"))}");
    }

    [Fact]
    public void An_operator_is_pointed_at_where_PostgreSQL_points_at_it()
    {
        Assert.True(SqlParser.TryParseExpression("a   + b", out var expression, out _));
        Assert.Equal(4, expression!.Location);
    }

    private static string Print(SqlExpr value) => value switch
    {
        ConstantExpr constant => constant.Text,
        ColumnRefExpr column => string.Join('.', column.Parts),
        OperatorExpr { Left: null } prefix => $"({prefix.Operator} {Print(prefix.Right)})",
        OperatorExpr infix => $"({Print(infix.Left!)} {infix.Operator} {Print(infix.Right)})",
        BooleanExpr { Kind: BooleanKind.Not } not => $"(not {Print(not.Operands[0])})",
        BooleanExpr chain => $"({string.Join(chain.Kind == BooleanKind.And ? " and " : " or ", chain.Operands.Select(Print))})",
        CastExpr cast => $"({Print(cast.Operand)}::{cast.Type.Name.Name})",
        CollateExpr collate => $"({Print(collate.Operand)} collate {collate.Collation})",
        IsTestExpr test => $"({Print(test.Operand)} is {test.Kind})",
        BetweenExpr between => $"({Print(between.Operand)} between {Print(between.Low)} and {Print(between.High)})",
        InExpr list => $"({Print(list.Operand)} in ({string.Join(", ", list.Items.Select(Print))}))",
        LikeExpr like => $"({Print(like.Left)} {(like.IsNegated ? "not " : "")}{like.Kind} {Print(like.Pattern)}{(like.Escape is null ? "" : " escape " + Print(like.Escape))})",
        QuantifiedExpr quantified => $"({Print(quantified.Left)} {quantified.Operator} any {Print(quantified.Array!)})",
        AtTimeZoneExpr at => $"({Print(at.Operand)} at {Print(at.Zone!)})",
        FunctionCallExpr call => $"{call.Name}({string.Join(", ", call.Arguments.Select(static argument => Print(argument.Value)))})",
        SubqueryExpr => "(query)",
        IndirectionExpr path => Print(path.Operand) + string.Concat(path.Steps.Select(static step => step switch
        {
            FieldStep field => "." + field.Name,
            SubscriptStep { IsSlice: false } index => $"[{Print(index.Upper!)}]",
            SubscriptStep slice => $"[{(slice.Lower is null ? "" : Print(slice.Lower))}:{(slice.Upper is null ? "" : Print(slice.Upper))}]",
            _ => ".*",
        })),
        _ => value.GetType().Name,
    };
}
