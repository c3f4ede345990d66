using System.Collections.Immutable;

namespace Plumbline.PostgreSql.Sql.PlPgSql;

/// <summary>IF and CASE ("Conditionals").</summary>
internal static class PlConditionals
{
    /// <summary>IF.</summary>
    public static PlIf If(PlSource source, int start)
    {
        var branches = ImmutableArray.CreateBuilder<PlBranch>(1);
        do
        {
            var branch = source.Current.Start;
            source.Advance();
            var condition = source.Expression("then");
            source.Expect("then");
            var statements = PlStatements.Until(source, "elsif", "elseif", "else", "end");
            branches.Add(new PlBranch(source.SpanFrom(branch), [condition], statements));
        }
        while (source.Is("elsif") || source.Is("elseif"));
        var otherwise = source.Accept("else") ? PlStatements.Until(source, "end") : [];
        source.Expect("end");
        source.Expect("if");
        return new PlIf(source.SpanFrom(start), branches.ToImmutable(), otherwise);
    }

    /// <summary>CASE.</summary>
    public static PlCase Case(PlSource source, int start)
    {
        source.Expect("case");
        var operand = source.Is("when") ? null : source.Expression("when");
        var branches = ImmutableArray.CreateBuilder<PlBranch>();
        do
        {
            var branch = source.Current.Start;
            source.Expect("when");

            // With an operand there may be several values.
            var conditions = source.Read(["then"], isExpression: true, r => operand is null ? [PlExpressions.Parse(r)] : Parsing.ExpressionParser.List(r));
            source.Expect("then");
            var statements = PlStatements.Until(source, "when", "else", "end");
            branches.Add(new PlBranch(source.SpanFrom(branch), conditions, statements));
        }
        while (source.Is("when"));
        ImmutableArray<PlStatement>? otherwise = source.Accept("else") ? PlStatements.Until(source, "end") : null;
        source.Expect("end");
        source.Expect("case");
        return new PlCase(source.SpanFrom(start), operand, branches.ToImmutable(), otherwise);
    }
}
