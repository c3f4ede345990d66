namespace Plumbline.Prisma.Tests.Lowering;

public sealed class ColumnTests
{
    [Theory]
    [InlineData("String", "text")]
    [InlineData("String @db.VarChar(20)", "character varying(20)")]
    [InlineData("String @db.Char", "character(1)")]
    [InlineData("String @db.Bit(3)", "bit(3)")]
    [InlineData("String @db.Citext", "public.citext")]
    [InlineData("Boolean", "boolean")]
    [InlineData("Int", "integer")]
    [InlineData("Int @db.SmallInt", "smallint")]
    [InlineData("BigInt", "bigint")]
    [InlineData("Float", "double precision")]
    [InlineData("Decimal", "numeric(65,30)")]
    [InlineData("Decimal @db.Decimal(10, 2)", "numeric(10,2)")]
    [InlineData("Decimal @db.Decimal", "numeric")]
    [InlineData("DateTime", "timestamp(3) without time zone")]
    [InlineData("DateTime @db.Timestamptz(6)", "timestamp(6) with time zone")]
    [InlineData("DateTime @db.Date", "date")]
    [InlineData("Json", "jsonb")]
    [InlineData("Json @db.Json", "json")]
    [InlineData("Bytes", "bytea")]
    [InlineData("Role", "public.Role")]
    [InlineData("Role[]", "public.Role[]")]
    [InlineData("Unsupported(\"tsvector\")", "tsvector")]
    public void A_field_has_the_type_that_Prisma_creates(string type, string expected) => Assert.Equal(expected, Lowered.Column($"f {type}").Type.ToString());

    [Theory]
    [InlineData("String", false)]
    [InlineData("String?", true)]
    [InlineData("String[]", true)]
    [InlineData("Int? @default(autoincrement())", false)]
    public void Optional_fields_and_lists_accept_null_and_serial_columns_do_not(string type, bool expected) =>
        Assert.Equal(expected, Lowered.Column($"f {type}").IsNullable);

    [Theory]
    [InlineData("String @default(\"it's\")", "'it''s'::text")]
    [InlineData("String @default(\"a\") @db.VarChar(3)", "'a'::character varying")]
    [InlineData("String @default(\"a\") @db.Char(3)", "'a'::bpchar")]
    [InlineData("Int @default(-5)", "'-5'::integer")]
    [InlineData("Decimal @default(1.50)", "1.50")]
    [InlineData("Boolean @default(true)", "true")]
    [InlineData("DateTime @default(now())", "CURRENT_TIMESTAMP")]
    [InlineData("DateTime @default(\"2020-01-01T00:00:00Z\")", "'2020-01-01 00:00:00'::timestamp without time zone")]
    [InlineData("Json @default(\"{\\\"b\\\":1,\\\"a\\\":2}\")", "'{\"a\": 2, \"b\": 1}'::jsonb")]
    [InlineData("Bytes @default(\"aGVsbG8=\")", @"'\x68656c6c6f'::bytea")]
    [InlineData("Role @default(ADMIN)", "'admin'::\"Role\"")]
    [InlineData("Role[] @default([USER, ADMIN])", "ARRAY['USER'::\"Role\", 'admin'::\"Role\"]")]
    [InlineData("String[] @default([])", "ARRAY[]::text[]")]
    [InlineData("String[] @default([]) @db.VarChar(9)", "(ARRAY[]::character varying[])::character varying(9)[]")]
    [InlineData("String[] @default([\"a\"]) @db.VarChar(9)", "ARRAY['a'::character varying(9)]")]
    [InlineData("BigInt[] @default([1, -1])", "ARRAY[(1)::bigint, ('-1'::integer)::bigint]")]
    [InlineData("Decimal[] @default([1, 1.5, -1.5])", "ARRAY[(1)::numeric(65,30), 1.5::numeric(65,30), '-1.5'::numeric(65,30)]")]
    [InlineData("Float[] @default([1.5])", "ARRAY[(1.5)::double precision]")]
    [InlineData("Int @default(autoincrement())", "nextval('\"M_f_seq\"'::regclass)")]
    public void A_default_is_what_PostgreSQL_prints(string type, string expected)
    {
        var value = Lowered.Column($"f {type}").Default!;
        Assert.Equal(expected, value.Text);
        Assert.True(value.IsCanonical);
    }

    [Fact]
    public void The_SQL_of_dbgenerated_is_kept_as_it_is_written()
    {
        var value = Lowered.Column("f String @default(dbgenerated(\"lower( 'A' )\"))").Default!;
        Assert.Equal("lower( 'A' )", value.Text);
        Assert.False(value.IsCanonical);
    }

    [Theory]
    [InlineData("String @default(uuid())", true)]
    [InlineData("String @default(cuid(2))", true)]
    [InlineData("String @default(ulid())", true)]
    [InlineData("String @default(nanoid(8))", true)]
    [InlineData("DateTime @updatedAt", true)]
    [InlineData("String @default(dbgenerated())", false)]
    [InlineData("String", false)]
    public void What_the_client_supplies_is_no_default_of_the_database(string type, bool isClientDefault)
    {
        var column = Lowered.Column($"f {type}");
        Assert.Null(column.Default);
        Assert.Equal(isClientDefault, column.HasClientDefault);
    }

    [Fact]
    public void An_autoincrement_column_owns_a_sequence_of_its_type()
    {
        var sequence = Assert.Single(Lowered.Schema("model M {\n  id Int @id @default(autoincrement()) @map(\"the_id\") @db.SmallInt\n  @@map(\"m\")\n}\n").Sequences);
        Assert.Equal("public.m_the_id_seq", sequence.Name.ToString());
        Assert.Equal(("smallint", (long)short.MaxValue, "the_id"), (sequence.DataType, sequence.MaxValue, sequence.OwnedByColumn));
    }

    [Fact]
    public void A_column_says_which_field_it_stands_for_and_where_that_is()
    {
        var column = Lowered.Column("name String? @map(\"full_name\") // a comment");
        Assert.Equal(("full_name", "name"), (column.Name, column.FieldName));
        Assert.Equal((6, 3), (column.Location!.Line, column.Location.Column));
    }
}
