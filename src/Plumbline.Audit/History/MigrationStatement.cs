using System.Collections.Immutable;
using Plumbline.Audit.Workspace.Migrations;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.History;

/// <summary>A statement of a migration.</summary>
/// <param name="Migration">The migration.</param>
/// <param name="Text">The migration's text.</param>
/// <param name="Syntax">The statement.</param>
/// <param name="IsPending">Whether the migration is known not to be applied everywhere yet.</param>
/// <param name="Position">Its place among all statements of the history, from 0.</param>
internal sealed record MigrationStatement(MigrationFolder Migration, SourceText Text, SqlStatement Syntax, bool IsPending, int Position)
{
    /// <summary>Where a part of it stands.</summary>
    public SourceLocation LocationOf(SqlNode node) => Text.LocationOf(node.Span);

    /// <summary>The actions of an <c>ALTER TABLE</c> with the table; nothing for other statements.</summary>
    public ImmutableArray<TableAction> TableActions { get; } =
        Syntax is AlterTableStatement { Kind: SqlObjectKind.Table } alter ? [.. alter.Actions.Select(a => new TableAction(alter.Name, a))] : [];

    /// <summary>The columns that it makes, with their tables: those of a <c>CREATE TABLE</c>, or of <c>ADD COLUMN</c>.</summary>
    public IEnumerable<NewColumn> NewColumns =>
        Syntax is CreateTableStatement create
            ? create.Elements.OfType<ColumnDefinition>().Select(c => new NewColumn(create.Name, c))
            : TableActions.Where(a => a.Action is AddColumnAction).Select(a => new NewColumn(a.Table, ((AddColumnAction)a.Action).Column));
}

/// <summary>An action of an <c>ALTER TABLE</c>.</summary>
/// <param name="Table">The table.</param>
/// <param name="Action">The action.</param>
internal sealed record TableAction(QualifiedName Table, AlterTableAction Action);

/// <summary>A column that a statement makes.</summary>
/// <param name="Table">Its table.</param>
/// <param name="Column">The column.</param>
internal sealed record NewColumn(QualifiedName Table, ColumnDefinition Column);
