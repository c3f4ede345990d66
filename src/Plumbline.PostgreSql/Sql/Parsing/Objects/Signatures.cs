using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Lexing;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing.Objects;

/// <summary>Parameters of functions, and functions, aggregates and operators named with the types of their parameters.</summary>
internal static class Signatures
{
    /// <summary>A function with or without parameters.</summary>
    public static ObjectReference Function(TokenReader r, SqlObjectKind kind)
    {
        var start = r.Current.Start;
        var name = Names.IsColumnName(r.Current) && !Names.IsTypeOrFunctionName(r.Current) ? Names.Qualified(r) : Names.Function(r);
        var mayHaveParameters = name.Parts.Length > 1 || Names.IsTypeOrFunctionName(new SqlLexer(r.Text, start, r.Text.Length).Next());
        ImmutableArray<FunctionParameter>? parameters = mayHaveParameters && r.At('(') ? Parameters(r, mayHaveDefaults: false) : null;
        return new ObjectReference(r.SpanFrom(start), kind, name) { Parameters = parameters };
    }

    /// <summary>An aggregate with its parameters.</summary>
    public static ObjectReference Aggregate(TokenReader r)
    {
        var start = r.Current.Start;
        var name = Names.Function(r);
        var parameters = AggregateParameters(r);
        return new ObjectReference(r.SpanFrom(start), SqlObjectKind.Aggregate, name) { Parameters = parameters };
    }

    /// <summary>The parameters of an aggregate: a star, parameters, or parameters with ORDER BY between them.</summary>
    public static ImmutableArray<FunctionParameter> AggregateParameters(TokenReader r)
    {
        r.Expect('(');
        if (r.Accept('*'))
        {
            r.Expect(')');
            return [];
        }

        ImmutableArray<FunctionParameter> direct = r.At(K.Order) ? [] : Lists.Separated(r, static r => Parameter(r, mayHaveDefault: false));
        if (r.Accept(K.Order, K.By))
        {
            var ordered = Lists.Separated(r, static r => Parameter(r, mayHaveDefault: false) with { Mode = ParameterMode.OrderBy });
            direct = [.. direct, .. ordered];
        }

        r.Expect(')');
        return direct;
    }

    /// <summary>An operator with the types of its operands.</summary>
    public static ObjectReference Operator(TokenReader r)
    {
        var start = r.Current.Start;
        var name = Names.AnyOperator(r);
        var parameters = OperandTypes(r);
        return new ObjectReference(r.SpanFrom(start), SqlObjectKind.Operator, null) { Operator = name, Parameters = parameters };
    }

    /// <summary>The types of an operator's operands in parentheses; NONE is left out.</summary>
    public static ImmutableArray<FunctionParameter> OperandTypes(TokenReader r)
    {
        r.Expect('(');
        var types = ImmutableArray.CreateBuilder<FunctionParameter>(2);
        if (r.Accept(K.None))
        {
            r.Expect(',');
            types.Add(OfType(TypeNames.Parse(r)));
            r.Expect(')');
            return types.ToImmutable();
        }

        types.Add(OfType(TypeNames.Parse(r)));
        if (r.At(')'))
        {
            throw TokenReader.Error("missing argument", r.Current.Start, hint: "Use NONE to denote the missing argument of a unary operator.");
        }

        r.Expect(',');
        if (!r.Accept(K.None))
        {
            types.Add(OfType(TypeNames.Parse(r)));
        }

        r.Expect(')');
        return types.ToImmutable();
    }

    /// <summary>Parameters in parentheses.</summary>
    public static ImmutableArray<FunctionParameter> Parameters(TokenReader r, bool mayHaveDefaults)
    {
        r.Expect('(');
        ImmutableArray<FunctionParameter> parameters = r.At(')') ? [] : Lists.Separated(r, r => Parameter(r, mayHaveDefaults));
        r.Expect(')');
        return parameters;
    }

    /// <summary>A column of RETURNS TABLE.</summary>
    public static FunctionParameter TableColumn(TokenReader r)
    {
        var name = Names.TypeOrFunction(r);
        var type = TypeNames.ParseOfFunction(r);
        return new FunctionParameter(r.SpanFrom(name.Span.Start), ParameterMode.Table, name, type, null);
    }

    private static FunctionParameter OfType(SqlTypeName type) => new(type.Span, ParameterMode.In, null, type, null);

    private static FunctionParameter Parameter(TokenReader r, bool mayHaveDefault)
    {
        var start = r.Current.Start;
        var mode = Mode(r);
        Identifier? name = IsName(r) ? Names.Take(r) : null;
        if (name is not null && mode is null)
        {
            mode = Mode(r);
        }

        var type = TypeNames.ParseOfFunction(r);
        SqlExpr? value = null;
        if (mayHaveDefault && (r.Accept(K.Default) || r.Accept('=')))
        {
            value = ExpressionParser.ParseInside(r);
        }

        return new FunctionParameter(r.SpanFrom(start), mode ?? ParameterMode.In, name, type, value);
    }

    private static ParameterMode? Mode(TokenReader r)
    {
        switch (r.Current.Keyword)
        {
            case K.In:
                r.Advance();
                return r.Accept(K.Out) ? ParameterMode.InOut : ParameterMode.In;
            case K.Out:
                r.Advance();
                return ParameterMode.Out;
            case K.Inout:
                r.Advance();
                return ParameterMode.InOut;
            case K.Variadic:
                r.Advance();
                return ParameterMode.Variadic;
            default:
                return null;
        }
    }

    // There is a name where a type (or a mode) follows it.
    private static bool IsName(TokenReader r)
    {
        if (!Names.IsTypeOrFunctionName(r.Current) || (r.At(K.Double) && r.Next.Keyword == K.Precision))
        {
            return false;
        }

        return Names.IsTypeOrFunctionName(r.Next) || r.Next.Keyword is K.Int or K.Integer or K.Smallint or K.Bigint or K.Real or K.Float or K.Decimal or K.Dec
            or K.Numeric or K.Boolean or K.Bit or K.Character or K.Char or K.National or K.Nchar or K.Varchar or K.Timestamp or K.Time or K.Interval or K.Json
            or K.Setof or K.In or K.Out or K.Inout or K.Variadic;
    }
}
