namespace Plumbline.PostgreSql.Tests.Catalog;

/// <summary>What someone may do by hand in a database, and the one change that tells it.</summary>
internal static partial class HandMadeChanges
{
    /// <summary>Schemas, tables, partitions and how they are kept.</summary>
    public static TheoryData<string, string> Tables => new()
    {
        {
            "CREATE SCHEMA audit",
            "add-schema audit: nothing → audit"
        },
        {
            "DROP SCHEMA spare",
            "drop-schema spare: spare → nothing"
        },
        {
            "CREATE TABLE extra (a int)",
            "add-table extra: nothing → (a integer)"
        },
        {
            "DROP TABLE rooms",
            "drop-table rooms: (during tsrange) → nothing"
        },
        {
            "ALTER TABLE users RENAME TO app_users",
            "rename-table app_users: users → app_users"
        },
        {
            "CREATE TABLE measures_2026 PARTITION OF measures FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
            "add-partition measures_2026: nothing → (at date NOT NULL, value integer)"
        },
        {
            "DROP TABLE measures_2024",
            "drop-partition measures_2024: (at date NOT NULL, value integer) → nothing"
        },
        {
            "ALTER TABLE measures DETACH PARTITION measures_2024",
            "alter-partition measures_2024: PARTITION OF measures FOR VALUES FROM ('2024-01-01') TO ('2025-01-01') → nothing"
        },
        {
            "ALTER TABLE measures DETACH PARTITION measures_2024; ALTER TABLE measures ATTACH PARTITION measures_2024 FOR VALUES FROM ('2024-01-01') TO ('2024-07-01')",
            "alter-partition measures_2024: PARTITION OF measures FOR VALUES FROM ('2024-01-01') TO ('2025-01-01') → PARTITION OF measures FOR VALUES FROM ('2024-01-01') TO ('2024-07-01')"
        },
        {
            "ALTER TABLE kid NO INHERIT lonely",
            "alter-partition kid: INHERITS (lonely) → nothing"
        },
        {
            "ALTER TABLE lonely SET UNLOGGED",
            "alter-storage lonely: nothing → UNLOGGED"
        },
        {
            "ALTER TABLE lonely SET (fillfactor = 70)",
            "alter-storage lonely: nothing → WITH (fillfactor=70)"
        },
        {
            "ALTER TABLE lonely REPLICA IDENTITY FULL",
            "alter-storage lonely: nothing → REPLICA IDENTITY full"
        },
    };

    /// <summary>Columns and sequences.</summary>
    public static TheoryData<string, string> Columns => new()
    {
        {
            "ALTER TABLE users ADD COLUMN age int",
            "add-column users.age: nothing → integer"
        },
        {
            "ALTER TABLE users ADD COLUMN age int NOT NULL DEFAULT 18",
            "add-column users.age: nothing → integer NOT NULL DEFAULT 18"
        },
        {
            "ALTER TABLE users DROP COLUMN spare",
            "drop-column users.spare: bytea → nothing"
        },
        {
            "ALTER TABLE users RENAME COLUMN nickname TO nick_name",
            "rename-column users.nick_name: nickname → nick_name"
        },
        {
            "ALTER TABLE users ALTER born TYPE timestamptz",
            "alter-column-type users.born: date → timestamp with time zone"
        },
        {
            "ALTER TABLE users ALTER name TYPE varchar(60)",
            "alter-column-type users.name: character varying(40) → character varying(60)"
        },
        {
            "ALTER TABLE users ALTER name TYPE text",
            "alter-column-type users.name: character varying(40) → text"
        },
        {
            "ALTER TABLE users ALTER score TYPE numeric(10,3)",
            "alter-column-type users.score: numeric(8,2) → numeric(10,3)"
        },
        {
            "ALTER TABLE users ALTER seen TYPE timestamp(6)",
            "alter-column-type users.seen: timestamp(3) without time zone → timestamp(6) without time zone"
        },
        {
            "ALTER TABLE users ALTER tags TYPE varchar[]",
            "alter-column-type users.tags: text[] → character varying[]"
        },
        {
            "ALTER TABLE users ALTER mood TYPE text",
            "alter-column-type users.mood: mood → text"
        },
        {
            "ALTER TABLE users ALTER nickname SET NOT NULL",
            "alter-column-nullability users.nickname: NULL → NOT NULL"
        },
        {
            "ALTER TABLE users ALTER email DROP NOT NULL",
            "alter-column-nullability users.email: NOT NULL → NULL"
        },
        {
            "ALTER TABLE users ALTER nickname SET DEFAULT 'none'",
            "alter-column-default users.nickname: nothing → 'none'::text"
        },
        {
            "ALTER TABLE users ALTER score SET DEFAULT 2",
            "alter-column-default users.score: 1 → 2"
        },
        {
            "ALTER TABLE users ALTER score DROP DEFAULT",
            "alter-column-default users.score: 1 → nothing"
        },
        {
            "ALTER TABLE counted ALTER a SET GENERATED BY DEFAULT",
            "alter-column-identity counted.a: GENERATED ALWAYS AS IDENTITY → GENERATED BY DEFAULT AS IDENTITY"
        },
        {
            "ALTER TABLE counted ALTER a DROP IDENTITY",
            "alter-column-identity counted.a: GENERATED ALWAYS AS IDENTITY → nothing"
        },
        {
            "ALTER TABLE counted ALTER b ADD GENERATED ALWAYS AS IDENTITY",
            "alter-column-identity counted.b: nothing → GENERATED ALWAYS AS IDENTITY"
        },
        {
            "ALTER TABLE counted ALTER a SET START 5 SET INCREMENT 10",
            "alter-sequence counted_a_seq: counted_a_seq AS integer START 1 INCREMENT 1 MINVALUE 1 MAXVALUE 2147483647 CACHE 1 OWNED BY counted.a → counted_a_seq AS integer START 5 INCREMENT 10 MINVALUE 1 MAXVALUE 2147483647 CACHE 1 OWNED BY counted.a"
        },
        {
            "ALTER TABLE counted ALTER doubled DROP EXPRESSION",
            "alter-column-generated counted.doubled: GENERATED ALWAYS AS ((b * 2)) STORED → nothing"
        },
        {
            "ALTER TABLE counted DROP doubled; ALTER TABLE counted ADD doubled int GENERATED ALWAYS AS (b * 3) STORED",
            "alter-column-generated counted.doubled: GENERATED ALWAYS AS ((b * 2)) STORED → GENERATED ALWAYS AS ((b * 3)) STORED"
        },
        {
            "ALTER TABLE users ALTER nickname TYPE text COLLATE \"C\"",
            "alter-column-collation users.nickname: nothing → C"
        },
        {
            "ALTER TABLE users ALTER nickname SET STORAGE external",
            "alter-storage users.nickname: nothing → STORAGE external"
        },
        {
            "ALTER TABLE users ALTER nickname SET COMPRESSION lz4",
            "alter-storage users.nickname: nothing → COMPRESSION lz4"
        },
        {
            "ALTER TABLE users ALTER nickname SET STATISTICS 200",
            "alter-storage users.nickname: nothing → STATISTICS 200"
        },
        {
            "CREATE SEQUENCE numbers",
            "add-sequence numbers: nothing → AS bigint START 1 INCREMENT 1 MINVALUE 1 MAXVALUE 9223372036854775807 CACHE 1"
        },
        {
            "DROP SEQUENCE tickets",
            "drop-sequence tickets: AS bigint START 1 INCREMENT 1 MINVALUE 1 MAXVALUE 9223372036854775807 CACHE 1 → nothing"
        },
        {
            "ALTER SEQUENCE tickets INCREMENT 5",
            "alter-sequence tickets: tickets AS bigint START 1 INCREMENT 1 MINVALUE 1 MAXVALUE 9223372036854775807 CACHE 1 → tickets AS bigint START 1 INCREMENT 5 MINVALUE 1 MAXVALUE 9223372036854775807 CACHE 1"
        },
        {
            "ALTER SEQUENCE tickets MAXVALUE 500 CYCLE",
            "alter-sequence tickets: tickets AS bigint START 1 INCREMENT 1 MINVALUE 1 MAXVALUE 9223372036854775807 CACHE 1 → tickets AS bigint START 1 INCREMENT 1 MINVALUE 1 MAXVALUE 500 CACHE 1 CYCLE"
        },
        {
            "ALTER SEQUENCE tickets OWNED BY lonely.a",
            "alter-sequence tickets: tickets AS bigint START 1 INCREMENT 1 MINVALUE 1 MAXVALUE 9223372036854775807 CACHE 1 → tickets AS bigint START 1 INCREMENT 1 MINVALUE 1 MAXVALUE 9223372036854775807 CACHE 1 OWNED BY lonely.a"
        },
    };
}
