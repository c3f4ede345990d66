namespace Plumbline.Audit.Tests.Lowering;

internal sealed partial class SchemaGenerator
{
    private static readonly string[] Whole = ["0", "7", "-1", "007"];
    private static readonly string[] Fractions = ["0", "1.50", "-3", "-100000.25", "0.0000001", "100000000000000000000"];
    private static readonly string[] Times =
    [
        "\"2020-02-03T04:05:06Z\"", "\"2020-02-03T04:05:06.7+00:00\"", "\"1999-12-31T23:59:59.123456-08:00\"", "\"2020-02-29T00:00:00+05:45\"",
    ];

    private static readonly string[] ClientDefaults =
    [
        "@default(uuid())", "@default(uuid(4))", "@default(uuid(7))", "@default(cuid())", "@default(cuid(2))", "@default(nanoid())", "@default(nanoid(12))", "@default(ulid())",
    ];

    private static readonly string[] Now = ["@default(now())", "@updatedAt", "@default(now()) @updatedAt"];

    // Scalar type, native type, kind of index that it can have, literals, functions.
    private static readonly ScalarTemplate[] Scalars =
    [
        new("String", "", "text", [@"""it's a \""text\"" with \\ and ü""", "\"\"", @"""two\nlines\tand a tab"""], ["@default(dbgenerated(\"md5('a'::text)\"))", .. ClientDefaults]),
        new("String", "Text", "text", ["\"a\""], ["@default(dbgenerated())"]),
        new("String", "VarChar", "text", ["\"a\""], ["@default(ulid())"]),
        new("String", "VarChar(20)", "text", ["\"it's\"", "\"b\""], ["@default(dbgenerated(\"upper('x')\"))"]),
        new("String", "Char", "bpchar", ["\"a\""], []),
        new("String", "Char(3)", "bpchar", ["\"abc\"", "\"d\""], []),
        new("String", "Bit", "bit", ["\"1\""], []),
        new("String", "Bit(3)", "bit", ["\"101\""], []),
        new("String", "VarBit", "varbit", ["\"10\""], []),
        new("String", "VarBit(3)", "varbit", ["\"10\""], []),
        new("String", "Uuid", "uuid", ["\"F81D4FAE-7dec-11d0-a765-00a0c91e6bf6\""], ["@default(dbgenerated(\"gen_random_uuid()\"))", "@default(uuid())", "@default(uuid(7))"]),
        new("String", "Xml", "", ["\"<a b='c'/>\""], []),
        new("String", "Inet", "inet", ["\"127.0.0.1\"", "\"10.0.0.0/8\"", "\"::1\""], []),
        new("String", "Citext", "citext", ["\"Mixed\""], []),
        new("Boolean", "", "bool", ["true", "false"], ["@default(dbgenerated(\"(1 = 1)\"))"]),
        new("Boolean", "Boolean", "bool", ["true"], []),
        new("Int", "", "int4", [.. Whole, "2147483647", "-2147483648"], ["@default(autoincrement())", "@default(dbgenerated(\"(1 + 2)\"))"]),
        new("Int", "Integer", "int4", Whole, ["@default(autoincrement())"]),
        new("Int", "SmallInt", "int2", Whole, ["@default(autoincrement())"]),
        new("Int", "Oid", "oid", ["0", "26"], []),
        new("BigInt", "", "int8", [.. Whole, "9007199254740993", "-9223372036854775808"], ["@default(autoincrement())"]),
        new("BigInt", "BigInt", "int8", Whole, ["@default(autoincrement())"]),
        new("Float", "", "float8", Fractions, ["@default(dbgenerated(\"random()\"))"]),
        new("Float", "DoublePrecision", "float8", Fractions, []),
        new("Float", "Real", "float4", Fractions, []),
        new("Decimal", "", "numeric", [.. Fractions, "\"1.50\"", "\"1e5\"", "123456789012345678901234567890.5"], []),
        new("Decimal", "Decimal", "numeric", Fractions, []),
        new("Decimal", "Decimal(30, 2)", "numeric", Fractions, []),
        new("Decimal", "Money", "", ["0", "3.1", "-3"], []),
        new("DateTime", "", "timestamp", Times, Now),
        new("DateTime", "Timestamp", "timestamp", Times, Now),
        new("DateTime", "Timestamp(6)", "timestamp", Times, Now),
        new("DateTime", "Timestamptz", "timestamptz", Times, Now),
        new("DateTime", "Timestamptz(3)", "timestamptz", Times, Now),
        new("DateTime", "Date", "date", Times, Now),
        new("DateTime", "Time", "time", Times, Now),
        new("DateTime", "Time(0)", "time", Times, Now),
        new("DateTime", "Timetz", "timetz", Times, Now),
        new("DateTime", "Timetz(3)", "timetz", Times, Now),
        new("Json", "", "jsonb", [@"""{\""b\"": 1,  \""aa\"": 1.50, \""a\"": [1e3, \""\\u00e9\\n\""]}""", "\"[]\"", "\"null\""], ["@default(dbgenerated(\"jsonb_build_object()\"))"]),
        new("Json", "JsonB", "jsonb", ["\"{}\""], []),
        new("Json", "Json", "", [@"""{\""b\"": 1,  \""aa\"": 1.50}""", "\"[]\""], []),
        new("Bytes", "", "bytea", ["\"aGVsbG8=\"", "\"\""], []),
        new("Bytes", "ByteA", "bytea", ["\"AA==\""], []),
    ];

    private static readonly (string Type, string[] Attributes)[] IdTypes =
    [
        ("Int", ["@default(autoincrement())", "@default(autoincrement())", ""]),
        ("Int @db.SmallInt", ["@default(autoincrement())"]),
        ("BigInt", ["@default(autoincrement())", ""]),
        ("String", ["@default(cuid())", "@default(uuid())", ""]),
        ("String @db.Uuid", ["@default(dbgenerated(\"gen_random_uuid()\"))", "@default(uuid())"]),
        ("String @db.VarChar(40)", ["@default(nanoid(12))"]),
        ("DateTime @db.Timestamptz(6)", ["@default(now())"]),
        ("Bytes", [""]),
    ];

    private static readonly (string Type, string Value)[] UnsupportedTypes =
    [
        ("tsvector", "to_tsvector('english'::regconfig, 'a'::text)"), ("point", "point(1, 2)"), ("circle", ""), ("interval", "'1 day'"), ("interval(3)", ""), ("INTERVAL DAY TO SECOND", ""),
        ("int4range", "'[1,5)'"), ("macaddr", "'08:00:2b:01:02:03'"), ("timestamp(3) with time zone", "now()"), ("character varying(5)", ""), (@"\""char\""", "'a'"),
        ("numeric(7)", ""), ("tsquery", ""), ("polygon", ""), ("jsonpath", "'$.a'"), ("float(20)", "1.5"), ("datemultirange", ""), ("box", ""), ("cidr", ""), ("name", ""),
    ];

    // Index type, kind of field, what stands in the parentheses of the field.
    private static readonly (string Type, string Kind, string[] Operators)[] Indexes =
    [
        ("Gin", "jsonb", ["", "ops: JsonbOps", "ops: JsonbPathOps", "ops: raw(\"jsonb_path_ops\")"]),
        ("Gist", "inet", ["ops: InetOps"]),
        ("SpGist", "inet", ["", "ops: InetOps"]),
        ("SpGist", "text", ["", "ops: TextOps"]),
        ("Hash", "text", ["", "ops: raw(\"text_ops\")"]),
        ("Hash", "int4", [""]),
        ("Hash", "enum", [""]),
        ("BTree", "text", ["", "ops: raw(\"text_pattern_ops\")", "ops: raw(\"text_ops\")", "sort: Desc", "ops: raw(\"varchar_pattern_ops\"), sort: Desc"]),
        ("BTree", "int4", ["", "sort: Asc", "sort: Desc", "ops: raw(\"int4_ops\")"]),
        ("BTree", "enum", ["", "sort: Desc"]),
        ("Brin", "text", ["", "ops: TextBloomOps", "ops: TextMinMaxOps"]),
        ("Brin", "bit", ["", "ops: BitMinMaxOps"]),
        ("Brin", "varbit", ["", "ops: VarBitMinMaxOps"]),
        ("Brin", "bpchar", ["ops: BpcharBloomOps", "ops: BpcharMinMaxOps"]),
        ("Brin", "bytea", ["ops: ByteaBloomOps", "ops: ByteaMinMaxOps"]),
        ("Brin", "date", ["ops: DateBloomOps", "ops: DateMinMaxOps", "ops: DateMinMaxMultiOps"]),
        ("Brin", "float4", ["ops: Float4BloomOps", "ops: Float4MinMaxOps", "ops: Float4MinMaxMultiOps"]),
        ("Brin", "float8", ["ops: Float8BloomOps", "ops: Float8MinMaxOps", "ops: Float8MinMaxMultiOps"]),
        ("Brin", "inet", ["", "ops: InetInclusionOps", "ops: InetBloomOps", "ops: InetMinMaxOps", "ops: InetMinMaxMultiOps"]),
        ("Brin", "int2", ["ops: Int2BloomOps", "ops: Int2MinMaxOps", "ops: Int2MinMaxMultiOps"]),
        ("Brin", "int4", ["ops: Int4BloomOps", "ops: Int4MinMaxOps", "ops: Int4MinMaxMultiOps"]),
        ("Brin", "int8", ["ops: Int8BloomOps", "ops: Int8MinMaxOps", "ops: Int8MinMaxMultiOps"]),
        ("Brin", "numeric", ["ops: NumericBloomOps", "ops: NumericMinMaxOps", "ops: NumericMinMaxMultiOps"]),
        ("Brin", "oid", ["ops: OidBloomOps", "ops: OidMinMaxOps", "ops: OidMinMaxMultiOps"]),
        ("Brin", "timestamp", ["", "ops: TimestampBloomOps", "ops: TimestampMinMaxOps", "ops: TimestampMinMaxMultiOps"]),
        ("Brin", "timestamptz", ["ops: TimestampTzBloomOps", "ops: TimestampTzMinMaxOps", "ops: TimestampTzMinMaxMultiOps"]),
        ("Brin", "time", ["ops: TimeBloomOps", "ops: TimeMinMaxOps", "ops: TimeMinMaxMultiOps"]),
        ("Brin", "timetz", ["ops: TimeTzBloomOps", "ops: TimeTzMinMaxOps", "ops: TimeTzMinMaxMultiOps"]),
        ("Brin", "uuid", ["", "ops: UuidBloomOps", "ops: UuidMinMaxOps", "ops: UuidMinMaxMultiOps"]),
    ];

    /// <summary>What the schemas of a test must use, each at least once.</summary>
    public static IEnumerable<string> Features =>
    [
        .. Scalars.Select(s => s.Native.Length == 0 ? $" {s.Scalar} " : $"@db.{s.Native} "),
        .. Scalars.Select(s => $" {s.Scalar}[]"),
        .. Scalars.Select(s => $" {s.Scalar}? "),
        .. Scalars.SelectMany(s => s.Functions),
        .. Indexes.SelectMany(i => i.Operators).Where(o => o.Length > 0),
        .. Indexes.Select(i => $"type: {i.Type}"),
        .. UnsupportedTypes.Select(u => $"Unsupported(\"{u.Type}\")"),
        "type: Gin", "ops: ArrayOps", "ops: raw(\"gin_trgm_ops\")", "where: raw(", "where: {", "{ not: null }", ": null", ": true",
        "@id ", "@id(map:", "@@id([", "@unique", "@unique(map:", "sort: Desc)", "@@unique([", "@@index([", "@@index(fields: [", "name: \"", "@map(", "@@map(", "@@schema(", "@ignore", "@@ignore",
        "@relation(fields:", "@relation(name: \"", "@relation(\"", "onDelete: Cascade", "onDelete: Restrict", "onDelete: NoAction", "onDelete: SetNull", "onDelete: SetDefault",
        "onUpdate: Cascade", "onUpdate: Restrict", "onUpdate: NoAction", "onUpdate: SetNull", "onUpdate: SetDefault", "relationMode = \"prisma\"", "relationMode = \"foreignKeys\"",
        "view View", "enum Enum", "extensions = [", "schemas = [", "[fk_a", "@updatedAt",
    ];

    private sealed record ScalarTemplate(string Scalar, string Native, string Index, string[] Values, string[] Functions)
    {
        public bool NeedsCitext => Native == "Citext";
    }
}
