using Plumbline.PostgreSql.Replay.Statements.Access;
using Plumbline.PostgreSql.Replay.Statements.Data;
using Plumbline.PostgreSql.Replay.Statements.Functions;
using Plumbline.PostgreSql.Replay.Statements.Indexes;
using Plumbline.PostgreSql.Replay.Statements.Objects;
using Plumbline.PostgreSql.Replay.Statements.Session;
using Plumbline.PostgreSql.Replay.Statements.Tables;
using Plumbline.PostgreSql.Replay.Statements.Types;
using Plumbline.PostgreSql.Replay.Statements.Views;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.PostgreSql.Sql.Ast.Session;
using Plumbline.PostgreSql.Sql.Ast.Tables;

namespace Plumbline.PostgreSql.Replay.Statements;

/// <summary>Sends each statement to the file that follows it.</summary>
internal static class Dispatch
{
    /// <summary>Runs a statement; transactions are the session's own matter.</summary>
    /// <exception cref="RefusedException">PostgreSQL refuses it.</exception>
    /// <exception cref="CannotKnowException">Nobody can know what it does.</exception>
    public static void Run(Execution execution, SqlStatement statement)
    {
        switch (statement)
        {
            case CreateTableStatement s: CreateTable.Run(execution, s); break;
            case AlterTableStatement s: AlterTable.Run(execution, s); break;
            case CreateIndexStatement s: CreateIndex.Run(execution, s); break;
            case DropStatement s: Drop.Run(execution, s); break;
            case RenameStatement s: Rename.Run(execution, s); break;
            case SetSchemaStatement s: SetSchema.Run(execution, s); break;
            case AlterOwnerStatement s: Ownership.Run(execution, s); break;
            case OwnedStatement s: Ownership.Run(execution, s); break;
            case CommentStatement s: Comments.Run(execution, s); break;
            case CreateEnumStatement s: CreateType.Run(execution, s); break;
            case CreateCompositeTypeStatement s: CreateType.Run(execution, s); break;
            case CreateRangeTypeStatement s: CreateType.Run(execution, s); break;
            case CreateBaseTypeStatement s: CreateType.Run(execution, s); break;
            case AlterEnumStatement s: AlterEnum.Run(execution, s); break;
            case CreateDomainStatement s: Domains.Run(execution, s); break;
            case AlterDomainStatement s: Domains.Run(execution, s); break;
            case CreateSequenceStatement s: Sequences.Run(execution, s); break;
            case AlterSequenceStatement s: Sequences.Run(execution, s); break;
            case CreateViewStatement s: CreateView.Run(execution, s); break;
            case CreateTableAsStatement s: CreateTableAs.Run(execution, s); break;
            case RefreshMaterializedViewStatement s: Maintenance.Run(execution, s); break;
            case CreateSchemaStatement s: Schemas.Run(execution, s); break;
            case CreateFunctionStatement s: CreateFunction.Run(execution, s); break;
            case AlterFunctionStatement s: CreateFunction.Run(execution, s); break;
            case CreateAggregateStatement s: CreateFunction.Run(execution, s); break;
            case CreateTriggerStatement s: Triggers.Run(execution, s); break;
            case CreatePolicyStatement s: Policies.Run(execution, s); break;
            case AlterPolicyStatement s: Policies.Run(execution, s); break;
            case CreateRuleStatement s: Rules.Run(execution, s); break;
            case CreateExtensionStatement s: Extensions.Run(execution, s); break;
            case AlterExtensionUpdateStatement s: Extensions.Run(execution, s); break;
            case CreateRoleStatement s: Roles.Run(execution, s); break;
            case AlterRoleStatement s: Roles.Run(execution, s); break;
            case AlterSettingStatement s: Roles.Run(execution, s); break;
            case DropRoleStatement s: Roles.Run(execution, s); break;
            case GrantRoleStatement s: Roles.Run(execution, s); break;
            case GrantStatement s: Grants.Run(execution, s); break;
            case AlterDefaultPrivilegesStatement s: Grants.Run(execution, s); break;
            case CreatePublicationStatement s: Publications.Run(execution, s); break;
            case AlterPublicationStatement s: Publications.Run(execution, s); break;
            case CreateEventTriggerStatement s: OtherObjects.Run(execution, s); break;
            case CreateStatisticsStatement s: OtherObjects.Run(execution, s); break;
            case CreateDefinedObjectStatement s: OtherObjects.Run(execution, s); break;
            case CreateOtherObjectStatement s: OtherObjects.Run(execution, s); break;
            case SetStatement s: SessionCommands.Run(execution, s); break;
            case SetConstraintsStatement or ShowStatement or SessionCommandStatement or PrepareStatement or DeclareCursorStatement or SecurityLabelStatement: break;
            case AlterSystemStatement: execution.RefuseInBlock("ALTER SYSTEM"); break;
            case MaintenanceStatement s: Maintenance.Run(execution, s); break;
            case TruncateStatement s: Maintenance.Run(execution, s); break;
            case LockStatement s: Maintenance.Run(execution, s); break;
            case CopyStatement s: DataStatements.Run(execution, s); break;
            case SelectStatement { Into: { } into } s: CreateTableAs.Run(execution, s, into); break;
            case SelectStatement s: DataStatements.Run(execution, s); break;
            case InsertStatement s: DataStatements.Run(execution, s); break;
            case UpdateStatement s: DataStatements.Run(execution, s); break;
            case DeleteStatement s: DataStatements.Run(execution, s); break;
            case MergeStatement s: DataStatements.Run(execution, s); break;
            case CallStatement s: CalledFunctions.Run(execution, s); break;
            case DoStatement s: DoBlocks.Run(execution, s); break;
            case ExplainStatement: break;
            case PsqlCommandStatement: break;
            default: throw new CannotKnowException($"The replay does not support this kind of statement ({CommandTag.Of(statement)}).");
        }
    }
}
