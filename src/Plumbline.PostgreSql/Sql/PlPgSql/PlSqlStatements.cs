using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Lexing;
using Plumbline.PostgreSql.Sql.Parsing;
using Plumbline.Schema.Text;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.PlPgSql;

/// <summary>SQL statements inside PL/pgSQL, with INTO ("Executing SQL Commands").</summary>
internal static class PlSqlStatements
{
    /// <summary>A statement.</summary>
    public static PlSql Parse(PlSource source, int start)
    {
        // The INTO of INSERT and MERGE is theirs; any other one is PL/pgSQL's.
        var into = FindInto(source, out var hidden);
        var end = source.Find(static _ => false);
        if (end.Kind == TokenKind.End)
        {
            throw source.Near("unexpected end of function definition", end);
        }

        var statement = source.Read([], isExpression: false, Statements.Parse, hidden);
        return new PlSql(source.SpanFrom(start), statement, into);
    }

    /// <summary>INTO and its targets.</summary>
    public static PlInto Into(PlSource source)
    {
        var start = source.Current.Start;
        source.Expect("into");
        var isStrict = source.Accept("strict");
        var targets = Targets(source);
        return new PlInto(source.SpanFrom(start), isStrict, targets);
    }

    /// <summary>Variables with commas between them.</summary>
    public static ImmutableArray<QualifiedName> Targets(PlSource source)
    {
        var targets = ImmutableArray.CreateBuilder<QualifiedName>(1);
        do
        {
            targets.Add(source.Qualified());
        }
        while (source.Accept(','));
        return targets.ToImmutable();
    }

    private static PlInto? FindInto(PlSource source, out TextSpan hidden)
    {
        hidden = default;
        if (source.Current.Keyword is K.Import or K.Create)
        {
            return null;
        }

        var previous = K.NoKeyword;
        var found = source.Find(token =>
        {
            var isInto = token.Keyword == K.Into && previous is not (K.Insert or K.Merge);
            previous = token.Keyword;
            return isInto;
        });
        if (found.Keyword != K.Into)
        {
            return null;
        }

        var start = source.Current.Start;
        source.MoveTo(found.Start);
        var into = Into(source);
        hidden = TextSpan.FromBounds(found.Start, source.PreviousEnd);
        source.MoveTo(start);
        return into;
    }
}
