using Npgsql;
using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions;
using Plumbline.PostgreSql.Expressions.Printing;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Lexing;
using Plumbline.PostgreSql.Sql.Parsing;
using Plumbline.PostgreSql.Sql.Parsing.Queries;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Tests.Expressions;

/// <summary>What somebody makes of an expression: its canonical text, or a refusal with its place; null for text that is not canonical.</summary>
internal sealed record Verdict(string? Text, string? SqlState = null, string? Message = null, int? Position = null)
{
    public override string ToString() => SqlState is null ? Text ?? "(not canonical)" : $"{SqlState} at {Position}: {Message}";
}

/// <summary>Asks both a real server and Plumbline what they make of an expression in one of the places where expressions are stored.</summary>
internal sealed class ExpressionOracle : IDisposable
{
    private readonly NpgsqlConnection _connection;

    public ExpressionOracle(NpgsqlConnection connection)
    {
        _connection = connection;
        Catalog = new ServerCatalog(connection);
    }

    public ServerCatalog Catalog { get; }

    /// <summary>Both verdicts.</summary>
    /// <param name="place"><c>default TYPE</c>, <c>check</c>, <c>index</c>, <c>predicate</c>, <c>policy</c>, <c>generated TYPE</c>, <c>when</c>, <c>domain TYPE</c> or <c>view</c>; behind an <c>@</c> the table.</param>
    /// <param name="expression">The expression, or the view's query.</param>
    public (Verdict Server, Verdict Ours) Ask(string place, string expression)
    {
        var at = place.IndexOf('@');
        var table = at < 0 ? "things" : place[(at + 1)..];
        place = at < 0 ? place : place[..at];
        var (kind, type) = place.Split(' ', 2) is [var first, var rest] ? (first, rest) : (place, "");
        var quoted = Identifiers.Quote(table);
        var (prefix, suffix, query) = kind switch
        {
            "default" => ($"CREATE TABLE probe (probe {type} DEFAULT ", ")", "select pg_get_expr(adbin, adrelid) from pg_attrdef where adrelid = 'probe'::regclass"),
            "generated" => ($"ALTER TABLE {quoted} ADD COLUMN probe {type} GENERATED ALWAYS AS (", ") STORED", "select pg_get_expr(adbin, adrelid) from pg_attrdef order by oid desc limit 1"),
            "check" => ($"ALTER TABLE {quoted} ADD CONSTRAINT probe CHECK (", ")", "select pg_get_expr(conbin, conrelid) from pg_constraint where conname = 'probe'"),
            "domain" => ($"CREATE DOMAIN probe AS {type} CHECK (", ")", "select pg_get_expr(conbin, 0) from pg_constraint where contypid = 'probe'::regtype"),
            "index" => ($"CREATE INDEX probe ON {quoted} ((", "))", "select pg_get_expr(indexprs, indrelid) from pg_index where indexrelid = 'probe'::regclass"),
            "predicate" => ($"CREATE INDEX probe ON {quoted} (id) WHERE ", "", "select pg_get_expr(indpred, indrelid) from pg_index where indexrelid = 'probe'::regclass"),
            "policy" => ($"CREATE POLICY probe ON {quoted} USING (", ")", "select pg_get_expr(polqual, polrelid) from pg_policy where polname = 'probe'"),
            "when" => ($"CREATE TRIGGER probe BEFORE UPDATE ON {quoted} FOR EACH ROW WHEN (", ") EXECUTE FUNCTION probe_trigger()", "select substring(pg_get_triggerdef(oid), 'WHEN \\((.*)\\) EXECUTE') from pg_trigger where tgname = 'probe'"),
            "view" => ("CREATE VIEW probe AS ", "", "select pg_get_viewdef('probe'::regclass)"),
            _ => throw new ArgumentException($"unknown place {place}"),
        };
        var text = prefix + expression + suffix;
        try
        {
            return (AskServer(text, query), AskUs(kind, type, table, text, prefix.Length, prefix.Length + expression.Length));
        }
        catch (SqlSyntaxException e)
        {
            // What the grammar refuses is the parser's affair.
            return (AskServer(text, query), new Verdict(null, e.Error.SqlState, e.Error.Message, e.Error.Position + 1));
        }
    }

    private Verdict AskServer(string statement, string query)
    {
        using var transaction = _connection.BeginTransaction();
        try
        {
            using var change = new NpgsqlCommand(statement, _connection) { AllResultTypesAreUnknown = true };
            change.ExecuteNonQuery();
            using var read = new NpgsqlCommand(query, _connection);
            return new Verdict(read.ExecuteScalar() as string);
        }
        catch (PostgresException e)
        {
            return new Verdict(null, e.SqlState, e.MessageText, e.Position == 0 ? null : e.Position);
        }
        finally
        {
            transaction.Rollback();
        }
    }

    private Verdict AskUs(string kind, string type, string table, string text, int start, int end)
    {
        var relation = Catalog.FindRelation("public", table)!;
        var binder = new ExpressionBinder(Catalog, text);
        if (kind == "view")
        {
            var (view, refusal) = binder.Query(QueryParser.Parse(new TokenReader(text, start, end)), []);
            return refusal is not null ? Refused(refusal) : Printed(view!.Print(Catalog));
        }

        var reader = new TokenReader(text, start, end);
        var expression = kind == "default" ? ExpressionParser.ParseRestricted(reader) : ExpressionParser.Parse(reader);
        var bound = type.Length > 0 ? new TypeResolver(Catalog).Resolve(ParseType(type)).Value : null;
        var (value, error) = kind switch
        {
            "default" => binder.ColumnDefault(expression, "probe", bound!.Oid, bound.Modifier),
            "generated" => binder.GeneratedColumn(expression, relation, new PgColumn(100, "probe", bound!.Oid, bound.Modifier)),
            "check" => binder.Check(expression, relation),
            "domain" => binder.DomainCheck(expression, bound!.Oid, bound.Modifier),
            "index" => binder.IndexExpression(expression, relation),
            "predicate" => binder.IndexPredicate(expression, relation),
            "policy" => binder.Policy(expression, relation),
            _ => binder.TriggerWhen(expression, relation, new TriggerShape(true, true, false, true, false)),
        };
        return error is not null ? Refused(error) : Printed(value!.Print(Catalog));
    }

    private static SqlTypeName ParseType(string type) => TypeNames.Parse(new TokenReader(type, 0, type.Length));

    private static Verdict Refused(SqlError error) => new(null, error.SqlState, error.Message, error.Position + 1);

    private static Verdict Printed(SqlExpression expression) => new(expression.IsCanonical ? expression.Text : null);

    public void Dispose() => _connection.Dispose();
}
