using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.PostgreSql.Sql.Ast.Session;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Replay;

/// <summary>What kind of statement something is, as PostgreSQL's command tags name it.</summary>
internal static class CommandTag
{
    /// <summary>The tag; empty for what was not understood.</summary>
    public static string Of(SqlStatement statement) => statement switch
    {
        CreateTableStatement { Server: not null } => "CREATE FOREIGN TABLE",
        CreateTableStatement => "CREATE TABLE",
        CreateTableAsStatement { IsMaterializedView: true } => "CREATE MATERIALIZED VIEW",
        CreateTableAsStatement => "CREATE TABLE AS",
        AlterTableStatement s => $"ALTER {Kind(s.Kind)}",
        CreateIndexStatement => "CREATE INDEX",
        DropStatement s => $"DROP {Kind(s.Kind)}",
        RenameStatement s => $"ALTER {Kind(s.Object.Kind)}",
        SetSchemaStatement s => $"ALTER {Kind(s.Object.Kind)}",
        AlterOwnerStatement s => $"ALTER {Kind(s.Object.Kind)}",
        DependsOnExtensionStatement s => $"ALTER {Kind(s.Object.Kind)}",
        OwnedStatement { NewOwner: null } => "DROP OWNED",
        OwnedStatement => "REASSIGN OWNED",
        CommentStatement => "COMMENT",
        SecurityLabelStatement => "SECURITY LABEL",
        CreateTypeStatement => "CREATE TYPE",
        AlterEnumStatement => "ALTER TYPE",
        CreateDomainStatement => "CREATE DOMAIN",
        AlterDomainStatement => "ALTER DOMAIN",
        CreateSequenceStatement => "CREATE SEQUENCE",
        AlterSequenceStatement => "ALTER SEQUENCE",
        CreateViewStatement => "CREATE VIEW",
        RefreshMaterializedViewStatement => "REFRESH MATERIALIZED VIEW",
        CreateSchemaStatement => "CREATE SCHEMA",
        CreateFunctionStatement { IsProcedure: true } => "CREATE PROCEDURE",
        CreateFunctionStatement => "CREATE FUNCTION",
        AlterFunctionStatement s => $"ALTER {Kind(s.Function.Kind)}",
        CreateAggregateStatement => "CREATE AGGREGATE",
        CreateTriggerStatement => "CREATE TRIGGER",
        CreateEventTriggerStatement => "CREATE EVENT TRIGGER",
        CreatePolicyStatement => "CREATE POLICY",
        AlterPolicyStatement => "ALTER POLICY",
        CreateRuleStatement => "CREATE RULE",
        CreateExtensionStatement => "CREATE EXTENSION",
        AlterExtensionUpdateStatement => "ALTER EXTENSION",
        CreateRoleStatement => "CREATE ROLE",
        AlterRoleStatement => "ALTER ROLE",
        AlterSettingStatement { Database: not null } => "ALTER DATABASE",
        AlterSettingStatement => "ALTER ROLE",
        DropRoleStatement => "DROP ROLE",
        GrantRoleStatement { IsGrant: true } => "GRANT ROLE",
        GrantRoleStatement => "REVOKE ROLE",
        GrantStatement { IsGrant: true } => "GRANT",
        GrantStatement => "REVOKE",
        AlterDefaultPrivilegesStatement => "ALTER DEFAULT PRIVILEGES",
        CreatePublicationStatement => "CREATE PUBLICATION",
        AlterPublicationStatement => "ALTER PUBLICATION",
        CreateStatisticsStatement => "CREATE STATISTICS",
        CreateDefinedObjectStatement s => $"CREATE {Kind(s.Kind)}",
        CreateOtherObjectStatement s => $"CREATE {Kind(s.Object.Kind)}",
        SetStatement { Kind: SetKind.Reset or SetKind.ResetAll } => "RESET",
        SetStatement => "SET",
        SetConstraintsStatement => "SET CONSTRAINTS",
        ShowStatement => "SHOW",
        SessionCommandStatement s => s.Command,
        AlterSystemStatement => "ALTER SYSTEM",
        MaintenanceStatement s => s.Command,
        TruncateStatement => "TRUNCATE TABLE",
        LockStatement => "LOCK TABLE",
        CopyStatement => "COPY",
        SelectStatement { Into: not null } => "SELECT INTO",
        SelectStatement => "SELECT",
        InsertStatement => "INSERT",
        UpdateStatement => "UPDATE",
        DeleteStatement => "DELETE",
        MergeStatement => "MERGE",
        CallStatement => "CALL",
        DoStatement => "DO",
        ExplainStatement => "EXPLAIN",
        PrepareStatement => "PREPARE",
        ExecuteStatement => "EXECUTE",
        TransactionStatement s => s.Kind switch
        {
            TransactionKind.Begin => "BEGIN",
            TransactionKind.Start => "START TRANSACTION",
            TransactionKind.Commit => "COMMIT",
            TransactionKind.Savepoint => "SAVEPOINT",
            TransactionKind.Release => "RELEASE",
            _ => "ROLLBACK",
        },
        PsqlCommandStatement s => $"\\{s.Command}",
        _ => "",
    };

    private static string Kind(SqlObjectKind kind) =>
        PascalCase.Separate(kind.ToString(), ' ').ToUpperInvariant();
}
