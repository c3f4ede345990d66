using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.PostgreSql.Sql.Parsing.Queries;
using Plumbline.PostgreSql.Sql.Parsing.Session;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing.Tables;

/// <summary>CREATE TABLE AS and CREATE MATERIALIZED VIEW.</summary>
internal static class CreateTableAs
{
    /// <summary>CREATE TABLE AS from behind the table's name.</summary>
    public static CreateTableAsStatement Parse(TokenReader r, int start, QualifiedName name, TablePersistence persistence, bool ifNotExists)
    {
        var columns = Names.OptionalColumnList(r);
        var (method, options, onCommit, tablespace) = CreateTable.Storage(r);
        r.Expect(K.As);
        var query = r.At(K.Execute) ? SessionStatements.Execute(r) : (SqlStatement)QueryParser.Parse(r);
        var withData = WithData(r);
        return new CreateTableAsStatement(r.SpanFrom(start), name, false, ifNotExists, columns, query, withData)
        {
            Persistence = persistence,
            AccessMethod = method,
            Options = options,
            OnCommit = onCommit,
            Tablespace = tablespace,
        };
    }

    /// <summary>CREATE MATERIALIZED VIEW from MATERIALIZED on.</summary>
    public static CreateTableAsStatement MaterializedView(TokenReader r, int start, TablePersistence persistence)
    {
        r.Expect(K.Materialized, K.View);
        var ifNotExists = CreateTable.IfNotExists(r);
        var name = Names.Relation(r);
        var columns = Names.OptionalColumnList(r);
        Identifier? method = r.Accept(K.Using) ? Names.Column(r) : null;
        var options = Definitions.OptionalWithRelation(r);
        Identifier? tablespace = r.Accept(K.Tablespace) ? Names.Column(r) : null;
        r.Expect(K.As);
        var query = QueryParser.Parse(r);
        var withData = WithData(r);
        return new CreateTableAsStatement(r.SpanFrom(start), name, true, ifNotExists, columns, query, withData)
        {
            Persistence = persistence,
            AccessMethod = method,
            Options = options,
            Tablespace = tablespace,
        };
    }

    /// <summary>WITH [NO] DATA; true where nothing is written.</summary>
    public static bool WithData(TokenReader r)
    {
        if (!r.Accept(K.With))
        {
            return true;
        }

        var withData = !r.Accept(K.No);
        r.Expect(K.Data);
        return withData;
    }
}
