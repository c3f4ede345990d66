using Plumbline.Audit.Rules.Drift;
using Plumbline.Audit.Rules.Naming;
using Plumbline.Audit.Tests.Rules;

namespace Plumbline.Audit.Tests.Facts;

/// <summary>Tables and enums that <c>prisma.config.ts</c> lists as external (Prisma documentation, "External tables").</summary>
public sealed class ExternalObjectsTests
{
    private const string Users = "model users {\n  id   Int @id\n  name String\n}";

    [Fact]
    public void A_table_that_somebody_else_creates_is_not_missing()
    {
        Missing().ExternalTables("public.users").ExpectNothing();
        Missing().ExternalTables("auth.users").ExpectAt("critical: users is in the schema but no migration creates it", "prisma/schema.prisma:1:1");

        static RuleTest Missing() => RuleTest.For<MissingTableRule>().Schema(Users).Migration("2025_a", "CREATE TABLE t (id int PRIMARY KEY);");
    }

    [Fact]
    public void A_table_that_is_external_and_in_no_model_is_not_extra() =>
        RuleTest.For<ExtraTableRule>()
            .Schema("model t {\n  id Int @id\n}")
            .Migration("2025_a", "CREATE TABLE t (id int PRIMARY KEY);\nCREATE TABLE queue (id serial PRIMARY KEY);\n[|CREATE TABLE other (id int PRIMARY KEY)|];")
            .ExternalTables("public.queue")
            .Expect();

    [Fact]
    public void A_model_may_have_only_a_part_of_an_external_table() =>
        RuleTest.For<ExtraColumnRule>()
            .With<MissingColumnRule>()
            .Schema(Users)
            .Migration("2025_a", "CREATE TABLE users (id int PRIMARY KEY, secret text NOT NULL);")
            .ExternalTables("public.users")
            .ExpectNothing();

    [Fact]
    public void A_foreign_key_to_an_external_table_is_the_projects_own() =>
        Assert.Single(RuleTest.For<ForeignKeyRule>()
            .Schema("model users {\n  id Int @id\n  posts posts[]\n}\n\nmodel posts {\n  id Int @id\n  userId Int\n  user users @relation(fields: [userId], references: [id])\n}")
            .Migration("2025_a", "CREATE TABLE users (id int PRIMARY KEY);\nCREATE TABLE posts (id int PRIMARY KEY, \"userId\" int NOT NULL);")
            .ExternalTables("public.users")
            .Run().Findings);

    [Fact]
    public void Values_of_an_external_enum_are_not_compared()
    {
        Values().ExternalEnums("public.Kind").ExpectNothing();
        Assert.Single(Values().Run().Findings);

        static RuleTest Values() =>
            RuleTest.For<EnumValueRule>()
                .Schema("enum Kind {\n  A\n}\n\nmodel t {\n  id Int @id\n  kind Kind @default(A)\n}")
                .Migration("2025_a", "CREATE TYPE \"Kind\" AS ENUM ('A', 'B');\nCREATE TABLE t (id int PRIMARY KEY, kind \"Kind\" NOT NULL DEFAULT 'A');");
    }

    [Fact]
    public void A_column_of_an_external_enum_agrees() =>
        RuleTest.For<DefaultRule>()
            .With<ColumnTypeRule>()
            .With<EnumRule>()
            .Schema("enum Kind {\n  A\n}\n\nmodel t {\n  id Int @id\n  kind Kind @default(A)\n}")
            .Migration("2025_a", "CREATE TYPE \"Kind\" AS ENUM ('A', 'B');\nCREATE TABLE t (id int PRIMARY KEY, kind \"Kind\" NOT NULL DEFAULT 'A');")
            .ExternalEnums("public.Kind")
            .ExpectNothing();

    [Fact]
    public void What_changed_in_an_external_table_of_a_live_database_is_not_reported() =>
        RuleTest.For<ExtraColumnRule>()
            .Schema(Users)
            .Migration("2025_a", "CREATE TABLE users (id int PRIMARY KEY, name text NOT NULL);")
            .Live("ALTER TABLE users ADD secret text;")
            .ExternalTables("public.users")
            .ExpectNothing();

    [Fact]
    public void The_names_of_external_tables_are_not_the_projects()
    {
        Names().ExternalTables("public.LegacyUsers").ExpectNothing();
        Assert.Single(Names().Run().Findings);

        static RuleTest Names() => RuleTest.For<TableNameRule>().Schema(string.Join("\n\n", new[] { "user_a", "user_b", "user_c", "LegacyUsers" }.Select((name, i) => $"model M{i} {{\n  id Int @id\n  @@map(\"{name}\")\n}}")));
    }
}
