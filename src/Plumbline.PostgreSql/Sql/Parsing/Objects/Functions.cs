using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Lexing;
using Plumbline.PostgreSql.Sql.Parsing.Session;
using Plumbline.PostgreSql.Sql.Parsing.Tables;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing.Objects;

/// <summary>Functions and procedures ("CREATE FUNCTION", "CREATE PROCEDURE", "ALTER FUNCTION").</summary>
internal static class Functions
{
    /// <summary>CREATE FUNCTION or PROCEDURE from that word on.</summary>
    public static CreateFunctionStatement Create(TokenReader r, int start, bool orReplace)
    {
        var isProcedure = r.Advance().Keyword == K.Procedure;
        var name = Names.Function(r);
        var parameters = Signatures.Parameters(r, mayHaveDefaults: true);
        SqlTypeName? returns = null;
        var returnsTable = false;
        if (!isProcedure && r.Accept(K.Returns))
        {
            if (r.Accept(K.Table))
            {
                returnsTable = true;
                parameters = [.. parameters, .. Lists.InParentheses(r, Signatures.TableColumn)];
            }
            else
            {
                returns = TypeNames.ParseOfFunction(r);
            }
        }

        var options = ImmutableArray.CreateBuilder<DefinitionOption>();
        while (Option(r, isCreate: true) is { } option)
        {
            options.Add(option);
        }

        var body = Body(r);
        return new CreateFunctionStatement(r.SpanFrom(start), name, isProcedure, orReplace, parameters, returns)
        {
            ReturnsTable = returnsTable,
            Options = options.ToImmutable(),
            Body = body,
        };
    }

    /// <summary>ALTER FUNCTION, PROCEDURE or ROUTINE behind that word.</summary>
    public static SqlStatement Alter(TokenReader r, int start, SqlObjectKind kind)
    {
        var function = Signatures.Function(r, kind);
        switch (r.Current.Keyword)
        {
            case K.Rename or K.Owner:
                return Alterations.RenameOrOwner(r, start, function);
            case K.Set when r.Next.Keyword == K.Schema && !r.Peek(2).IsString:
                return Alterations.SetSchema(r, start, function);
            case K.Depends:
                return AlterTable.DependsOn(r, start, function, isRemoved: false);
            case K.No:
                r.Advance();
                return AlterTable.DependsOn(r, start, function, isRemoved: true);
        }

        var options = ImmutableArray.CreateBuilder<DefinitionOption>();
        options.Add(Option(r, isCreate: false) ?? throw r.Unexpected());
        while (Option(r, isCreate: false) is { } option)
        {
            options.Add(option);
        }

        r.Accept(K.Restrict);
        return new AlterFunctionStatement(r.SpanFrom(start), function, options.ToImmutable());
    }

    private static DefinitionOption? Option(TokenReader r, bool isCreate)
    {
        var start = r.Current.Start;
        switch (r.Current.Keyword)
        {
            case K.As when isCreate:
                r.Advance();
                var first = Literals.String(r);
                ImmutableArray<SqlNode> code = r.Accept(',') ? [first, Literals.String(r)] : [first];
                return Definitions.Make(r, start, "as", new OptionList(r.SpanFrom(first.Span.Start), code));
            case K.Language when isCreate:
                r.Advance();
                return Definitions.Make(r, start, "language", Names.NonReservedOrString(r));
            case K.Transform when isCreate:
                r.Advance();
                var types = Lists.Separated<SqlNode>(r, static r =>
                {
                    r.Expect(K.For, K.Type);
                    return TypeNames.Parse(r);
                });
                return Definitions.Make(r, start, "transform", new OptionList(r.SpanFrom(start), types));
            case K.Window when isCreate:
                r.Advance();
                return Definitions.Make(r, start, "window", true);
            case K.Called:
                r.Advance();
                r.Expect(K.On, K.Null, K.Input);
                return Definitions.Make(r, start, "strict", false);
            case K.Returns:
                r.Advance();
                r.Expect(K.Null, K.On, K.Null, K.Input);
                return Definitions.Make(r, start, "strict", true);
            case K.Strict:
                r.Advance();
                return Definitions.Make(r, start, "strict", true);
            case K.Immutable or K.Stable or K.Volatile:
                var volatility = TokenText.FoldCase(r.TextOf(r.Advance()));
                return Definitions.Make(r, start, "volatility", volatility);
            case K.External or K.Security:
                r.Accept(K.External);
                r.Expect(K.Security);
                if (!r.At(K.Definer, K.Invoker))
                {
                    throw r.Unexpected();
                }

                var isDefiner = r.Advance().Keyword == K.Definer;
                return Definitions.Make(r, start, "security", isDefiner);
            case K.Leakproof:
                r.Advance();
                return Definitions.Make(r, start, "leakproof", true);
            case K.Not:
                r.Advance();
                r.Expect(K.Leakproof);
                return Definitions.Make(r, start, "leakproof", false);
            case K.Cost or K.Rows:
                var name = TokenText.FoldCase(r.TextOf(r.Advance()));
                return Definitions.Make(r, start, name, Literals.Number(r));
            case K.Support:
                r.Advance();
                return Definitions.Make(r, start, "support", Names.Qualified(r));
            case K.Set or K.Reset:
                var setting = SetStatements.OfFunction(r);
                return Definitions.Make(r, start, "set", setting);
            case K.Parallel:
                r.Advance();
                return Definitions.Make(r, start, "parallel", Names.Column(r).Name);
            default:
                return null;
        }
    }

    private static FunctionBody? Body(TokenReader r)
    {
        var start = r.Current.Start;
        if (r.Accept(K.Return))
        {
            var value = ExpressionParser.ParseInside(r);
            return new FunctionBody(r.SpanFrom(start), value, []);
        }

        if (!r.Accept(K.Begin, K.Atomic))
        {
            return null;
        }

        var statements = ImmutableArray.CreateBuilder<SqlStatement>();
        while (!r.At(K.End))
        {
            // Nothing between two semicolons is a statement, too.
            if (!r.At(';'))
            {
                var statementStart = r.Current.Start;
                statements.Add(r.Accept(K.Return) ? Return(r, statementStart) : Statements.Parse(r));
            }

            r.Expect(';');
        }

        r.Expect(K.End);
        return new FunctionBody(r.SpanFrom(start), null, statements.ToImmutable());
    }

    private static ReturnStatement Return(TokenReader r, int start)
    {
        var value = ExpressionParser.ParseInside(r);
        return new ReturnStatement(r.SpanFrom(start), value);
    }
}
