using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Lexing;
using Plumbline.PostgreSql.Sql.Parsing.Session;
using Plumbline.PostgreSql.Sql.Parsing.Tables;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing.Objects;

/// <summary>Roles ("CREATE ROLE", "ALTER ROLE", "DROP ROLE", "DROP OWNED", "REASSIGN OWNED").</summary>
internal static class Roles
{
    /// <summary>CREATE ROLE, USER or GROUP from that word on.</summary>
    public static CreateRoleStatement Create(TokenReader r, int start)
    {
        var word = r.TextOf(r.Advance()).ToUpperInvariant();
        var name = Names.RoleId(r);
        r.Accept(K.With);
        var options = Options(r, isCreate: true);
        return new CreateRoleStatement(r.SpanFrom(start), word, name, options);
    }

    /// <summary>ALTER ROLE, USER or GROUP behind that word.</summary>
    public static SqlStatement Alter(TokenReader r, int start, bool isGroup)
    {
        if (!isGroup && r.Accept(K.All))
        {
            return Setting(r, start, null);
        }

        var role = Names.Role(r);
        if (r.At(K.Rename) && role.Kind == RoleKind.Public)
        {
            throw TokenReader.Error("role name \"public\" is reserved", role.Span.Start, "42939");
        }

        if (r.At(K.Rename))
        {
            var name = new Identifier(role.Name ?? "", role.Span);
            r.Advance();
            r.Expect(K.To);
            var newRole = Names.RoleId(r);
            return new RenameStatement(
                r.SpanFrom(start),
                new ObjectReference(role.Span, SqlObjectKind.Role, new QualifiedName(role.Span, [name])),
                null,
                null,
                new Identifier(newRole.Name!, newRole.Span),
                false);
        }

        if (isGroup)
        {
            return AlterGroup(r, start, role);
        }

        if (r.At(K.Set, K.Reset) || r.At(K.In))
        {
            return Setting(r, start, role);
        }

        r.Accept(K.With);
        var options = Options(r, isCreate: false);
        return new AlterRoleStatement(r.SpanFrom(start), role, options);
    }

    /// <summary>DROP ROLE, USER or GROUP behind that word.</summary>
    public static DropRoleStatement Drop(TokenReader r, int start)
    {
        var ifExists = r.AcceptPair(K.If, K.Exists);
        var roles = Names.Roles(r);
        return new DropRoleStatement(r.SpanFrom(start), roles, ifExists);
    }

    /// <summary>DROP OWNED behind these words.</summary>
    public static OwnedStatement DropOwned(TokenReader r, int start)
    {
        r.Expect(K.By);
        var roles = Names.Roles(r);
        var isCascade = AlterTableActions.Behavior(r);
        return new OwnedStatement(r.SpanFrom(start), roles, null, isCascade);
    }

    /// <summary>REASSIGN OWNED.</summary>
    public static OwnedStatement ReassignOwned(TokenReader r)
    {
        var start = r.Expect(K.Reassign).Start;
        r.Expect(K.Owned, K.By);
        var roles = Names.Roles(r);
        r.Expect(K.To);
        var owner = Names.Role(r);
        return new OwnedStatement(r.SpanFrom(start), roles, owner, false);
    }

    private static AlterSettingStatement Setting(TokenReader r, int start, RoleSpec? role)
    {
        Identifier? database = r.Accept(K.In, K.Database) ? Names.Column(r) : null;
        var setting = SetStatements.OfFunction(r);
        return new AlterSettingStatement(r.SpanFrom(start), role, database, setting);
    }

    private static AlterRoleStatement AlterGroup(TokenReader r, int start, RoleSpec role)
    {
        if (!r.At(K.Add, K.Drop))
        {
            throw r.Unexpected();
        }

        var isDrop = r.Advance().Keyword == K.Drop;
        var optionStart = r.Current.Start;
        r.Expect(K.User);
        var members = RoleList(r);
        return new AlterRoleStatement(r.SpanFrom(start), role, [Definitions.Make(r, optionStart, "rolemembers", members)], isDrop);
    }

    private static OptionList RoleList(TokenReader r)
    {
        var start = r.Current.Start;
        var roles = Lists.Separated<SqlNode>(r, Names.Role);
        return new OptionList(r.SpanFrom(start), roles);
    }

    private static ImmutableArray<DefinitionOption> Options(TokenReader r, bool isCreate)
    {
        var options = ImmutableArray.CreateBuilder<DefinitionOption>();
        while (Option(r, isCreate) is { } option)
        {
            options.Add(option);
        }

        return options.ToImmutable();
    }

    private static DefinitionOption? Option(TokenReader r, bool isCreate)
    {
        var start = r.Current.Start;
        switch (r.Current.Keyword)
        {
            case K.Password:
                r.Advance();
                return r.Accept(K.Null) ? Definitions.Make(r, start, "password") : Definitions.Make(r, start, "password", Literals.String(r));
            case K.Encrypted:
                r.Advance();
                r.Expect(K.Password);
                return Definitions.Make(r, start, "password", Literals.String(r));
            case K.Unencrypted:
                r.Advance();
                r.Expect(K.Password);
                Literals.String(r);
                throw TokenReader.Error(
                    "UNENCRYPTED PASSWORD is no longer supported", start, "0A000", "Remove UNENCRYPTED to store the password in encrypted form instead.");
            case K.Inherit:
                r.Advance();
                return Definitions.Make(r, start, "inherit", true);
            case K.Connection:
                r.Advance();
                r.Expect(K.Limit);
                return Definitions.Make(r, start, "connectionlimit", Number(r));
            case K.Valid:
                r.Advance();
                r.Expect(K.Until);
                return Definitions.Make(r, start, "validUntil", Literals.String(r));
            case K.User:
                r.Advance();
                return Definitions.Make(r, start, "rolemembers", RoleList(r));
            case K.Sysid when isCreate:
                r.Advance();
                return Definitions.Make(r, start, "sysid", Number(r));
            case K.Admin when isCreate:
                r.Advance();
                return Definitions.Make(r, start, "adminmembers", RoleList(r));
            case K.Role when isCreate:
                r.Advance();
                return Definitions.Make(r, start, "rolemembers", RoleList(r));
            case K.In when isCreate:
                r.Advance();
                if (!r.At(K.Role, K.Group))
                {
                    throw r.Unexpected();
                }

                r.Advance();
                return Definitions.Make(r, start, "addroleto", RoleList(r));
        }

        return r.At(TokenKind.Identifier) || r.At(TokenKind.QuotedIdentifier) || r.At(TokenKind.UnicodeIdentifier) ? Word(r) : null;
    }

    private static ConstantExpr Number(TokenReader r)
    {
        var start = r.Current.Start;
        var value = Literals.SignedInteger(r);
        return new ConstantExpr(r.SpanFrom(start), ConstantKind.Integer, value.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    // These options are no key words, so that they need not be reserved.
    private static DefinitionOption Word(TokenReader r)
    {
        var token = r.Current;
        var word = Names.Take(r);
        var isOn = !word.Name.StartsWith("no", StringComparison.Ordinal);
        var name = (isOn ? word.Name : word.Name[2..]) switch
        {
            "superuser" => "superuser",
            "createrole" => "createrole",
            "replication" => "isreplication",
            "createdb" => "createdb",
            "login" => "canlogin",
            "bypassrls" => "bypassrls",
            "inherit" when !isOn => "inherit",
            _ => throw TokenReader.Error($"unrecognized role option \"{word.Name}\"", token.Start),
        };
        return Definitions.Make(r, token.Start, name, isOn);
    }
}
