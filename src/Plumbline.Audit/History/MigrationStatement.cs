using System.Collections.Immutable;
using Plumbline.Audit.Workspace.Migrations;
using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.History;

/// <summary>A statement of a migration, or one that its code runs.</summary>
/// <param name="Migration">The migration.</param>
/// <param name="Text">The migration's text.</param>
/// <param name="Syntax">The statement.</param>
/// <param name="IsPending">Whether the migration is known not to be applied everywhere yet.</param>
/// <param name="Position">Its place among all statements of the history, from 0; that of the calling statement where code runs it.</param>
internal sealed record MigrationStatement(MigrationFolder Migration, SourceText Text, SqlStatement Syntax, bool IsPending, int Position)
{
    /// <summary>What the replay did with it; null where no replay got to its end, so that its syntax is all there is.</summary>
    public ImmutableArray<ObjectChange>? Effects { get; init; }

    /// <summary>The run of it in the code of a statement; null where it is a statement of the migration.</summary>
    public RanStatement? Run { get; init; }

    /// <summary>The statement of the migration that runs it: itself, where no code does.</summary>
    public TextSpan Caller { get; init; } = Syntax.Span;

    /// <summary>Its place among the statements that the same statement runs, from 1; 0 where no code runs it.</summary>
    public int Step { get; init; }

    /// <summary>Where a part of it is in the migration; where the migration does not contain its text, what runs it.</summary>
    public SourceLocation LocationOf(SqlNode node) => LocationOf(node.Span);

    /// <summary>Where a part of it is in the migration; where the migration does not contain its text, what runs it.</summary>
    public SourceLocation LocationOf(TextSpan part) => Text.LocationOf(
        Run is null ? part : Run.Start is { } start ? new TextSpan(start + part.Start, part.Length) : Run.Part ?? Caller);

    /// <summary>A part of it as it is written.</summary>
    public ReadOnlySpan<char> Written(SqlNode node) => (Run?.Text ?? Text.Text).AsSpan(node.Span.Start, node.Span.Length);

    /// <summary>Whether it runs before another statement.</summary>
    public bool IsBefore(MigrationStatement other) => Position < other.Position || (Position == other.Position && Step < other.Step);

    /// <summary>Whether it did something to an object: <c>IF EXISTS</c> may find nothing to drop. Where no replay tells, it did what it says.</summary>
    /// <param name="kind">What.</param>
    /// <param name="objectKind">The kind of object.</param>
    /// <param name="name">The object, or what a member belongs to, by its name afterwards; null for any.</param>
    /// <param name="member">The member; null for the object itself.</param>
    public bool Did(ObjectChangeKind kind, ObjectKind objectKind, string? name, string? member = null) =>
        Effects is null || Find(kind, objectKind, name, member).Any();

    /// <summary>The changes of a column that it makes.</summary>
    public IEnumerable<ObjectChange> ColumnChanges(ObjectChangeKind kind, string table, string column) => Find(kind, ObjectKind.Column, table, column);

    /// <summary>The actions of an <c>ALTER TABLE</c> with the table; nothing for other statements.</summary>
    public ImmutableArray<TableAction> TableActions { get; } =
        Syntax is AlterTableStatement { Kind: SqlObjectKind.Table } alter ? [.. alter.Actions.Select(a => new TableAction(alter.Name, a))] : [];

    /// <summary>The definitions of columns in it: those of a <c>CREATE TABLE</c>, or of <c>ADD COLUMN</c>.</summary>
    public IEnumerable<ColumnDefinition> DefinedColumns =>
        Syntax is CreateTableStatement create
            ? create.Elements.OfType<ColumnDefinition>()
            : TableActions.Select(a => a.Action).OfType<AddColumnAction>().Select(a => a.Column);

    private IEnumerable<ObjectChange> Find(ObjectChangeKind kind, ObjectKind objectKind, string? name, string? member) =>
        (Effects ?? []).Where(c => c.Kind == kind && c.ObjectKind == objectKind && (name is null || c.Name.Name == name) && c.Member == member);
}

/// <summary>An action of an <c>ALTER TABLE</c>.</summary>
/// <param name="Table">The table.</param>
/// <param name="Action">The action.</param>
internal sealed record TableAction(QualifiedName Table, AlterTableAction Action);
