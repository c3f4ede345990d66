using Plumbline.Prisma.Lowering;

namespace Plumbline.Prisma.Tests.Lowering;

public sealed class TypeTextTests
{
    [Theory]
    [InlineData("tsvector", "tsvector")]
    [InlineData("TSVECTOR", "tsvector")]
    [InlineData("int4", "integer")]
    [InlineData("varchar(3)", "character varying(3)")]
    [InlineData("character varying ( 3 )", "character varying(3)")]
    [InlineData("char", "character(1)")]
    [InlineData("bpchar", "character")]
    [InlineData("\"char\"", "\"char\"")]
    [InlineData("float(24)", "real")]
    [InlineData("float(25)", "double precision")]
    [InlineData("numeric(5)", "numeric(5,0)")]
    [InlineData("numeric(5, 2)", "numeric(5,2)")]
    [InlineData("timestamp(3) with time zone", "timestamp(3) with time zone")]
    [InlineData("timestamptz(3)", "timestamp(3) with time zone")]
    [InlineData("interval day to second(3)", "interval day to second(3)")]
    [InlineData("interval(3)", "interval(3)")]
    [InlineData("int4range[]", "int4range[]")]
    [InlineData("double  precision [ 3 ] []", "double precision[]")]
    [InlineData("vector(1536)", "public.vector(1536)")]
    [InlineData("geometry(Point, 4326)", "public.geometry(Point,4326)")]
    [InlineData("\"My Type\"", "public.My Type")]
    [InlineData("ext.\"My.Type\"[]", "ext.My.Type[]")]
    [InlineData("pg_catalog.int4", "integer")]
    [InlineData("", "public.")]
    [InlineData("]", "public.]")]
    [InlineData(")(", "public.)(")]
    public void An_SQL_type_is_brought_to_the_spelling_of_the_catalog(string text, string expected) =>
        Assert.Equal(expected, TypeText.Parse(text, _ => "public").ToString());

    [Theory]
    [InlineData("JsonbPathOps", "jsonb_path_ops")]
    [InlineData("TimestampTzMinMaxMultiOps", "timestamptz_minmax_multi_ops")]
    [InlineData("VarBitMinMaxOps", "varbit_minmax_ops")]
    [InlineData("Int4BloomOps", "int4_bloom_ops")]
    public void Prismas_operator_classes_have_the_names_of_the_catalog(string name, string expected) => Assert.Equal(expected, OperatorClasses.NameOf(name));
}
