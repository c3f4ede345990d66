using Plumbline.PostgreSql.Sql.Lexing;

namespace Plumbline.PostgreSql.Sql.PlPgSql;

/// <summary>Reads the body of a PL/pgSQL function or DO block ("PL/pgSQL" in PostgreSQL's documentation).</summary>
public static class PlPgSqlParser
{
    /// <summary>Reads a body.</summary>
    /// <param name="code">The body, without the quotes around it.</param>
    public static PlBody Parse(string code)
    {
        try
        {
            var source = new PlSource(code);
            SkipCompilerOptions(source);
            var block = PlBlocks.Parse(source);
            source.Accept(';');
            return source.Current.Kind == TokenKind.End ? new PlBody(block, null) : throw source.Unexpected();
        }
        catch (SqlSyntaxException exception)
        {
            return new PlBody(null, exception.Error);
        }
    }

    // #option dump, #variable_conflict use_column, #print_strict_params on
    private static void SkipCompilerOptions(PlSource source)
    {
        while (source.Is("#"))
        {
            source.Advance();
            source.Advance();
            source.Advance();
        }
    }
}
