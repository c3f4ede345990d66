using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.PostgreSql.Sql.Lexing;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing.Queries;

/// <summary>XMLTABLE and JSON_TABLE ("xmltable", "JSON_TABLE").</summary>
internal static class TableFunctions
{
    /// <summary>One of them; null where neither is here.</summary>
    public static TableFunctionItem? TryParse(TokenReader r, int start, bool isLateral)
    {
        if (r.Next.Symbol != '(' || !r.At(K.Xmltable, K.JsonTable))
        {
            return null;
        }

        var expressions = ImmutableArray.CreateBuilder<SqlExpr>();
        var columns = ImmutableArray.CreateBuilder<FieldDefinition>();
        var name = r.Advance();
        r.Expect('(');
        if (name.Keyword == K.Xmltable)
        {
            Xml(r, expressions, columns);
        }
        else
        {
            Json(r, expressions, columns);
        }

        r.Expect(')');
        TableAlias? alias = null;
        if (r.Accept(K.As) || Names.IsColumnName(r.Current))
        {
            var label = Names.Column(r);
            alias = new TableAlias(label.Span, label, Names.OptionalColumnList(r));
        }

        return new TableFunctionItem(
            r.SpanFrom(start), TokenText.FoldCase(r.TextOf(name)), expressions.ToImmutable(), columns.ToImmutable(), isLateral, alias);
    }

    private static void Xml(TokenReader r, ImmutableArray<SqlExpr>.Builder expressions, ImmutableArray<FieldDefinition>.Builder columns)
    {
        if (r.At(K.Xmlnamespaces) && r.Next.Symbol == '(')
        {
            r.Advance();
            expressions.AddRange(Lists.InParentheses(r, static r =>
            {
                if (r.Accept(K.Default))
                {
                    return ExpressionParser.ParseRestricted(r);
                }

                var value = ExpressionParser.ParseRestricted(r);
                r.Expect(K.As);
                Names.Label(r);
                return value;
            }));
            r.Expect(',');
        }

        expressions.AddRange(XmlCalls.PathAndDocument(r));
        r.Expect(K.Columns);
        columns.AddRange(Lists.Separated(r, XmlColumn));
    }

    private static FieldDefinition XmlColumn(TokenReader r)
    {
        var name = Names.Column(r);
        if (r.Accept(K.For, K.Ordinality))
        {
            return Ordinality(r, name);
        }

        var type = TypeNames.Parse(r);
        while (true)
        {
            if (r.Accept(K.Null) || r.Accept(K.Not, K.Null))
            {
                continue;
            }

            if (r.Accept(K.Default) || r.At(TokenKind.Identifier) || r.Accept(K.Path))
            {
                if (r.At(TokenKind.Identifier))
                {
                    var option = r.Advance();
                    ExpressionParser.ParseRestricted(r);
                    throw TokenReader.Error($"unrecognized column option \"{TokenText.FoldCase(r.TextOf(option))}\"", option.Start);
                }

                ExpressionParser.ParseRestricted(r);
                continue;
            }

            return new FieldDefinition(r.SpanFrom(name.Span.Start), name, type, null);
        }
    }

    private static void Json(TokenReader r, ImmutableArray<SqlExpr>.Builder expressions, ImmutableArray<FieldDefinition>.Builder columns)
    {
        expressions.Add(JsonCalls.Value(r).Value);
        r.Expect(',');
        expressions.Add(ExpressionParser.ParseInside(r));
        if (r.Accept(K.As))
        {
            Names.Column(r);
        }

        var passed = ImmutableArray.CreateBuilder<CallArgument>();
        JsonCalls.Passing(r, passed);
        JsonColumns(r, columns);
        JsonCalls.Behaviors(r, passed);
        foreach (var argument in passed)
        {
            expressions.Add(argument.Value);
        }
    }

    private static void JsonColumns(TokenReader r, ImmutableArray<FieldDefinition>.Builder columns)
    {
        r.Enter();
        r.Expect(K.Columns);
        r.Expect('(');
        do
        {
            JsonColumn(r, columns);
        }
        while (r.Accept(','));
        r.Expect(')');
        r.Leave();
    }

    private static void JsonColumn(TokenReader r, ImmutableArray<FieldDefinition>.Builder columns)
    {
        if (r.At(K.Nested) && (r.Next.IsString || r.Next.Keyword == K.Path))
        {
            r.Advance();
            r.Accept(K.Path);
            Literals.String(r);
            if (r.Accept(K.As))
            {
                Names.Column(r);
            }

            JsonColumns(r, columns);
            return;
        }

        var name = Names.Column(r);
        if (r.Accept(K.For, K.Ordinality))
        {
            columns.Add(Ordinality(r, name));
            return;
        }

        var type = TypeNames.Parse(r);
        r.Accept(K.Exists);
        JsonCalls.Format(r);
        if (r.Accept(K.Path))
        {
            Literals.String(r);
        }

        JsonCalls.Behaviors(r, ImmutableArray.CreateBuilder<CallArgument>());
        columns.Add(new FieldDefinition(r.SpanFrom(name.Span.Start), name, type, null));
    }

    private static FieldDefinition Ordinality(TokenReader r, Identifier name)
    {
        var span = r.SpanFrom(name.Span.Start);
        var int4 = new SqlTypeName(span, new QualifiedName(span, [new("pg_catalog", span), new("int4", span)])) { IsSqlSpelling = true };
        return new FieldDefinition(span, name, int4, null);
    }
}
