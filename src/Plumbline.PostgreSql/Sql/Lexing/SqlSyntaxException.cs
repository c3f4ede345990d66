using Plumbline.PostgreSql.Sql.Ast;

namespace Plumbline.PostgreSql.Sql.Lexing;

/// <summary>Carries an error from deep in a parser to the statement that it spoils; never leaves the parser.</summary>
internal sealed class SqlSyntaxException(SqlSyntaxError error) : Exception(error.Message)
{
    /// <summary>The error.</summary>
    public SqlSyntaxError Error { get; } = error;
}
