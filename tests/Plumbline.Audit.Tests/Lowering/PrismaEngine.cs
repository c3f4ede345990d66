using System.Text.Json.Nodes;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Lowering;

/// <summary>Prisma's own schema engine: the SQL that it would create a schema with.</summary>
internal sealed class PrismaEngine : IDisposable
{
    private readonly NodeOracle _oracle;

    /// <summary>Starts the engine.</summary>
    /// <param name="database">A database that it may connect to; it changes nothing there.</param>
    public PrismaEngine(TestDatabase database) =>
        _oracle = new NodeOracle("prisma-sql-server.mjs", new Dictionary<string, string> { ["DATABASE_URL"] = database.Url });

    /// <summary>The SQL for a schema of one file.</summary>
    /// <exception cref="InvalidOperationException">Prisma refuses the schema.</exception>
    public string Sql(string schema) => Ask(schema, fromDatabase: false);

    /// <summary>The SQL that turns the database into a schema of one file, as <c>prisma migrate dev</c> writes it.</summary>
    /// <exception cref="InvalidOperationException">Prisma refuses the schema.</exception>
    public string Migration(string schema) => Ask(schema, fromDatabase: true);

    private string Ask(string schema, bool fromDatabase)
    {
        var question = new JsonObject { ["id"] = 1, ["files"] = new JsonArray(new JsonArray("schema.prisma", schema)), ["fromDatabase"] = fromDatabase };
        var answer = JsonNode.Parse(_oracle.Ask(question.ToJsonString()))!;
        return answer["sql"]?.GetValue<string>() ?? throw new InvalidOperationException($"Prisma refuses a schema:\n{answer["error"]}\n\n{schema}");
    }

    /// <summary>Ends it.</summary>
    public void Dispose() => _oracle.Dispose();
}
