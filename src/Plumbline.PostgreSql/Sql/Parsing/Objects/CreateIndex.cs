using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.PostgreSql.Sql.Parsing.Queries;
using Plumbline.PostgreSql.Sql.Parsing.Tables;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing.Objects;

/// <summary>CREATE INDEX ("CREATE INDEX").</summary>
internal static class CreateIndex
{
    /// <summary>The statement from UNIQUE or INDEX on.</summary>
    public static CreateIndexStatement Parse(TokenReader r, int start)
    {
        var isUnique = r.Accept(K.Unique);
        r.Expect(K.Index);
        var isConcurrent = r.Accept(K.Concurrently);
        var ifNotExists = CreateTable.IfNotExists(r);
        Identifier? name = ifNotExists || !r.At(K.On) ? Names.Column(r) : null;
        r.Expect(K.On);
        var table = FromItems.Relation(r);
        Identifier? method = r.Accept(K.Using) ? Names.Column(r) : null;
        var elements = Lists.InParentheses(r, IndexElements.Parse);
        var include = r.Accept(K.Include) ? Lists.InParentheses(r, IndexElements.Parse) : [];
        var nullsNotDistinct = Constraints.NullTreatment(r);
        var options = Definitions.OptionalWithRelation(r);
        Identifier? tablespace = r.Accept(K.Tablespace) ? Names.Column(r) : null;
        var where = SelectBodies.Where(r);
        return new CreateIndexStatement(r.SpanFrom(start), name, table.Name, table.IsOnly, elements)
        {
            IsUnique = isUnique,
            IsConcurrent = isConcurrent,
            IfNotExists = ifNotExists,
            AccessMethod = method,
            Include = include,
            NullsNotDistinct = nullsNotDistinct,
            Options = options,
            Tablespace = tablespace,
            Where = where,
        };
    }
}
