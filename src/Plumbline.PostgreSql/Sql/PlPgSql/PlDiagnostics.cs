using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Lexing;
using Plumbline.PostgreSql.Sql.Parsing;

namespace Plumbline.PostgreSql.Sql.PlPgSql;

/// <summary>GET DIAGNOSTICS ("Obtaining the Result Status").</summary>
internal static class PlDiagnostics
{
    /// <summary>The statement.</summary>
    public static PlGetDiagnostics Parse(PlSource source, int start)
    {
        source.Expect("get");
        var isStacked = source.Accept("stacked");
        if (!isStacked)
        {
            source.Accept("current");
        }

        source.Expect("diagnostics");
        var items = ImmutableArray.CreateBuilder<(QualifiedName, string)>();
        do
        {
            var target = source.Qualified();
            if (source.Current.Kind != TokenKind.ColonEquals && source.Current.Symbol != '=')
            {
                throw source.Unexpected();
            }

            source.Advance();
            var item = source.Name();
            if (item.Name is not ("row_count" or "pg_context" or "pg_routine_oid" or "pg_exception_detail" or "pg_exception_hint" or "pg_exception_context"
                or "returned_sqlstate" or "message_text" or "column_name" or "constraint_name" or "pg_datatype_name" or "table_name" or "schema_name"))
            {
                throw TokenReader.Error("unrecognized GET DIAGNOSTICS item", item.Span.Start);
            }

            items.Add((target, item.Name));
        }
        while (source.Accept(','));
        return new PlGetDiagnostics(source.SpanFrom(start), isStacked, items.ToImmutable());
    }
}
