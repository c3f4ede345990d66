using Plumbline.Prisma.Lowering;

namespace Plumbline.Prisma.Tests.Lowering;

public sealed class LiteralTests
{
    [Theory]
    [InlineData("1.50", "1.50")]
    [InlineData("007", "7")]
    [InlineData("-0", "0")]
    [InlineData("-0.0", "0.0")]
    [InlineData("1e5", "100000")]
    [InlineData("1.5e-3", "0.0015")]
    [InlineData("-1.500", "-1.500")]
    [InlineData("0.00000000001", "0.00000000001")]
    public void A_number_is_written_without_exponent_and_keeps_its_scale(string number, string expected) => Assert.Equal(expected, NumericLiteral.ToPlain(number));

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("1.2.3")]
    [InlineData("NaN")]
    [InlineData("1e999999999")]
    [InlineData("1e99999999999999999999")]
    public void What_is_no_number_or_a_huge_one_has_no_plain_form(string text) => Assert.Null(NumericLiteral.ToPlain(text));

    [Theory]
    [InlineData("5", "5")]
    [InlineData("-5", "'-5'::integer")]
    [InlineData("-2147483648", "'-2147483648'::integer")]
    [InlineData("2147483648", "'2147483648'::bigint")]
    [InlineData("9223372036854775808", "'9223372036854775808'::numeric")]
    [InlineData("1.50", "1.50")]
    [InlineData("-1.50", "'-1.50'::numeric")]
    public void A_number_is_printed_with_its_type_where_it_is_negative_or_large(string number, string expected) =>
        Assert.Equal(expected, NumericLiteral.ToConstant(number).ToString());

    [Theory]
    [InlineData("2020-02-03T04:05:06.700-03:30", "timestamp without time zone", "2020-02-03 04:05:06.7")]
    [InlineData("2020-02-03T04:05:06.700-03:30", "timestamp with time zone", "2020-02-03 07:35:06.7+00")]
    [InlineData("2020-02-03 04:05:06Z", "timestamp with time zone", "2020-02-03 04:05:06+00")]
    [InlineData("2020-02-03T04:05:06Z", "date", "2020-02-03")]
    [InlineData("2020-02-03T04:05:06.123456Z", "time without time zone", "04:05:06.123456")]
    [InlineData("2020-02-03T04:05:06+05:45", "time with time zone", "04:05:06+05:45")]
    [InlineData("2020-02-03T04:05:06-08:00", "time with time zone", "04:05:06-08")]
    public void A_point_in_time_is_printed_as_its_type_holds_it(string text, string type, string expected)
    {
        Assert.True(DateTimeLiteral.TryParse(text, out var literal));
        Assert.Equal(expected, literal.In(type));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2020-02-30T00:00:00Z")]
    [InlineData("2020-02-03T23:59:60Z")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("2020-02-03T04:05:06.1234567Z")]
    [InlineData("2020-02-03T04:05:06.Z")]
    [InlineData("2020-02-03T04:05:06")]
    [InlineData("2020-02-03T04:05:06Z+")]
    public void What_PostgreSQL_would_round_or_refuse_is_not_read_as_a_point_in_time(string text) => Assert.False(DateTimeLiteral.TryParse(text, out _));

    [Theory]
    [InlineData("""{"b":1,  "aa": 1.50, "a":[1e3,"\u00e9\n"]}""", """{"a": [1000, "é\n"], "b": 1, "aa": 1.50}""")]
    [InlineData("""{"a":1,"a":2}""", """{"a": 2}""")]
    [InlineData("[]", "[]")]
    [InlineData("{ }", "{}")]
    [InlineData(""" "\u0001\/\"" """, """ "\u0001/\"" """)]
    [InlineData("[true,null]", "[true, null]")]
    public void Jsonb_is_printed_with_sorted_keys_and_one_blank(string json, string expected) => Assert.Equal(expected.Trim(), JsonbText.Canonicalize(json));

    [Theory]
    [InlineData("{")]
    [InlineData("""{"a":"\u0000"}""")]
    [InlineData("\"\\ud800\"")]
    [InlineData("1e100000")]
    public void What_jsonb_refuses_has_no_canonical_form(string json) => Assert.Null(JsonbText.Canonicalize(json));
}
