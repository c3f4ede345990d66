using System.Collections.Immutable;
using Plumbline.PostgreSql.Replay.Procedures;
using Plumbline.PostgreSql.Sql;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.PostgreSql.Sql.Ast.Session;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.PostgreSql.Sql.PlPgSql;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Replay.History;

/// <summary>Reads from the text of a statement that had no effect what it would have created, renamed and dropped.</summary>
/// <param name="outcome">The statement's index.</param>
/// <param name="schema">The schema in which it creates what it names without one.</param>
internal sealed class AttemptReader(int outcome, string schema)
{
    private const int MaximumDepth = 10;

    private readonly ImmutableArray<ObjectAttempt>.Builder _attempts = ImmutableArray.CreateBuilder<ObjectAttempt>();

    /// <summary>Reads a statement.</summary>
    public static ImmutableArray<ObjectAttempt> Read(SqlStatement statement, int outcome, string schema)
    {
        var reader = new AttemptReader(outcome, schema);
        reader.Read(statement, 0);
        return reader._attempts.ToImmutable();
    }

    private void Read(SqlStatement statement, int depth)
    {
        switch (statement)
        {
            case CreateTableStatement s: CreateTable(s); break;
            case CreateTableAsStatement s: Create(s.IsMaterializedView ? ObjectKind.MaterializedView : ObjectKind.Table, s.Name); break;
            case SelectStatement { Into: { } into }: Create(ObjectKind.Table, into.Table); break;
            case CreateViewStatement s: Create(ObjectKind.View, s.Name); break;
            case CreateSequenceStatement s: Create(ObjectKind.Sequence, s.Name); break;
            case CreateDomainStatement s: Create(ObjectKind.Domain, s.Name); break;
            case CreateEnumStatement s:
                Create(ObjectKind.Enum, s.Name);
                foreach (var label in s.Labels)
                {
                    Add(ObjectChangeKind.Create, ObjectKind.EnumValue, s.Name, label.Text);
                }

                break;
            case CreateTypeStatement s: Create(ObjectKind.Type, s.Name); break;
            case AlterEnumStatement s:
                _attempts.Add(new ObjectAttempt(
                    outcome, s.OldValue is null ? ObjectChangeKind.Create : ObjectChangeKind.Rename, ObjectKind.EnumValue, Name(s.Name), s.NewValue.Text)
                {
                    OldName = s.OldValue?.Text,
                });
                break;
            case CreateFunctionStatement s: Create(s.IsProcedure ? ObjectKind.Procedure : ObjectKind.Function, s.Name); break;
            case CreateTriggerStatement s: Add(ObjectChangeKind.Create, ObjectKind.Trigger, s.Table, s.Name.Name); break;
            case CreatePolicyStatement s: Add(ObjectChangeKind.Create, ObjectKind.Policy, s.Table, s.Name.Name); break;
            case CreateRuleStatement s: Add(ObjectChangeKind.Create, ObjectKind.Rule, s.Table, s.Name.Name); break;
            case CreateSchemaStatement { Name: { } name }: Top(ObjectChangeKind.Create, ObjectKind.Schema, name.Name); break;
            case CreateExtensionStatement s: Top(ObjectChangeKind.Create, ObjectKind.Extension, s.Name.Name); break;
            case CreateIndexStatement s: CreateIndex(s); break;
            case AlterTableStatement s: Alter(s); break;
            case RenameStatement s: Rename(s); break;
            case DropStatement s: Drop(s); break;
            case DoStatement s when depth < MaximumDepth: Do(s, depth); break;
        }
    }

    private void CreateTable(CreateTableStatement statement)
    {
        Create(ObjectKind.Table, statement.Name);
        foreach (var element in statement.Elements)
        {
            switch (element)
            {
                case ColumnDefinition column: Column(statement.Name, column); break;
                case ConstraintDefinition constraint: Constraint(statement.Name, constraint, null); break;
            }
        }
    }

    private void Column(QualifiedName table, ColumnDefinition column)
    {
        Add(ObjectChangeKind.Create, ObjectKind.Column, table, column.Name.Name);
        foreach (var constraint in column.Constraints)
        {
            Constraint(table, constraint, column.Name.Name);
        }
    }

    private void Constraint(QualifiedName table, ConstraintDefinition constraint, string? column)
    {
        ImmutableArray<string> Own(ImmutableArray<Identifier> columns) => column is not null ? [column] : [.. columns.Select(c => c.Name)];
        var (kind, columns, label) = constraint switch
        {
            KeyDefinition { IsPrimary: true } key => (ObjectKind.PrimaryKey, Own(key.Columns), "pkey"),
            KeyDefinition key => (ObjectKind.Unique, Own(key.Columns), "key"),
            ForeignKeyDefinition key => (ObjectKind.ForeignKey, Own(key.Columns), "fkey"),
            CheckDefinition => (ObjectKind.Check, column is null ? [] : [column], "check"),
            ExclusionDefinition => (ObjectKind.Exclusion, [], "excl"),
            _ => (ObjectKind.Other, ImmutableArray<string>.Empty, ""),
        };
        if (kind == ObjectKind.Other)
        {
            return;
        }

        var name = constraint.Name?.Name ?? ImplicitNames.Join(
            table.Name, kind == ObjectKind.PrimaryKey || columns.IsEmpty ? null : ImplicitNames.Columns(columns), label);
        _attempts.Add(new ObjectAttempt(outcome, ObjectChangeKind.Create, kind, Name(table), name) { Columns = columns, IsImplicitName = constraint.Name is null });
        if (kind is ObjectKind.PrimaryKey or ObjectKind.Unique or ObjectKind.Exclusion)
        {
            var index = new ObjectName(table.Schema ?? schema, name);
            _attempts.Add(new ObjectAttempt(outcome, ObjectChangeKind.Create, ObjectKind.Index, index, null)
            {
                Columns = columns,
                Table = Name(table),
                IsImplicitName = constraint.Name is null,
            });
        }
    }

    private void CreateIndex(CreateIndexStatement statement)
    {
        ImmutableArray<string> columns = [.. statement.Elements.Select(e => e.Column?.Name ?? "")];
        var name = statement.Name?.Name ?? ImplicitNames.Join(statement.Table.Name, ImplicitNames.Columns(columns.Select(c => c.Length == 0 ? "expr" : c)), "idx");
        _attempts.Add(new ObjectAttempt(outcome, ObjectChangeKind.Create, ObjectKind.Index, new ObjectName(statement.Table.Schema ?? schema, name), null)
        {
            Columns = columns,
            Table = Name(statement.Table),
            IsImplicitName = statement.Name is null,
        });
    }

    private void Alter(AlterTableStatement statement)
    {
        foreach (var action in statement.Actions)
        {
            switch (action)
            {
                case AddColumnAction add: Column(statement.Name, add.Column); break;
                case AddConstraintAction add: Constraint(statement.Name, add.Constraint, null); break;
                case SetTypeAction set: Add(ObjectChangeKind.Change, ObjectKind.Column, statement.Name, set.Column.Name); break;
                case SetNotNullAction set: Add(ObjectChangeKind.Change, ObjectKind.Column, statement.Name, set.Column.Name); break;
                case SetDefaultAction set: Add(ObjectChangeKind.Change, ObjectKind.Column, statement.Name, set.Column.Name); break;
                case DropColumnAction drop: Add(ObjectChangeKind.Drop, ObjectKind.Column, statement.Name, drop.Column.Name); break;
                case DropConstraintAction drop:
                    // The text does not say of which kind it is.
                    foreach (var kind in Enum.GetValues<ObjectKind>().Where(k => k.IsConstraint))
                    {
                        Add(ObjectChangeKind.Drop, kind, statement.Name, drop.Constraint.Name);
                    }

                    break;
            }
        }
    }

    private void Rename(RenameStatement statement)
    {
        if (statement.Object.Name is not { } name)
        {
            return;
        }

        if (statement.Member is null && Kind(statement.Object.Kind) is { } kind)
        {
            _attempts.Add(new ObjectAttempt(outcome, ObjectChangeKind.Rename, kind, new ObjectName(name.Schema ?? schema, statement.NewName.Name), null) { OldName = name.Name });
        }
        else if (statement.Member == SqlObjectKind.Column)
        {
            _attempts.Add(new ObjectAttempt(outcome, ObjectChangeKind.Rename, ObjectKind.Column, Name(name), statement.NewName.Name) { OldName = statement.OldName?.Name });
        }
    }

    private void Drop(DropStatement statement)
    {
        foreach (var item in statement.Objects)
        {
            if ((item.Name ?? item.Type?.Name) is { } name && Kind(statement.Kind) is { } kind)
            {
                _attempts.Add(new ObjectAttempt(outcome, ObjectChangeKind.Drop, kind, Name(name), null));
            }
        }
    }

    private void Do(DoStatement statement, int depth)
    {
        if (PlPgSqlParser.Parse(statement.Code).Block is not { } block)
        {
            return;
        }

        foreach (var inner in SchemaEffects.All(block))
        {
            switch (inner)
            {
                case PlSql sql: Read(sql.Statement, depth + 1); break;
                case PlExecute { Command: ConstantExpr { Kind: ConstantKind.String } text }:
                    foreach (var executed in SqlParser.Read(text.Text, isPsql: false))
                    {
                        Read(executed.Statement, depth + 1);
                    }

                    break;
            }
        }
    }

    private void Create(ObjectKind kind, QualifiedName name) => _attempts.Add(new ObjectAttempt(outcome, ObjectChangeKind.Create, kind, Name(name), null));

    private void Add(ObjectChangeKind change, ObjectKind kind, QualifiedName name, string member) =>
        _attempts.Add(new ObjectAttempt(outcome, change, kind, Name(name), member));

    private void Top(ObjectChangeKind change, ObjectKind kind, string name) => _attempts.Add(new ObjectAttempt(outcome, change, kind, new ObjectName("", name), null));

    private ObjectName Name(QualifiedName name) => new(name.Schema ?? schema, name.Name);

    private static ObjectKind? Kind(SqlObjectKind kind) => kind switch
    {
        SqlObjectKind.Table or SqlObjectKind.ForeignTable => ObjectKind.Table,
        SqlObjectKind.View => ObjectKind.View,
        SqlObjectKind.MaterializedView => ObjectKind.MaterializedView,
        SqlObjectKind.Index => ObjectKind.Index,
        SqlObjectKind.Sequence => ObjectKind.Sequence,
        SqlObjectKind.Domain => ObjectKind.Domain,
        SqlObjectKind.Type => ObjectKind.Type,
        SqlObjectKind.Function => ObjectKind.Function,
        SqlObjectKind.Procedure => ObjectKind.Procedure,
        _ => null,
    };
}
