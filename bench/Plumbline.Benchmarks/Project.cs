using System.Text;
using Plumbline.PostgreSql.Replay;
using Plumbline.Schema.Text;

namespace Plumbline.Benchmarks;

/// <summary>A generated project of a given size, in memory: what the benchmarks read.</summary>
internal sealed class Project
{
    private Project(SourceText schema, MigrationSource[] migrations)
    {
        Schema = schema;
        Migrations = migrations;
    }

    /// <summary>The Prisma schema.</summary>
    public SourceText Schema { get; }

    /// <summary>The migrations that make its database, one for each model.</summary>
    public MigrationSource[] Migrations { get; }

    /// <summary>A project of so many models, each of which refers to one before it.</summary>
    public static Project OfModels(int count)
    {
        var schema = new StringBuilder("datasource db {\n  provider = \"postgresql\"\n}\n\n");
        var migrations = new MigrationSource[count];
        for (var i = 0; i < count; i++)
        {
            var parent = i == 0 ? -1 : i / 2;
            schema.Append($"model Model{i} {{\n  id        String   @id @default(cuid())\n  name      String\n  score     Int      @default(0)\n  createdAt DateTime @default(now()) @map(\"created_at\")\n");
            if (parent >= 0)
                schema.Append($"  parentId  String   @map(\"parent_id\")\n  parent    Model{parent} @relation(\"r{i}\", fields: [parentId], references: [id], onDelete: Cascade)\n");

            for (var child = Math.Max(1, 2 * i); child <= (2 * i) + 1 && child < count; child++)
            {
                if (child != i)
                    schema.Append($"  children{child} Model{child}[] @relation(\"r{child}\")\n");
            }

            schema.Append($"\n  @@index([createdAt])\n  @@map(\"model_{i}\")\n}}\n\n");
            var sql = $"CREATE TABLE \"model_{i}\" (\n    \"id\" TEXT NOT NULL,\n    \"name\" TEXT NOT NULL,\n    \"score\" INTEGER NOT NULL DEFAULT 0,\n" +
                "    \"created_at\" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,\n" + (parent >= 0 ? "    \"parent_id\" TEXT NOT NULL,\n" : "") +
                $"    CONSTRAINT \"model_{i}_pkey\" PRIMARY KEY (\"id\")\n);\nCREATE INDEX \"model_{i}_created_at_idx\" ON \"model_{i}\"(\"created_at\");\n" +
                (parent >= 0 ? $"ALTER TABLE \"model_{i}\" ADD CONSTRAINT \"model_{i}_parent_id_fkey\" FOREIGN KEY (\"parent_id\") REFERENCES \"model_{parent}\"(\"id\") ON DELETE CASCADE ON UPDATE CASCADE;\n" : "");
            migrations[i] = new MigrationSource($"{i:D14}_model", new SourceText($"migrations/{i:D14}_model/migration.sql", sql));
        }

        return new Project(new SourceText("schema.prisma", schema.ToString()), migrations);
    }
}
