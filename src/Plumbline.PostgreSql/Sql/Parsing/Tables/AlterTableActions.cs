using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing.Tables;

/// <summary>The actions of ALTER TABLE ("ALTER TABLE").</summary>
internal static class AlterTableActions
{
    /// <summary>One action.</summary>
    public static AlterTableAction Parse(TokenReader r)
    {
        var start = r.Current.Start;
        switch (r.Current.Keyword)
        {
            case K.Add:
                r.Advance();
                return Add(r, start);
            case K.Drop:
                r.Advance();
                return Drop(r, start);
            case K.Alter:
                r.Advance();
                return AlterColumnActions.Parse(r, start);
            case K.Validate:
                r.Advance();
                r.Expect(K.Constraint);
                return Make(r, start, Names.Column(r), static (span, name) => new ValidateConstraintAction(span, name));
            case K.Set:
                r.Advance();
                return Set(r, start);
            case K.Reset:
                r.Advance();
                return Make(r, start, Definitions.Relation(r), static (span, options) => new RelationOptionsAction(span, OptionsKind.Reset, options));
            case K.Options:
                return Make(r, start, Definitions.AlterGeneric(r), static (span, options) => new RelationOptionsAction(span, OptionsKind.Foreign, options));
            case K.Cluster:
                r.Advance();
                r.Expect(K.On);
                return Make(r, start, Names.Column(r), static (span, name) => new ClusterOnAction(span, name));
            case K.Enable or K.Disable:
                return Enable(r, start);
            case K.Force:
                r.Advance();
                return RowSecurity(r, start, "FORCE");
            case K.No:
                r.Advance();
                return r.Accept(K.Force) ? RowSecurity(r, start, "NO FORCE") : Inherit(r, start, isRemoved: true);
            case K.Inherit:
                return Inherit(r, start, isRemoved: false);
            case K.Of:
                r.Advance();
                return Make(r, start, Names.Qualified(r), static (span, type) => new OfTypeAction(span, type));
            case K.Not:
                r.Advance();
                r.Expect(K.Of);
                return new OfTypeAction(r.SpanFrom(start), null);
            case K.Owner:
                r.Advance();
                r.Expect(K.To);
                return Make(r, start, Names.Role(r), static (span, role) => new OwnerToAction(span, role));
            case K.Replica:
                return ReplicaIdentity(r, start);
            default:
                throw r.Unexpected();
        }
    }

    /// <summary>CASCADE, RESTRICT or nothing; true for CASCADE.</summary>
    public static bool Behavior(TokenReader r)
    {
        if (r.Accept(K.Cascade))
        {
            return true;
        }

        r.Accept(K.Restrict);
        return false;
    }

    private static T Make<T, TValue>(TokenReader r, int start, TValue value, Func<Plumbline.Schema.Text.TextSpan, TValue, T> make) => make(r.SpanFrom(start), value);

    private static AlterTableAction Add(TokenReader r, int start)
    {
        if (Constraints.IsTableConstraint(r))
        {
            return Make(r, start, Constraints.OfTable(r), static (span, constraint) => new AddConstraintAction(span, constraint));
        }

        r.Accept(K.Column);
        var ifNotExists = CreateTable.IfNotExists(r);
        var column = CreateTable.Column(r);
        return new AddColumnAction(r.SpanFrom(start), column, ifNotExists);
    }

    private static AlterTableAction Drop(TokenReader r, int start)
    {
        if (r.Accept(K.Constraint))
        {
            var ifConstraintExists = r.AcceptPair(K.If, K.Exists);
            var constraint = Names.Column(r);
            var isConstraintCascade = Behavior(r);
            return new DropConstraintAction(r.SpanFrom(start), constraint, ifConstraintExists, isConstraintCascade);
        }

        r.Accept(K.Column);
        var ifExists = r.AcceptPair(K.If, K.Exists);
        var column = Names.Column(r);
        var isCascade = Behavior(r);
        return new DropColumnAction(r.SpanFrom(start), column, ifExists, isCascade);
    }

    private static AlterTableAction Set(TokenReader r, int start)
    {
        switch (r.Current.Keyword)
        {
            case K.Without:
                r.Advance();
                if (r.Accept(K.Cluster))
                {
                    return new ClusterOnAction(r.SpanFrom(start), null);
                }

                r.Expect(K.Oids);
                return new SetLoggedAction(r.SpanFrom(start), "WITHOUT OIDS");
            case K.Logged or K.Unlogged:
                var mode = r.TextOf(r.Advance()).ToUpperInvariant();
                return new SetLoggedAction(r.SpanFrom(start), mode);
            case K.Access:
                r.Advance();
                r.Expect(K.Method);
                Identifier? method = r.Accept(K.Default) ? null : Names.Column(r);
                return new SetAccessMethodAction(r.SpanFrom(start), method);
            case K.Tablespace:
                r.Advance();
                return Make(r, start, Names.Column(r), static (span, name) => new SetTablespaceAction(span, name));
            default:
                return Make(r, start, Definitions.Relation(r), static (span, options) => new RelationOptionsAction(span, OptionsKind.Set, options));
        }
    }

    private static AlterTableAction Enable(TokenReader r, int start)
    {
        var isEnable = r.Advance().Keyword == K.Enable;
        var mode = isEnable ? "ENABLE" : "DISABLE";
        if (r.At(K.Row))
        {
            return RowSecurity(r, start, mode);
        }

        var isPlain = true;
        if (isEnable && r.At(K.Always, K.Replica))
        {
            mode += r.Advance().Keyword == K.Always ? " ALWAYS" : " REPLICA";
            isPlain = false;
        }

        if (!r.At(K.Trigger, K.Rule))
        {
            throw r.Unexpected();
        }

        var isRule = r.Advance().Keyword == K.Rule;
        if (isPlain && !isRule && r.At(K.All, K.User))
        {
            var group = r.Advance().Keyword == K.All ? "ALL" : "USER";
            return new EnableTriggerAction(r.SpanFrom(start), isRule, mode, null, group);
        }

        var name = Names.Column(r);
        return new EnableTriggerAction(r.SpanFrom(start), isRule, mode, name, null);
    }

    private static RowSecurityAction RowSecurity(TokenReader r, int start, string mode)
    {
        r.Expect(K.Row, K.Level, K.Security);
        return new RowSecurityAction(r.SpanFrom(start), mode);
    }

    private static InheritAction Inherit(TokenReader r, int start, bool isRemoved)
    {
        r.Expect(K.Inherit);
        var parent = Names.Relation(r);
        return new InheritAction(r.SpanFrom(start), parent, isRemoved);
    }

    private static ReplicaIdentityAction ReplicaIdentity(TokenReader r, int start)
    {
        r.Expect(K.Replica, K.Identity);
        if (r.Accept(K.Using, K.Index))
        {
            var index = Names.Column(r);
            return new ReplicaIdentityAction(r.SpanFrom(start), "INDEX", index);
        }

        if (r.Current.Keyword is not (K.Nothing or K.Full or K.Default))
        {
            throw r.Unexpected();
        }

        var mode = r.TextOf(r.Advance()).ToUpperInvariant();
        return new ReplicaIdentityAction(r.SpanFrom(start), mode, null);
    }
}
