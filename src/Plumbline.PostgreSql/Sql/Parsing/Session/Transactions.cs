using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Session;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing.Session;

/// <summary>Transactions and savepoints ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT" and their kin).</summary>
internal static class Transactions
{
    /// <summary>A statement of a transaction; null where none begins here.</summary>
    public static TransactionStatement? TryParse(TokenReader r)
    {
        var start = r.Current.Start;
        switch (r.Current.Keyword)
        {
            case K.Begin:
                r.Advance();
                Word(r);
                return Make(r, start, TransactionKind.Begin, Modes(r, isRequired: false));
            case K.Start:
                r.Advance();
                r.Expect(K.Transaction);
                return Make(r, start, TransactionKind.Start, Modes(r, isRequired: false));
            case K.Commit or K.End:
                var isCommit = r.Advance().Keyword == K.Commit;
                if (isCommit && r.Accept(K.Prepared))
                {
                    return Named(r, start, TransactionKind.CommitPrepared, Literals.String(r).Text);
                }

                return Chain(r, start, TransactionKind.Commit);
            case K.Rollback or K.Abort:
                return Rollback(r, start);
            case K.Savepoint:
                r.Advance();
                return Named(r, start, TransactionKind.Savepoint, Names.Column(r).Name);
            case K.Release:
                r.Advance();
                Savepoint(r);
                return Named(r, start, TransactionKind.Release, Names.Column(r).Name);
            case K.Prepare when r.Next.Keyword == K.Transaction && r.Peek(2).IsString:
                r.Advance();
                r.Advance();
                return Named(r, start, TransactionKind.Prepare, Literals.String(r).Text);
            default:
                return null;
        }
    }

    /// <summary>Transaction modes, with or without commas between them.</summary>
    public static ImmutableArray<DefinitionOption> Modes(TokenReader r, bool isRequired)
    {
        var modes = ImmutableArray.CreateBuilder<DefinitionOption>();
        while (true)
        {
            if (Mode(r) is { } mode)
            {
                modes.Add(mode);
            }
            else if (modes.Count == 0 && !isRequired)
            {
                return [];
            }
            else
            {
                throw r.Unexpected();
            }

            if (!r.Accept(',') && r.Current.Keyword is not (K.Isolation or K.Read or K.Deferrable or K.Not))
            {
                return modes.ToImmutable();
            }
        }
    }

    private static DefinitionOption? Mode(TokenReader r)
    {
        var start = r.Current.Start;
        switch (r.Current.Keyword)
        {
            case K.Isolation:
                r.Advance();
                r.Expect(K.Level);
                return Definitions.Make(r, start, "transaction_isolation", Level(r));
            case K.Read:
                r.Advance();
                var isReadOnly = r.Accept(K.Only);
                if (!isReadOnly)
                {
                    r.Expect(K.Write);
                }

                return Definitions.Make(r, start, "transaction_read_only", isReadOnly);
            case K.Deferrable:
                r.Advance();
                return Definitions.Make(r, start, "transaction_deferrable", true);
            case K.Not:
                r.Advance();
                r.Expect(K.Deferrable);
                return Definitions.Make(r, start, "transaction_deferrable", false);
            default:
                return null;
        }
    }

    private static string Level(TokenReader r)
    {
        if (r.Accept(K.Serializable))
        {
            return "serializable";
        }

        if (r.Accept(K.Repeatable, K.Read))
        {
            return "repeatable read";
        }

        r.Expect(K.Read);
        return r.Accept(K.Committed) ? "read committed" : r.Accept(K.Uncommitted) ? "read uncommitted" : throw r.Unexpected();
    }

    private static TransactionStatement Rollback(TokenReader r, int start)
    {
        var isRollback = r.Advance().Keyword == K.Rollback;
        if (isRollback && r.Accept(K.Prepared))
        {
            return Named(r, start, TransactionKind.RollbackPrepared, Literals.String(r).Text);
        }

        if (!isRollback)
        {
            return Chain(r, start, TransactionKind.Rollback);
        }

        Word(r);
        if (!r.Accept(K.To))
        {
            return BehindWord(r, start, TransactionKind.Rollback);
        }

        Savepoint(r);
        return Named(r, start, TransactionKind.RollbackTo, Names.Column(r).Name);
    }

    private static TransactionStatement Chain(TokenReader r, int start, TransactionKind kind)
    {
        Word(r);
        return BehindWord(r, start, kind);
    }

    private static TransactionStatement BehindWord(TokenReader r, int start, TransactionKind kind)
    {
        var isChain = false;
        if (r.Accept(K.And))
        {
            isChain = !r.Accept(K.No);
            r.Expect(K.Chain);
        }

        return new TransactionStatement(r.SpanFrom(start), kind, null, [], isChain);
    }

    private static void Word(TokenReader r)
    {
        if (r.At(K.Work, K.Transaction))
        {
            r.Advance();
        }
    }

    // SAVEPOINT may be the savepoint's own name.
    private static void Savepoint(TokenReader r)
    {
        if (r.At(K.Savepoint) && Names.IsColumnName(r.Next))
        {
            r.Advance();
        }
    }

    private static TransactionStatement Make(TokenReader r, int start, TransactionKind kind, ImmutableArray<DefinitionOption> modes) =>
        new(r.SpanFrom(start), kind, null, modes, false);

    private static TransactionStatement Named(TokenReader r, int start, TransactionKind kind, string name) => new(r.SpanFrom(start), kind, name, [], false);
}
