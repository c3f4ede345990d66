using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast.Session;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Sql.Ast.Objects;

/// <summary>CREATE ROLE, USER or GROUP.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Word"><c>ROLE</c>, <c>USER</c> or <c>GROUP</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Options">Its options: <c>password</c>, <c>canlogin</c>, <c>superuser</c>, <c>inherit</c>, <c>createrole</c>, <c>createdb</c>,
/// <c>isreplication</c>, <c>bypassrls</c> (booleans), <c>connectionlimit</c>, <c>validUntil</c>, <c>sysid</c>, <c>adminmembers</c>, <c>rolemembers</c>,
/// <c>addroleto</c> (lists).</param>
public sealed record CreateRoleStatement(TextSpan Span, string Word, RoleSpec Name, ImmutableArray<DefinitionOption> Options) : SqlStatement(Span);

/// <summary>ALTER ROLE or USER with options; ALTER GROUP ADD or DROP USER.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Role">The role.</param>
/// <param name="Options">Its options, as in <see cref="CreateRoleStatement"/>.</param>
/// <param name="IsGroupDrop">ALTER GROUP … DROP USER.</param>
public sealed record AlterRoleStatement(TextSpan Span, RoleSpec Role, ImmutableArray<DefinitionOption> Options, bool IsGroupDrop = false) : SqlStatement(Span);

/// <summary>ALTER ROLE … SET or RESET, and ALTER DATABASE … SET or RESET.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Role">The role; null for ALL and for a database.</param>
/// <param name="Database">The database; null where it is not written.</param>
/// <param name="Setting">What is set or reset.</param>
public sealed record AlterSettingStatement(TextSpan Span, RoleSpec? Role, Identifier? Database, SetStatement Setting) : SqlStatement(Span);

/// <summary>DROP ROLE, USER or GROUP.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Roles">The roles.</param>
/// <param name="IfExists">Whether IF EXISTS is written.</param>
public sealed record DropRoleStatement(TextSpan Span, ImmutableArray<RoleSpec> Roles, bool IfExists) : SqlStatement(Span);

/// <summary>DROP OWNED BY, or REASSIGN OWNED BY.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Roles">The roles.</param>
/// <param name="NewOwner">TO; null for DROP OWNED.</param>
/// <param name="IsCascade">CASCADE.</param>
public sealed record OwnedStatement(TextSpan Span, ImmutableArray<RoleSpec> Roles, RoleSpec? NewOwner, bool IsCascade) : SqlStatement(Span);

/// <summary>GRANT or REVOKE of privileges on objects.</summary>
/// <param name="Span">The whole.</param>
/// <param name="IsGrant">GRANT.</param>
/// <param name="Privileges">The privileges; empty for ALL.</param>
/// <param name="Kind">The kind of object.</param>
/// <param name="IsAllInSchema">ALL … IN SCHEMA: <paramref name="Objects"/> are then schemas.</param>
/// <param name="Objects">On what.</param>
/// <param name="Grantees">To or from whom.</param>
public sealed record GrantStatement(
    TextSpan Span,
    bool IsGrant,
    ImmutableArray<PrivilegeSpec> Privileges,
    SqlObjectKind Kind,
    bool IsAllInSchema,
    ImmutableArray<ObjectReference> Objects,
    ImmutableArray<RoleSpec> Grantees) : SqlStatement(Span)
{
    /// <summary>WITH GRANT OPTION, or GRANT OPTION FOR.</summary>
    public bool GrantOption { get; init; }

    /// <summary>GRANTED BY; null where it is not written.</summary>
    public RoleSpec? GrantedBy { get; init; }

    /// <summary>CASCADE of REVOKE.</summary>
    public bool IsCascade { get; init; }
}

/// <summary>A privilege, with the columns that it is limited to.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Name">Its name in lower case; <c>all</c> where it is with columns.</param>
/// <param name="Columns">The columns; empty for all.</param>
public sealed record PrivilegeSpec(TextSpan Span, string Name, ImmutableArray<Identifier> Columns) : SqlNode(Span);

/// <summary>GRANT or REVOKE of membership in roles.</summary>
/// <param name="Span">The whole.</param>
/// <param name="IsGrant">GRANT.</param>
/// <param name="Roles">The roles.</param>
/// <param name="Grantees">To or from whom.</param>
/// <param name="Options"><c>admin</c>, <c>inherit</c>, <c>set</c>, with booleans.</param>
/// <param name="IsCascade">CASCADE of REVOKE.</param>
public sealed record GrantRoleStatement(
    TextSpan Span, bool IsGrant, ImmutableArray<Identifier> Roles, ImmutableArray<RoleSpec> Grantees, ImmutableArray<DefinitionOption> Options, bool IsCascade)
    : SqlStatement(Span)
{
    /// <summary>GRANTED BY; null where it is not written.</summary>
    public RoleSpec? GrantedBy { get; init; }
}

/// <summary>ALTER DEFAULT PRIVILEGES.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Roles">FOR ROLE; empty where it is not written.</param>
/// <param name="Schemas">IN SCHEMA; empty where it is not written.</param>
/// <param name="Grant">The privileges, with no objects.</param>
public sealed record AlterDefaultPrivilegesStatement(
    TextSpan Span, ImmutableArray<RoleSpec> Roles, ImmutableArray<Identifier> Schemas, GrantStatement Grant) : SqlStatement(Span);
