using System.Globalization;
using System.Text;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Engine;

/// <summary>
/// A repository with much to find: names in several conventions, a schema that its migrations do not make, statements that lock tables. A seed always gives the same
/// repository. Every field and every statement has a line of its own.
/// </summary>
internal sealed class GeneratedRepository
{
    private static readonly string[] Nouns = ["Account", "Invoice", "OrderLine", "BlogPost", "user", "team_member", "Payment", "AuditLog", "FileUpload", "Session"];
    private static readonly string[] Fields = ["createdAt", "updated_at", "firstName", "last_name", "order", "totalCount", "isOpen", "note", "deleted_at", "planName"];

    private readonly Random _random;
    private readonly StringBuilder _schema = new("datasource db {\n  provider = \"postgresql\"\n}\n");
    private readonly StringBuilder _first = new();
    private readonly StringBuilder _second = new();

    private GeneratedRepository(int seed) => _random = new Random(seed);

    /// <summary>The text of the schema.</summary>
    public string Schema => _schema.ToString();

    /// <summary>The statements of the first migration.</summary>
    public string First => _first.ToString();

    /// <summary>The statements of the second migration.</summary>
    public string Second => _second.ToString();

    public static GeneratedRepository Of(int seed)
    {
        var repository = new GeneratedRepository(seed);
        foreach (var noun in Nouns.OrderBy(_ => repository._random.Next()).Take(repository._random.Next(4, 8)))
            repository.Add(noun);

        if (repository.Chance(30))
            repository._first.Append("CREATE TABLE \"leftover\" (\"id\" INTEGER NOT NULL);\n");

        return repository;
    }

    /// <summary>Writes it into a folder.</summary>
    public TemporaryRepository Write(string folder = "prisma/", string first = "20250101000000_init", string second = "20250102000000_more") =>
        Write(Schema, First, Second, folder, first, second);

    /// <summary>Writes the texts of a repository into a folder.</summary>
    public static TemporaryRepository Write(
        string schema, string firstSql, string secondSql, string folder = "prisma/", string first = "20250101000000_init", string second = "20250102000000_more") =>
        new TemporaryRepository()
            .Write($"{folder}schema.prisma", schema)
            .Write($"{folder}migrations/migration_lock.toml", "provider = \"postgresql\"\n")
            .Write($"{folder}migrations/{first}/migration.sql", firstSql)
            .Write($"{folder}migrations/{second}/migration.sql", secondSql);

    private void Add(string noun)
    {
        var table = Chance(50) ? noun.ToLowerInvariant() + "_rows" : noun;
        _schema.Append(CultureInfo.InvariantCulture, $"\n{(Chance(40) ? $"/// One {noun}.\n" : "")}model {noun} {{\n  id Int @id\n");
        var columns = new List<string> { "\"id\" INTEGER NOT NULL" };
        foreach (var field in Fields.OrderBy(_ => _random.Next()).Take(_random.Next(3, 7)))
        {
            var column = Chance(40) ? field.ToLowerInvariant() + "_c" : field;
            _schema.Append(CultureInfo.InvariantCulture, $"  {field} String{(column == field ? "" : $" @map(\"{column}\")")}{(Chance(15) ? " // deprecated" : "")}\n");
            if (Chance(85))
                columns.Add($"\"{column}\" {(Chance(85) ? "TEXT" : "INTEGER")} NOT NULL");

            if (Chance(20))
                _second.Append(CultureInfo.InvariantCulture, $"ALTER TABLE \"{table}\" ADD COLUMN \"{column}_copy\" CHAR(4);\n");
        }

        _schema.Append(table == noun ? "}\n" : $"  @@map(\"{table}\")\n}}\n");
        _first.Append(CultureInfo.InvariantCulture, $"CREATE TABLE \"{table}\" ({string.Join(", ", columns)}, CONSTRAINT \"{table}_pkey\" PRIMARY KEY (\"id\"));\n");
        if (Chance(40))
            _second.Append(CultureInfo.InvariantCulture, $"ALTER TABLE \"{table}\" ADD CONSTRAINT \"{table}_positive\" CHECK (\"id\" > 0);\n");

        if (Chance(30))
            _second.Append(CultureInfo.InvariantCulture, $"CREATE INDEX \"{table}_more_idx\" ON \"{table}\" (\"id\");\n");
    }

    private bool Chance(int percent) => _random.Next(100) < percent;
}
