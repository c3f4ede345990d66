using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Lexing;
using Plumbline.PostgreSql.Sql.Parsing;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.PlPgSql;

/// <summary>Declarations ("Declarations").</summary>
internal static class PlDeclarations
{
    /// <summary>A declaration with its semicolon.</summary>
    public static PlDeclaration Parse(PlSource source)
    {
        var start = source.Current.Start;
        var name = source.Name();
        var declaration = Rest(source, name);
        declaration = declaration with { Span = source.SpanFrom(start) };
        source.Expect(';');
        return declaration;
    }

    private static PlDeclaration Rest(PlSource source, Identifier name)
    {
        var empty = new PlDeclaration(name.Span, name, null, null);
        if (source.Accept("alias"))
        {
            source.Expect("for");
            return empty with { AliasFor = source.Current.Kind == TokenKind.Parameter ? Parameter(source) : source.Qualified() };
        }

        if (source.Is("cursor") || source.Is("scroll") || source.Is("no"))
        {
            return empty with { Cursor = Cursor(source) };
        }

        var isConstant = source.Accept("constant");
        var (type, isRowType) = Type(source);
        if (source.Accept("collate"))
        {
            source.Qualified();
        }

        var isNotNull = source.Accept("not");
        if (isNotNull)
        {
            source.Expect("null");
        }

        var value = source.Current.Kind == TokenKind.ColonEquals || source.Current.Symbol == '=' || source.Is("default") ? Value(source) : null;
        if (isNotNull && value is null)
        {
            throw TokenReader.Error($"variable \"{name.Name}\" must have a default value, since it's declared NOT NULL", source.Current.Start, "22004");
        }

        return empty with { IsConstant = isConstant, Type = type, IsRowType = isRowType, IsNotNull = isNotNull, Default = value };
    }

    private static SqlExpr Value(PlSource source)
    {
        source.Advance();
        return source.Expression();
    }

    private static QualifiedName Parameter(PlSource source)
    {
        var token = source.Advance();
        return new QualifiedName(token.Span, [new Identifier(source.TextOf(token), token.Span)]);
    }

    private static SqlStatement Cursor(PlSource source)
    {
        source.Accept("no");
        source.Accept("scroll");
        source.Expect("cursor");
        if (source.Current.Symbol == '(')
        {
            source.Advance();
            source.MoveTo(source.Find(static token => token.Symbol == ')').Start);
            source.Expect(')');
        }

        if (!source.Accept("is"))
        {
            source.Expect("for");
        }

        return source.Statement();
    }

    // type, table%ROWTYPE, column%TYPE, variable%TYPE
    private static (SqlTypeName Type, bool IsRowType) Type(PlSource source)
    {
        var end = source.Find(token => token.Kind == TokenKind.ColonEquals || token.Symbol == '='
            || token.Keyword is K.Default or K.Not or K.Collate);
        if (end.Kind == TokenKind.End)
        {
            throw source.Near("incomplete data type declaration", end);
        }

        if (end.Start == source.Current.Start)
        {
            throw source.Near("missing data type declaration", end);
        }

        var percent = source.Find(static token => token.Symbol == '%');
        if (percent.Symbol == '%' && percent.Start < end.Start)
        {
            var start = source.Current.Start;
            var name = source.Qualified();
            source.Expect('%');
            var isRowType = source.Is("rowtype");
            if (!isRowType && !source.Is("type"))
            {
                throw source.Unexpected();
            }

            source.Advance();
            ImmutableArray<int?> bounds = [];
            while (source.Accept('['))
            {
                source.Expect(']');
                bounds = bounds.Add(null);
            }

            return (new SqlTypeName(source.SpanFrom(start), name) { IsColumnReference = !isRowType, ArrayBounds = bounds }, isRowType);
        }

        return (source.ReadTo(end.Start, TypeNames.Parse), false);
    }
}
