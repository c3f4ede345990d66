using System.Collections.Immutable;
using System.Globalization;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Lexing;
using Plumbline.PostgreSql.Sql.Parsing;

namespace Plumbline.PostgreSql.Sql.PlPgSql;

/// <summary>LOOP, WHILE, FOR and FOREACH ("Simple Loops", "Looping through Query Results", "Looping through Arrays").</summary>
internal static class PlLoops
{
    /// <summary>A loop whose label has been read; null where none begins here.</summary>
    public static PlStatement? TryParse(PlSource source, int start, Identifier? label)
    {
        if (source.Current.Kind == TokenKind.QuotedIdentifier)
        {
            return null;
        }

        if (source.Accept("loop"))
        {
            var statements = Body(source, label);
            return new PlLoop(source.SpanFrom(start), label, null, statements);
        }

        if (source.Accept("while"))
        {
            var condition = source.Expression("loop");
            source.Expect("loop");
            var statements = Body(source, label);
            return new PlLoop(source.SpanFrom(start), label, condition, statements);
        }

        if (source.Accept("foreach"))
        {
            return Foreach(source, start, label);
        }

        return source.Accept("for") ? For(source, start, label) : null;
    }

    private static ImmutableArray<PlStatement> Body(PlSource source, Identifier? label)
    {
        var statements = PlStatements.Until(source, "end");
        source.Expect("end");
        source.Expect("loop");
        PlBlocks.EndLabel(source, label);
        return statements;
    }

    private static PlForeach Foreach(PlSource source, int start, Identifier? label)
    {
        var targets = PlSqlStatements.Targets(source);
        var slice = 0;
        if (source.Accept("slice"))
        {
            var token = source.Current;
            if (token.Kind != TokenKind.Integer || !int.TryParse(source.TextOf(token), CultureInfo.InvariantCulture, out slice))
            {
                throw source.Unexpected();
            }

            source.Advance();
        }

        source.Expect("in");
        source.Expect("array");
        var array = source.Expression("loop");
        source.Expect("loop");
        var statements = Body(source, label);
        return new PlForeach(source.SpanFrom(start), label, targets, slice, array, statements);
    }

    private static PlStatement For(PlSource source, int start, Identifier? label)
    {
        var targets = PlSqlStatements.Targets(source);
        source.Expect("in");
        if (source.Accept("execute"))
        {
            var command = source.Expression("loop", "using");
            var arguments = PlStatements.Using(source, "loop");
            source.Expect("loop");
            var dynamicBody = Body(source, label);
            return new PlForQuery(source.SpanFrom(start), label, targets, null, command, arguments, null, dynamicBody);
        }

        var isReverse = source.Accept("reverse");
        var isRange = source.Find(token => token.Kind == TokenKind.DotDot || source.Is(token, "loop")).Kind == TokenKind.DotDot;
        if (isRange)
        {
            return Range(source, start, label, targets, isReverse);
        }

        if (isReverse)
        {
            throw TokenReader.Error("cannot specify REVERSE in query FOR loop", source.Current.Start);
        }

        // A lone name, perhaps with arguments, is a cursor.
        if (source.Current.Kind is not TokenKind.Keyword || KeywordTable.CategoryOf(source.Current.Keyword) == KeywordCategory.Unreserved)
        {
            if (source.Is(source.Next, "loop") || source.Next.Symbol == '(')
            {
                return Cursor(source, start, label, targets);
            }
        }

        var query = source.Statement("loop");
        source.Expect("loop");
        var statements = Body(source, label);
        return new PlForQuery(source.SpanFrom(start), label, targets, query, null, [], null, statements);
    }

    private static PlForRange Range(PlSource source, int start, Identifier? label, ImmutableArray<QualifiedName> targets, bool isReverse)
    {
        if (targets is not [{ Parts.Length: 1 } target])
        {
            throw TokenReader.Error("integer FOR loop must have only one target variable", targets[0].Span.Start);
        }

        var first = source.Expression("..");
        source.Advance();
        var last = source.Expression("loop", "by");
        var by = source.Accept("by") ? source.Expression("loop") : null;
        source.Expect("loop");
        var statements = Body(source, label);
        return new PlForRange(source.SpanFrom(start), label, target.Parts[0], isReverse, first, last, by, statements);
    }

    private static PlForQuery Cursor(PlSource source, int start, Identifier? label, ImmutableArray<QualifiedName> targets)
    {
        var cursor = source.Name();
        source.MoveTo(source.Find(token => source.Is(token, "loop")).Start);
        source.Expect("loop");
        var statements = Body(source, label);
        return new PlForQuery(source.SpanFrom(start), label, targets, null, null, [], cursor, statements);
    }
}
