using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Session;
using Plumbline.PostgreSql.Sql.Lexing;
using Plumbline.PostgreSql.Sql.Parsing.Objects;
using Plumbline.PostgreSql.Sql.Parsing.Queries;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing.Session;

/// <summary>COPY ("COPY").</summary>
internal static class CopyStatements
{
    /// <summary>The statement.</summary>
    public static CopyStatement Parse(TokenReader r)
    {
        var start = r.Expect(K.Copy).Start;
        if (r.At('('))
        {
            return OfQuery(r, start);
        }

        var options = ImmutableArray.CreateBuilder<DefinitionOption>();
        Word(r, options, K.Binary, "format", "binary");
        var table = Names.Relation(r);
        var columns = Names.OptionalColumnList(r);
        if (!r.At(K.From, K.To))
        {
            throw r.Unexpected();
        }

        var isFrom = r.Advance().Keyword == K.From;
        var (program, file) = File(r);
        Delimiters(r, options);
        Options(r, options);
        var whereStart = r.Current.Start;
        var where = SelectBodies.Where(r);
        if (where is not null && !isFrom)
        {
            throw TokenReader.Error("WHERE clause not allowed with COPY TO", whereStart, hint: "Try the COPY (SELECT ... WHERE ...) TO variant.");
        }

        return new CopyStatement(r.SpanFrom(start), table, null, columns, isFrom, program, file, options.ToImmutable(), where);
    }

    private static CopyStatement OfQuery(TokenReader r, int start)
    {
        r.Expect('(');
        var query = DataStatements.Preparable(r);
        r.Expect(')');
        r.Expect(K.To);
        var (program, file) = File(r);
        var options = ImmutableArray.CreateBuilder<DefinitionOption>();
        Options(r, options);
        return new CopyStatement(r.SpanFrom(start), null, query, [], false, program, file, options.ToImmutable(), null);
    }

    private static (bool Program, string? File) File(TokenReader r)
    {
        var word = r.Current;
        if (r.Accept(K.Program))
        {
            return (true, Literals.String(r).Text);
        }

        if (word.Keyword is K.Stdin or K.Stdout)
        {
            r.Advance();
            return (false, null);
        }

        return (false, Literals.String(r).Text);
    }

    private static void Delimiters(TokenReader r, ImmutableArray<DefinitionOption>.Builder options)
    {
        var start = r.Current.Start;
        if (r.At(K.Delimiters) || (r.At(K.Using) && r.Next.Keyword == K.Delimiters))
        {
            r.Accept(K.Using);
            r.Expect(K.Delimiters);
            options.Add(Definitions.Make(r, start, "delimiter", Literals.String(r)));
        }
    }

    private static void Options(TokenReader r, ImmutableArray<DefinitionOption>.Builder options)
    {
        r.Accept(K.With);
        if (r.At('('))
        {
            options.AddRange(Lists.InParentheses(r, Generic));
            return;
        }

        while (Legacy(r) is { } option)
        {
            options.Add(option);
        }
    }

    private static DefinitionOption Generic(TokenReader r)
    {
        var name = Names.Label(r);
        SqlNode? value = null;
        if (r.At('+') || r.At('-') || r.At(TokenKind.Integer) || r.At(TokenKind.Numeric))
        {
            value = Literals.Number(r);
        }
        else if (r.At('*'))
        {
            value = new ConstantExpr(r.Advance().Span, ConstantKind.String, "*");
        }
        else if (r.At('('))
        {
            var start = r.Current.Start;
            var items = Lists.InParentheses<SqlNode>(r, SetStatements.BooleanOrString);
            value = new OptionList(r.SpanFrom(start), items);
        }
        else if (r.Accept(K.Default))
        {
            value = new ConstantExpr(r.SpanFrom(name.Span.End), ConstantKind.String, "default");
        }
        else if (r.Current.IsString || Names.IsNonReserved(r.Current) || r.Current.Keyword is K.True or K.False or K.On)
        {
            value = SetStatements.BooleanOrString(r);
        }

        return new DefinitionOption(r.SpanFrom(name.Span.Start), null, name.Name, value);
    }

    // The options as they were before PostgreSQL 9.0.
    private static DefinitionOption? Legacy(TokenReader r)
    {
        var start = r.Current.Start;
        switch (r.Current.Keyword)
        {
            case K.Binary or K.Csv:
                var format = TokenText.FoldCase(r.TextOf(r.Advance()));
                return Definitions.Make(r, start, "format", format);
            case K.Freeze or K.Header:
                var name = TokenText.FoldCase(r.TextOf(r.Advance()));
                return Definitions.Make(r, start, name, true);
            case K.Delimiter or K.Null or K.Quote or K.Escape:
                var option = TokenText.FoldCase(r.TextOf(r.Advance()));
                r.Accept(K.As);
                return Definitions.Make(r, start, option, Literals.String(r));
            case K.Encoding:
                r.Advance();
                return Definitions.Make(r, start, "encoding", Literals.String(r));
            case K.Force:
                return Force(r, start);
            default:
                return null;
        }
    }

    private static DefinitionOption Force(TokenReader r, int start)
    {
        r.Expect(K.Force);
        string name;
        if (r.Accept(K.Not, K.Null))
        {
            name = "force_not_null";
        }
        else
        {
            name = r.Accept(K.Null) ? "force_null" : "force_quote";
            if (name == "force_quote")
            {
                r.Expect(K.Quote);
            }
        }

        if (r.Accept('*'))
        {
            return Definitions.Make(r, start, name, "*");
        }

        var columnsStart = r.Current.Start;
        var columns = Lists.Separated<SqlNode>(r, ObjectReferences.Single);
        return Definitions.Make(r, start, name, new OptionList(r.SpanFrom(columnsStart), columns));
    }

    private static void Word(TokenReader r, ImmutableArray<DefinitionOption>.Builder options, K keyword, string name, string value)
    {
        var start = r.Current.Start;
        if (r.Accept(keyword))
        {
            options.Add(Definitions.Make(r, start, name, value));
        }
    }
}
