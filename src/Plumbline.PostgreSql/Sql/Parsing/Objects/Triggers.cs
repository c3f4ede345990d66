using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Lexing;
using Plumbline.PostgreSql.Sql.Parsing.Tables;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing.Objects;

/// <summary>Triggers and event triggers ("CREATE TRIGGER", "CREATE EVENT TRIGGER").</summary>
internal static class Triggers
{
    /// <summary>CREATE TRIGGER from TRIGGER or CONSTRAINT on.</summary>
    public static CreateTriggerStatement Create(TokenReader r, int start, bool orReplace)
    {
        var isConstraint = r.Accept(K.Constraint);
        r.Expect(K.Trigger);
        var name = Names.Column(r);
        var timing = isConstraint ? After(r) : Timing(r);
        var (events, columns) = Events(r);
        r.Expect(K.On);
        var table = Names.Relation(r);
        QualifiedName? from = null;
        var (isDeferrable, isDeferred) = (false, false);
        Identifier? oldTable = null;
        Identifier? newTable = null;
        bool forEachRow;
        if (isConstraint)
        {
            from = r.Accept(K.From) ? Names.Relation(r) : null;
            (isDeferrable, isDeferred) = ConstraintAttributes.OfTrigger(r);
            r.Expect(K.For, K.Each, K.Row);
            forEachRow = true;
        }
        else
        {
            (oldTable, newTable) = Referencing(r);
            forEachRow = ForEach(r);
        }

        SqlExpr? when = null;
        if (r.Accept(K.When))
        {
            r.Expect('(');
            when = ExpressionParser.ParseInside(r);
            r.Expect(')');
        }

        r.Expect(K.Execute);
        FunctionOrProcedure(r);
        var function = Names.Function(r);
        r.Expect('(');
        ImmutableArray<string> arguments = r.At(')') ? [] : Lists.Separated(r, Argument);
        r.Expect(')');
        return new CreateTriggerStatement(r.SpanFrom(start), name, table, function, arguments)
        {
            OrReplace = orReplace,
            IsConstraint = isConstraint,
            Timing = timing,
            Events = events,
            UpdateColumns = columns,
            ForEachRow = forEachRow,
            When = when,
            OldTable = oldTable,
            NewTable = newTable,
            From = from,
            IsDeferrable = isDeferrable,
            IsInitiallyDeferred = isDeferred,
        };
    }

    /// <summary>CREATE EVENT TRIGGER from EVENT on.</summary>
    public static CreateEventTriggerStatement CreateEvent(TokenReader r, int start)
    {
        r.Expect(K.Event, K.Trigger);
        var name = Names.Column(r);
        r.Expect(K.On);
        var eventName = Names.Label(r);
        var filters = ImmutableArray.CreateBuilder<DefinitionOption>();
        if (r.Accept(K.When))
        {
            do
            {
                var variable = Names.Column(r);
                r.Expect(K.In);
                var valuesStart = r.Current.Start;
                var values = Lists.InParentheses<SqlNode>(r, Literals.String);
                filters.Add(Definitions.Make(r, variable.Span.Start, variable.Name, new OptionList(r.SpanFrom(valuesStart), values)));
            }
            while (r.Accept(K.And));
        }

        r.Expect(K.Execute);
        FunctionOrProcedure(r);
        var function = Names.Function(r);
        r.Expect('(');
        r.Expect(')');
        return new CreateEventTriggerStatement(r.SpanFrom(start), name, eventName.Name, filters.ToImmutable(), function);
    }

    /// <summary>ALTER EVENT TRIGGER behind these words.</summary>
    public static SqlStatement AlterEvent(TokenReader r, int start)
    {
        var name = ObjectReferences.Single(r);
        if (r.At(K.Rename, K.Owner))
        {
            return Alterations.RenameOrOwner(r, start, new ObjectReference(name.Span, SqlObjectKind.EventTrigger, name));
        }

        if (!r.At(K.Enable, K.Disable))
        {
            throw r.Unexpected();
        }

        var mode = r.TextOf(r.Advance()).ToUpperInvariant();
        if (mode == "ENABLE" && r.At(K.Always, K.Replica))
        {
            mode += " " + r.TextOf(r.Advance()).ToUpperInvariant();
        }

        return new AlterEventTriggerStatement(r.SpanFrom(start), name.Parts[0], mode);
    }

    // A constraint trigger fires AFTER, and the grammar demands the word.
    private static string After(TokenReader r)
    {
        r.Expect(K.After);
        return "AFTER";
    }

    private static string Timing(TokenReader r)
    {
        if (r.Accept(K.Instead, K.Of))
        {
            return "INSTEAD OF";
        }

        if (!r.At(K.Before, K.After))
        {
            throw r.Unexpected();
        }

        return r.TextOf(r.Advance()).ToUpperInvariant();
    }

    private static (ImmutableArray<string> Events, ImmutableArray<Identifier> Columns) Events(TokenReader r)
    {
        var events = ImmutableArray.CreateBuilder<string>();
        ImmutableArray<Identifier> columns = [];
        do
        {
            if (r.Current.Keyword is not (K.Insert or K.Delete or K.Update or K.Truncate))
            {
                throw r.Unexpected();
            }

            var word = r.Advance();
            var name = r.TextOf(word).ToUpperInvariant();
            if (name == "UPDATE" && r.Accept(K.Of))
            {
                columns = Names.ColumnList(r);
            }

            if (events.Contains(name))
            {
                // PostgreSQL names the token that the grammar has in sight here.
                throw TokenReader.Error($"duplicate trigger events specified at or near \"{r.TextOf(r.Current)}\"", r.Current.Start);
            }

            events.Add(name);
        }
        while (r.Accept(K.Or));
        return (events.ToImmutable(), columns);
    }

    private static (Identifier? OldTable, Identifier? NewTable) Referencing(TokenReader r)
    {
        Identifier? oldTable = null;
        Identifier? newTable = null;
        if (r.Accept(K.Referencing))
        {
            do
            {
                if (!r.At(K.Old, K.New))
                {
                    throw r.Unexpected();
                }

                var isOld = r.Advance().Keyword == K.Old;
                if (!r.Accept(K.Row))
                {
                    r.Expect(K.Table);
                }

                r.Accept(K.As);
                var name = Names.Column(r);
                oldTable = isOld ? name : oldTable;
                newTable = isOld ? newTable : name;
            }
            while (r.At(K.Old, K.New));
        }

        return (oldTable, newTable);
    }

    private static bool ForEach(TokenReader r)
    {
        if (!r.Accept(K.For))
        {
            return false;
        }

        r.Accept(K.Each);
        if (!r.At(K.Row, K.Statement))
        {
            throw r.Unexpected();
        }

        return r.Advance().Keyword == K.Row;
    }

    private static void FunctionOrProcedure(TokenReader r)
    {
        if (!r.At(K.Function, K.Procedure))
        {
            throw r.Unexpected();
        }

        r.Advance();
    }

    private static string Argument(TokenReader r)
    {
        if (r.Current.IsString)
        {
            return Literals.String(r).Text;
        }

        return r.At(TokenKind.Integer) || r.At(TokenKind.Numeric) ? r.TextOf(r.Advance()) : Names.Label(r).Name;
    }
}
