using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Session;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.PostgreSql.Sql.Lexing;
using Plumbline.PostgreSql.Sql.Parsing.Objects;
using Plumbline.PostgreSql.Sql.Parsing.Queries;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing.Session;

/// <summary>VACUUM, ANALYZE, CLUSTER, REINDEX, CHECKPOINT and EXPLAIN (pages of the same names).</summary>
internal static class Maintenance
{
    /// <summary>Such a statement; null where none begins here.</summary>
    public static SqlStatement? TryParse(TokenReader r) => r.Current.Keyword switch
    {
        K.Vacuum => Vacuum(r),
        K.Analyze or K.Analyse => Analyze(r),
        K.Cluster => Cluster(r),
        K.Reindex => Reindex(r),
        K.Checkpoint => Checkpoint(r),
        K.Explain => Explain(r),
        _ => null,
    };

    private static MaintenanceStatement Vacuum(TokenReader r)
    {
        var start = r.Expect(K.Vacuum).Start;
        var options = ImmutableArray.CreateBuilder<DefinitionOption>();
        if (r.At('('))
        {
            options.AddRange(Options(r));
        }
        else
        {
            Word(r, options, K.Full);
            Word(r, options, K.Freeze);
            Word(r, options, K.Verbose);
            if (!Word(r, options, K.Analyze))
            {
                Word(r, options, K.Analyse);
            }
        }

        var relations = Relations(r);
        return new MaintenanceStatement(r.SpanFrom(start), "VACUUM", null, relations, options.ToImmutable());
    }

    private static MaintenanceStatement Analyze(TokenReader r)
    {
        var start = r.Advance().Start;
        var options = ImmutableArray.CreateBuilder<DefinitionOption>();
        if (r.At('('))
        {
            options.AddRange(Options(r));
        }
        else
        {
            Word(r, options, K.Verbose);
        }

        var relations = Relations(r);
        return new MaintenanceStatement(r.SpanFrom(start), "ANALYZE", null, relations, options.ToImmutable());
    }

    private static MaintenanceStatement Cluster(TokenReader r)
    {
        var start = r.Expect(K.Cluster).Start;
        var options = ImmutableArray.CreateBuilder<DefinitionOption>();
        if (r.At('('))
        {
            options.AddRange(Options(r));
        }
        else
        {
            Word(r, options, K.Verbose);
        }

        Identifier? index = null;
        ImmutableArray<MaintenanceRelation> relations = [];
        if (Names.IsColumnName(r.Current))
        {
            var name = Names.Relation(r);
            if (name.Parts.Length == 1 && r.Accept(K.On))
            {
                index = name.Parts[0];
                name = Names.Relation(r);
            }
            else if (r.Accept(K.Using))
            {
                index = Names.Column(r);
            }

            relations = [new MaintenanceRelation(name.Span, name, [])];
        }

        return new MaintenanceStatement(r.SpanFrom(start), "CLUSTER", null, relations, options.ToImmutable()) { Index = index };
    }

    private static MaintenanceStatement Reindex(TokenReader r)
    {
        var start = r.Expect(K.Reindex).Start;
        var options = r.At('(') ? Options(r) : [];
        if (r.Current.Keyword is not (K.Index or K.Table or K.Schema or K.System or K.Database))
        {
            throw r.Unexpected();
        }

        var word = r.Advance();
        var isConcurrent = r.Accept(K.Concurrently);
        ImmutableArray<MaintenanceRelation> relations = [];
        if (word.Keyword is K.Index or K.Table)
        {
            var name = Names.Relation(r);
            relations = [new MaintenanceRelation(name.Span, name, [])];
        }
        else if (word.Keyword == K.Schema || Names.IsColumnName(r.Current))
        {
            var name = ObjectReferences.Single(r);
            relations = [new MaintenanceRelation(name.Span, name, [])];
        }

        return new MaintenanceStatement(r.SpanFrom(start), "REINDEX", r.TextOf(word).ToUpperInvariant(), relations, options) { IsConcurrent = isConcurrent };
    }

    private static MaintenanceStatement Checkpoint(TokenReader r)
    {
        var start = r.Expect(K.Checkpoint).Start;
        var options = r.At('(') ? Options(r) : [];
        return new MaintenanceStatement(r.SpanFrom(start), "CHECKPOINT", null, [], options);
    }

    private static ExplainStatement Explain(TokenReader r)
    {
        var start = r.Expect(K.Explain).Start;
        var options = ImmutableArray.CreateBuilder<DefinitionOption>();
        if (r.At('(') && IsOptionList(r))
        {
            options.AddRange(Options(r));
        }
        else
        {
            if (!Word(r, options, K.Analyze))
            {
                Word(r, options, K.Analyse);
            }

            Word(r, options, K.Verbose);
        }

        var statement = r.Current.Keyword switch
        {
            K.Declare => SessionStatements.Parse(r)!,
            K.Execute => SessionStatements.Execute(r),
            K.Refresh => SessionStatements.Parse(r)!,
            K.Create => Statements.Parse(r),
            _ => DataStatements.Preparable(r),
        };
        return statement is CreateTableAsStatement || r.Text[statement.Span.Start] is not ('c' or 'C')
            ? new ExplainStatement(r.SpanFrom(start), statement, options.ToImmutable())
            : throw r.Unexpected();
    }

    // A query in parentheses begins with one of these.
    private static bool IsOptionList(TokenReader r) =>
        r.Next.Symbol != '(' && r.Next.Keyword is not (K.Select or K.With or K.Table) && !(r.Next.Keyword == K.Values && r.Peek(2).Symbol == '(');

    private static bool Word(TokenReader r, ImmutableArray<DefinitionOption>.Builder options, K keyword)
    {
        if (!r.At(keyword))
        {
            return false;
        }

        var token = r.Advance();
        options.Add(Definitions.Make(r, token.Start, TokenText.FoldCase(r.TextOf(token))));
        return true;
    }

    private static ImmutableArray<DefinitionOption> Options(TokenReader r) => Lists.InParentheses(r, static r =>
    {
        var start = r.Current.Start;
        var name = r.At(K.Analyze, K.Analyse) ? Names.Take(r) : Names.NonReserved(r);
        SqlNode? value = null;
        if (r.At('+') || r.At('-') || r.At(TokenKind.Integer) || r.At(TokenKind.Numeric))
        {
            value = Literals.Number(r);
        }
        else if (r.Current.IsString || Names.IsNonReserved(r.Current) || r.Current.Keyword is K.True or K.False or K.On)
        {
            value = SetStatements.BooleanOrString(r);
        }

        return new DefinitionOption(r.SpanFrom(start), null, name.Name is "analyse" ? "analyze" : name.Name, value);
    });

    private static ImmutableArray<MaintenanceRelation> Relations(TokenReader r)
    {
        if (!Names.IsColumnName(r.Current) && !r.At(K.Only))
        {
            return [];
        }

        return Lists.Separated(r, static r =>
        {
            var table = FromItems.Relation(r);
            var columns = Names.OptionalColumnList(r);
            return new MaintenanceRelation(r.SpanFrom(table.Span.Start), table.Name, columns);
        });
    }
}
