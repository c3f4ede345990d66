using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing.Tables;

/// <summary>DEFERRABLE, INITIALLY DEFERRED, NOT VALID, NO INHERIT, ENFORCED and their opposites.</summary>
internal static class ConstraintAttributes
{
    [Flags]
    private enum Attributes
    {
        None = 0,
        NotDeferrable = 1,
        Deferrable = 2,
        InitiallyImmediate = 4,
        InitiallyDeferred = 8,
        NotValid = 16,
        NoInherit = 32,
        NotEnforced = 64,
        Enforced = 128,
    }

    /// <summary>The attributes behind a constraint of a table.</summary>
    /// <param name="r">The reader.</param>
    /// <param name="constraint">The constraint.</param>
    /// <param name="kind">What PostgreSQL's messages call it.</param>
    public static ConstraintDefinition Parse(TokenReader r, ConstraintDefinition constraint, string kind)
    {
        var position = r.Current.Start;
        var attributes = Read(r);
        if (attributes == Attributes.None)
        {
            return constraint;
        }

        Check(attributes, constraint, kind, position);
        return constraint with
        {
            Span = r.SpanFrom(constraint.Span.Start),
            IsDeferrable = Either(attributes, Attributes.Deferrable, Attributes.NotDeferrable) ?? (attributes.HasFlag(Attributes.InitiallyDeferred)
                ? true : null),
            IsInitiallyDeferred = Either(attributes, Attributes.InitiallyDeferred, Attributes.InitiallyImmediate),
            IsNotValid = attributes.HasFlag(Attributes.NotValid),
            IsNoInherit = attributes.HasFlag(Attributes.NoInherit),
            IsEnforced = Either(attributes, Attributes.Enforced, Attributes.NotEnforced),
        };
    }

    /// <summary>The attributes of ALTER CONSTRAINT.</summary>
    public static AlterConstraintAction Alter(TokenReader r, int start, Identifier name)
    {
        if (r.Accept(K.Inherit))
        {
            return new AlterConstraintAction(r.SpanFrom(start), name, null, null, null, true);
        }

        var position = r.Current.Start;
        var attributes = Read(r);
        if (attributes.HasFlag(Attributes.NotValid))
        {
            throw Refuse("constraints cannot be altered to be NOT VALID", position);
        }

        return new AlterConstraintAction(
            r.SpanFrom(start),
            name,
            Either(attributes, Attributes.Deferrable, Attributes.NotDeferrable) ?? (attributes.HasFlag(Attributes.InitiallyDeferred) ? true : null),
            Either(attributes, Attributes.InitiallyDeferred, Attributes.InitiallyImmediate),
            Either(attributes, Attributes.Enforced, Attributes.NotEnforced),
            attributes.HasFlag(Attributes.NoInherit) ? false : null);
    }

    /// <summary>DEFERRABLE and INITIALLY DEFERRED of a constraint trigger.</summary>
    public static (bool IsDeferrable, bool IsInitiallyDeferred) OfTrigger(TokenReader r)
    {
        var position = r.Current.Start;
        var attributes = Read(r);
        if (attributes.HasFlag(Attributes.NotValid))
        {
            throw Refuse("TRIGGER constraints cannot be marked NOT VALID", position);
        }

        if (attributes.HasFlag(Attributes.NoInherit))
        {
            throw Refuse("TRIGGER constraints cannot be marked NO INHERIT", position);
        }

        if ((attributes & (Attributes.NotEnforced | Attributes.Enforced)) != 0)
        {
            throw Refuse($"TRIGGER constraints cannot be marked {(attributes.HasFlag(Attributes.NotEnforced) ? "NOT " : "")}ENFORCED", position);
        }

        return ((attributes & (Attributes.Deferrable | Attributes.InitiallyDeferred)) != 0, attributes.HasFlag(Attributes.InitiallyDeferred));
    }

    /// <summary>Whether an attribute of a column's constraint begins here.</summary>
    public static bool IsOfColumn(TokenReader r) =>
        r.Current.Keyword is K.Deferrable or K.Initially or K.Enforced || (r.At(K.Not) && r.Next.Keyword is K.Deferrable or K.Enforced);

    /// <summary>Adds an attribute to the last of a column's constraints.</summary>
    public static void Add(TokenReader r, ImmutableArray<ConstraintDefinition>.Builder constraints)
    {
        var start = r.Current.Start;
        var isNot = r.Accept(K.Not);
        var (isInitially, isEnforced) = (r.Accept(K.Initially), r.At(K.Enforced));
        var isDeferred = isInitially && IsDeferred(r);
        if (!isInitially)
        {
            r.Advance();
        }

        var text = r.Text[start..r.PreviousEnd].ToUpperInvariant();
        var last = constraints.Count > 0 ? constraints[^1] : null;
        var isAllowed = isEnforced ? last is CheckDefinition or ForeignKeyDefinition : last is KeyDefinition or ForeignKeyDefinition;
        if (last is null || !isAllowed)
        {
            throw TokenReader.Error($"misplaced {text} clause", start);
        }

        constraints[^1] = isInitially
            ? last with { Span = r.SpanFrom(last.Span.Start), IsInitiallyDeferred = isDeferred, IsDeferrable = last.IsDeferrable ?? (isDeferred ? true : null) }
            : isEnforced ? last with { Span = r.SpanFrom(last.Span.Start), IsEnforced = !isNot }
            : last with { Span = r.SpanFrom(last.Span.Start), IsDeferrable = !isNot };
    }

    private static Attributes Read(TokenReader r)
    {
        var all = Attributes.None;
        while (true)
        {
            var start = r.Current.Start;
            var next = One(r);
            if (next == Attributes.None)
            {
                return all;
            }

            all |= next;
            if (Both(all, Attributes.NotDeferrable, Attributes.InitiallyDeferred)
                || Both(all, Attributes.NotDeferrable, Attributes.Deferrable)
                || Both(all, Attributes.InitiallyImmediate, Attributes.InitiallyDeferred)
                || Both(all, Attributes.NotEnforced, Attributes.Enforced))
            {
                throw TokenReader.Error("conflicting constraint properties", start);
            }
        }
    }

    private static Attributes One(TokenReader r)
    {
        switch (r.Current.Keyword)
        {
            case K.Deferrable:
                r.Advance();
                return Attributes.Deferrable;
            case K.Enforced:
                r.Advance();
                return Attributes.Enforced;
            case K.Initially:
                r.Advance();
                return IsDeferred(r) ? Attributes.InitiallyDeferred : Attributes.InitiallyImmediate;
            case K.No:
                r.Advance();
                r.Expect(K.Inherit);
                return Attributes.NoInherit;
            case K.Not:
                r.Advance();
                return r.Accept(K.Deferrable) ? Attributes.NotDeferrable
                    : r.Accept(K.Enforced) ? Attributes.NotEnforced
                    : r.Accept(K.Valid) ? Attributes.NotValid
                    : throw r.Unexpected();
            default:
                return Attributes.None;
        }
    }

    private static bool IsDeferred(TokenReader r)
    {
        if (!r.At(K.Deferred, K.Immediate))
        {
            throw r.Unexpected();
        }

        return r.Advance().Keyword == K.Deferred;
    }

    // What each kind of constraint may be marked with.
    private static void Check(Attributes attributes, ConstraintDefinition constraint, string kind, int position)
    {
        var isIndex = constraint is KeyDefinition or ExclusionDefinition;
        var mayBeDeferred = isIndex || constraint is ForeignKeyDefinition;
        if (!mayBeDeferred && (attributes & (Attributes.Deferrable | Attributes.InitiallyDeferred)) != 0)
        {
            throw Refuse($"{kind} constraints cannot be marked DEFERRABLE", position);
        }

        if (isIndex && attributes.HasFlag(Attributes.NotValid))
        {
            throw Refuse($"{kind} constraints cannot be marked NOT VALID", position);
        }

        if (constraint is not (CheckDefinition or NotNullDefinition) && attributes.HasFlag(Attributes.NoInherit))
        {
            throw Refuse($"{kind} constraints cannot be marked NO INHERIT", position);
        }

        if (constraint is not (CheckDefinition or ForeignKeyDefinition) && (attributes & (Attributes.NotEnforced | Attributes.Enforced)) != 0)
        {
            throw Refuse($"{kind} constraints cannot be marked {(attributes.HasFlag(Attributes.NotEnforced) ? "NOT " : "")}ENFORCED", position);
        }
    }

    private static Lexing.SqlSyntaxException Refuse(string message, int position) => TokenReader.Error(message, position, "0A000");

    private static bool Both(Attributes all, Attributes one, Attributes other) => all.HasFlag(one | other);

    private static bool? Either(Attributes all, Attributes yes, Attributes no) => all.HasFlag(yes) ? true : all.HasFlag(no) ? false : null;
}
