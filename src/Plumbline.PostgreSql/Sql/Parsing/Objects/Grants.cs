using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Parsing.Tables;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing.Objects;

/// <summary>GRANT, REVOKE and ALTER DEFAULT PRIVILEGES (pages of the same names).</summary>
internal static class Grants
{
    /// <summary>GRANT or REVOKE.</summary>
    public static SqlStatement Parse(TokenReader r)
    {
        var start = r.Current.Start;
        var isGrant = r.Advance().Keyword == K.Grant;
        var grantOption = false;
        var options = ImmutableArray.CreateBuilder<DefinitionOption>();
        if (!isGrant && r.At(K.Grant))
        {
            r.Advance();
            r.Expect(K.Option, K.For);
            grantOption = true;
        }
        else if (!isGrant && Names.IsColumnName(r.Current) && r.Next.Keyword == K.Option)
        {
            var optionStart = r.Current.Start;
            var name = Names.Column(r);
            r.Expect(K.Option, K.For);
            options.Add(Definitions.Make(r, optionStart, name.Name, false));
        }

        var privileges = options.Count > 0 ? Lists.Separated(r, Privilege) : Privileges(r, out _);
        var isRoles = !grantOption && !r.At(K.On) && !privileges.IsEmpty;
        return isRoles || options.Count > 0
            ? OfRoles(r, start, isGrant, privileges, options)
            : OnObjects(r, start, isGrant, privileges, grantOption);
    }

    /// <summary>ALTER DEFAULT PRIVILEGES from DEFAULT on.</summary>
    public static AlterDefaultPrivilegesStatement AlterDefault(TokenReader r, int start)
    {
        r.Expect(K.Default, K.Privileges);
        ImmutableArray<RoleSpec> roles = [];
        ImmutableArray<Identifier> schemas = [];
        while (true)
        {
            if (r.Accept(K.In, K.Schema))
            {
                schemas = Names.ColumnList(r);
            }
            else if (r.Accept(K.For))
            {
                if (!r.At(K.Role, K.User))
                {
                    throw r.Unexpected();
                }

                r.Advance();
                roles = Names.Roles(r);
            }
            else
            {
                break;
            }
        }

        var grantStart = r.Current.Start;
        if (!r.At(K.Grant, K.Revoke))
        {
            throw r.Unexpected();
        }

        var isGrant = r.Advance().Keyword == K.Grant;
        var grantOption = !isGrant && r.Accept(K.Grant, K.Option, K.For);
        var privileges = Privileges(r, out _);
        r.Expect(K.On);
        var kind = DefaultTarget(r);
        var grant = Close(r, grantStart, isGrant, privileges, kind, false, [], grantOption, mayBeGrantedBy: false);
        return new AlterDefaultPrivilegesStatement(r.SpanFrom(start), roles, schemas, grant);
    }

    private static ImmutableArray<PrivilegeSpec> Privileges(TokenReader r, out bool isAll)
    {
        isAll = r.At(K.All);
        if (!isAll)
        {
            return Lists.Separated(r, Privilege);
        }

        var start = r.Advance().Start;
        r.Accept(K.Privileges);
        if (!r.At('('))
        {
            return [];
        }

        var columns = Names.ColumnListInParentheses(r);
        return [new PrivilegeSpec(r.SpanFrom(start), "all", columns)];
    }

    private static PrivilegeSpec Privilege(TokenReader r)
    {
        var start = r.Current.Start;
        if (r.Accept(K.Alter, K.System))
        {
            return new PrivilegeSpec(r.SpanFrom(start), "alter system", []);
        }

        var name = r.Current.Keyword is K.Select or K.References or K.Create ? Names.Take(r) : Names.Column(r);
        var columns = Names.OptionalColumnList(r);
        return new PrivilegeSpec(r.SpanFrom(start), name.Name, columns);
    }

    private static GrantRoleStatement OfRoles(
        TokenReader r, int start, bool isGrant, ImmutableArray<PrivilegeSpec> privileges, ImmutableArray<DefinitionOption>.Builder options)
    {
        r.Expect(isGrant ? K.To : K.From);
        var grantees = Names.Roles(r);
        if (isGrant && r.Accept(K.With))
        {
            options.AddRange(Lists.Separated(r, GrantOption));
        }

        var grantedBy = r.Accept(K.Granted, K.By) ? Names.Role(r) : null;
        var isCascade = !isGrant && AlterTableActions.Behavior(r);
        ImmutableArray<Identifier> roles = [.. privileges.Select(static privilege => new Identifier(privilege.Name, privilege.Span))];
        return new GrantRoleStatement(r.SpanFrom(start), isGrant, roles, grantees, options.ToImmutable(), isCascade) { GrantedBy = grantedBy };
    }

    private static DefinitionOption GrantOption(TokenReader r)
    {
        var start = r.Current.Start;
        var name = Names.Label(r);
        if (!r.At(K.Option, K.True) && !r.At(K.False))
        {
            throw r.Unexpected();
        }

        var isOn = r.Advance().Keyword != K.False;
        return Definitions.Make(r, start, name.Name, isOn);
    }

    private static GrantStatement OnObjects(TokenReader r, int start, bool isGrant, ImmutableArray<PrivilegeSpec> privileges, bool grantOption)
    {
        r.Expect(K.On);
        if (r.Accept(K.All))
        {
            var all = AllInSchema(r);
            var schemas = Lists.Separated(r, static r => OfName(r, SqlObjectKind.Schema));
            return Close(r, start, isGrant, privileges, all, true, schemas, grantOption, mayBeGrantedBy: true);
        }

        var kind = Target(r);
        var objects = Lists.Separated(r, r => TargetObject(r, kind));
        return Close(r, start, isGrant, privileges, kind, false, objects, grantOption, mayBeGrantedBy: true);
    }

    private static GrantStatement Close(
        TokenReader r,
        int start,
        bool isGrant,
        ImmutableArray<PrivilegeSpec> privileges,
        SqlObjectKind kind,
        bool isAll,
        ImmutableArray<ObjectReference> objects,
        bool grantOption,
        bool mayBeGrantedBy)
    {
        r.Expect(isGrant ? K.To : K.From);
        var grantees = Lists.Separated(r, static r =>
        {
            r.Accept(K.Group);
            return Names.Role(r);
        });
        var withGrantOption = isGrant ? r.Accept(K.With, K.Grant, K.Option) : grantOption;
        var grantedBy = mayBeGrantedBy && r.Accept(K.Granted, K.By) ? Names.Role(r) : null;
        var isCascade = !isGrant && AlterTableActions.Behavior(r);
        return new GrantStatement(r.SpanFrom(start), isGrant, privileges, kind, isAll, objects, grantees)
        {
            GrantOption = withGrantOption,
            GrantedBy = grantedBy,
            IsCascade = isCascade,
        };
    }

    private static SqlObjectKind AllInSchema(TokenReader r)
    {
        var kind = Plural(r.Current.Keyword) ?? throw r.Unexpected();
        r.Advance();
        r.Expect(K.In, K.Schema);
        return kind;
    }

    private static SqlObjectKind? Plural(K keyword) => keyword switch
    {
        K.Tables => SqlObjectKind.Table,
        K.Sequences => SqlObjectKind.Sequence,
        K.Functions => SqlObjectKind.Function,
        K.Procedures => SqlObjectKind.Procedure,
        K.Routines => SqlObjectKind.Routine,
        _ => null,
    };

    private static SqlObjectKind DefaultTarget(TokenReader r)
    {
        if (r.Accept(K.Large))
        {
            r.Expect(K.Objects);
            return SqlObjectKind.LargeObject;
        }

        SqlObjectKind? kind = r.Current.Keyword switch
        {
            K.Types => SqlObjectKind.Type,
            K.Schemas => SqlObjectKind.Schema,
            K.Procedures => null,
            var keyword => Plural(keyword),
        };
        if (kind is null)
        {
            throw r.Unexpected();
        }

        r.Advance();
        return kind.Value;
    }

    private static SqlObjectKind Target(TokenReader r)
    {
        // Most of these words may also be the name of a table.
        var isName = r.Next is { Symbol: ',' or '.' } or { Keyword: K.To or K.From };
        if (r.Accept(K.Foreign))
        {
            if (r.Accept(K.Server))
            {
                return SqlObjectKind.Server;
            }

            r.Expect(K.Data, K.Wrapper);
            return SqlObjectKind.ForeignDataWrapper;
        }

        if (r.At(K.Large) && r.Next.Keyword == K.Object)
        {
            r.Advance();
            r.Advance();
            return SqlObjectKind.LargeObject;
        }

        SqlObjectKind? kind = r.Current.Keyword switch
        {
            K.Table => SqlObjectKind.Table,
            _ when isName => null,
            K.Sequence => SqlObjectKind.Sequence,
            K.Function => SqlObjectKind.Function,
            K.Procedure => SqlObjectKind.Procedure,
            K.Routine => SqlObjectKind.Routine,
            K.Database => SqlObjectKind.Database,
            K.Domain => SqlObjectKind.Domain,
            K.Language => SqlObjectKind.Language,
            K.Parameter => SqlObjectKind.Parameter,
            K.Schema => SqlObjectKind.Schema,
            K.Tablespace => SqlObjectKind.Tablespace,
            K.Type => SqlObjectKind.Type,
            _ => null,
        };
        if (kind is not null)
        {
            r.Advance();
        }

        return kind ?? SqlObjectKind.Table;
    }

    private static ObjectReference TargetObject(TokenReader r, SqlObjectKind kind)
    {
        switch (kind)
        {
            case SqlObjectKind.Table or SqlObjectKind.Sequence:
                var relation = Names.Relation(r);
                return new ObjectReference(relation.Span, kind, relation);
            case SqlObjectKind.Function or SqlObjectKind.Procedure or SqlObjectKind.Routine or SqlObjectKind.LargeObject:
                return ObjectReferences.OfKind(r, kind);
            case SqlObjectKind.Domain or SqlObjectKind.Type:
                var type = Names.Qualified(r);
                return new ObjectReference(type.Span, kind, type) { Type = new SqlTypeName(type.Span, type) };
            case SqlObjectKind.Parameter:
                var parameter = Names.Qualified(r);
                return new ObjectReference(parameter.Span, kind, parameter);
            default:
                return OfName(r, kind);
        }
    }

    private static ObjectReference OfName(TokenReader r, SqlObjectKind kind)
    {
        var name = ObjectReferences.Single(r);
        return new ObjectReference(name.Span, kind, name);
    }
}
