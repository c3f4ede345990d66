using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing.Tables;

/// <summary>FOREIGN KEY and REFERENCES ("Foreign Keys").</summary>
internal static class ForeignKeys
{
    /// <summary>FOREIGN KEY of a table.</summary>
    public static ConstraintDefinition OfTable(TokenReader r, int start, Identifier? name)
    {
        r.Expect(K.Foreign, K.Key);
        var (columns, hasPeriod) = Columns(r);
        if (!r.At(K.References))
        {
            throw r.Unexpected();
        }

        return ConstraintAttributes.Parse(r, References(r, start, name, columns, hasPeriod), "FOREIGN KEY");
    }

    /// <summary>REFERENCES and what follows.</summary>
    public static ForeignKeyDefinition References(TokenReader r, int start, Identifier? name, ImmutableArray<Identifier> columns, bool hasPeriod)
    {
        r.Expect(K.References);
        var table = Names.Relation(r);
        ImmutableArray<Identifier> referenced = [];
        if (r.At('('))
        {
            // A column's REFERENCES has no PERIOD, but then PERIOD is a column's name there all the same.
            referenced = columns.IsEmpty ? Names.ColumnListInParentheses(r) : Columns(r).Columns;
        }

        var match = Match(r);
        var (onUpdate, onDelete, onDeleteColumns) = Actions(r);
        return new ForeignKeyDefinition(r.SpanFrom(start), name, columns, table, referenced)
        {
            Match = match,
            OnUpdate = onUpdate,
            OnDelete = onDelete,
            OnDeleteColumns = onDeleteColumns,
            HasPeriod = hasPeriod,
        };
    }

    private static (ImmutableArray<Identifier> Columns, bool HasPeriod) Columns(TokenReader r)
    {
        r.Expect('(');
        var columns = ImmutableArray.CreateBuilder<Identifier>(1);
        columns.Add(Names.Column(r));
        var hasPeriod = false;
        while (!hasPeriod && r.Accept(','))
        {
            hasPeriod = r.At(K.Period) && r.Next.Symbol is not (',' or ')') && r.Accept(K.Period);
            columns.Add(Names.Column(r));
        }

        r.Expect(')');
        return (columns.ToImmutable(), hasPeriod);
    }

    private static ForeignKeyMatch Match(TokenReader r)
    {
        if (!r.At(K.Match))
        {
            return ForeignKeyMatch.Simple;
        }

        var start = r.Advance().Start;
        if (r.Accept(K.Partial))
        {
            throw TokenReader.Error("MATCH PARTIAL not yet implemented", start, "0A000");
        }

        return r.Accept(K.Full) ? ForeignKeyMatch.Full : r.Accept(K.Simple) ? ForeignKeyMatch.Simple : throw r.Unexpected();
    }

    private static (ForeignKeyAction OnUpdate, ForeignKeyAction OnDelete, ImmutableArray<Identifier> OnDeleteColumns) Actions(TokenReader r)
    {
        ForeignKeyAction? onUpdate = null;
        ForeignKeyAction? onDelete = null;
        ImmutableArray<Identifier> columns = [];
        while (r.At(K.On) && (onUpdate is null || onDelete is null))
        {
            var start = r.Advance().Start;
            if (onUpdate is null && r.Accept(K.Update))
            {
                onUpdate = Action(r, out var updateColumns);
                if (!updateColumns.IsEmpty)
                {
                    var words = onUpdate == ForeignKeyAction.SetNull ? "ON UPDATE SET NULL" : "ON UPDATE SET DEFAULT";
                    throw TokenReader.Error($"a column list with {words[10..]} is only supported for ON DELETE actions", start, "0A000");
                }
            }
            else if (onDelete is null && r.Accept(K.Delete))
            {
                onDelete = Action(r, out columns);
            }
            else
            {
                throw r.Unexpected();
            }
        }

        return (onUpdate ?? ForeignKeyAction.NoAction, onDelete ?? ForeignKeyAction.NoAction, columns);
    }

    private static ForeignKeyAction Action(TokenReader r, out ImmutableArray<Identifier> columns)
    {
        columns = [];
        if (r.Accept(K.No, K.Action))
        {
            return ForeignKeyAction.NoAction;
        }

        if (r.Accept(K.Restrict))
        {
            return ForeignKeyAction.Restrict;
        }

        if (r.Accept(K.Cascade))
        {
            return ForeignKeyAction.Cascade;
        }

        r.Expect(K.Set);
        if (!r.At(K.Null, K.Default))
        {
            throw r.Unexpected();
        }

        var action = r.Advance().Keyword == K.Null ? ForeignKeyAction.SetNull : ForeignKeyAction.SetDefault;
        columns = Names.OptionalColumnList(r);
        return action;
    }
}
