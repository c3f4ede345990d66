using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.Schema;

namespace Plumbline.Audit;

/// <summary>An SQL file outside the migrations, parsed.</summary>
/// <param name="File">The file.</param>
/// <param name="Text">Its text.</param>
/// <param name="IsPostgreSql">Whether it is written for PostgreSQL, as far as folder, tool and syntax tell.</param>
/// <param name="Statements">Its statements; empty where it is for another database.</param>
internal sealed record SqlFile(WorkspaceFile File, SourceText Text, bool IsPostgreSql, ImmutableArray<SqlStatement> Statements);
